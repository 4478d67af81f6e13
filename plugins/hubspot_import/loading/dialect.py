"""How a file is written: its encoding and delimiter, and where its header stands."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice

from hubspot_import.loading.header import SAMPLE_RECORDS, find_header
from hubspot_import.loading.records import split_records

DELIMITERS = (",", ";", "\t", "|")
_DECLARED = re.compile(r'"?sep=([^\r\n"])"?(?:\r\n|\r|\n)', re.IGNORECASE)
_SAMPLE_CHARACTERS = 64 * 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class Dialect:
    """``first_line`` is the physical line the first record starts on: 2 when Excel's ``sep=;`` line goes before it.

    A workbook has a ``sheet`` and, like Parquet, neither encoding nor delimiter (both empty). ``confidence`` is the
    encoding's: 1 when it is sure or given, 0 when nothing told.
    """

    encoding: str
    delimiter: str
    first_line: int = 1
    sheet: str | None = None
    confidence: float = 1.0

    def __str__(self) -> str:
        if self.sheet is not None:
            return f"sheet {self.sheet!r}"
        return f"{self.encoding}, {self.delimiter!r}" if self.delimiter else self.encoding or "typed columns"

    def entry(self) -> dict[str, str | float]:
        """Lay out what the manifest keeps of it."""
        sheet = {} if self.sheet is None else {"sheet": self.sheet}
        return {
            "encoding": self.encoding,
            "encoding_confidence": self.confidence,
            "delimiter": self.delimiter,
            **sheet,
        }


def find_delimiter(text: str) -> tuple[str, str, int]:
    """Find the delimiter; return it, the text without a ``sep=`` line, and the number of that text's first line.

    Without a ``sep=`` line it is the one that splits the header into several cells and most of the first records into
    as many; a file of one column is read with commas.
    """
    declared = _DECLARED.match(text)
    if declared is not None:
        return declared[1], text[declared.end() :], 2
    sample = text[:_SAMPLE_CHARACTERS]
    records = {delimiter: _sample_records(sample, delimiter) for delimiter in DELIMITERS}
    if all(_width_of_header(each) < 2 for each in records.values()):
        records = {delimiter: _below_titles(each) for delimiter, each in records.items()}
    return max(DELIMITERS, key=lambda delimiter: _fit(records[delimiter])), text, 1


def _sample_records(sample: str, delimiter: str) -> list[list[str]]:
    records = [r.cells for r in islice(split_records(sample, delimiter), SAMPLE_RECORDS) if not r.is_blank]
    return records[:-1] if len(records) > 2 else records  # the sample may cut the last one short


def _width_of_header(records: Sequence[Sequence[str]]) -> int:
    return len(records[0]) if records else 0


def _below_titles(records: list[list[str]]) -> list[list[str]]:
    return records[find_header(records) or 0 :]


def _fit(records: Sequence[Sequence[str]]) -> tuple[bool, float, int]:
    """How well a delimiter fits: several columns at all, the share of records as wide as the header, the width."""
    widths = [len(cells) for cells in records] or [0]
    return widths[0] > 1, sum(width == widths[0] for width in widths) / len(widths), widths[0]
