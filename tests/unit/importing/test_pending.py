from __future__ import annotations

import pandas as pd

from hubspot_import.importing.pending import Pending, pending, write_inputs
from hubspot_import.model import OutcomeStatus, PlanAction
from hubspot_import.tables import OUTCOMES, PLAN


def a_plan(*lines: tuple[int, PlanAction, str]) -> pd.DataFrame:
    """Rows of (row, action, content hash)."""
    return pd.DataFrame(
        [
            {
                "row": row,
                "line": row,
                "key": f"k{row}",
                "action": str(action),
                "record_id": None if action is PlanAction.CREATE else f"{row}00",
                "properties": '{"city": "Paris"}',
                "replaced": "{}",
                "content_hash": content,
                "reason": None,
            }
            for row, action, content in lines
        ],
        columns=PLAN.names,
    )


def outcomes(*lines: tuple[int, OutcomeStatus, str]) -> pd.DataFrame:
    """Rows of (row, status, content hash)."""
    return pd.DataFrame(
        [
            {"row": row, "key": f"k{row}", "content_hash": content, "status": str(status), "record_id": f"{row}00"}
            for row, status, content in lines
        ],
        columns=OUTCOMES.names,
    )


def rows_to_send(found: Pending) -> dict[str, list[int]]:
    return {str(action): rows["row"].tolist() for action, rows in found.to_send.items()}


def test_everything_is_left_at_the_first_attempt():
    plan = a_plan((2, PlanAction.CREATE, "a"), (3, PlanAction.UPDATE, "b"), (4, PlanAction.UNCHANGED, "c"))
    found = pending(plan, outcomes())
    assert rows_to_send(found) == {"create": [2], "update": [3]}
    assert found.settled["row"].tolist() == [4]


def test_a_row_written_with_this_content_is_done():
    found = pending(a_plan((2, PlanAction.CREATE, "a")), outcomes((2, OutcomeStatus.CREATED, "a")))
    assert rows_to_send(found)["create"] == []
    assert found.done == 1


def test_a_row_written_with_other_content_is_sent_again():
    found = pending(a_plan((2, PlanAction.UPDATE, "new")), outcomes((2, OutcomeStatus.CREATED, "old")))
    assert rows_to_send(found)["update"] == [2]


def test_a_row_that_failed_is_sent_again():
    found = pending(a_plan((2, PlanAction.CREATE, "a")), outcomes((2, OutcomeStatus.FAILED, "a")))
    assert rows_to_send(found)["create"] == [2]


def test_what_this_run_created_stays_created_when_a_new_plan_finds_it_unchanged():
    found = pending(a_plan((2, PlanAction.UNCHANGED, "b")), outcomes((2, OutcomeStatus.CREATED, "a")))
    assert found.settled.empty
    assert found.done == 1


def test_a_rejected_row_is_neither_sent_nor_settled():
    found = pending(a_plan((2, PlanAction.REJECT, "a")), outcomes())
    assert rows_to_send(found) == {"create": [], "update": []}
    assert found.settled.empty


def test_a_new_record_is_named_by_its_key():
    (made,) = write_inputs(a_plan((2, PlanAction.CREATE, "a")), PlanAction.CREATE, "email")
    assert (made.trace_id, made.id, made.id_property, made.properties) == ("2", "k2", "email", {"city": "Paris"})


def test_a_record_that_stands_is_named_by_its_id():
    (made,) = write_inputs(a_plan((2, PlanAction.UPDATE, "a")), PlanAction.UPDATE, "email")
    assert (made.id, made.id_property) == ("200", None)


def test_a_row_to_update_knows_whether_this_run_made_its_record():
    plan = a_plan((2, PlanAction.UPDATE, "new"), (3, PlanAction.UPDATE, "new"))
    found = pending(plan, outcomes((2, OutcomeStatus.CREATED, "old"), (3, OutcomeStatus.UPDATED, "old")))
    assert found.to_send[PlanAction.UPDATE]["is_own"].tolist() == [True, False]
