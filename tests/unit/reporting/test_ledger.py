"""How a row ended, and that the books balance."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pandas as pd
from hypothesis import given
from hypothesis import strategies as st

from hubspot_import import tables
from hubspot_import.model import ObjectType, OutcomeStatus, PlanAction
from hubspot_import.reporting.books import ObjectCounts, count_rows, imbalance
from hubspot_import.reporting.ledger import RowOutcome, build_ledger


def a_ledger(
    *,
    rows: list[int],
    rejects: list[int] | None = None,
    records: dict[int, str] | None = None,
    plan: dict[int, str] | None = None,
    outcomes: list[tuple[int, str]] | None = None,
) -> pd.DataFrame:
    known = None
    if records is not None:
        known = pd.DataFrame({tables.ROW: list(records), tables.KEY: pd.Series(list(records.values()), dtype="str")})
    return build_ledger(
        pd.DataFrame({tables.ROW: rows, tables.LINE: rows}, dtype="int64"),
        rejects=pd.Series(rejects or [], dtype="int64"),
        records=known,
        plan=_frame(tables.PLAN, [{"row": row, "action": action} for row, action in (plan or {}).items()]),
        outcomes=_frame(tables.OUTCOMES, [{"row": row, "status": status} for row, status in outcomes or []]),
    )


def _frame(schema: Any, lines: list[dict[str, Any]]) -> pd.DataFrame:
    return tables.pa.Table.from_pylist(lines, schema=schema).to_pandas()


def test_the_last_outcome_of_a_row_holds() -> None:
    ledger = a_ledger(rows=[2], records={2: "a"}, plan={2: PlanAction.CREATE}, outcomes=[(2, "failed"), (2, "created")])
    assert list(ledger["outcome"]) == [RowOutcome.CREATED]


def test_what_needs_no_request_is_settled_by_the_plan() -> None:
    actions = {2: PlanAction.UNCHANGED, 3: PlanAction.SKIP, 4: PlanAction.REJECT, 5: PlanAction.UPDATE}
    ledger = a_ledger(rows=[2, 3, 4, 5], records={2: "a", 3: "b", 4: "c", 5: "d"}, plan=actions)
    assert list(ledger["outcome"]) == ["unchanged", "skipped", "rejected", "not_sent"]


def test_a_row_without_a_word_about_it_was_not_sent() -> None:
    ledger = a_ledger(rows=[2, 3], rejects=[3])
    assert list(ledger["outcome"]) == ["not_sent", "rejected"]


def test_a_row_the_plan_rejects_is_no_record() -> None:
    counts = count_rows(a_ledger(rows=[2, 3], records={2: "a", 3: "b"}, plan={2: "create", 3: "reject"}))
    assert (counts.rows, counts.rejected, counts.records) == (2, 1, 1)


def test_a_record_no_row_stands_for_is_counted_as_added() -> None:
    counts = count_rows(a_ledger(rows=[2], records={2: "a", 100: "b"}, plan={2: "create", 100: "create"}))
    assert (counts.rows, counts.records, counts.added) == (1, 2, 1)
    assert imbalance(ObjectType.CONTACTS, counts) is None


def test_a_row_that_got_lost_between_stages_is_noticed() -> None:
    counts = count_rows(a_ledger(rows=[2, 3], records={2: "a"}))
    assert imbalance(ObjectType.CONTACTS, counts) == "contacts: 2 rows are not 0 rejected + 1 records - 0 added"


def test_a_row_that_is_both_rejected_and_a_record_is_noticed() -> None:
    counts = count_rows(a_ledger(rows=[2, 3], rejects=[3], records={2: "a", 3: "b"}))
    assert imbalance(ObjectType.CONTACTS, counts) is not None


def test_records_that_ended_in_no_way_are_noticed() -> None:
    balanced = ObjectCounts(rows=2, records=2, created=2)
    assert imbalance(ObjectType.TICKETS, balanced) is None
    assert (
        imbalance(ObjectType.TICKETS, replace(balanced, created=1)) == "tickets: 2 records, but 1 of them ended somehow"
    )


def test_what_the_mode_skips_does_not_lower_the_success_rate() -> None:
    assert ObjectCounts(rows=4, records=4, created=2, skipped=2).success_rate == 1.0
    assert ObjectCounts(rows=4, rejected=1, records=3, created=2, failed=1).success_rate == 0.5


def test_no_rows_are_no_failure() -> None:
    assert ObjectCounts().success_rate == 1.0


_FATES = st.sampled_from(["invalid", *PlanAction])


@given(fates=st.lists(_FATES, max_size=30), sent=st.lists(st.sampled_from([*OutcomeStatus, None]), max_size=30))
def test_the_books_balance_however_far_a_run_came(fates: list[str], sent: list[OutcomeStatus | None]) -> None:
    numbered = dict(enumerate(fates, start=2))
    plan = {row: fate for row, fate in numbered.items() if fate != "invalid"}
    outcomes = [(row, status) for row, status in zip(plan, sent, strict=False) if status is not None]
    ledger = a_ledger(
        rows=list(numbered),
        rejects=[row for row, fate in numbered.items() if fate == "invalid"],
        records=dict.fromkeys(plan, "key"),
        plan=plan,
        outcomes=outcomes,
    )
    assert imbalance(ObjectType.CONTACTS, count_rows(ledger)) is None
    assert len(ledger) == len(fates)
