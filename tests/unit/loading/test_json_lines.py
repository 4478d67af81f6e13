from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hubspot_import.errors import SourceError
from hubspot_import.findings import Code
from hubspot_import.loading.formats import Wish, read_source
from hubspot_import.loading.table import SourceTable


def a_file(*lines: str) -> SourceTable:
    return read_source("\n".join(lines).encode("utf-8", "surrogateescape"), "a.jsonl", Wish())


def texts(table: SourceTable) -> list[list[str | None]]:
    return [[cell if isinstance(cell, str) else None for cell in row] for row in table.rows.to_numpy().tolist()]


def damages(table: SourceTable) -> list[tuple[Code, int, object]]:
    return [(each.code, each.row, each.facts.get("reason")) for each in table.damages]


def test_keys_are_columns_in_the_order_they_first_appear_and_lines_the_rows_numbers():
    table = a_file('{"b": "1"}', "", '{"a": "2", "b": "3"}')
    assert list(table.rows.columns) == ["b", "a"]
    assert texts(table) == [["1", None], ["3", "2"]]
    assert table.rows.index.tolist() == table.lines.tolist() == [1, 3]
    assert table.blank_records == 1


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ('"01718"', "01718"),
        ("1e5", "1e5"),
        ("12.50", "12.50"),
        ("123456789012345678901234567890", "123456789012345678901234567890"),
        ("true", "true"),
        ("null", None),
        ('""', None),
        ('"NA"', "NA"),
        ('["red", "blue", 1.50]', "red;blue;1.50"),
        ('{"x": 1, "y": ["é"]}', '{"x": 1, "y": ["é"]}'),
    ],
)
def test_a_value_stays_as_it_is_written(value, text):
    assert texts(a_file(f'{{"a": {value}, "b": "x"}}')) == [[text, "x"]]


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ('{"a": "1"', "it is not JSON"),
        ("[1]", "it is no JSON object"),
        ('{"a": 1, "a": 2}', "it names a key twice"),
        ('{"a": NaN}', "NaN is no value of JSON"),
        ("[" * 100_000, "it is not JSON"),
    ],
)
def test_a_line_that_is_no_record_is_a_damaged_row_and_reading_goes_on(line, reason):
    table = a_file('{"a": "1"}', line, '{"a": "3"}')
    assert texts(table) == [["1"], [None], ["3"]]
    assert damages(table) == [(Code.COULD_NOT_PARSE_ROW, 2, reason)]


@pytest.mark.parametrize("text", ["\udcff", "\\ud800"])
def test_what_is_no_character_is_reported_and_shown_as_such(text):
    table = a_file('{"a": "ééé"}', f'{{"a": "x{text}"}}')
    assert texts(table) == [["ééé"], ["x\ufffd"]]
    assert [(each.code, each.row) for each in table.damages] == [(Code.ENCODING_ERROR, 2)]


def test_a_byte_order_mark_and_windows_line_ends_are_no_part_of_it():
    assert texts(a_file('\ufeff{"a": "1"}\r', '{"a": "2"}\r')) == [["1"], ["2"]]


def test_a_sheet_of_json_lines_is_refused():
    with pytest.raises(SourceError, match="no workbook"):
        read_source(b'{"a": 1}', "a.jsonl", Wish(sheet="S"))


def test_a_header_that_begins_with_a_brace_is_no_json():
    assert list(read_source(b"{a},b\n1,2\n", "a.csv", Wish()).rows.columns) == ["{a}", "b"]


_RECORD = st.fixed_dictionaries({"a": st.text(min_size=1), "b": st.integers().map(str)})


@given(st.lists(_RECORD, min_size=1, max_size=5), st.booleans())
def test_what_was_written_is_read_back(records, is_ascii):
    table = a_file(*(json.dumps(each, ensure_ascii=is_ascii) for each in records))
    assert table.rows.to_dict("records") == records
    assert table.damages == ()
