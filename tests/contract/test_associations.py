"""Associations: both directions, primary, caps and the entries of a 207."""

from __future__ import annotations

import pytest

from hubspot_simulator.account import Account
from support.simulator import Caller, a_company, a_contact, a_link, a_ticket


@pytest.fixture
def pair(caller: Caller) -> tuple[str, str]:
    (contact,), (company,) = caller.created_ids("contacts", a_contact()), caller.created_ids("companies", a_company())
    return contact, company


def test_a_link_shows_from_both_sides(caller: Caller, account: Account, pair: tuple[str, str]) -> None:
    contact, company = pair

    answer = caller.links("contacts", "companies", "create", a_link(contact, company, 279))

    assert answer.status_code == 200
    assert answer.json()["results"] == [
        {
            "fromObjectTypeId": "0-1",
            "fromObjectId": contact,
            "toObjectTypeId": "0-2",
            "toObjectId": company,
            "labels": [],
        }
    ]
    assert account.links("contacts", "companies") == {(contact, company)}
    assert account.links("companies", "contacts") == {(company, contact)}


def test_a_read_gives_the_linked_id_as_a_number(caller: Caller, pair: tuple[str, str]) -> None:
    contact, company = pair
    caller.links("contacts", "companies", "create", a_link(contact, company, 279))

    answer = caller.links("contacts", "companies", "read", {"id": contact})

    assert answer.status_code == 200
    assert answer.json()["results"] == [
        {
            "from": {"id": contact},
            "to": [
                {
                    "toObjectId": int(company),
                    "associationTypes": [
                        {"category": "HUBSPOT_DEFINED", "typeId": 1, "label": "Primary"},
                        {"category": "HUBSPOT_DEFINED", "typeId": 279, "label": None},
                    ],
                }
            ],
        }
    ]


def test_a_second_primary_company_takes_the_flag_over(caller: Caller, pair: tuple[str, str]) -> None:
    contact, first = pair
    (second,) = caller.created_ids("companies", a_company(2))
    caller.links("contacts", "companies", "create", a_link(contact, first, 279))

    caller.links("contacts", "companies", "create", a_link(contact, second, 1))

    told = caller.links("contacts", "companies", "read", {"id": contact}).json()["results"][0]["to"]
    types = {str(link["toObjectId"]): [kind["typeId"] for kind in link["associationTypes"]] for link in told}
    assert types == {first: [279], second: [1, 279]}


def test_a_second_unlabelled_company_does_not(caller: Caller, pair: tuple[str, str]) -> None:
    contact, first = pair
    (second,) = caller.created_ids("companies", a_company(2))
    caller.links("contacts", "companies", "create", a_link(contact, first, 279), a_link(contact, second, 279))

    told = caller.links("contacts", "companies", "read", {"id": contact}).json()["results"][0]["to"]

    types = {str(link["toObjectId"]): [kind["typeId"] for kind in link["associationTypes"]] for link in told}
    assert types == {first: [1, 279], second: [279]}


def test_a_link_made_from_the_other_side_has_the_mirrored_types(caller: Caller, pair: tuple[str, str]) -> None:
    contact, company = pair
    caller.links("companies", "contacts", "create", a_link(company, contact, 280))

    told = caller.links("contacts", "companies", "read", {"id": contact}).json()["results"][0]["to"]

    assert [kind["typeId"] for kind in told[0]["associationTypes"]] == [1, 279]


def test_the_same_link_again_changes_nothing(caller: Caller, account: Account, pair: tuple[str, str]) -> None:
    link = a_link(*pair, 279)
    caller.links("contacts", "companies", "create", link)

    answer = caller.links("contacts", "companies", "create", link, link)

    assert len(answer.json()["results"]) == 2
    assert len(account.links("contacts", "companies")) == 1


def test_a_record_without_links_is_an_error_entry(caller: Caller, pair: tuple[str, str]) -> None:
    contact, _ = pair

    answer = caller.links("contacts", "companies", "read", {"id": contact})

    assert answer.status_code == 207
    assert answer.json()["errors"] == [
        {
            "status": "error",
            "category": "OBJECT_NOT_FOUND",
            "subCategory": "crm.associations.NO_ASSOCIATIONS_FOUND",
            "message": f"No company is associated with contact {contact}.",
            "context": {"fromObjectId": [contact], "fromObjectType": ["contact"], "toObjectType": ["company"]},
        }
    ]


@pytest.mark.parametrize(
    ("missing", "kind", "word"), [(0, "contact", "FROM"), (1, "company", "TO")], ids=["from", "to"]
)
def test_an_end_that_is_not_there_is_an_error_entry(
    caller: Caller, account: Account, pair: tuple[str, str], missing: int, kind: str, word: str
) -> None:
    ends = list(pair)
    ends[missing] = "9993051"

    answer = caller.links("contacts", "companies", "create", a_link(*ends, 279), a_link(*pair, 279))

    assert answer.status_code == 207
    assert answer.json()["errors"] == [
        {
            "status": "error",
            "category": "OBJECT_NOT_FOUND",
            "subCategory": f"crm.associations.{word}_OBJECT_NOT_FOUND",
            "message": f"No {kind} with ID 9993051 exists",
            "context": {"objectType": [kind], "id": ["9993051"]},
        }
    ]
    assert account.links("contacts", "companies") == {pair}


@pytest.mark.parametrize("type_id", [280, 16, -1])
def test_a_type_of_another_pair_or_direction_is_refused(
    caller: Caller, account: Account, pair: tuple[str, str], type_id: int
) -> None:
    answer = caller.links("contacts", "companies", "create", a_link(*pair, type_id))

    assert answer.status_code == 400
    assert answer.json()["subCategory"] == "crm.associations.INVALID_ASSOCIATION_TYPE"
    assert answer.json()["message"] == f"0-{type_id} is not a valid association type between CONTACT and COMPANY"
    assert account.links("contacts", "companies") == set()


def test_tickets_link_to_contacts_and_companies(caller: Caller, account: Account, pair: tuple[str, str]) -> None:
    contact, company = pair
    (ticket,) = caller.created_ids("tickets", a_ticket())

    caller.links("tickets", "contacts", "create", a_link(ticket, contact, 16))
    caller.links("tickets", "companies", "create", a_link(ticket, company, 339))

    assert account.links("tickets", "contacts") == {(ticket, contact)}
    assert account.links("companies", "tickets") == {(company, ticket)}


@pytest.mark.parametrize(("operation", "cap"), [("create", 2_000), ("read", 1_000), ("archive", 100)])
def test_each_association_batch_has_its_cap(caller: Caller, operation: str, cap: int) -> None:
    inputs = {
        "create": a_link("1", "2", 279),
        "read": {"id": "1"},
        "archive": {"from": {"id": "1"}, "to": [{"id": "2"}]},
    }

    fits = caller.links("contacts", "companies", operation, *[inputs[operation]] * cap)
    over = caller.links("contacts", "companies", operation, *[inputs[operation]] * (cap + 1))

    assert fits.status_code in (200, 207)
    assert over.status_code == 400
    assert f"supported in a batch is {cap}." in over.json()["message"]


def test_an_archived_link_is_gone_from_both_sides(caller: Caller, account: Account, pair: tuple[str, str]) -> None:
    caller.links("contacts", "companies", "create", a_link(*pair, 279))

    answer = caller.links("companies", "contacts", "archive", {"from": {"id": pair[1]}, "to": [{"id": pair[0]}]})

    assert answer.status_code == 200
    assert account.links("contacts", "companies") == set()


def test_an_archived_record_loses_its_links(caller: Caller, account: Account, pair: tuple[str, str]) -> None:
    caller.links("contacts", "companies", "create", a_link(*pair, 279))

    caller.batch("companies", "archive", {"id": pair[1]})

    assert account.links("contacts", "companies") == set()


def test_default_links_are_answered_in_both_directions(caller: Caller, pair: tuple[str, str]) -> None:
    contact, company = pair

    answer = caller.links(
        "contacts", "companies", "associate/default", {"from": {"id": contact}, "to": {"id": company}}
    )

    specs = {(row["from"]["id"], row["associationSpec"]["associationTypeId"]) for row in answer.json()["results"]}
    assert specs == {(contact, 279), (company, 280)}


def test_labels_list_the_types_of_a_pair(caller: Caller) -> None:
    answer = caller.get("/crm/associations/2026-09/tickets/companies/labels")

    assert answer.json()["results"] == [
        {"category": "HUBSPOT_DEFINED", "typeId": 26, "label": "Primary"},
        {"category": "HUBSPOT_DEFINED", "typeId": 339, "label": None},
    ]


def test_the_older_version_answers_201_and_204(caller: Caller, pair: tuple[str, str]) -> None:
    path = "/crm/v4/associations/0-1/0-2/batch"

    made = caller.post(f"{path}/create", {"inputs": [a_link(*pair, 279)]})
    gone = caller.post(f"{path}/archive", {"inputs": [{"from": {"id": pair[0]}, "to": [{"id": pair[1]}]}]})

    assert (made.status_code, gone.status_code) == (201, 204)
