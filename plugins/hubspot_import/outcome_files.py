"""Outcomes as files: written while batches are acknowledged, read back by the attempt that picks up the work.

A file holds up to 50 batches or 2 s of work; losing one costs a harmless repeat. Names begin with the number of the
attempt, so that the order of names is the order of events, and the last outcome of a record holds.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from hubspot_import import tables
from hubspot_import.client.accounting import UNAVAILABLE
from hubspot_import.clock import Clock
from hubspot_import.model import OutcomeStatus

MAX_BATCHES = 50
MAX_SECONDS = 2.0


def next_attempt(directory: Path) -> int:
    """Number the attempt that is about to begin: 1 unless earlier ones left files."""
    taken = [int(path.name.split("-", 1)[0]) for path in tables.parts(directory)]
    return max(taken, default=0) + 1


def attempt_prefix(number: int) -> str:
    """The prefix of an attempt's files."""
    return f"{number:04d}"


def last_outcomes(directory: Path, schema: pa.Schema, identity: Sequence[str]) -> pd.DataFrame:
    """Read the last outcome of each record or link, told apart by the columns of ``identity``."""
    outcomes = tables.read(directory, schema=schema)
    return outcomes.drop_duplicates(list(identity), keep="last", ignore_index=True)


def last_outcomes_of(directory: Path, schema: pa.Schema, rows: pd.Series) -> pd.DataFrame:
    """Read the last outcome of the records of one part of a plan; ``rows`` are its row numbers.

    Only the lines between the least and the greatest of them are read: what is held does not grow with the run.
    """
    empty = schema.empty_table()
    if rows.empty:
        return pd.DataFrame(empty.to_pandas())
    between = [("row", ">=", int(rows.min())), ("row", "<=", int(rows.max()))]
    found = [pq.read_table(path, schema=schema, filters=between) for path in tables.parts(directory)]
    outcomes = pd.DataFrame(pa.concat_tables([empty, *found]).to_pandas())
    return outcomes.drop_duplicates("row", keep="last", ignore_index=True)


def is_made_here(outcomes: pd.DataFrame) -> pd.Series:
    """Say which outcomes (OUTCOMES) are of records this run made, or may have made: a create without an answer."""
    is_create_in_doubt = (outcomes["category"] == UNAVAILABLE) & outcomes["record_id"].isna()
    return (outcomes["status"] == OutcomeStatus.CREATED) | is_create_in_doubt


def created_rows(outcomes: pd.DataFrame) -> frozenset[int]:
    """The rows whose records this run made or may have made. ``outcomes``: the last one of each row."""
    return frozenset(outcomes.loc[is_made_here(outcomes), "row"].tolist())


@dataclass(slots=True, kw_only=True)
class OutcomeLog:
    """Gathers rows batch by batch and writes them out; as a context manager it leaves nothing behind unwritten.

    What ``ahead`` has gathered is written first: a file that is there vouches for the other log's rows.
    """

    directory: Path
    schema: pa.Schema
    prefix: str
    clock: Clock
    ahead: OutcomeLog | None = None
    _frames: list[pd.DataFrame] = field(default_factory=list)
    _files: int = 0
    _since: float = 0.0

    def __enter__(self) -> OutcomeLog:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.flush()

    def add(self, rows: pd.DataFrame) -> None:
        """Take the rows of one batch."""
        if rows.empty:
            return
        if not self._frames:
            self._since = self.clock.monotonic()
        self._frames.append(rows)
        if len(self._frames) >= MAX_BATCHES or self.clock.monotonic() - self._since >= MAX_SECONDS:
            self.flush()

    def flush(self) -> None:
        """Write what was gathered as one file."""
        if not self._frames:
            return
        if self.ahead is not None:
            self.ahead.flush()
        path = self.directory / tables.part_name(self._files, prefix=self.prefix)
        tables.write_part(path, pd.concat(self._frames, ignore_index=True), self.schema)
        self._frames.clear()
        self._files += 1
