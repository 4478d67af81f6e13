"""From a file's bytes to a table of text, with a finding for every record that is damaged."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from itertools import islice, zip_longest
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from hubspot_import.errors import InvariantError, SourceError
from hubspot_import.findings import Code, finding
from hubspot_import.loading.decoding import UNDECODABLE, decode
from hubspot_import.loading.dialect import Dialect, find_delimiter
from hubspot_import.loading.header import SAMPLE_RECORDS, find_header
from hubspot_import.loading.plain_lines import Numbers, lay_out, lines_of
from hubspot_import.loading.records import RawRecord, Span, is_blank, physical_lines, spans
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
    ``blank_records`` are the records passed over: blank ones, and titles above ``header_row``.

    Damaged records are in ``rows`` too, with what could be read of them, so that rows = records − blank records.
    """

    rows: pd.DataFrame
    lines: pd.Series[int]
    header_row: int = 1
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
    text, found = decode(content, name, encoding)
    declared, text, first_line = find_delimiter(text)
    delimiter = "\t" if delimiter == "tab" else delimiter or declared
    dialect = Dialect(encoding=found.name, delimiter=delimiter, first_line=first_line, confidence=found.confidence)
    if len(dialect.delimiter) != 1 or dialect.delimiter in '"\r\n':
        raise SourceError(f"{name}: the delimiter must be one character like , or ; (or the word tab)")
    body = _read_body(text, name, dialect)
    names, filled = column_names(body.header.cells), [record for record in body.odd if not record.is_blank]
    table = SourceTable(
        rows=_rows(names, body, filled),
        lines=_lines(body, filled),
        damages=tuple(damage for record in filled for damage in _damages(record, len(names), dialect)),
        blank_records=body.records - 1 - len(body.plain_rows) - len(filled),
        header_row=body.header.row,
        dialect=dialect,
    )
    if len(table.rows) + table.blank_records + 1 != body.records:
        raise InvariantError(f"{name}: {body.records} records became {len(table.rows)} rows")
    return without_nameless(table, body.header.cells)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Body:
    """What a file holds: the header, ``plain`` (the cells of good records of one line), and all others, blank ones too.

    ``records`` counts all of them; ``plain_rows`` and ``plain_lines`` say where the plain ones stand.
    """

    header: RawRecord
    plain: pa.Table
    plain_rows: Numbers
    plain_lines: Numbers
    odd: list[RawRecord]
    records: int


def _read_body(text: str, name: str, dialect: Dialect) -> _Body:
    lines = lines_of(text, dialect.delimiter)
    source = physical_lines(text) if lines is None else lines
    leading = _up_to_header(source, dialect.delimiter, name)
    start, width = leading[-1].stop, len(leading[-1].cells)
    header = RawRecord(len(leading), dialect.first_line + leading[-1].start, leading[-1].cells, leading[-1].fault)
    if header.fault is not None:
        raise SourceError(f"{name}: the header in line {header.line} cannot be read: {header.fault}")
    layout = lay_out(source, dialect.delimiter, start, width)
    starts = np.concatenate([layout.plain_starts, np.array([span.start for span in layout.odd], dtype=np.int64)])
    rows = np.empty(len(starts), dtype=np.int64)
    rows[np.argsort(starts, kind="stable")] = np.arange(len(starts)) + header.row + 1
    plain_rows, odd_rows = np.split(rows, [len(layout.plain_starts)])
    return _Body(
        header=header,
        plain=layout.plain,
        plain_rows=plain_rows,
        plain_lines=layout.plain_starts + dialect.first_line,
        odd=[
            RawRecord(row, dialect.first_line + span.start, span.cells, span.fault)
            for row, span in zip(odd_rows.tolist(), layout.odd, strict=True)
        ],
        records=len(leading) + len(starts),
    )


def _up_to_header(lines: Sequence[str], delimiter: str, name: str) -> list[Span]:
    """The records ahead of the header, which are blank or titles, and the header."""
    leading: list[Span] = []
    with closing(spans(lines, delimiter)) as found:
        for span in found:
            leading.append(span)
            if not is_blank(span.cells, span.fault):
                blank = len(leading) - 1
                sample = [*leading, *islice(found, SAMPLE_RECORDS)]
                header = find_header([[] if each.fault else each.cells for each in sample[blank:]])
                return sample[: blank + 1 + (header or 0)] if span.fault is None else leading
    raise SourceError(f"{name} is empty; its first line must name the columns")


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


def _rows(names: Sequence[str], body: _Body, filled: Sequence[RawRecord]) -> pd.DataFrame:
    """Lay all records but blank ones out in columns, in the order of the file."""
    texts = [pc.if_else(pc.equal(column, ""), None, column) for column in body.plain.columns]
    plain: pd.DataFrame = pa.table(dict(zip(names, texts, strict=True))).to_pandas().astype("str")
    plain.index = pd.Index(body.plain_rows, dtype="int64", name="row")
    return plain if not filled else pd.concat([plain, _frame(names, filled)]).sort_index()


def _lines(body: _Body, filled: Sequence[RawRecord]) -> pd.Series[int]:
    """The line each record starts on, by its row."""
    plain = pd.Series(body.plain_lines, index=pd.Index(body.plain_rows, dtype="int64", name="row"), dtype="int64")
    others = pd.Series([record.line for record in filled], index=_index(filled), dtype="int64")
    return plain if not filled else pd.concat([plain, others]).sort_index()


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


def without_nameless(table: SourceTable, header: Sequence[str]) -> SourceTable:
    """Drop columns that have neither a name nor a value: the trailing commas of a spreadsheet."""
    nameless = [
        name
        for name, cell in zip(table.rows.columns, header, strict=True)
        if not cell.strip() and table.rows[name].isna().all()
    ]
    return replace(table, rows=table.rows.drop(columns=nameless)) if nameless else table
