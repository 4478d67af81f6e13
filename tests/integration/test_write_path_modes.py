"""One table: modes by what exists, and what becomes of rows whose link leads nowhere."""

from __future__ import annotations

from typing import Any

import pytest

from hubspot_import.model import ObjectType, Stage
from support.write_path import MAPPINGS, companies, contacts, findings_of, link_statuses_of, statuses_of, tickets

COMPANIES, CONTACTS, TICKETS = ObjectType.COMPANIES, ObjectType.CONTACTS, ObjectType.TICKETS


def required(object_type: ObjectType, match: str) -> dict[ObjectType, str]:
    text = (MAPPINGS / f"{object_type}.yaml").read_text(encoding="utf-8")
    changed = text.replace(f"match: {match}", f"match: {match}, on_missing: reject")
    assert changed != text
    return {object_type: changed}


NEEDS_COMPANY = required(CONTACTS, "{company: name}")
NEEDS_CONTACT = required(TICKETS, "{mined_email: email}")


@pytest.mark.parametrize(
    ("mode", "there", "is_changed", "status"),
    [
        ("upsert", False, False, "created"),
        ("upsert", True, False, "unchanged"),
        ("upsert", True, True, "updated"),
        ("create_only", False, False, "created"),
        ("create_only", True, False, "skipped"),
        ("create_only", True, True, "skipped"),
        ("update_only", False, False, "skipped"),
        ("update_only", True, False, "unchanged"),
        ("update_only", True, True, "updated"),
    ],
)
@pytest.mark.parametrize(
    ("object_type", "rows", "changed"),
    [
        (COMPANIES, companies(1), {"city": "Nice"}),
        (CONTACTS, contacts(1), {"firstname": "Grace"}),
        (TICKETS, tickets(1), {"subject": "Another question"}),
    ],
)
def test_a_mode_meets_what_exists(path, object_type, rows: list[Any], changed, mode, there, is_changed, status):
    if there:
        path.run({object_type: rows})
    before = path.records(object_type)
    sent = [{**row, **changed} if is_changed else row for row in rows]
    folder = path.run({object_type: sent}, mode=mode)
    assert statuses_of(folder, object_type) == {2: status}
    assert (path.records(object_type) != before) == (status in {"created", "updated"})


def test_a_contact_whose_company_is_nowhere_is_held_back_where_the_mapping_wants_one(path):
    folder = path.run({COMPANIES: companies(1), CONTACTS: contacts(3)}, mappings=NEEDS_COMPANY)
    assert statuses_of(folder, CONTACTS) == {2: "created"}
    found = findings_of(folder, CONTACTS)
    assert found["code"].tolist() == ["REQUIRED_RECORD_NOT_FOUND"] * 2
    assert (found["severity"].tolist(), found["row"].tolist()) == (["error"] * 2, [3, 4])
    assert folder.plan_summary()["contacts"]["reject"] == 2


def test_by_default_such_a_contact_is_imported_without_a_link_and_a_warning_says_so(path):
    folder = path.run({COMPANIES: companies(1), CONTACTS: contacts(2)})
    assert statuses_of(folder, CONTACTS) == {2: "created", 3: "created"}
    assert findings_of(folder, CONTACTS)[["code", "severity"]].to_numpy().tolist() == [
        ["ASSOCIATION_RECORD_NOT_FOUND", "warning"]
    ]


def test_a_row_is_held_back_with_the_parent_that_is_held_back(path):
    rows = {COMPANIES: companies(1), CONTACTS: contacts(2), TICKETS: tickets(2)}
    folder = path.run(rows, mappings={**NEEDS_COMPANY, **NEEDS_CONTACT})
    assert statuses_of(folder, TICKETS) == {2: "created"}
    assert link_statuses_of(folder, TICKETS, CONTACTS) == {2: "created"}
    assert link_statuses_of(folder, TICKETS, COMPANIES) == {2: "created"}
    assert findings_of(folder, TICKETS)["row"].tolist() == [3]


def test_a_row_that_was_held_back_stays_so_when_its_import_is_cleared(path):
    folder = path.prepare({COMPANIES: companies(1), CONTACTS: contacts(3)}, mappings=NEEDS_COMPANY)
    path.plan(folder)
    path.finish(folder)
    path.run_stage(folder, Stage.importing(CONTACTS))
    assert statuses_of(folder, CONTACTS) == {2: "created"}
    assert len(path.records(CONTACTS)) == 1


def test_the_ticket_of_a_contact_that_is_in_the_account_alone_gets_that_contacts_company(path):
    path.run({COMPANIES: companies(2), CONTACTS: contacts(2)})
    folder = path.run({TICKETS: tickets(3)})
    assert link_statuses_of(folder, TICKETS, COMPANIES) == {2: "created", 3: "created"}
    assert len(path.server.account.links(TICKETS, COMPANIES)) == 2


def test_of_several_companies_such_a_ticket_gets_the_primary_one(path):
    path.run({COMPANIES: companies(2), CONTACTS: contacts(1)})
    path.run({CONTACTS: contacts(1, company="Firm 2")})
    path.run({TICKETS: tickets(1)})
    by_name = {record["name"]: record_id for record_id, record in path.server.account.records(COMPANIES).items()}
    assert {company for _, company in path.server.account.links(TICKETS, COMPANIES)} == {by_name["Firm 1"]}


def test_a_second_run_finds_such_a_ticket_linked(path):
    path.run({COMPANIES: companies(1), CONTACTS: contacts(1)})
    path.run({TICKETS: tickets(1)})
    before = path.writes()
    folder = path.run({TICKETS: tickets(1)})
    assert link_statuses_of(folder, TICKETS, COMPANIES) == {2: "existing"}
    assert path.writes() == before
