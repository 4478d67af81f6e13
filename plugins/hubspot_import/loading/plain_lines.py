"""The lines of a file that plainly are one record each, laid out in columns at once; the others are read one by one.

A line is plain when it has as many cells as the header, quotes stand around whole cells only and close where they
opened, and some cell holds a visible ASCII character. The csv module reads such a line as pyarrow does, and a record
ends with it; so the two can take turns, and a test holds that they give what the csv module alone would give.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv

from hubspot_import.loading.records import Span, spans

_MAX_COUNTED_CELLS = 500
"""RE2 counts repetitions up to 1,000; a wider table is read record by record."""
_LEAST_BLOCK = 1 << 20

Numbers = npt.NDArray[np.int64]


class Lines(Sequence[str]):
    """The physical lines of a text with their ends, without a Python string for each."""

    def __init__(self, array: pa.Array, *, is_ended: bool) -> None:
        self.array = array
        self._is_ended = is_ended

    def __len__(self) -> int:
        return len(self.array)

    def __getitem__(self, number):  # type: ignore[no-untyped-def]
        end = "\n" if self._is_ended or number < len(self.array) - 1 else ""
        return self.array[number].as_py() + end


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """The records behind the header: ``plain`` holds the cells of those that begin (and end) at ``plain_starts``."""

    plain: pa.Table
    plain_starts: Numbers
    odd: tuple[Span, ...]


def lines_of(text: str, delimiter: str) -> Lines | None:
    """Split a text into its lines; None when it has what only the csv module reads as it should be."""
    has_lone_returns = text.count("\r") != text.count("\r\n")
    if has_lone_returns or "\0" in text or not delimiter.isascii() or not text:
        return None
    try:
        array = pc.split_pattern(pa.array([text], pa.large_string()), "\n")
    except UnicodeEncodeError:  # bytes that are not of the encoding stand in it
        return None
    is_ended = text.endswith("\n")
    lines = array.flatten()
    return Lines(lines[: len(lines) - is_ended], is_ended=is_ended)


def lay_out(lines: Sequence[str], delimiter: str, start: int, width: int) -> Layout:
    """Read the records from line ``start`` (counted from 0) on, of which a good one has ``width`` cells."""
    if not isinstance(lines, Lines):
        return Layout(
            plain=_cells(pa.array([], pa.large_string()), delimiter, width),
            plain_starts=np.array([], dtype=np.int64),
            odd=tuple(spans(lines, delimiter, start)),
        )
    is_plain = _are_plain(lines.array, delimiter, width)
    is_plain[:start] = False
    odd = tuple(_odd_spans(lines, delimiter, start, is_plain))
    for span in odd:
        is_plain[span.start : span.stop] = False  # within a quoted cell a line may look like a record
    starts = np.flatnonzero(is_plain)
    return Layout(plain=_cells(lines.array.take(pa.array(starts)), delimiter, width), plain_starts=starts, odd=odd)


def _odd_spans(lines: Lines, delimiter: str, start: int, is_plain: npt.NDArray[np.bool_]) -> Iterator[Span]:
    """Read every record that does not begin with a plain line."""
    position = start
    for number in np.flatnonzero(~is_plain[start:]) + start:
        if number < position:
            continue
        with closing(spans(lines, delimiter, int(number))) as found:
            for span in found:
                yield span
                position = span.stop
                if position < len(lines) and is_plain[position]:
                    break


def _are_plain(array: pa.Array, delimiter: str, width: int) -> npt.NDArray[np.bool_]:
    if width > _MAX_COUNTED_CELLS:
        return np.zeros(len(array), dtype=bool)
    mark = f"\\x{ord(delimiter):02x}"
    cell = rf'(?:[^"\r{mark}]*|"(?:[^"]|"")*")'
    visible = "".join(f"\\x{code:02x}" for code in range(0x21, 0x7F) if chr(code) not in {'"', delimiter})
    is_quoted = pc.match_substring(array, '"')
    has_width = pc.equal(pc.count_substring(array, delimiter), width - 1)
    is_closed = np.zeros(len(array), dtype=bool)
    quoted = np.flatnonzero(is_quoted.to_numpy(zero_copy_only=False))
    matched = pc.match_substring_regex(array.take(pa.array(quoted)), rf"^{cell}(?:{mark}{cell}){{{width - 1}}}\r?$")
    is_closed[quoted] = matched.to_numpy(zero_copy_only=False)
    plain = pc.and_(
        pc.if_else(is_quoted, pa.array(is_closed), has_width), pc.match_substring_regex(array, f"[{visible}]")
    )
    return np.array(plain.to_numpy(zero_copy_only=False), dtype=bool)


def _cells(lines: pa.Array, delimiter: str, width: int) -> pa.Table:
    """Split plain lines into columns of text, named by their numbers."""
    names = [str(number) for number in range(width)]
    if len(lines) == 0:
        return pa.table({name: pa.array([], pa.large_string()) for name in names})
    ended = pc.binary_join_element_wise(lines, pa.scalar("", pa.large_string()), pa.scalar("\n", pa.large_string()))
    longest = pc.max(pc.binary_length(ended)).as_py()
    return pyarrow.csv.read_csv(
        pa.BufferReader(ended.buffers()[2]),
        read_options=pyarrow.csv.ReadOptions(column_names=names, block_size=max(_LEAST_BLOCK, 2 * longest)),
        parse_options=pyarrow.csv.ParseOptions(delimiter=delimiter, ignore_empty_lines=False),
        convert_options=pyarrow.csv.ConvertOptions(
            column_types=dict.fromkeys(names, pa.large_string()), strings_can_be_null=False, null_values=[]
        ),
    )
