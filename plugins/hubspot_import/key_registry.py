"""Key → HubSpot id, as earlier runs wrote it down: the last way to find a record whose key was lost in the account.

A dataset of small files in ``<runs>/accounts/<account>/keys/<object type>``; a later file overrules an earlier one.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from hubspot_import import tables

KEYS = pa.schema([("key", pa.string()), ("record_id", pa.string())])


def look_up(directory: Path, keys: Collection[str]) -> dict[str, str]:
    """Read the ids of keys; those never written down are absent."""
    wanted = pa.array(list(keys), pa.string())
    found: dict[str, str] = {}
    for path in tables.parts(directory):
        table = pq.read_table(path)
        table = table.filter(pc.is_in(table["key"], value_set=wanted))
        found.update(zip(table["key"].to_pylist(), table["record_id"].to_pylist(), strict=True))
    return found


def file_prefix(now: datetime, run_id: str) -> str:
    """The prefix of the files one attempt writes; by name they are in the order of time."""
    return f"{now:%Y%m%dT%H%M%S}-{run_id}"
