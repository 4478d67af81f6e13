"""XLSX workbooks: one sheet as a table of text, each cell as people see it, each row by the spreadsheet's number."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Sequence
from zipfile import ZipFile

import pandas as pd
from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook, PasswordError

from hubspot_import.errors import SourceError
from hubspot_import.loading.cells import cell_text
from hubspot_import.loading.dialect import Dialect
from hubspot_import.loading.header import SAMPLE_RECORDS, find_header
from hubspot_import.loading.table import SourceTable, column_names, without_nameless

MAX_CELLS = 30_000_000
"""Cells of the smallest rectangle around a sheet's contents: what calamine lays out in memory, 24 bytes each."""
_REFERENCE = re.compile(rb"""\br\s*=\s*["']([A-Z]{0,3})([0-9]{1,7})["']""")
_CELL_START = re.compile(rb"[<:]c[ />]")
_MOST_COLUMNS = 16_384
_LONGEST_REFERENCE = 32
_CHUNK_BYTES = 1 << 20


def read_workbook(content: bytes, archive: ZipFile, name: str, *, sheet: str | None = None) -> SourceTable:
    """Read one sheet, the first one unless it is named; ``archive`` is the opened ``content``.

    A cell is what it shows under the format General: whole numbers without a point, dates as ISO 8601, booleans true
    and false; null when it is empty or holds an error like #N/A. Raises SourceError when the sheet is not there, has
    no header or is larger than MAX_CELLS, and when the file is damaged.
    """
    _check_extent(archive, name)
    try:
        with CalamineWorkbook.from_filelike(io.BytesIO(content)) as workbook:
            chosen = _choose(workbook.sheet_names, sheet, name)
            return _table(workbook.get_sheet_by_name(chosen), name, chosen)
    except PasswordError as error:
        raise SourceError(f"{name} is protected by a password; save it without one") from error
    except CalamineError as error:
        raise SourceError(f"{name} is no workbook that can be read; open it, save it as XLSX, and try again") from error


def _choose(present: Sequence[str], wanted: str | None, name: str) -> str:
    if not present:
        raise SourceError(f"{name} has no sheet; save the workbook again")
    if wanted is None:
        return present[0]
    for each in (*(each for each in present if each == wanted), *present):
        if each.strip().casefold() == wanted.strip().casefold():
            return each
    raise SourceError(f"{name} has no sheet '{wanted}'; it has {', '.join(present)}. Correct 'sheet' in the mapping")


def _table(sheet: CalamineSheet, name: str, chosen: str) -> SourceTable:
    records = sheet.to_python(skip_empty_area=False)
    texts = [[cell_text(cell) for cell in record] for record in records]
    filled = [number for number, cells in enumerate(texts) if any(cell and cell.strip() for cell in cells)]
    if not filled:
        raise SourceError(f"{name}: the sheet '{chosen}' is empty; its first line must name the columns")
    sample = [[cell or "" for cell in texts[number]] for number in filled[:SAMPLE_RECORDS]]
    titles = find_header(sample) or 0
    header, body = sample[titles], filled[titles + 1 :]
    index = pd.Index([number + 1 for number in body], dtype="int64", name="row")
    columns = list(zip(*(texts[number] for number in body), strict=True)) or [()] * len(header)
    series = {
        each: pd.Series(cells, index=index, dtype="str")
        for each, cells in zip(column_names(header), columns, strict=True)
    }
    table = SourceTable(
        rows=pd.DataFrame(series, index=index),
        lines=pd.Series(index, index=index, dtype="int64"),
        damages=(),
        blank_records=len(texts) - len(body) - 1,
        header_row=filled[titles] + 1,
        dialect=Dialect(encoding="", delimiter="", sheet=chosen),
    )
    return without_nameless(table, header)


def _check_extent(archive: ZipFile, name: str) -> None:
    """Refuse a sheet that is small in the file and huge when it is laid out: one cell in the farthest corner."""
    for member in archive.namelist():
        if not member.casefold().endswith(".xml"):
            continue
        rows, width = _extent(archive, member)
        if rows * width > MAX_CELLS:
            raise SourceError(
                f"{name} has a sheet of {rows:,} rows by {width:,} columns, more than {MAX_CELLS:,} cells; delete the "
                "empty rows and columns behind the table, or save the sheet as CSV UTF-8"
            )


def _extent(archive: ZipFile, member: str) -> tuple[int, int]:
    """Find the last row and column of a sheet. Cells need not name their places; then they stand one behind another."""
    columns: set[bytes] = set()
    last, row_ends, width, rest = 0, 0, 0, b""
    for chunk in _chunks(archive.read(member)):
        *ended, rest = (rest + chunk).split(b"</row>")
        for row in (*ended, rest):
            references = _REFERENCE.findall(row)
            columns.update(letters for letters, _ in references)
            last = max(last, *(int(number) for _, number in references), 0)
            width = max(width, len(_CELL_START.findall(row)))
        row_ends += len(ended)
        rest = rest if len(rest) < _CHUNK_BYTES else rest[-_LONGEST_REFERENCE:]
    return max(last, row_ends), min(max(width, *map(_column_number, columns), 0), _MOST_COLUMNS)


def _chunks(content: bytes) -> Iterator[bytes]:
    return (content[start : start + _CHUNK_BYTES] for start in range(0, len(content), _CHUNK_BYTES))


def _column_number(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number
