from __future__ import annotations

from typing import Any

import pandas as pd

from hubspot_import.client.wire import LinkType
from hubspot_import.findings import Code
from hubspot_import.model import ObjectType, Severity
from hubspot_import.planning.link_labels import StandingLinks, wanted_types
from hubspot_import.planning.links import (
    find_ends,
    ids_to_read,
    link_findings,
    open_values,
    plan_links,
    value_sources,
)
from hubspot_import.tables import LINK_CANDIDATES

CONTACTS, COMPANIES = ObjectType.CONTACTS, ObjectType.COMPANIES
WANTED = wanted_types((CONTACTS, COMPANIES), None, {})
STANDS = frozenset({LinkType(type_id=279)})
Answers = dict[str, dict[str, list[str]]]


def candidates(*links: dict[str, Any]) -> pd.DataFrame:
    defaults = {"matched_by": "company_name", "confidence": 1.0, "evidence": "company = name"}
    frame = pd.DataFrame([{**defaults, **link} for link in links], columns=LINK_CANDIDATES.names)
    texts = dict.fromkeys(("match_property", "match_value", "matched_by", "evidence"), "str")
    return frame.astype({"to_row": "float64", **texts})


def inside(from_row: int, to_row: int, **rest: Any) -> dict[str, Any]:
    return {"from_row": from_row, "to_row": to_row, **rest}


def outside(from_row: int, name: str) -> dict[str, Any]:
    return {"from_row": from_row, "match_property": "name", "match_value": name}


def a_plan(**actions: tuple[str, str | None]) -> pd.DataFrame:
    lines = [
        {"row": int(row.removeprefix("r")), "line": 0, "action": action, "record_id": record_id}
        for row, (action, record_id) in actions.items()
    ]
    return pd.DataFrame(lines, columns=["row", "line", "action", "record_id"]).astype({"record_id": "str"})


def planned(
    links: pd.DataFrame,
    from_plan: pd.DataFrame,
    to_plan: pd.DataFrame,
    answers: Answers | None = None,
    standing: StandingLinks | None = None,
) -> list[tuple[Any, ...]]:
    plan = plan_links(find_ends(links, from_plan, to_plan, answers or {}), standing or {}, WANTED)
    columns = ["from_row", "to_row", "from_id", "to_id", "action"]
    return [tuple(None if pd.isna(value) else value for value in line) for line in plan[columns].to_numpy()]


def test_a_link_between_new_records_has_rows_and_no_ids_yet():
    assert planned(candidates(inside(2, 5)), a_plan(r2=("create", None)), a_plan(r5=("create", None))) == [
        (2, 5, None, None, "create")
    ]


def test_a_link_that_stands_is_unchanged():
    ends = (a_plan(r2=("unchanged", "20")), a_plan(r5=("update", "50")))
    assert planned(candidates(inside(2, 5)), *ends, standing={"20": {"50": STANDS}}) == [
        (2, 5, "20", "50", "unchanged")
    ]


def test_links_of_records_that_stand_have_to_be_read():
    ends = find_ends(
        candidates(inside(2, 5), inside(3, 5), inside(2, 6)),
        a_plan(r2=("unchanged", "20"), r3=("create", None)),
        a_plan(r5=("unchanged", "50"), r6=("create", None)),
        {},
    )
    assert ids_to_read(ends, WANTED) == ["20"]


def test_a_rejected_or_skipped_record_wants_no_link():
    from_plan = a_plan(r2=("reject", "20"), r3=("skip", "30"))
    assert planned(candidates(inside(2, 5), inside(3, 5)), from_plan, a_plan(r5=("create", None))) == []


def test_a_link_to_a_rejected_record_stays_planned():
    assert planned(candidates(inside(2, 5)), a_plan(r2=("create", None)), a_plan(r5=("reject", None))) == [
        (2, 5, None, None, "create")
    ]


def test_a_link_to_a_record_this_run_does_not_create_is_left_out():
    assert planned(candidates(inside(2, 5)), a_plan(r2=("create", None)), a_plan(r5=("skip", None))) == []


def test_a_target_outside_the_files_is_looked_for_once_by_value():
    links = candidates(outside(2, "Acme"), outside(3, "ACME "), outside(4, "Bolt"))
    from_plan = a_plan(r2=("create", None), r3=("create", None), r4=("reject", None))
    assert open_values(links, from_plan) == {"name": ["acme"]}


def test_a_target_found_in_the_account_is_linked_by_id():
    answers = {"name": {"acme": ["50"]}}
    assert planned(candidates(outside(2, "Acme")), a_plan(r2=("create", None)), a_plan(), answers) == [
        (2, None, None, "50", "create")
    ]


def test_two_ways_to_one_record_are_one_link_by_the_surest_match():
    links = candidates(inside(2, 5, confidence=0.5), inside(2, 6, confidence=0.9))
    to_plan = a_plan(r5=("unchanged", "50"), r6=("reject", "50"))
    assert planned(links, a_plan(r2=("create", None)), to_plan) == [(2, 6, None, "50", "create")]


def test_a_target_nobody_knows_is_a_warning_on_the_row_it_was_wanted_by():
    ends = find_ends(candidates(outside(2, "Acme")), a_plan(r2=("create", None)), a_plan(), {})
    (found,) = link_findings(ends, (CONTACTS, COMPANIES), {2: 3}, {2: "Company"})
    assert (found.code, found.severity) == (Code.ASSOCIATION_RECORD_NOT_FOUND, Severity.WARNING)
    assert (found.object_type, found.row, found.line, found.column) == (CONTACTS, 2, 3, "Company")
    assert plan_links(ends, {}, WANTED).empty


def test_several_targets_are_a_warning_and_no_link():
    answers = {"name": {"acme": ["50", "51"]}}
    ends = find_ends(candidates(outside(2, "Acme")), a_plan(r2=("create", None)), a_plan(), answers)
    (found,) = link_findings(ends, (CONTACTS, COMPANIES), {}, {})
    assert (found.code, found.severity) == (Code.AMBIGUOUS_RECORD, Severity.WARNING)
    assert plan_links(ends, {}, WANTED).empty


def test_no_candidates_make_an_empty_plan():
    empty = LINK_CANDIDATES.empty_table().to_pandas()
    assert plan_links(find_ends(empty, a_plan(r2=("create", None)), a_plan(), {}), {}, WANTED).empty


def test_a_mined_value_is_traced_to_its_column():
    mined = pd.DataFrame({"row": [2], "column": ["content"], "value": ["ada@example.com"]})
    links = candidates(outside(2, "Ada@example.com"))
    assert value_sources(links, mined, {"content": "Message"}) == {2: "Message"}
