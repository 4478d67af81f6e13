from __future__ import annotations

import pytest

from hubspot_import.client.wire import Owner
from hubspot_import.findings import Code
from hubspot_import.model import ObjectType, Severity
from hubspot_import.planning.rules import account_rules
from hubspot_import.planning.schema import ObjectSchema
from hubspot_import.planning.translate import Translated, translate
from support.account_schema import a_definition, a_mapping, a_pipeline, a_schema, some_records

TICKETS = ObjectType.TICKETS
PRIORITY = a_definition("hs_ticket_priority", "enumeration", options={"LOW": "Low", "HIGH": "High"})
CATEGORY = a_definition("category", "enumeration", field_type="checkbox", options={"A": "Alpha", "B": "Beta"})


def translated(schema: ObjectSchema, *rows: dict[str, str | None]) -> Translated:
    records = some_records(*rows, keys=[f"key {number}" for number in range(len(rows))])
    return translate(records, account_rules(schema), schema.mapping, {"hs_ticket_priority": "Priority"})


def tickets(*definitions, pipelines=(), **properties) -> ObjectSchema:
    return a_schema(a_mapping(TICKETS, "bulk_import_key", **properties), *definitions, pipelines=pipelines)


def test_a_label_becomes_the_internal_value():
    found = translated(tickets(PRIORITY, hs_ticket_priority="p"), {"hs_ticket_priority": "high"})
    assert found.records["hs_ticket_priority"].tolist() == ["HIGH"]
    assert found.findings == ()


def test_an_unknown_label_is_a_finding_with_row_column_options_and_suggestion():
    found = translated(tickets(PRIORITY, hs_ticket_priority="p"), {"hs_ticket_priority": "Hihg"})
    (finding,) = found.findings
    assert (finding.code, finding.row, finding.column, finding.value) == (
        Code.INVALID_ENUMERATION_OPTION,
        2,
        "Priority",
        "Hihg",
    )
    assert finding.fix == "Type one of: Low, High."
    assert finding.suggestion == "High"


def test_an_invalid_value_is_not_sent():
    found = translated(tickets(PRIORITY, hs_ticket_priority="p"), {"hs_ticket_priority": "?"})
    assert found.records["hs_ticket_priority"].isna().all()


def test_an_empty_cell_stays_empty_and_is_no_fault():
    found = translated(tickets(PRIORITY, hs_ticket_priority="p"), {"hs_ticket_priority": None, "subject": "x"})
    assert found.records["hs_ticket_priority"].isna().all()
    assert found.findings == ()


def test_drop_value_turns_the_fault_into_a_warning():
    entry = {"column": "p", "on_invalid": "drop_value"}
    found = translated(tickets(PRIORITY, hs_ticket_priority=entry), {"hs_ticket_priority": "?"})
    assert [(each.code, each.severity) for each in found.findings] == [(Code.VALUE_DROPPED, Severity.WARNING)]


def test_a_checkbox_takes_several_options():
    found = translated(tickets(CATEGORY, category="c"), {"category": "beta;Alpha"})
    assert found.records["category"].tolist() == ["B;A"]


@pytest.mark.parametrize(
    ("kind", "text", "wire"),
    [("number", "12.50", "12.5"), ("date", "2026-01-02", "2026-01-02"), ("bool", "yes", "true")],
)
def test_an_untyped_property_is_read_as_the_account_defines_it(kind, text, wire):
    found = translated(tickets(a_definition("custom", kind), custom="c"), {"custom": text})
    assert found.records["custom"].tolist() == [wire]


@pytest.mark.parametrize(
    ("kind", "code"),
    [
        ("number", Code.COULD_NOT_PARSE_NUMBER),
        ("date", Code.COULD_NOT_PARSE_DATE),
        ("datetime", Code.COULD_NOT_PARSE_DATE),
        ("bool", Code.INVALID_BOOLEAN),
    ],
)
def test_a_value_the_accounts_type_does_not_take_is_a_finding(kind, code):
    found = translated(tickets(a_definition("custom", kind), custom="c"), {"custom": "perhaps"})
    assert [finding.code for finding in found.findings] == [code]


def test_a_stage_is_found_by_label_in_the_first_pipeline():
    schema = tickets(pipelines=[a_pipeline("0"), a_pipeline("1", Other=True)], hs_pipeline_stage="s")
    found = translated(schema, {"hs_pipeline_stage": "waiting"}, {"hs_pipeline_stage": "Other"})
    assert found.records["hs_pipeline_stage"].fillna("-").tolist() == ["0-2", "-"]
    assert [finding.row for finding in found.findings] == [3]


def test_a_mapped_pipeline_decides_which_stages_a_row_may_name():
    schema = tickets(pipelines=[a_pipeline("0"), a_pipeline("1", New=True)], hs_pipeline_stage="s", hs_pipeline="p")
    found = translated(
        schema,
        {"hs_pipeline_stage": "New", "hs_pipeline": None},
        {"hs_pipeline_stage": "New", "hs_pipeline": "pipeline 1"},
    )
    assert found.records["hs_pipeline_stage"].tolist() == ["0-1", "1-1"]


def test_an_owner_is_translated_to_its_id():
    mapping = a_mapping(TICKETS, "bulk_import_key", hubspot_owner_id="owner")
    schema = a_schema(mapping, owners=(Owner(id="7", email="sam@example.com"),))
    found = translated(schema, {"hubspot_owner_id": "Sam@example.com"}, {"hubspot_owner_id": "eve@example.com"})
    assert found.records["hubspot_owner_id"].fillna("-").tolist() == ["7", "-"]
    assert [finding.code for finding in found.findings] == [Code.COULD_NOT_FIND_OWNER]


def test_the_records_that_came_in_are_left_as_they_were():
    records = some_records({"hs_ticket_priority": "high"}, keys=["k"])
    schema = tickets(PRIORITY, hs_ticket_priority="p")
    translate(records, account_rules(schema), schema.mapping, {})
    assert records["hs_ticket_priority"].tolist() == ["high"]
