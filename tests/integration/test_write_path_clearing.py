"""A finished import task that is cleared compares with the account and sends again only what differs."""

from __future__ import annotations

from typing import Any

import pytest

from hubspot_import.model import ObjectType, Stage
from hubspot_import.run_folder import RunFolder
from support.write_path import companies, contacts, findings_of, link_statuses_of, statuses_of, tickets

COMPANIES, CONTACTS, TICKETS = ObjectType.COMPANIES, ObjectType.CONTACTS, ObjectType.TICKETS
IMPORTS = {object_type: Stage.importing(object_type) for object_type in ObjectType}
ROWS: dict[ObjectType, Any] = {COMPANIES: companies(4), CONTACTS: contacts(5), TICKETS: tickets(3)}


def a_finished_run(path: Any, rows: dict[ObjectType, Any] | None = None, **params: Any) -> RunFolder:
    folder = path.prepare(rows or ROWS, **params)
    path.plan(folder)
    path.finish(folder)
    return folder


def delete(path: Any, object_type: ObjectType, number: int) -> None:
    path.client().archive(object_type, list(path.server.account.records(object_type))[:number])


def written_since(path: Any, before: int) -> list[tuple[str, int]]:
    seen = list(path.server.account.requests)[before:]
    return [(record.operation, record.inputs) for record in seen if record.is_write]


def test_three_deleted_contacts_are_made_anew_and_nothing_else_is_written(path):
    folder = a_finished_run(path, {CONTACTS: contacts(250)})
    delete(path, CONTACTS, 3)
    before = len(path.server.account.requests)
    path.run_stage(folder, IMPORTS[CONTACTS])
    assert written_since(path, before) == [("contacts.batch.upsert", 3)]
    assert len(path.records(CONTACTS)) == 250
    assert set(statuses_of(folder, CONTACTS).values()) == {"created"}


def test_a_comparison_costs_a_read_for_each_hundred_and_reads_no_schema_again(path):
    folder = a_finished_run(path, {CONTACTS: contacts(250)})
    before = len(path.server.account.requests)
    path.run_stage(folder, IMPORTS[CONTACTS])
    seen = [record.operation for record in list(path.server.account.requests)[before:]]
    assert seen == ["contacts.list", *["contacts.batch.read"] * 3]


@pytest.mark.parametrize("object_type", [COMPANIES, TICKETS])
def test_deleted_records_of_our_own_key_are_made_anew_under_it(path, object_type):
    folder = a_finished_run(path)
    keys = {record["bulk_import_key"] for record in path.records(object_type)}
    delete(path, object_type, 2)
    path.run_stage(folder, IMPORTS[object_type])
    assert {record["bulk_import_key"] for record in path.records(object_type)} == keys
    assert len(path.records(object_type)) == len(keys)


def test_records_a_second_run_found_unchanged_are_made_anew_whole_when_they_are_gone(path):
    a_finished_run(path)
    folder = a_finished_run(path)
    delete(path, CONTACTS, 1)
    path.run_stage(folder, IMPORTS[CONTACTS])
    assert sorted(statuses_of(folder, CONTACTS).values()) == ["created", *["unchanged"] * 4]
    assert {record["firstname"] for record in path.records(CONTACTS)} == {"Ada"}


def test_the_links_of_a_record_made_anew_are_made_again(path):
    folder = a_finished_run(path)
    links = {kinds: len(path.server.account.links(*kinds)) for kinds in ((CONTACTS, COMPANIES), (TICKETS, CONTACTS))}
    delete(path, CONTACTS, 2)
    delete(path, COMPANIES, 1)
    for stage in (*IMPORTS.values(), Stage.ASSOCIATE):
        path.run_stage(folder, stage)
    assert {kinds: len(path.server.account.links(*kinds)) for kinds in links} == links
    assert len(path.server.account.links(TICKETS, COMPANIES)) == 3
    assert set(link_statuses_of(folder, CONTACTS, COMPANIES).values()) == {"created"}


def test_links_that_stood_before_the_run_are_made_again_for_a_record_made_anew(path):
    a_finished_run(path)
    folder = a_finished_run(path)
    delete(path, COMPANIES, 1)
    for stage in (IMPORTS[COMPANIES], Stage.ASSOCIATE):
        path.run_stage(folder, stage)
    assert len(path.server.account.links(CONTACTS, COMPANIES)) == 4
    assert sorted(link_statuses_of(folder, CONTACTS, COMPANIES).values()) == ["created", *["existing"] * 3]


def test_a_value_changed_since_is_written_once_more_and_the_record_stays_created(path):
    folder = a_finished_run(path)
    contact_id = next(iter(path.server.account.records(CONTACTS)))
    path.client().update(CONTACTS, [{"id": contact_id, "firstname": "Grace"}])
    before = len(path.server.account.requests)
    path.run_stage(folder, IMPORTS[CONTACTS])
    assert written_since(path, before) == [("contacts.batch.update", 1)]
    assert {record["firstname"] for record in path.records(CONTACTS)} == {"Ada"}
    assert set(statuses_of(folder, CONTACTS).values()) == {"created"}


def test_what_people_may_change_is_left_as_they_changed_it(path):
    folder = a_finished_run(path, {TICKETS: tickets(1, status="New")})
    (ticket_id,) = path.server.account.records(TICKETS)
    path.client().update(TICKETS, [{"id": ticket_id, "hs_pipeline_stage": "4"}])
    path.run_stage(folder, IMPORTS[TICKETS])
    assert path.records(TICKETS)[0]["hs_pipeline_stage"] == "4"


def test_records_a_create_only_run_made_are_its_own_to_mend(path):
    a_finished_run(path, {CONTACTS: contacts(1)})
    folder = a_finished_run(path, {CONTACTS: contacts(3)}, mode="create_only")
    path.run_stage(folder, IMPORTS[CONTACTS])
    assert statuses_of(folder, CONTACTS) == {2: "skipped", 3: "created", 4: "created"}
    assert findings_of(folder, CONTACTS).query("code == 'CREATE_ONLY_IMPORT'")["row"].tolist() == [2]


def test_pre_flight_run_again_after_an_import_sees_what_was_deleted_since(path):
    folder = a_finished_run(path)
    delete(path, CONTACTS, 1)
    path.plan(folder)
    path.write_one(folder, CONTACTS)
    assert len(path.records(CONTACTS)) == 5
    assert set(statuses_of(folder, CONTACTS).values()) == {"created"}
