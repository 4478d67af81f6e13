"""Plan, import, associate against an account: what a first run, a second run and a changed row do."""

from __future__ import annotations

import logging
from typing import Any

from hubspot_import.model import ObjectType
from support.write_path import (
    companies,
    contacts,
    findings_of,
    link_statuses_of,
    plan_of,
    statuses_of,
    tickets,
)

COMPANIES, CONTACTS, TICKETS = ObjectType.COMPANIES, ObjectType.CONTACTS, ObjectType.TICKETS
ROWS: dict[ObjectType, Any] = {COMPANIES: companies(3), CONTACTS: contacts(4), TICKETS: tickets(5)}


def test_a_first_run_creates_every_record_and_every_link(path):
    folder = path.run(ROWS)
    assert [set(statuses_of(folder, kind).values()) for kind in ObjectType] == [{"created"}] * 3
    assert [len(path.records(kind)) for kind in ObjectType] == [3, 4, 5]
    assert len(path.server.account.links(CONTACTS, COMPANIES)) == 3
    assert len(path.server.account.links(TICKETS, CONTACTS)) == 4
    assert len(path.server.account.links(TICKETS, COMPANIES)) == 3


def test_the_plan_equals_what_the_run_then_does(path):
    folder = path.prepare(ROWS)
    plan = path.plan(folder)
    assert {kind: plan[kind]["create"] for kind in ObjectType} == {COMPANIES: 3, CONTACTS: 4, TICKETS: 5}
    assert plan["links"]["contacts-companies"] == {"create": 3, "unchanged": 0}
    assert [entry["object_type"] for entry in plan["schema"]] == [COMPANIES, TICKETS]
    path.write(folder)
    assert path.writes() == plan["requests"]


def test_a_second_run_finds_everything_unchanged_and_writes_nothing(path):
    path.run(ROWS)
    before = path.writes()
    folder = path.run(ROWS)
    assert [set(statuses_of(folder, kind).values()) for kind in ObjectType] == [{"unchanged"}] * 3
    assert set(link_statuses_of(folder, CONTACTS, COMPANIES).values()) == {"existing"}
    assert set(link_statuses_of(folder, TICKETS, COMPANIES).values()) == {"existing"}
    assert path.writes() == before


def test_one_changed_value_is_one_update_of_one_property(path):
    path.run({CONTACTS: contacts(3)})
    changed = contacts(3)
    changed[1]["firstname"] = "Grace"
    before = path.writes()
    folder = path.run({CONTACTS: changed})
    assert plan_of(folder, CONTACTS).loc[3, "properties"] == {"firstname": "Grace"}
    assert plan_of(folder, CONTACTS).loc[3, "replaced"] == {"firstname": "Ada"}
    assert statuses_of(folder, CONTACTS) == {2: "unchanged", 3: "updated", 4: "unchanged"}
    assert path.writes() == before + 1


def test_a_stage_people_changed_in_hubspot_is_left_alone(path):
    path.run({TICKETS: tickets(1, status="New")})
    (ticket_id,) = path.server.account.records(TICKETS)
    path.client().update(TICKETS, [{"id": ticket_id, "hs_pipeline_stage": "4"}])
    folder = path.run({TICKETS: tickets(1, status="New")})
    assert statuses_of(folder, TICKETS) == {2: "unchanged"}
    assert path.records(TICKETS)[0]["hs_pipeline_stage"] == "4"


def test_a_lifecycle_stage_is_filled_in_but_never_pushed_back(path):
    path.run({CONTACTS: contacts(1, lifecyclestage="lead")})
    (contact_id,) = path.server.account.records(CONTACTS)
    path.client().update(CONTACTS, [{"id": contact_id, "lifecyclestage": "customer"}])
    folder = path.run({CONTACTS: contacts(1, lifecyclestage="lead")})
    assert statuses_of(folder, CONTACTS) == {2: "unchanged"}


def test_ticket_labels_become_the_accounts_own_values(path):
    path.run({TICKETS: tickets(1, status="waiting on us", priority="High", category="billing issue", source="email")})
    (ticket,) = path.records(TICKETS)
    assert (ticket["hs_pipeline"], ticket["hs_pipeline_stage"]) == ("0", "3")
    assert ticket["hs_ticket_priority"] == "HIGH"
    assert (ticket["hs_ticket_category"], ticket["source_type"]) == ("BILLING_ISSUE", "EMAIL")


def test_a_ticket_without_a_status_begins_in_the_first_open_stage(path):
    path.run({TICKETS: tickets(1)})
    assert path.records(TICKETS)[0]["hs_pipeline_stage"] == "1"


def test_a_value_the_account_does_not_take_holds_back_its_row_alone(path):
    rows = tickets(2, priority="high")
    rows[0]["priority"] = "hihg"
    folder = path.run({TICKETS: rows})
    (found,) = findings_of(folder, TICKETS).query("severity == 'error'").to_dict("records")
    assert (found["code"], found["row"], found["column"], found["suggestion"]) == (
        "INVALID_ENUMERATION_OPTION",
        2,
        "priority",
        "High",
    )
    assert statuses_of(folder, TICKETS) == {3: "created"}


def test_a_dry_run_plans_the_same_and_writes_nothing(path):
    dry = path.prepare(ROWS, dry_run=True)
    plan = path.plan(dry)
    path.write(dry)
    assert path.writes() == 0
    assert path.plan(path.prepare(ROWS)) == plan


def test_update_only_creates_nothing_and_says_so(path):
    path.run({CONTACTS: contacts(1)})
    folder = path.run({CONTACTS: contacts(2, firstname="Grace"), COMPANIES: companies(2)}, mode="update_only")
    assert statuses_of(folder, CONTACTS) == {2: "updated", 3: "skipped"}
    assert findings_of(folder, CONTACTS).query("code == 'UPDATE_ONLY_IMPORT'")["row"].tolist() == [3]
    assert path.records(COMPANIES) == []
    assert link_statuses_of(folder, CONTACTS, COMPANIES) == {}


def test_create_only_leaves_what_exists(path):
    path.run({CONTACTS: contacts(1)})
    folder = path.run({CONTACTS: contacts(2, firstname="Grace")}, mode="create_only")
    assert statuses_of(folder, CONTACTS) == {2: "skipped", 3: "created"}
    assert findings_of(folder, CONTACTS).query("code == 'CREATE_ONLY_IMPORT'")["row"].tolist() == [2]
    assert sorted(record["firstname"] for record in path.records(CONTACTS)) == ["Ada", "Grace"]


def test_the_log_counts_rows_and_holds_no_address(path, caplog):
    with caplog.at_level(logging.INFO, logger="hubspot_import"):
        path.run(ROWS)
    assert "contacts: 4 rows in, 4 to create" in caplog.text
    assert "contacts: 4 rows out: 4 created" in caplog.text
    assert "@" not in caplog.text
