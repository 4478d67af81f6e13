"""What became of each row of one object type: one ledger line a row, made from whatever the run got to write down."""

from __future__ import annotations

from enum import StrEnum

import pandas as pd

from hubspot_import.model import PlanAction
from hubspot_import.tables import KEY, LINE, ROW


class RowOutcome(StrEnum):
    """How a row ended: an outcome of its record, or one of the two ways of never having been sent."""

    CREATED = "created"
    UPDATED = "updated"
    UNCHANGED = "unchanged"
    SKIPPED = "skipped"
    FAILED = "failed"
    REJECTED = "rejected"
    NOT_SENT = "not_sent"


_WITHOUT_A_WRITE = {
    PlanAction.UNCHANGED: RowOutcome.UNCHANGED,
    PlanAction.SKIP: RowOutcome.SKIPPED,
    PlanAction.REJECT: RowOutcome.REJECTED,
}
"""Plan actions that settle a row without a request; the others stay ``not_sent`` until an outcome is written."""

LEDGER_COLUMNS = ("line", "key", "record_id", "action", "outcome", "category", "message", "is_source", "is_record")


def build_ledger(
    source: pd.DataFrame,
    *,
    rejects: pd.Series,
    records: pd.DataFrame | None,
    plan: pd.DataFrame,
    outcomes: pd.DataFrame,
) -> pd.DataFrame:
    """Say for each row how it ended; the index is the row number, the columns are LEDGER_COLUMNS.

    ``source`` has ROW and LINE of every source row, ``rejects`` the rows held back by validation, ``records`` ROW and
    KEY of every record (None when the run did not get that far: then every row not held back counts as one). ``plan``
    and ``outcomes`` are of tables.PLAN and tables.OUTCOMES, the latter oldest first: the last outcome of a row holds.
    """
    rows = pd.Index(source[ROW])
    held_back = pd.Index(rejects)
    known = rows.difference(held_back) if records is None else pd.Index(records[ROW])
    ledger = pd.DataFrame(index=rows.append(known.difference(rows)).rename("row"))
    ledger["line"] = source.set_index(ROW)[LINE].reindex(ledger.index).astype("Int64")
    ledger["is_source"] = ledger.index.isin(rows)
    planned = plan.drop_duplicates("row", keep="last").set_index("row")
    last = outcomes.drop_duplicates("row", keep="last").set_index("row")
    ledger["key"] = _keys(records).reindex(ledger.index)
    ledger["record_id"] = last["record_id"].reindex(ledger.index).fillna(planned["record_id"].reindex(ledger.index))
    ledger["action"] = planned["action"].reindex(ledger.index)
    ledger["outcome"] = _outcomes(ledger.index, planned["action"], last["status"], held_back)
    ledger["category"] = last["category"].reindex(ledger.index)
    ledger["message"] = last["message"].reindex(ledger.index).fillna(planned["reason"].reindex(ledger.index))
    refused_by_plan = pd.Index(planned.index[planned["action"] == PlanAction.REJECT])
    ledger["is_record"] = ledger.index.isin(known.difference(refused_by_plan))
    return ledger[list(LEDGER_COLUMNS)]


def _keys(records: pd.DataFrame | None) -> pd.Series:
    if records is None:
        return pd.Series(dtype="str")
    return records.drop_duplicates(ROW).set_index(ROW)[KEY]


def _outcomes(rows: pd.Index, actions: pd.Series, statuses: pd.Series, held_back: pd.Index) -> pd.Series:
    settled = actions.map({str(action): str(outcome) for action, outcome in _WITHOUT_A_WRITE.items()})
    outcome = statuses.reindex(rows).fillna(settled.reindex(rows)).fillna(str(RowOutcome.NOT_SENT))
    is_rejected = rows.isin(held_back) | rows.isin(actions.index[actions == PlanAction.REJECT])
    return outcome.mask(is_rejected, str(RowOutcome.REJECTED))
