"""What became of links, and why records have none."""

from __future__ import annotations

from typing import Any

import pandas as pd

from hubspot_import import tables
from hubspot_import.model import ObjectType
from hubspot_import.reporting.links import LinkTally, settle_links, tally_links


def a_tally(
    *,
    records: list[int],
    planned: list[dict[str, Any]] | None = None,
    outcomes: list[dict[str, Any]] | None = None,
    candidates: list[int] | None = None,
    dry_run: bool = False,
    is_planned: bool = True,
) -> LinkTally:
    links = settle_links(_frame(tables.LINK_PLAN, planned or []), _frame(tables.LINK_OUTCOMES, outcomes or []))
    return tally_links(
        ObjectType.TICKETS,
        ObjectType.CONTACTS,
        record_rows=pd.Index(records, dtype="int64"),
        candidate_rows=pd.Series(candidates or [], dtype="int64"),
        links=links,
        dry_run=dry_run,
        is_planned=is_planned,
    )


def _frame(schema: Any, lines: list[dict[str, Any]]) -> pd.DataFrame:
    return tables.pa.Table.from_pylist(lines, schema=schema).to_pandas()


def a_link(from_row: int, to_row: int | None, status: str | None = None, **more: Any) -> dict[str, Any]:
    return {"from_row": from_row, "to_row": to_row, "action": "create", "status": status, **more}


def test_planned_links_are_made_stand_or_fail() -> None:
    planned = [a_link(row, 2) for row in (2, 3, 4, 5, 6)]
    statuses = ["created", "existing", "failed", "no_parent"]
    tally = a_tally(
        records=[2, 3, 4, 5, 6, 7],
        planned=planned,
        outcomes=[a_link(row, 2, status) for row, status in zip((2, 3, 4, 5), statuses, strict=True)],
    )
    assert (tally.planned, tally.created, tally.existing, tally.failed) == (5, 1, 1, 3)
    assert (tally.refused, tally.no_parent, tally.not_sent) == (1, 1, 1)
    assert tally.planned == tally.created + tally.existing + tally.failed


def test_the_rate_is_the_share_of_records_that_are_linked() -> None:
    made = [a_link(row, 2, "created") for row in range(2, 147)]
    tally = a_tally(records=list(range(2, 168)), planned=made, outcomes=made)
    assert (tally.linked, tally.of, tally.rate) == (145, 166, 0.873)


def test_a_record_with_two_links_counts_once_in_the_rate() -> None:
    made = [a_link(2, 2, "created"), a_link(2, 3, "created")]
    tally = a_tally(records=[2, 3], planned=made, outcomes=made)
    assert (tally.created, tally.rate) == (2, 0.5)


def test_a_link_that_stood_before_needs_no_outcome() -> None:
    tally = a_tally(records=[2], planned=[{**a_link(2, 2), "action": "unchanged"}])
    assert (tally.existing, tally.failed) == (1, 0)


def test_the_last_outcome_of_a_link_holds() -> None:
    tally = a_tally(records=[2], planned=[a_link(2, 2)], outcomes=[a_link(2, 2, "failed"), a_link(2, 2, "created")])
    assert (tally.created, tally.failed) == (1, 0)


def test_links_to_records_outside_the_files_are_told_apart_by_id() -> None:
    planned = [a_link(2, None, to_id="701"), a_link(2, None, to_id="702")]
    tally = a_tally(records=[2], planned=planned, outcomes=[a_link(2, None, "created", to_id="702")])
    assert (tally.planned, tally.created, tally.not_sent) == (2, 1, 1)


def test_the_unlinked_are_counted_once_by_their_reason() -> None:
    planned = [a_link(2, 2), a_link(3, 2)]
    outcomes = [a_link(2, 2, "no_parent"), a_link(3, 2, "failed")]
    tally = a_tally(records=[2, 3, 4, 5, 6], planned=planned, outcomes=outcomes, candidates=[2, 3, 4])
    assert dict(tally.unlinked) == {
        "HubSpot did not make the link": 1,
        "the record at one end was not written": 1,
        "no such contact in this run's files or in the account": 1,
        "the row leads to no contact": 2,
    }


def test_before_preflight_nobody_knows_why_a_record_has_no_link() -> None:
    tally = a_tally(records=[2, 3], candidates=[2], is_planned=False)
    assert dict(tally.unlinked) == {"the run stopped before links were planned": 2}


def test_a_dry_run_counts_the_plan_only() -> None:
    tally = a_tally(records=[2, 3], planned=[a_link(2, 2)], dry_run=True)
    assert (tally.of, tally.planned, tally.created, tally.existing, tally.failed) == (2, 1, 0, 0, 0)


def test_the_name_is_the_contract_s() -> None:
    assert a_tally(records=[]).name == "ticket_to_contact"
