"""The books: which requests reached the account, and which of them wrote."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict, dataclass

from hubspot_simulator.replies import JsonObject


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestRecord:
    """One request. ``inputs`` counts the inputs of a batch; ``operation`` is like ``contacts.batch.upsert``."""

    method: str
    path: str
    operation: str
    status: int
    is_write: bool
    inputs: int


def summary(records: Sequence[RequestRecord], last: int = 50) -> JsonObject:
    """Count requests by status and operation, and list the last ones."""
    return {
        "total": len(records),
        "writes": sum(record.is_write for record in records),
        "by_status": dict(sorted(Counter(str(record.status) for record in records).items())),
        "by_operation": dict(sorted(Counter(record.operation for record in records).items())),
        "last": [asdict(record) for record in records[-last:]],
    }
