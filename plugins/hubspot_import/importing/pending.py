"""Which planned records still have to be sent, and what is known of the others without a request."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import pandas as pd

from hubspot_import.client.wire import Operation, WriteInput
from hubspot_import.model import OutcomeStatus, PlanAction
from hubspot_import.outcome_files import is_made_here

OPERATIONS: Mapping[PlanAction, Operation] = {
    PlanAction.CREATE: Operation.UPSERT,
    PlanAction.UPDATE: Operation.UPDATE,
}
"""A record not found is upserted on its key, so that a lost answer makes no second one; one that stands is updated by
its id, which is partial by contract (upsert by e-mail is not: object API guide)."""

SETTLED: Mapping[PlanAction, OutcomeStatus] = {
    PlanAction.UNCHANGED: OutcomeStatus.UNCHANGED,
    PlanAction.SKIP: OutcomeStatus.SKIPPED,
}
WRITTEN: Mapping[PlanAction, OutcomeStatus] = {
    PlanAction.CREATE: OutcomeStatus.CREATED,
    PlanAction.UPDATE: OutcomeStatus.UPDATED,
}
"""``created`` means absent in the plan and present now, whatever the answer's ``new`` says."""

_FINAL = [status for status in OutcomeStatus if status.is_final]


@dataclass(frozen=True, slots=True, kw_only=True)
class Pending:
    """One part of a plan: ``to_send`` by action, ``settled`` without a request, ``done`` by an earlier attempt.

    Frames have the plan's columns and ``is_own``: the record stands because this very run created it.
    """

    to_send: Mapping[PlanAction, pd.DataFrame]
    settled: pd.DataFrame
    done: int


def pending(plan: pd.DataFrame, last: pd.DataFrame) -> Pending:
    """Sort a part of the plan (tables.PLAN) by what is left to do. ``last`` holds each row's last outcome (OUTCOMES).

    A row is done when it has a final outcome for its present content. When a new plan finds as it should be what this
    very run wrote, that outcome stays: the run as a whole created or updated the record.
    """
    by_row = last.set_index("row")
    known, status, record_id = (plan["row"].map(by_row[name]) for name in ("content_hash", "status", "record_id"))
    is_same_record = plan["record_id"] == record_id
    is_written_before = (plan["action"] == PlanAction.UNCHANGED) & is_same_record
    is_done = status.isin(_FINAL) & ((known == plan["content_hash"]) | is_written_before)
    is_made_before = plan["row"].map(is_made_here(last).set_axis(last["row"])).eq(other=True)
    is_own = is_made_before & plan["record_id"].notna() & (is_same_record | record_id.isna())
    left = plan.assign(is_own=is_own)[~is_done]
    return Pending(
        to_send={action: left[left["action"] == action] for action in OPERATIONS},
        settled=left[left["action"].isin(list(SETTLED))],
        done=int(is_done.sum()),
    )


def write_inputs(rows: pd.DataFrame, action: PlanAction, key_property: str) -> Iterator[WriteInput]:
    """Make the inputs of a write one by one; the trace id is the row number."""
    is_create = action is PlanAction.CREATE
    columns = rows[["row", "key", "record_id", "properties"]]
    for row, key, record_id, properties in columns.itertuples(index=False, name=None):
        yield WriteInput(
            trace_id=str(row),
            id=key if is_create else record_id,
            id_property=key_property if is_create else None,
            properties=json.loads(properties),
        )
