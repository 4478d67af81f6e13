"""The books of an object type: every row and every record is counted once, or the report says that it is not."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from hubspot_import.model import ObjectType
from hubspot_import.reporting.ledger import RowOutcome


@dataclass(frozen=True, slots=True, kw_only=True)
class ObjectCounts:
    """What became of one object type's rows. ``added``: records that no row of the file stands for."""

    rows: int = 0
    rejected: int = 0
    records: int = 0
    added: int = 0
    created: int = 0
    updated: int = 0
    unchanged: int = 0
    skipped: int = 0
    failed: int = 0
    not_sent: int = 0

    @property
    def in_hubspot(self) -> int:
        """Records that now stand in HubSpot as the file has them."""
        return self.created + self.updated + self.unchanged

    @property
    def success_rate(self) -> float:
        """The share that stands in HubSpot as the file has it; what the run's mode skips is not judged."""
        judged = self.rejected + self.records - self.skipped
        return round(self.in_hubspot / judged, 3) if judged else 1.0


def count_rows(ledger: pd.DataFrame) -> ObjectCounts:
    """Count a ledger."""
    by_outcome = ledger["outcome"].value_counts()
    counted = {str(outcome): int(by_outcome.get(str(outcome), 0)) for outcome in RowOutcome}
    return ObjectCounts(
        rows=int(ledger["is_source"].sum()),
        records=int(ledger["is_record"].sum()),
        added=int((~ledger["is_source"]).sum()),
        **counted,
    )


def imbalance(object_type: ObjectType, counts: ObjectCounts) -> str | None:
    """Say what does not add up; None when the books balance (docs/architecture.md: "Counts add up")."""
    if counts.rows != counts.rejected + counts.records - counts.added:
        return (
            f"{object_type}: {counts.rows} rows are not {counts.rejected} rejected"
            f" + {counts.records} records - {counts.added} added"
        )
    ended = counts.in_hubspot + counts.skipped + counts.failed + counts.not_sent
    if counts.records != ended:
        return f"{object_type}: {counts.records} records, but {ended} of them ended somehow"
    return None
