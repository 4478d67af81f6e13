"""Lines laid out at once are what the csv module reads, whatever stands in a file."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from hubspot_import.loading.plain_lines import Layout, lay_out, lines_of
from hubspot_import.loading.records import physical_lines

CELLS = st.text('a1" ,;\u00e9\u00a0\x0b\u2028', max_size=4)
PIECES = st.sampled_from(
    ["a", "1", '"', '""', ",", ",,", "\n", "\r\n", " ", "\u00e9", "\u00a0", ";", "\u2028", '"a,b"']
)


def merged(layout: Layout) -> list[tuple[int, list[str], str | None]]:
    """All records in order: where each begins, its cells, its fault."""
    columns = [column.to_pylist() for column in layout.plain.columns]
    plain = [(int(start), [column[n] for column in columns], None) for n, start in enumerate(layout.plain_starts)]
    return sorted([*plain, *((span.start, span.cells, span.fault) for span in layout.odd)])


def by_the_csv_module(text: str, delimiter: str, start: int, width: int) -> list[tuple[int, list[str], str | None]]:
    return merged(lay_out(physical_lines(text), delimiter, start, width))


def at_once(text: str, delimiter: str, start: int, width: int) -> list[tuple[int, list[str], str | None]]:
    lines = lines_of(text, delimiter)
    assert lines is not None
    assert len(lines) == len(physical_lines(text))
    return merged(lay_out(lines, delimiter, start, width))


@settings(deadline=None)  # the first use of pyarrow starts its threads
@given(st.lists(PIECES, min_size=1).map("".join), st.integers(1, 3), st.integers(0, 2))
@example('"a\n1,2\n",3\n1,2\n', 2, 0)
@example('a,b\n"1\n1,2\n3,4', 2, 0)
@example('1,"x""y"\r\n1,"x" \r\n', 2, 0)
def test_any_text_is_read_as_the_csv_module_reads_it(text: str, width: int, start: int) -> None:
    start = min(start, len(physical_lines(text)))

    assert at_once(text, ",", start, width) == by_the_csv_module(text, ",", start, width)


@settings(deadline=None)
@given(
    st.lists(st.lists(CELLS, min_size=3, max_size=3), min_size=1, max_size=6),
    st.sampled_from([",", ";", "\t", "|", "x", "1"]),
    st.sampled_from(["\n", "\r\n"]),
    st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL]),
)
def test_any_table_is_read_as_the_csv_module_reads_it(
    grid: list[list[str]], delimiter: str, line_end: str, quoting: int
) -> None:
    text = io.StringIO(newline="")
    csv.writer(text, delimiter=delimiter, lineterminator=line_end, quoting=quoting).writerows(grid)

    assert at_once(text.getvalue(), delimiter, 0, 3) == by_the_csv_module(text.getvalue(), delimiter, 0, 3)


def test_ordinary_lines_are_plain_and_others_are_not() -> None:
    lines = lines_of('1,2\n"x, y",3\n1\n"a\nb",4\n,\n5,6', ",")
    assert lines is not None

    layout = lay_out(lines, ",", 0, 2)

    assert layout.plain_starts.tolist() == [0, 1, 6]
    assert layout.plain.to_pylist()[1] == {"0": "x, y", "1": "3"}
    assert [(span.start, span.stop) for span in layout.odd] == [(2, 3), (3, 5), (5, 6)]


@pytest.mark.parametrize("text", ["a\rb\n", "a\0b\n", "a\udcffb\n", ""])
def test_a_text_only_the_csv_module_reads_rightly_is_left_to_it(text: str) -> None:
    assert lines_of(text, ",") is None


def test_a_table_of_very_many_columns_is_read_record_by_record() -> None:
    text = ",".join(["1"] * 600) + "\n"

    assert at_once(text, ",", 0, 600) == by_the_csv_module(text, ",", 0, 600)
