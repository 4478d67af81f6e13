"""The Parquet tables of a run: their schemas, and reading, streaming and atomic writing.

Tables of the user's own shape (``rows``, ``valid``, ``rejects``, ``records``) are text columns plus the fixed ones
named here, which begin with two underscores so that no column of a file can meet them. Missing text is null, never "".
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from operator import attrgetter
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from hubspot_import.model import Finding

MAX_PART_ROWS = 50_000

ROW = "__row__"
"""The number a spreadsheet shows for the record; int64; unique within an object type (several files: see FILE)."""
LINE = "__line__"
"""The physical line the record's text starts on; int64."""
KEY = "__key__"
"""records: the value of the key property (wire form) this record is known by, e.g. an e-mail or ``default:id:42``."""
OTHER_KEYS = "__other_keys__"
"""records: further bulk_import_key values the row could have had, joined by a line feed; null when none."""
FIXED_COLUMNS = (ROW, LINE, KEY, OTHER_KEYS)

REASON_COLUMNS = ("error_codes", "reasons", "fixes")
"""What the report's rejects files have after the source's own columns; the loader knows such a file by them."""

FINDINGS = pa.schema(
    [
        ("code", pa.string()),
        ("severity", pa.string()),
        ("object_type", pa.string()),
        ("row", pa.int64()),
        ("line", pa.int64()),
        ("column", pa.string()),
        ("value", pa.string()),
        ("message", pa.string()),
        ("fix", pa.string()),
        ("suggestion", pa.string()),
    ]
)

MINED = pa.schema(
    [
        ("row", pa.int64()),
        ("column", pa.string()),  # the source column the value stands in
        ("kind", pa.string()),  # email, phone
        ("value", pa.string()),  # lower-case address, E.164 number
        ("start", pa.int64()),  # span in the cell's text, characters
        ("end", pa.int64()),
        ("role", pa.string()),  # extraction.roles.Role
        ("confidence", pa.float64()),  # 0..1, that it is the sender's own
    ]
)

PLAN = pa.schema(
    [
        ("row", pa.int64()),
        ("line", pa.int64()),
        ("key", pa.string()),  # value of the key property
        ("action", pa.string()),  # PlanAction
        ("record_id", pa.string()),  # the HubSpot id when the record stands in the account, else null
        ("properties", pa.string()),  # JSON object: exactly what is to be sent, wire form; "{}" when nothing is
        ("replaced", pa.string()),  # JSON object: the present values that an update replaces; "{}" else
        ("content_hash", pa.string()),  # of action, record_id and properties: "its present content"
        ("reason", pa.string()),  # why skip or reject; null else
    ]
)

OUTCOMES = pa.schema(
    [
        ("row", pa.int64()),
        ("key", pa.string()),
        ("content_hash", pa.string()),
        ("status", pa.string()),  # OutcomeStatus
        ("record_id", pa.string()),
        ("batch", pa.int64()),  # number of the batch within its attempt, from 1
        ("category", pa.string()),  # HubSpot's category or our own word when it failed
        ("message", pa.string()),  # what HubSpot said, for the report only (may hold personal data)
        ("at", pa.string()),  # ISO 8601
    ]
)

LINK_CANDIDATES = pa.schema(
    [
        ("from_row", pa.int64()),
        ("to_row", pa.int64()),  # the target's row in this run; null when it is not in the run's files
        ("match_property", pa.string()),  # how to find it in the account when to_row is null: email, name
        ("match_value", pa.string()),  # … and by which value (as HubSpot stores it)
        ("matched_by", pa.string()),  # company_name, ticket_email, contact_company
        ("confidence", pa.float64()),  # 0..1
        ("evidence", pa.string()),  # what the match rests on, e.g. "e-mail in content"; no ticket text
    ]
)

LINK_PLAN = pa.schema(
    [
        ("from_row", pa.int64()),
        ("to_row", pa.int64()),
        ("from_id", pa.string()),  # known HubSpot ids; null for a record this run is to create
        ("to_id", pa.string()),
        ("action", pa.string()),  # create, unchanged (the link stands already)
        ("types", pa.string()),  # JSON list of [category, type id]: all types the link is to have
        ("matched_by", pa.string()),
        ("confidence", pa.float64()),
        ("evidence", pa.string()),
    ]
)

LINK_OUTCOMES = pa.schema(
    [
        ("from_row", pa.int64()),
        ("to_row", pa.int64()),
        ("from_id", pa.string()),
        ("to_id", pa.string()),
        ("status", pa.string()),  # LinkStatus
        ("category", pa.string()),
        ("message", pa.string()),
    ]
)


def part_name(number: int, prefix: str = "part") -> str:
    """Name the n-th file of a dataset."""
    return f"{prefix}-{number:05d}.parquet"


def write_part(path: Path, frame: pd.DataFrame, schema: pa.Schema | None = None) -> None:
    """Write one Parquet file, whole or not at all. Without a schema it is of the user's shape (``text_schema``)."""
    path.parent.mkdir(parents=True, exist_ok=True)
    table = pa.Table.from_pandas(frame, schema=schema or text_schema(list(frame.columns)), preserve_index=False)
    temporary = path.with_name(f".{path.name}.tmp")
    pq.write_table(table, temporary, compression="zstd")
    temporary.replace(path)


def text_schema(columns: Sequence[str]) -> pa.Schema:
    """Schema of a table of the user's shape: ROW and LINE are integers, all else is text."""
    return pa.schema([(name, pa.int64() if name in (ROW, LINE) else pa.string()) for name in columns])


def write_parts(directory: Path, frames: Iterable[pd.DataFrame], schema: pa.Schema | None = None) -> int:
    """Write frames as parts of at most MAX_PART_ROWS rows into an emptied directory; return the number of rows.

    An empty iterable with a schema still writes one empty part, so that readers find the columns.
    """
    number = rows = 0
    for frame in frames:
        for start in range(0, max(len(frame), 1), MAX_PART_ROWS):
            piece = frame.iloc[start : start + MAX_PART_ROWS]
            write_part(directory / part_name(number), piece, schema)
            number, rows = number + 1, rows + len(piece)
    if number == 0 and schema is not None:
        write_part(directory / part_name(0), schema.empty_table().to_pandas(), schema)
    return rows


def parts(directory: Path) -> list[Path]:
    """The files of a dataset in order; none when it was never written."""
    return sorted(directory.glob("[!.]*.parquet"))


def source_columns(directory: Path) -> list[str]:
    """The source's own columns of a dataset of the user's shape, in file order; none when it was never written."""
    first = parts(directory)[:1]
    return [name for path in first for name in pq.read_schema(path).names if name not in FIXED_COLUMNS]


def stream(directory: Path, columns: Sequence[str] | None = None) -> Iterator[pd.DataFrame]:
    """Read a dataset part by part."""
    for path in parts(directory):
        yield pq.read_table(path, columns=columns).to_pandas()


def read(directory: Path, columns: Sequence[str] | None = None, schema: pa.Schema | None = None) -> pd.DataFrame:
    """Read a whole dataset; with a schema an absent one is an empty frame of its columns."""
    frames = list(stream(directory, columns))
    if not frames:
        empty = schema.empty_table().to_pandas() if schema is not None else pd.DataFrame()
        return empty[list(columns)] if columns is not None and schema is not None else empty
    return pd.concat(frames, ignore_index=True) if len(frames) > 1 else frames[0]


def findings_frame(findings: Iterable[Finding]) -> pd.DataFrame:
    """Findings as a frame with the columns of FINDINGS."""
    return pd.DataFrame(list(map(attrgetter(*FINDINGS.names), findings)), columns=FINDINGS.names)
