"""Splits delimited text into records, each with its row number and its physical line. Nothing is dropped in silence.

The csv module reads strictly; where it meets a stray or an unclosed quote, that one line is a damaged record and
reading goes on with the next line.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Generator, Iterator, Sequence
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
        return is_blank(self.cells, self.fault)


@dataclass(frozen=True, slots=True)
class Span:
    """The lines a record takes, from ``start`` up to ``stop`` (counted from 0), and what RawRecord holds of it."""

    start: int
    stop: int
    cells: list[str]
    fault: str | None = None


def is_blank(cells: Sequence[str], fault: str | None) -> bool:
    """Say whether a record was read and no cell holds anything."""
    return fault is None and not any(cell.strip() for cell in cells)


def split_records(text: str, delimiter: str, *, first_line: int = 1) -> Iterator[RawRecord]:
    """Yield every record of a text, blank and damaged ones included. ``first_line`` is the number of its first line."""
    for row, span in enumerate(spans(physical_lines(text), delimiter), start=1):
        yield RawRecord(row, first_line + span.start, span.cells, span.fault)


def physical_lines(text: str) -> list[str]:
    """Split a text into its lines, each with its end as it is."""
    return list(io.StringIO(text, newline=""))


def spans(lines: Sequence[str], delimiter: str, start: int = 0) -> Generator[Span, None, None]:
    """Yield every record that begins at line ``start`` or behind it, with the lines it takes."""
    with _long_cells():
        while start < len(lines):
            rest = map(lines.__getitem__, range(start, len(lines)))
            reader = csv.reader(rest, delimiter=delimiter, strict=True)
            begun = 0
            try:
                for cells in reader:
                    yield Span(start + begun, start + reader.line_num, cells)
                    begun = reader.line_num
                return
            except csv.Error as error:
                start += begun
                yield Span(start, start + 1, _roughly(lines[start], delimiter), _reason(str(error)))
                start += 1


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
