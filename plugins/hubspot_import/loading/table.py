"""From a file's bytes to a table of text, with a finding for every record that is damaged."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import zip_longest
from typing import Any

import pandas as pd

from hubspot_import.errors import InvariantError, SourceError
from hubspot_import.findings import Code, finding
from hubspot_import.loading.decoding import UNDECODABLE, decode
from hubspot_import.loading.dialect import Dialect, find_delimiter
from hubspot_import.loading.records import RawRecord, split_records
from hubspot_import.model import Finding, ObjectType
from hubspot_import.tables import FIXED_COLUMNS

MAX_SHOWN_RECORD = 2_000
"""Characters of a damaged record that its finding keeps."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Damage:
    """What is wrong with the shape of one record. ``value`` is its text, when its cells cannot show it all."""

    code: Code
    row: int
    line: int
    value: str | None
    facts: dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceTable:
    """A file as text. ``rows`` and ``lines`` are indexed by row number; empty cells are null, nothing else is.

    Damaged records are in ``rows`` too, with what could be read of them, so that rows = records − blank records.
    """

    rows: pd.DataFrame
    lines: pd.Series[int]
    damages: tuple[Damage, ...]
    blank_records: int
    dialect: Dialect

    def findings(self, object_type: ObjectType | None = None) -> list[Finding]:
        """Word the damages."""
        return [
            finding(damage.code, object_type, row=damage.row, line=damage.line, value=damage.value, **damage.facts)
            for damage in self.damages
        ]


def read_text_table(
    content: bytes, name: str, *, encoding: str | None = None, delimiter: str | None = None
) -> SourceTable:
    """Read a delimited file. Raises SourceError when it has no header (``name`` is for the message)."""
    text, encoding = decode(content, name, encoding)
    declared, text, first_line = find_delimiter(text)
    dialect = Dialect(encoding=encoding, delimiter=delimiter or declared, first_line=first_line)
    if len(dialect.delimiter) != 1 or dialect.delimiter in '"\r\n':
        raise SourceError(f"{name}: the delimiter must be one character like , or ;")
    records = list(split_records(text, dialect.delimiter, first_line=first_line))
    filled = [record for record in records if not record.is_blank]
    if not filled:
        raise SourceError(f"{name} is empty; its first line must name the columns")
    header, body = filled[0], filled[1:]
    if header.fault is not None:
        raise SourceError(f"{name}: the header in line {header.line} cannot be read: {header.fault}")
    table = SourceTable(
        rows=_frame(column_names(header.cells), body),
        lines=pd.Series([record.line for record in body], index=_index(body), dtype="int64"),
        damages=tuple(damage for record in body for damage in _damages(record, len(header.cells), dialect)),
        blank_records=len(records) - len(filled),
        dialect=dialect,
    )
    if len(table.rows) + table.blank_records + 1 != len(records):
        raise InvariantError(f"{name}: {len(records)} records became {len(table.rows)} rows")
    return _without_nameless(table, header.cells)


def column_names(cells: Sequence[str]) -> list[str]:
    """Name the columns after the header: blanks folded, ``Column 3`` if empty, ``name (2)`` if repeated."""
    taken = set(FIXED_COLUMNS)
    names = []
    for number, cell in enumerate(cells, start=1):
        stem = " ".join(UNDECODABLE.sub("?", cell).replace("\ufeff", "").split()) or f"Column {number}"
        name, copy = stem, 2
        while name in taken:
            name, copy = f"{stem} ({copy})", copy + 1
        taken.add(name)
        names.append(name)
    return names


def _index(records: Iterable[RawRecord]) -> pd.Index:
    return pd.Index([record.row for record in records], dtype="int64", name="row")


def _frame(names: Sequence[str], records: Sequence[RawRecord]) -> pd.DataFrame:
    """Lay the cells out in columns; cells beyond the header are dropped here and reported as damage."""
    width = len(names)
    columns = list(zip_longest(*(record.cells[:width] for record in records)))
    columns += [(None,) * len(records)] * (width - len(columns))
    index = _index(records)
    series = {
        name: pd.Series([_cell(cell) for cell in column], index=index, dtype="str")
        for name, column in zip(names, columns, strict=True)
    }
    return pd.DataFrame(series, index=index)


def _cell(cell: str | None) -> str | None:
    """Empty is null. Parquet cannot hold what stands for undecodable bytes: they show as the replacement character."""
    if not cell:
        return None
    return cell if cell.isascii() else UNDECODABLE.sub("\ufffd", cell)


def _damages(record: RawRecord, width: int, dialect: Dialect) -> Iterator[Damage]:
    """What is wrong with a record. Surplus cells that are empty carry nothing and are let pass."""

    def damage(code: Code, **facts: Any) -> Damage:
        text = dialect.delimiter.join(record.cells)[:MAX_SHOWN_RECORD] if code is not Code.ENCODING_ERROR else None
        shown = UNDECODABLE.sub("\ufffd", text) if text is not None else None
        return Damage(code=code, row=record.row, line=record.line, value=shown, facts=facts)

    if record.fault is not None:
        yield damage(Code.COULD_NOT_PARSE_ROW, reason=record.fault)
    elif len(record.cells) < width or any(cell.strip() for cell in record.cells[width:]):
        delimiter = "tab" if dialect.delimiter == "\t" else dialect.delimiter
        found = len(record.cells)
        yield damage(Code.INCORRECT_NUMBER_OF_COLUMNS, found=found, expected=width, delimiter=delimiter)
    if any(not cell.isascii() and UNDECODABLE.search(cell) for cell in record.cells):
        yield damage(Code.ENCODING_ERROR, encoding=dialect.encoding)


def _without_nameless(table: SourceTable, header: Sequence[str]) -> SourceTable:
    """Drop columns that have neither a name nor a value: the trailing commas of a spreadsheet."""
    nameless = [
        name
        for name, cell in zip(table.rows.columns, header, strict=True)
        if not cell.strip() and table.rows[name].isna().all()
    ]
    return replace(table, rows=table.rows.drop(columns=nameless)) if nameless else table
