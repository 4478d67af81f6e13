from __future__ import annotations

import json
from typing import Any

from hubspot_import.client.wire import Record
from hubspot_import.findings import Code, finding
from hubspot_import.model import Mode, ObjectType, PlanAction
from hubspot_import.planning.decide import Decisions, decide
from hubspot_import.planning.obstacles import Claims, Conditions
from hubspot_import.planning.schema import ObjectSchema
from hubspot_import.planning.standing import Standing
from hubspot_import.planning.translate import Translated
from support.account_schema import a_definition, a_mapping, a_pipeline, a_schema, some_records

CONTACTS, TICKETS = ObjectType.CONTACTS, ObjectType.TICKETS
ADA = {"email": "ada@example.com", "city": "Paris"}


def contacts(**city: Any) -> ObjectSchema:
    return a_schema(a_mapping(city={"column": "city", **city}))


def tickets(**stage: Any) -> ObjectSchema:
    mapping = a_mapping(TICKETS, "bulk_import_key", subject="subject", hs_pipeline_stage={"column": "status", **stage})
    return a_schema(mapping, a_definition("hs_pipeline"), pipelines=[a_pipeline("0"), a_pipeline("1")])


def stands(**properties: str) -> Standing:
    return Standing(records={2: Record(id="77", properties=properties)})


def decided(
    rows: list[dict[str, str | None]],
    standing: Standing | None = None,
    schema: ObjectSchema | None = None,
    *,
    mode: Mode = Mode.UPSERT,
    faults: tuple[Any, ...] = (),
    keys: list[str | None] | None = None,
    claims: Claims | None = None,
) -> Decisions:
    translated = Translated(records=some_records(*rows, keys=keys), findings=faults)
    conditions = Conditions(schema=schema or contacts(), mode=mode, claims=claims or Claims())
    return decide(translated, standing or Standing(), conditions)


def actions(decisions: Decisions) -> list[str]:
    return decisions.plan["action"].tolist()


def sent(decisions: Decisions) -> list[dict[str, str]]:
    return [json.loads(text) for text in decisions.plan["properties"]]


def test_a_record_that_does_not_stand_is_created_with_its_values_and_its_key():
    found = decided([ADA])
    assert actions(found) == ["create"]
    assert sent(found) == [ADA]


def test_an_empty_cell_is_not_sent():
    assert sent(decided([{**ADA, "city": None}])) == [{"email": "ada@example.com"}]


def test_our_own_key_goes_with_a_create():
    found = decided([{"subject": "Hi", "hs_pipeline_stage": "0-2"}], schema=tickets(), keys=["default:id:1"])
    assert sent(found)[0]["bulk_import_key"] == "default:id:1"


def test_a_record_that_stands_as_the_row_has_it_is_unchanged_and_sends_nothing():
    found = decided([ADA], stands(email="ADA@example.com", city="Paris"))
    assert actions(found) == ["unchanged"]
    assert sent(found) == [{}]
    assert found.plan["record_id"].tolist() == ["77"]


def test_an_update_sends_only_what_differs_and_keeps_what_it_replaces():
    found = decided([ADA], stands(email="ada@example.com", city="Rome"))
    assert actions(found) == ["update"]
    assert sent(found) == [{"city": "Paris"}]
    assert json.loads(found.plan["replaced"].iloc[0]) == {"city": "Rome"}


def test_fill_empty_leaves_a_value_that_stands():
    schema = contacts(on_existing="fill_empty")
    assert actions(decided([ADA], stands(email="ada@example.com", city="Rome"), schema)) == ["unchanged"]


def test_fill_empty_fills_what_is_empty():
    schema = contacts(on_existing="fill_empty")
    assert sent(decided([ADA], stands(email="ada@example.com"), schema)) == [{"city": "Paris"}]


def test_never_touches_nothing_not_even_what_is_empty():
    schema = contacts(on_existing="never")
    assert actions(decided([ADA], stands(email="ada@example.com"), schema)) == ["unchanged"]


def test_never_still_sends_the_value_of_a_new_record():
    assert sent(decided([ADA], schema=contacts(on_existing="never"))) == [ADA]


def test_a_key_that_stands_is_never_rewritten():
    found = decided([ADA], stands(email="ada.lovelace@example.com", city="Paris"))
    assert actions(found) == ["unchanged"]


def test_a_record_found_without_our_key_gets_it():
    rows = [{"subject": "Hi", "hs_pipeline_stage": None}]
    found = decided(rows, stands(subject="Hi"), tickets(), keys=["default:id:1"])
    assert sent(found) == [{"bulk_import_key": "default:id:1"}]


def test_a_new_ticket_without_a_stage_begins_in_the_first_open_one():
    schema = a_schema(
        a_mapping(TICKETS, "bulk_import_key", subject="subject"), pipelines=[a_pipeline("0", Done=False, New=True)]
    )
    (properties,) = sent(decided([{"subject": "Hi"}], schema=schema, keys=["k"]))
    assert (properties["hs_pipeline"], properties["hs_pipeline_stage"]) == ("0", "0-2")


def test_a_ticket_that_stands_gets_no_stage_for_an_empty_cell():
    rows = [{"subject": "Hi", "hs_pipeline_stage": None}]
    found = decided(rows, stands(subject="Hi", bulk_import_key="k", hs_pipeline_stage="0-3"), tickets(), keys=["k"])
    assert actions(found) == ["unchanged"]


def test_a_stage_may_be_overwritten_where_the_mapping_says_so():
    rows = [{"subject": "Hi", "hs_pipeline_stage": "0-2"}]
    there = stands(subject="Hi", bulk_import_key="k", hs_pipeline="0", hs_pipeline_stage="0-3")
    assert sent(decided(rows, there, tickets(on_existing="overwrite"), keys=["k"])) == [{"hs_pipeline_stage": "0-2"}]


def test_a_ticket_in_another_pipeline_keeps_its_stage():
    rows = [{"subject": "Hi", "hs_pipeline_stage": "0-2"}]
    there = stands(subject="Hi", bulk_import_key="k", hs_pipeline="1", hs_pipeline_stage="1-3")
    assert actions(decided(rows, there, tickets(on_existing="overwrite"), keys=["k"])) == ["unchanged"]


def test_several_candidates_reject_the_row_and_name_the_ids():
    found = decided([ADA], Standing(ambiguous={2: ("7", "8")}))
    assert actions(found) == ["reject"]
    assert found.findings[0].message == "Several records of the account fit this row: 7, 8."


def test_two_rows_that_are_one_record_are_duplicates():
    record = Record(id="77", properties={"email": "ada@example.com", "city": "Paris"})
    found = decided([ADA, {**ADA, "email": "second@example.com"}], Standing(records={2: record, 3: record}))
    assert actions(found) == ["unchanged", "reject"]
    assert [(each.code, each.row) for each in found.findings] == [(Code.DUPLICATE_ROW_CONTENT, 3)]
    assert "row 2 (both are the record 77" in found.findings[0].message


def test_a_duplicate_is_seen_over_the_parts_of_an_object_type():
    claims = Claims()
    decided([ADA], claims=claims)
    later = Translated(records=some_records(ADA).assign(__row__=50_002), findings=())
    found = decide(later, Standing(), Conditions(schema=contacts(), claims=claims))
    assert actions(found) == ["reject"]


def test_a_row_with_a_fault_is_rejected_and_claims_nothing():
    fault = finding(Code.AMBIGUOUS_RECORD, CONTACTS, row=2, candidates="1, 2")
    found = decided([ADA, ADA], faults=(fault,))
    assert actions(found) == ["reject", "create"]
    assert found.findings == ()
    assert found.plan["reason"].iloc[0] == fault.message


def test_a_rejected_row_still_tells_which_record_it_is():
    fault = finding(Code.AMBIGUOUS_RECORD, CONTACTS, row=2, candidates="1, 2")
    assert decided([ADA], stands(email="ada@example.com"), faults=(fault,)).plan["record_id"].tolist() == ["77"]


def test_a_dropped_value_does_not_reject_the_row():
    warning = finding(Code.VALUE_DROPPED, CONTACTS, row=2, column="x", value="y", reason="r", what_to_type="t")
    assert actions(decided([ADA], faults=(warning,))) == ["create"]


def test_create_only_leaves_what_stands():
    found = decided([ADA, {"email": "new@example.com"}], stands(city="Rome"), mode=Mode.CREATE_ONLY)
    assert actions(found) == ["skip", "create"]
    assert [each.code for each in found.findings] == [Code.CREATE_ONLY_IMPORT]


def test_update_only_creates_nothing():
    found = decided([ADA, {"email": "new@example.com"}], stands(city="Rome"), mode=Mode.UPDATE_ONLY)
    assert actions(found) == ["update", "skip"]
    assert [each.code for each in found.findings] == [Code.UPDATE_ONLY_IMPORT]


def test_a_record_id_the_account_does_not_have_rejects_the_row():
    schema = a_schema(a_mapping(key="hs_object_id", city="city"))
    found = decided([{"city": "Paris"}], schema=schema, keys=["12"])
    assert actions(found) == ["reject"]
    assert [(each.code, each.value) for each in found.findings] == [(Code.INVALID_RECORD_ID, "12")]


def test_a_record_named_by_id_is_updated_without_any_key():
    schema = a_schema(a_mapping(key="hs_object_id", city="city"))
    found = decided([{"city": "Paris"}], stands(city="Rome"), schema, keys=["77"])
    assert sent(found) == [{"city": "Paris"}]


def test_a_row_without_a_key_is_rejected():
    assert actions(decided([{"email": None, "city": "Paris"}], keys=[None])) == [PlanAction.REJECT]


def test_the_content_hash_tells_contents_apart_and_repeats_itself():
    one, again, other = (
        decided([{**ADA, "city": city}]).plan["content_hash"].iloc[0] for city in ("Paris", "Paris", "Rome")
    )
    assert one == again
    assert one != other


def test_a_plan_made_after_an_import_is_another_one_for_the_same_write():
    first, later = (
        decide(
            Translated(records=some_records(ADA), findings=()),
            Standing(),
            Conditions(schema=contacts(), attempt=attempt),
        )
        for attempt in (1, 2)
    )
    assert first.plan["content_hash"].tolist() != later.plan["content_hash"].tolist()


def test_create_only_does_not_skip_what_this_run_itself_created():
    conditions = Conditions(schema=contacts(), mode=Mode.CREATE_ONLY, own_rows={2})
    found = decide(Translated(records=some_records(ADA), findings=()), stands(email="ada@example.com"), conditions)
    assert actions(found) == ["update"]
