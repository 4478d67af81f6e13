"""What HubSpot acknowledged, as rows of the outcome files and of the key registry."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

import pandas as pd

from hubspot_import.client.wire import InputOutcome
from hubspot_import.importing.pending import SETTLED, WRITTEN
from hubspot_import.model import OutcomeStatus, PlanAction
from hubspot_import.tables import OUTCOMES


def written_rows(
    rows: pd.DataFrame, outcomes: Sequence[InputOutcome], action: PlanAction, *, batch: int, at: datetime
) -> pd.DataFrame:
    """Outcomes of one batch as rows of tables.OUTCOMES; trace ids are row numbers.

    ``rows`` are a frame of ``Pending.to_send``, indexed by row. A record this run itself made is never ``updated``.
    """
    planned = rows.loc[[int(outcome.trace_id) for outcome in outcomes]]
    status = [
        OutcomeStatus.FAILED if not each.is_written else OutcomeStatus.CREATED if is_own else WRITTEN[action]
        for each, is_own in zip(outcomes, planned["is_own"], strict=True)
    ]
    return pd.DataFrame(
        {
            "row": planned.index,
            "key": planned["key"].array,
            "content_hash": planned["content_hash"].array,
            "status": list(map(str, status)),
            "record_id": [each.record_id or known for each, known in zip(outcomes, planned["record_id"], strict=True)],
            "batch": batch,
            "category": [each.category for each in outcomes],
            "message": [each.message for each in outcomes],
            "at": at.isoformat(timespec="seconds"),
        },
        columns=OUTCOMES.names,
    )


def settled_rows(rows: pd.DataFrame, *, at: datetime) -> pd.DataFrame:
    """Outcomes of planned records that need no request. ``rows`` is ``Pending.settled``.

    A record that stands although the answer to its create was lost has been created by this run, not found.
    """
    status = rows["action"].map({str(action): str(status) for action, status in SETTLED.items()})
    is_created = rows["is_own"] & (rows["action"] == PlanAction.UNCHANGED)
    return pd.DataFrame(
        {
            "row": rows["row"],
            "key": rows["key"],
            "content_hash": rows["content_hash"],
            "status": status.mask(is_created, str(OutcomeStatus.CREATED)),
            "record_id": rows["record_id"],
            "batch": None,
            "category": None,
            "message": rows["reason"],
            "at": at.isoformat(timespec="seconds"),
        },
        columns=OUTCOMES.names,
    )


def registry_rows(written: pd.DataFrame) -> pd.DataFrame:
    """Keys with the ids they were written under, of the outcomes of one batch."""
    is_known = (written["status"] != OutcomeStatus.FAILED) & written["record_id"].notna() & written["key"].notna()
    return written.loc[is_known, ["key", "record_id"]]
