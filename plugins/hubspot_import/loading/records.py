"""Splits delimited text into records, each with its row number and its physical line. Nothing is dropped in silence.

The csv module reads strictly; where it meets a stray or an unclosed quote, that one line is a damaged record and
reading goes on with the next line.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

MAX_CELL_LENGTH = 16 * 1024 * 1024
"""The csv module's own limit (131,072) would refuse long but honest cells."""

_REASONS = (
    ("unexpected end of data", "a quote is opened and never closed"),
    ("expected after", "something stands behind a closing quote"),
    ("field larger", "a cell is longer than any honest cell; a quote was probably never closed"),
)


@dataclass(frozen=True, slots=True)
class RawRecord:
    """One record of a file: ``row`` as a spreadsheet counts it, ``line`` where its text starts, both from 1.

    ``fault`` says why it could not be read; then ``cells`` hold the raw line as far as it splits.
    """

    row: int
    line: int
    cells: list[str]
    fault: str | None = None

    @property
    def is_blank(self) -> bool:
        """Say whether no cell holds anything; such records count, but are no rows."""
        return self.fault is None and not any(cell.strip() for cell in self.cells)


def split_records(text: str, delimiter: str, *, first_line: int = 1) -> Iterator[RawRecord]:
    """Yield every record of a text, blank and damaged ones included. ``first_line`` is the number of its first line."""
    lines = list(io.StringIO(text, newline=""))
    row, start = 1, 0
    with _long_cells():
        while start < len(lines):
            rest = map(lines.__getitem__, range(start, len(lines)))
            reader = csv.reader(rest, delimiter=delimiter, strict=True)
            begun = 0
            try:
                for cells in reader:
                    yield RawRecord(row, first_line + start + begun, cells)
                    row, begun = row + 1, reader.line_num
                return
            except csv.Error as error:
                start += begun
                yield RawRecord(row, first_line + start, _roughly(lines[start], delimiter), _reason(str(error)))
                row, start = row + 1, start + 1


def _roughly(line: str, delimiter: str) -> list[str]:
    return [cell.strip().strip('"') for cell in line.rstrip("\r\n").split(delimiter)]


def _reason(message: str) -> str:
    return next((reason for part, reason in _REASONS if part in message), "its quotes and delimiters do not add up")


@contextmanager
def _long_cells() -> Iterator[None]:
    """Raise the csv module's process-wide limit while we read, and put it back."""
    before = csv.field_size_limit(MAX_CELL_LENGTH)
    try:
        yield
    finally:
        csv.field_size_limit(before)
