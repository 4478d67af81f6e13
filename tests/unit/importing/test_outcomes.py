from __future__ import annotations

from datetime import UTC, datetime

import pandas as pd

from hubspot_import.client.wire import InputOutcome
from hubspot_import.importing.outcomes import registry_rows, settled_rows, written_rows
from hubspot_import.model import PlanAction

NOW = datetime(2026, 11, 24, 8, 0, tzinfo=UTC)


def planned(*actions: PlanAction) -> pd.DataFrame:
    rows = list(range(2, len(actions) + 2))
    return pd.DataFrame(
        {
            "row": rows,
            "key": [f"k{row}" for row in rows],
            "content_hash": [f"h{row}" for row in rows],
            "action": [str(action) for action in actions],
            "record_id": [f"{row}00" for row in rows],
            "reason": None,
        }
    )


def sendable(rows: pd.DataFrame, *, is_own: bool = False) -> pd.DataFrame:
    return rows.assign(is_own=is_own).set_index("row")


def written(row: int) -> InputOutcome:
    return InputOutcome(trace_id=str(row), record_id=f"{row}00", is_new=False)


def refused(row: int) -> InputOutcome:
    return InputOutcome(trace_id=str(row), category="VALIDATION_ERROR", message="no")


def test_a_record_absent_in_the_plan_is_created_whatever_the_answer_says_of_new():
    rows = planned(PlanAction.CREATE)
    assert written_rows(sendable(rows), [written(2)], PlanAction.CREATE, batch=1, at=NOW)["status"].tolist() == [
        "created"
    ]


def test_a_refused_record_failed_with_hubspots_words():
    rows = planned(PlanAction.UPDATE)
    found = written_rows(sendable(rows), [refused(2)], PlanAction.UPDATE, batch=3, at=NOW).iloc[0]
    assert (found["status"], found["category"], found["message"], found["batch"]) == (
        "failed",
        "VALIDATION_ERROR",
        "no",
        3,
    )


def test_a_record_this_run_made_stays_created_when_it_is_updated():
    rows = sendable(planned(PlanAction.UPDATE), is_own=True)
    assert written_rows(rows, [written(2)], PlanAction.UPDATE, batch=1, at=NOW)["status"].tolist() == ["created"]


def test_outcomes_meet_their_rows_in_any_order():
    rows = planned(PlanAction.CREATE, PlanAction.CREATE)
    found = written_rows(sendable(rows), [written(3), written(2)], PlanAction.CREATE, batch=1, at=NOW)
    assert dict(zip(found["key"], found["record_id"], strict=True)) == {"k2": "200", "k3": "300"}


def test_what_needs_no_request_is_unchanged_or_skipped():
    found = settled_rows(planned(PlanAction.UNCHANGED, PlanAction.SKIP).assign(is_own=False), at=NOW)
    assert found["status"].tolist() == ["unchanged", "skipped"]


def test_only_what_was_written_enters_the_key_registry():
    rows = planned(PlanAction.CREATE, PlanAction.CREATE)
    found = registry_rows(written_rows(sendable(rows), [written(2), refused(3)], PlanAction.CREATE, batch=1, at=NOW))
    assert found.to_dict("records") == [{"key": "k2", "record_id": "200"}]
