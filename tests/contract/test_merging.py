"""Two records become one under a new id; a record is removed for good."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from hubspot_simulator.account import Account
from hubspot_simulator.server import SimulatorServer
from support.clock import FakeClock
from support.simulator import Caller, a_company, a_contact, a_deal, a_link, by_id

CONTACTS = "/crm/objects/2026-09/contacts"


def merged(caller: Caller, object_type: str, primary: str, other: str) -> dict[str, Any]:
    asked = {"primaryObjectId": primary, "objectIdToMerge": other}
    answer = caller.post(f"/crm/objects/2026-09/{object_type}/merge", asked)
    assert answer.status_code == 200, answer.text
    return dict(answer.json())


def test_both_old_ids_answer_with_the_new_record(caller: Caller, account: Account) -> None:
    first, second = caller.created_ids("contacts", a_contact(1), a_contact(2))

    made = merged(caller, "contacts", first, second)

    assert made["id"] not in {first, second}
    assert [caller.get(f"{CONTACTS}/{old}").json()["id"] for old in (first, second)] == [made["id"]] * 2
    assert account.records("contacts").keys() == {made["id"]}
    assert made["properties"]["hs_merged_object_ids"] == f"{first};{second}"
    assert made["properties"]["hs_all_contact_vids"] == f"{made['id']};{first};{second}"


def test_a_batch_answers_old_ids_with_the_new_one(caller: Caller) -> None:
    first, second = caller.created_ids("contacts", a_contact(1), a_contact(2))
    made = merged(caller, "contacts", first, second)

    read = caller.batch("contacts", "read", {"id": first}).json()["results"]
    updated = caller.batch("contacts", "update", by_id(second, city="Lyon")).json()["results"]

    assert [item["id"] for item in (*read, *updated)] == [made["id"]] * 2


def test_the_primary_record_s_values_come_first_and_the_other_fills_what_it_lacks(
    caller: Caller, clock: FakeClock
) -> None:
    (other,) = caller.created_ids("contacts", a_contact(1, firstname="Other", city="Lyon", lifecyclestage="customer"))
    clock.sleep(60)
    (primary,) = caller.created_ids("contacts", a_contact(2, firstname="Primary"))

    made = merged(caller, "contacts", primary, other)

    told = made["properties"]
    assert (told["firstname"], told["city"], told["lifecyclestage"]) == ("Primary", "Lyon", "customer")
    assert told["createdate"] == made["createdAt"] < made["updatedAt"]


def test_every_address_of_both_contacts_finds_the_merged_one(caller: Caller) -> None:
    first, second = caller.created_ids("contacts", a_contact(1), a_contact(2))

    made = merged(caller, "contacts", first, second)

    ids = [{"id": f"person{number}@example.com"} for number in (1, 2)]
    found = [caller.batch("contacts", "read", one, idProperty="email").json()["results"][0]["id"] for one in ids]
    assert (made["properties"]["email"], found) == ("person1@example.com", [made["id"]] * 2)
    assert caller.batch("contacts", "create", a_contact(2)).status_code == 409


def test_a_merged_record_can_be_merged_again(caller: Caller) -> None:
    first, second, third = caller.created_ids("contacts", a_contact(1), a_contact(2), a_contact(3))

    made = merged(caller, "contacts", third, merged(caller, "contacts", first, second)["id"])

    assert caller.get(f"{CONTACTS}/{first}").json()["id"] == made["id"]
    assert set(made["properties"]["hs_merged_object_ids"].split(";")) >= {first, second, third}


def test_links_of_both_stay_and_the_primary_record_s_primary_company_wins(caller: Caller, account: Account) -> None:
    first, second = caller.created_ids("contacts", a_contact(1), a_contact(2))
    one, two = caller.created_ids("companies", a_company(1), a_company(2))
    caller.links("contacts", "companies", "create", a_link(first, one, 1), a_link(second, two, 1))

    made = merged(caller, "contacts", first, second)["id"]

    (read,) = caller.links("contacts", "companies", "read", {"id": made}).json()["results"]
    types = {str(to["toObjectId"]): {kind["typeId"] for kind in to["associationTypes"]} for to in read["to"]}
    assert types == {one: {1, 279}, two: {279}}
    assert account.links("contacts", "companies") == {(made, one), (made, two)}


def test_a_contact_of_both_merged_companies_keeps_its_primary_one(caller: Caller, account: Account) -> None:
    (contact,), (one, two) = (
        caller.created_ids("contacts", a_contact()),
        caller.created_ids("companies", a_company(1), a_company(2)),
    )
    caller.links("contacts", "companies", "create", a_link(contact, one, 1), a_link(contact, two, 279))

    made = merged(caller, "companies", two, one)["id"]

    (read,) = caller.links("contacts", "companies", "read", {"id": contact}).json()["results"]
    assert [(str(to["toObjectId"]), len(to["associationTypes"])) for to in read["to"]] == [(made, 2)]


@pytest.mark.parametrize(
    ("asked", "status"),
    [
        ({"primaryObjectId": "1"}, 400),
        ({"primaryObjectId": "404404", "objectIdToMerge": "505505"}, 404),
    ],
)
def test_what_cannot_be_merged_is_refused(caller: Caller, asked: dict[str, str], status: int) -> None:
    assert caller.post(f"{CONTACTS}/merge", asked).status_code == status


def test_a_record_is_not_merged_with_itself(caller: Caller) -> None:
    (deal,) = caller.created_ids("deals", a_deal())
    path = "/crm/objects/2026-09/deals/merge"

    assert caller.post(path, {"primaryObjectId": deal, "objectIdToMerge": deal}).status_code == 400
    assert caller.get(f"/crm/objects/2026-09/deals/{deal}").status_code == 200


@pytest.mark.parametrize("by_email", [True, False])
def test_a_contact_is_removed_for_good(caller: Caller, account: Account, by_email: bool) -> None:
    (gone,), (company,) = caller.created_ids("contacts", a_contact()), caller.created_ids("companies", a_company())
    caller.links("contacts", "companies", "create", a_link(gone, company, 279))
    asked = {"objectId": "person1@example.com", "idProperty": "email"} if by_email else {"objectId": gone}

    assert caller.post(f"{CONTACTS}/gdpr-delete", asked).status_code == 204
    assert caller.post(f"{CONTACTS}/gdpr-delete", asked).status_code == 204
    assert caller.get(f"{CONTACTS}/{gone}", archived="true").status_code == 404
    assert caller.get(CONTACTS).json()["results"] == []
    assert account.links("contacts", "companies") == set()


def test_an_archived_contact_is_removed_too(caller: Caller) -> None:
    (gone,) = caller.created_ids("contacts", a_contact())
    caller.call("DELETE", f"{CONTACTS}/{gone}")

    caller.post(f"{CONTACTS}/gdpr-delete", {"objectId": gone})

    assert caller.get(CONTACTS, archived="true").json()["results"] == []


def test_merged_and_removed_records_are_remembered_by_the_file(tmp_path: Path) -> None:
    state, kept = tmp_path / "account.jsonl", tmp_path / "killed.jsonl"
    with SimulatorServer(state) as server:
        caller = Caller(server)
        first, second, gone = caller.created_ids("contacts", a_contact(1), a_contact(2), a_contact(3))
        made = merged(caller, "contacts", first, second)["id"]
        caller.post(f"{CONTACTS}/gdpr-delete", {"objectId": gone})
        kept.write_bytes(state.read_bytes())

    for file in (kept, state):
        with SimulatorServer(file) as server:
            caller = Caller(server)
            assert [caller.get(f"{CONTACTS}/{old}").json()["id"] for old in (first, second)] == [made] * 2
            assert server.account.records("contacts").keys() == {made}
