"""The links of one record: typed, default, removed, listed, page by page."""

from __future__ import annotations

import pytest

from hubspot_simulator.account import Account
from support.simulator import Caller, a_company, a_contact, a_link

OBJECTS = "/crm/objects/2026-09"
SPEC = [{"associationCategory": "HUBSPOT_DEFINED", "associationTypeId": 279}]


@pytest.fixture
def pair(caller: Caller) -> tuple[str, str]:
    (contact,), (company,) = caller.created_ids("contacts", a_contact()), caller.created_ids("companies", a_company())
    return contact, company


@pytest.fixture
def crowd(caller: Caller) -> tuple[str, list[str]]:
    """One company with 1,203 contacts; their ids in the order of a listing."""
    (company,) = caller.created_ids("companies", a_company())
    contacts: list[str] = []
    for first in range(0, 1_203, 100):
        people = [a_contact(number) for number in range(first, min(first + 100, 1_203))]
        contacts += [row["id"] for row in caller.batch("contacts", "create", *people).json()["results"]]
    caller.links("contacts", "companies", "create", *(a_link(contact, company, 279) for contact in contacts))
    return company, sorted(contacts, key=int)


def test_two_records_are_linked_and_separated(caller: Caller, account: Account, pair: tuple[str, str]) -> None:
    path = f"{OBJECTS}/contacts/{pair[0]}/associations/companies/{pair[1]}"

    linked = caller.call("PUT", path, json=SPEC)
    standing = account.links("companies", "contacts")
    separated = [caller.call("DELETE", path) for _ in range(2)]

    assert linked.status_code == 201
    assert linked.json() == {
        "fromObjectTypeId": "0-1",
        "fromObjectId": pair[0],
        "toObjectTypeId": "0-2",
        "toObjectId": pair[1],
        "labels": [],
    }
    assert standing == {(pair[1], pair[0])}
    assert [answer.status_code for answer in separated] == [204, 204]
    assert account.links("contacts", "companies") == set()


def test_a_default_link_needs_no_body(caller: Caller, account: Account, pair: tuple[str, str]) -> None:
    answer = caller.call("PUT", f"{OBJECTS}/contacts/{pair[0]}/associations/default/companies/{pair[1]}")

    assert answer.status_code == 200
    specs = {(row["from"]["id"], row["associationSpec"]["associationTypeId"]) for row in answer.json()["results"]}
    assert specs == {(pair[0], 279), (pair[1], 280)}
    assert account.links("contacts", "companies") == {pair}


@pytest.mark.parametrize(("missing", "word"), [(0, "FROM"), (1, "TO")])
def test_an_end_that_is_not_there_is_a_404(caller: Caller, pair: tuple[str, str], missing: int, word: str) -> None:
    ends = list(pair)
    ends[missing] = "9993051"

    answer = caller.call("PUT", f"{OBJECTS}/contacts/{ends[0]}/associations/companies/{ends[1]}", json=SPEC)

    assert answer.status_code == 404
    assert answer.json()["subCategory"] == f"crm.associations.{word}_OBJECT_NOT_FOUND"
    assert answer.json()["correlationId"] == answer.headers["X-HubSpot-Correlation-Id"]


@pytest.mark.parametrize("body", [{}, [], [{"associationCategory": "HUBSPOT_DEFINED", "associationTypeId": 280}]])
def test_a_link_without_a_type_of_its_direction_is_refused(
    caller: Caller, account: Account, pair: tuple[str, str], body: object
) -> None:
    answer = caller.call("PUT", f"{OBJECTS}/contacts/{pair[0]}/associations/companies/{pair[1]}", json=body)

    assert answer.status_code == 400
    assert account.links("contacts", "companies") == set()


def test_a_listing_shows_types_and_is_empty_where_nothing_is_linked(caller: Caller, pair: tuple[str, str]) -> None:
    path = f"/crm/v4/objects/contacts/{pair[0]}/associations/companies"
    before = caller.get(path)
    caller.links("contacts", "companies", "create", a_link(*pair, 279))

    after = caller.get(path)

    assert (before.status_code, before.json()) == (200, {"results": []})
    assert after.json()["results"][0]["toObjectId"] == int(pair[1])
    assert [kind["typeId"] for kind in after.json()["results"][0]["associationTypes"]] == [1, 279]


def test_the_links_of_a_record_that_is_not_there_are_a_404(caller: Caller) -> None:
    assert caller.get("/crm/v4/objects/contacts/9993051/associations/companies").status_code == 404


def test_a_listing_is_read_page_by_page(caller: Caller, crowd: tuple[str, list[str]]) -> None:
    company, contacts = crowd
    path, found, after = f"/crm/objects/2026-03/companies/{company}/associations/contacts", [], ""
    while after is not None:
        page = caller.get(path, after=after).json()
        found.append([str(row["toObjectId"]) for row in page["results"]])
        after = page.get("paging", {}).get("next", {}).get("after")

    assert [len(page) for page in found] == [500, 500, 203]
    assert [contact for page in found for contact in page] == contacts


def test_a_batch_read_goes_on_from_its_cursor(caller: Caller, crowd: tuple[str, list[str]]) -> None:
    company, contacts = crowd

    first = caller.links("companies", "contacts", "read", {"id": company}).json()["results"][0]
    after = first["paging"]["next"]["after"]
    second = caller.links("companies", "contacts", "read", {"id": company, "after": after}).json()["results"][0]

    told = [str(row["toObjectId"]) for row in (*first["to"], *second["to"])]
    assert told == contacts[:1_000]


@pytest.mark.parametrize("limit", ["0", "501", "many"])
def test_a_page_of_links_has_up_to_500(caller: Caller, pair: tuple[str, str], limit: str) -> None:
    path = f"/crm/v4/objects/contacts/{pair[0]}/associations/companies"

    assert caller.get(path, limit=limit).status_code == 400


def test_the_newest_version_lists_by_batch_read_only(caller: Caller, pair: tuple[str, str]) -> None:
    assert caller.get(f"{OBJECTS}/contacts/{pair[0]}/associations/companies").status_code in (404, 405)


def test_the_older_versions_link_too(caller: Caller, account: Account, pair: tuple[str, str]) -> None:
    path = f"/crm/v4/objects/0-1/{pair[0]}/associations/0-2/{pair[1]}"

    answer = caller.call("PUT", path, json=SPEC)

    assert answer.status_code == 201
    assert account.links("contacts", "companies") == {pair}


def test_a_merged_record_is_linked_read_and_separated_by_its_old_id(
    caller: Caller, account: Account, pair: tuple[str, str]
) -> None:
    contact, company = pair
    (other,) = caller.created_ids("contacts", a_contact(2))
    answer = caller.post(f"{OBJECTS}/contacts/merge", {"primaryObjectId": contact, "objectIdToMerge": other})
    merged, back = answer.json()["id"], f"{OBJECTS}/contacts/{contact}/associations/companies/{company}"

    caller.links("contacts", "companies", "create", a_link(other, company, 279))
    by_batch = caller.links("contacts", "companies", "read", {"id": contact}).json()["results"][0]["from"]["id"]
    linked = account.links("contacts", "companies")
    caller.call("DELETE", back)
    separated = account.links("contacts", "companies")
    caller.call("PUT", back, json=SPEC)
    inline = [{"to": {"id": other}, "types": [{"associationCategory": "HUBSPOT_DEFINED", "associationTypeId": 280}]}]
    (firm,) = caller.created_ids("companies", a_company(2) | {"associations": inline})

    assert by_batch == merged
    assert (linked, separated) == ({(merged, company)}, set())
    assert account.links("contacts", "companies") == {(merged, company), (merged, firm)}


def test_a_merged_record_loses_its_links_when_it_is_archived_by_its_old_id(
    caller: Caller, account: Account, pair: tuple[str, str]
) -> None:
    (other,) = caller.created_ids("contacts", a_contact(2))
    caller.links("contacts", "companies", "create", a_link(*pair, 279))
    caller.post(f"{OBJECTS}/contacts/merge", {"primaryObjectId": pair[0], "objectIdToMerge": other})

    caller.batch("contacts", "archive", {"id": pair[0]})

    assert account.records("contacts") == {}
    assert account.links("contacts", "companies") == set()
