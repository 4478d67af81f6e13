"""Records read with their history, their links, and after they were archived."""

from __future__ import annotations

from pathlib import Path

import pytest

from hubspot_simulator.server import SimulatorServer
from support.clock import FakeClock
from support.simulator import Caller, a_company, a_contact, a_link, by_id

CONTACTS = "/crm/objects/2026-09/contacts"


def versions(caller: Caller, record_id: str, name: str) -> list[tuple[str, str]]:
    body = caller.batch("contacts", "read", {"id": record_id}, propertiesWithHistory=[name]).json()
    found = body["results"][0]["propertiesWithHistory"][name]
    assert all(version["sourceType"] == "INTEGRATION" for version in found)
    return [(version["value"], version["timestamp"]) for version in found]


def test_a_value_nobody_changed_has_one_version(caller: Caller) -> None:
    (known,) = caller.created_ids("contacts", a_contact())

    created = caller.get(f"{CONTACTS}/{known}").json()["createdAt"]

    assert versions(caller, known, "firstname") == [("Ada", created)]
    assert versions(caller, known, "city") == []


def test_versions_are_told_newest_first_and_a_cleared_value_is_one(caller: Caller, clock: FakeClock) -> None:
    (known,) = caller.created_ids("contacts", a_contact())
    for value in ("Grace", "Grace", "", "Ada"):
        clock.sleep(60)
        caller.batch("contacts", "update", by_id(known, firstname=value))

    told = versions(caller, known, "firstname")

    assert [value for value, _ in told] == ["Ada", "", "Grace", "Ada"]
    assert [at for _, at in told] == sorted((at for _, at in told), reverse=True)


def test_a_value_set_later_begins_when_it_was_set(caller: Caller, clock: FakeClock) -> None:
    (known,) = caller.created_ids("contacts", a_contact())
    clock.sleep(60)
    updated = caller.batch("contacts", "update", by_id(known, city="Lyon")).json()["results"][0]["updatedAt"]

    assert versions(caller, known, "city") == [("Lyon", updated)]


def test_a_single_read_and_a_list_tell_histories_too(caller: Caller) -> None:
    (known,) = caller.created_ids("contacts", a_contact())

    one = caller.get(f"{CONTACTS}/{known}", propertiesWithHistory="email,firstname").json()
    (listed,) = caller.get(CONTACTS, propertiesWithHistory="email", limit=50).json()["results"]

    assert one["propertiesWithHistory"].keys() == {"email", "firstname"}
    assert listed["propertiesWithHistory"] == {"email": one["propertiesWithHistory"]["email"]}
    assert caller.get(CONTACTS, propertiesWithHistory="email", limit=51).status_code == 400


def test_fifty_records_with_history_are_one_batch(caller: Caller) -> None:
    caller.batch("contacts", "create", *[a_contact(number) for number in range(50)])
    ids = [{"id": f"person{number}@example.com"} for number in range(50)]

    answer = caller.batch("contacts", "read", *ids, idProperty="email", propertiesWithHistory=["email"])

    assert len(answer.json()["results"]) == 50


def test_history_lives_in_the_file_of_an_account(tmp_path: Path) -> None:
    state = tmp_path / "account.jsonl"
    with SimulatorServer(state) as server:
        (known,) = Caller(server).created_ids("contacts", a_contact())
        Caller(server).batch("contacts", "update", by_id(known, firstname="Grace"))

    with SimulatorServer(state) as server:
        assert [value for value, _ in versions(Caller(server), known, "firstname")] == ["Grace", "Ada"]


def test_an_archived_record_is_read_only_when_asked(caller: Caller) -> None:
    gone, stays = caller.created_ids("contacts", a_contact(1), a_contact(2))
    caller.call("DELETE", f"{CONTACTS}/{gone}")

    assert caller.get(f"{CONTACTS}/{gone}").status_code == 404
    read = caller.get(f"{CONTACTS}/{gone}", archived="true", properties="email").json()
    assert (read["archived"], read["properties"]["email"]) == (True, "person1@example.com")
    assert read["archivedAt"] == read["updatedAt"]
    assert caller.get(f"{CONTACTS}/{stays}", archived="true").status_code == 404


def test_a_batch_reads_archived_records_only_when_asked(caller: Caller) -> None:
    gone, stays = caller.created_ids("contacts", a_contact(1), a_contact(2))
    caller.batch("contacts", "archive", {"id": gone})
    body = {"inputs": [{"id": gone}, {"id": stays}], "properties": []}

    archived = caller.post(f"{CONTACTS}/batch/read?archived=true", body).json()
    active = caller.post(f"{CONTACTS}/batch/read", body).json()

    assert [item["id"] for item in archived["results"]] == [gone]
    assert [item["id"] for item in active["results"]] == [stays]


@pytest.mark.parametrize("path", ["", "/{id}"])
def test_links_are_shown_when_asked(caller: Caller, path: str) -> None:
    (contact,), (company,) = caller.created_ids("contacts", a_contact()), caller.created_ids("companies", a_company())
    caller.links("contacts", "companies", "create", a_link(contact, company, 279))

    body = caller.get(CONTACTS + path.format(id=contact), associations="companies,tickets").json()

    record = body["results"][0] if "results" in body else body
    assert record["associations"] == {
        "companies": {
            "results": [
                {"id": company, "type": "contact_to_company"},
                {"id": company, "type": "contact_to_company_unlabeled"},
            ]
        }
    }
