"""Lost answers, gateways that fail, refusals: nothing is lost, nothing is written twice, the rest still goes."""

from __future__ import annotations

import json

import pytest

from hubspot_import import tables
from hubspot_import.errors import IncompleteImportError
from hubspot_import.model import ObjectType
from hubspot_import.run_folder import RunFolder
from support.simulator import Caller
from support.write_path import WritePath, companies, contacts, link_statuses_of, statuses_of, tickets

COMPANIES, CONTACTS, TICKETS = ObjectType.COMPANIES, ObjectType.CONTACTS, ObjectType.TICKETS
PATIENCE = 4
"""Tries the client makes of one request."""


def inputs_sent(path: WritePath, operation: str) -> list[int]:
    """The sizes of the batches of one operation that were acknowledged."""
    records = path.server.account.requests
    return [each.inputs for each in records if each.operation == operation and each.status < 300]


def primary_company(path: WritePath, contact_id: str) -> str:
    """The id of the company HubSpot calls a contact's primary one."""
    (result,) = Caller(path.server).links(CONTACTS, COMPANIES, "read", {"id": contact_id}).json()["results"]
    labels = {str(link["toObjectId"]): [each["label"] for each in link["associationTypes"]] for link in result["to"]}
    (primary,) = (company_id for company_id, names in labels.items() if "Primary" in names)
    return primary


def plan_with_a_read_only_value(folder: RunFolder, *, row: int) -> None:
    """Let the plan send one record something HubSpot refuses."""
    (part,) = tables.parts(folder.dataset(CONTACTS, "plan"))
    plan = tables.read(part.parent)
    properties = json.loads(plan.loc[plan["row"] == row, "properties"].item())
    plan.loc[plan["row"] == row, "properties"] = json.dumps({**properties, "createdate": "2026-01-01T00:00:00Z"})
    tables.write_part(part, plan, tables.PLAN)


@pytest.mark.parametrize("object_type", [COMPANIES, TICKETS])
def test_a_lost_answer_makes_no_second_record(path, object_type):
    rows = {COMPANIES: companies(3), TICKETS: tickets(3)}[object_type]
    path.server.faults.next(status=0, path_contains=f"{object_type}/batch/upsert", after_commit=True)
    folder = path.run({object_type: rows})
    assert set(statuses_of(folder, object_type).values()) == {"created"}
    assert len(path.records(object_type)) == 3


def test_a_server_that_fails_some_requests_with_429_and_502_loses_nothing(path):
    path.server.faults.next(count=2, status=429, path_contains="batch/upsert")
    path.server.faults.next(count=2, status=502, path_contains="/associations/", html=True)
    folder = path.run({COMPANIES: companies(2), CONTACTS: contacts(2)})
    assert set(statuses_of(folder, CONTACTS).values()) == {"created"}
    assert set(link_statuses_of(folder, CONTACTS, COMPANIES).values()) == {"created"}


def test_a_batch_beyond_patience_fails_the_task_naming_its_rows_after_the_rest_was_sent(path):
    folder = path.prepare({CONTACTS: contacts(250)})
    path.plan(folder)
    path.server.faults.next(count=PATIENCE, status=503, path_contains="batch/upsert")
    with pytest.raises(IncompleteImportError, match=r"contacts: 100 of 250 .*rows 2 to 101.*only what is missing"):
        path.write_one(folder, CONTACTS)
    assert len(path.records(CONTACTS)) == 150


def test_the_retry_sends_only_what_is_missing(path):
    folder = path.prepare({CONTACTS: contacts(250)})
    path.plan(folder)
    path.server.faults.next(count=PATIENCE, status=503, path_contains="batch/upsert")
    with pytest.raises(IncompleteImportError):
        path.write_one(folder, CONTACTS)
    path.write_one(folder, CONTACTS)
    assert sorted(inputs_sent(path, "contacts.batch.upsert")) == [50, 100, 100]
    assert list(statuses_of(folder, CONTACTS).values()) == ["created"] * 250


def test_an_attempt_after_everything_was_written_sends_nothing(path):
    folder = path.run({CONTACTS: contacts(3)})
    before = path.writes()
    path.write(folder)
    assert path.writes() == before


def test_what_a_run_created_stays_created_when_pre_flight_is_run_again(path):
    folder = path.run({CONTACTS: contacts(2)})
    path.plan(folder)
    path.write(folder)
    assert statuses_of(folder, CONTACTS) == {2: "created", 3: "created"}


def test_the_next_import_and_the_links_work_with_the_outcomes_there_are(path):
    folder = path.prepare({COMPANIES: companies(2), CONTACTS: contacts(2)})
    path.plan(folder)
    path.server.faults.next(count=PATIENCE, status=503, path_contains="companies/batch/upsert")
    with pytest.raises(IncompleteImportError):
        path.write_one(folder, COMPANIES)
    path.write_one(folder, CONTACTS)
    path.associate(folder)
    assert statuses_of(folder, CONTACTS) == {2: "created", 3: "created"}
    assert link_statuses_of(folder, CONTACTS, COMPANIES) == {2: "no_parent", 3: "no_parent"}


def test_links_without_a_parent_are_made_once_the_parent_is_there(path):
    folder = path.prepare({COMPANIES: companies(2), CONTACTS: contacts(2)})
    path.plan(folder)
    path.write_one(folder, CONTACTS)
    path.associate(folder)
    path.write_one(folder, COMPANIES)
    path.associate(folder)
    assert link_statuses_of(folder, CONTACTS, COMPANIES) == {2: "created", 3: "created"}


def test_links_beyond_patience_fail_the_task_and_the_retry_makes_the_missing_ones(path):
    folder = path.prepare({COMPANIES: companies(2), CONTACTS: contacts(2), TICKETS: tickets(2)})
    path.plan(folder)
    for object_type in ObjectType:
        path.write_one(folder, object_type)
    path.server.faults.next(count=PATIENCE, status=503, path_contains="/contacts/companies/batch/create")
    with pytest.raises(IncompleteImportError, match="2 contacts -> companies"):
        path.associate(folder)
    assert len(path.server.account.links(TICKETS, CONTACTS)) == 2
    before = path.writes()
    path.associate(folder)
    assert len(path.server.account.links(CONTACTS, COMPANIES)) == 2
    assert path.writes() == before + 1


def test_a_record_hubspot_refuses_is_an_outcome_and_the_others_are_written(path):
    folder = path.prepare({COMPANIES: companies(2), CONTACTS: contacts(3)})
    path.plan(folder)
    plan_with_a_read_only_value(folder, row=3)
    path.write(folder)
    assert statuses_of(folder, CONTACTS) == {2: "created", 3: "failed", 4: "created"}
    assert link_statuses_of(folder, CONTACTS, COMPANIES) == {2: "created", 3: "no_parent"}


def test_a_contact_keeps_the_primary_company_it_has(path):
    path.run({COMPANIES: companies(1), CONTACTS: contacts(1)})
    moved = contacts(1, company="Firm 2")
    path.run({COMPANIES: companies(2), CONTACTS: moved})
    by_name = {record["name"]: record_id for record_id, record in path.server.account.records(COMPANIES).items()}
    (contact_id,) = path.server.account.records(CONTACTS)
    assert primary_company(path, contact_id) == by_name["Firm 1"]
    assert path.client().associated(CONTACTS, COMPANIES, [contact_id]) == {contact_id: set(by_name.values())}


def test_a_new_contacts_company_is_its_primary_one(path):
    path.run({COMPANIES: companies(1), CONTACTS: contacts(1)})
    (contact_id,), (company_id,) = path.server.account.records(CONTACTS), path.server.account.records(COMPANIES)
    assert primary_company(path, contact_id) == company_id


@pytest.mark.parametrize("looks_again", [False, True])
@pytest.mark.parametrize("object_type", [COMPANIES, CONTACTS, TICKETS])
def test_records_whose_answers_were_lost_for_good_are_created_and_not_made_twice(path, object_type, looks_again):
    rows = {COMPANIES: companies(3), CONTACTS: contacts(3), TICKETS: tickets(3)}[object_type]
    folder = path.prepare({object_type: rows})
    path.plan(folder)
    path.server.faults.next(count=PATIENCE, status=0, path_contains=f"{object_type}/batch/upsert", after_commit=True)
    with pytest.raises(IncompleteImportError):
        path.write_one(folder, object_type)
    if looks_again:
        path.plan(folder)
    path.write_one(folder, object_type)
    assert set(statuses_of(folder, object_type).values()) == {"created"}
    assert len(path.records(object_type)) == 3


def test_a_batch_that_fails_for_good_costs_its_own_records_and_links_until_the_retry(path):
    folder = path.prepare({COMPANIES: companies(250), CONTACTS: contacts(250)})
    path.plan(folder)
    path.write_one(folder, COMPANIES)
    path.server.faults.next(count=PATIENCE, status=503, path_contains="contacts/batch/upsert")
    with pytest.raises(IncompleteImportError, match="rows 2 to 101"):
        path.write_one(folder, CONTACTS)
    path.associate(folder)
    assert len(path.server.account.links(CONTACTS, COMPANIES)) == 150
    before = len(path.server.account.requests)
    path.write_one(folder, CONTACTS)
    path.associate(folder)
    sent = [(each.operation, each.inputs) for each in list(path.server.account.requests)[before:] if each.is_write]
    assert sent == [("contacts.batch.upsert", 100), ("associations.create", 100)]
    assert len(path.server.account.links(CONTACTS, COMPANIES)) == 250
