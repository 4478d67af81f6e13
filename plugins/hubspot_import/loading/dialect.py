"""How a file is written: its encoding and delimiter, and where its header stands."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import islice

from hubspot_import.loading.records import split_records

DELIMITERS = (",", ";", "\t", "|")
_DECLARED = re.compile(r'"?sep=([^\r\n"])"?(?:\r\n|\r|\n)', re.IGNORECASE)
_SAMPLE_CHARACTERS = 64 * 1024
_SAMPLE_RECORDS = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class Dialect:
    """``first_line`` is the physical line the first record starts on: 2 when Excel's ``sep=;`` line goes before it.

    A workbook has a ``sheet`` and neither encoding nor delimiter (both empty). ``confidence`` is the
    encoding's: 1 when it is sure or given, 0 when nothing told.
    """

    encoding: str
    delimiter: str
    first_line: int = 1
    sheet: str | None = None
    confidence: float = 1.0

    def __str__(self) -> str:
        return f"sheet {self.sheet!r}" if self.sheet is not None else f"{self.encoding}, {self.delimiter!r}"

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
    return max(DELIMITERS, key=lambda delimiter: _fit(sample, delimiter)), text, 1


def _fit(sample: str, delimiter: str) -> tuple[bool, float, int]:
    """How well a delimiter fits: several columns at all, the share of records as wide as the header, the width."""
    records = [r for r in islice(split_records(sample, delimiter), _SAMPLE_RECORDS) if not r.is_blank]
    if len(records) > 2:
        del records[-1]  # the sample may cut it short
    widths = [len(record.cells) for record in records] or [0]
    return widths[0] > 1, sum(width == widths[0] for width in widths) / len(widths), widths[0]
