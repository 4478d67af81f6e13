from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hubspot_import.errors import SourceError
from hubspot_import.findings import Code
from hubspot_import.loading.table import SourceTable, column_names
from support.sheets import a_table


def cells(table: SourceTable) -> list[list[str | None]]:
    return [[value if isinstance(value, str) else None for value in row] for row in table.rows.to_numpy().tolist()]


def places(table: SourceTable) -> list[tuple[int, int]]:
    """Row and physical line of each row."""
    return [(int(row), int(table.lines[row])) for row in table.rows.index]


def damages(table: SourceTable) -> list[tuple[Code, int, int]]:
    return [(damage.code, damage.row, damage.line) for damage in table.damages]


def test_the_first_record_under_a_plain_header_is_row_two():
    assert places(a_table("a,b\n1,2\n3,4\n")) == [(2, 2), (3, 3)]


def test_a_quoted_line_break_moves_the_line_and_not_the_row():
    table = a_table('a,b\n1,"x\ny"\n3,4\n')
    assert cells(table) == [["1", "x\ny"], ["3", "4"]]
    assert places(table) == [(2, 2), (3, 4)]


def test_blank_records_count_and_are_no_rows():
    table = a_table("a,b\n\n1,2\n , \n3,4\n\n")
    assert places(table) == [(3, 3), (5, 5)]
    assert table.blank_records == 3


def test_blank_records_ahead_of_the_header_count():
    assert places(a_table("\n\na,b\n1,2\n")) == [(4, 4)]


def test_a_sep_line_names_the_delimiter_and_is_no_row():
    table = a_table("sep=;\r\na;b\r\n1,5;2\r\n")
    assert table.dialect.delimiter == ";"
    assert cells(table) == [["1,5", "2"]]
    assert places(table) == [(2, 3)]


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_the_delimiter_is_found(delimiter):
    table = a_table(f"name{delimiter}text\nAnn{delimiter}hello\nBob{delimiter}bye\n")
    assert table.dialect.delimiter == delimiter
    assert cells(table) == [["Ann", "hello"], ["Bob", "bye"]]


def test_commas_in_the_text_do_not_hide_a_semicolon():
    table = a_table("name;text\nAnn;a, b, c\nBob;d, e\n")
    assert list(table.rows.columns) == ["name", "text"]


def test_a_file_of_one_column_is_read():
    assert cells(a_table("email\na@example.com\n")) == [["a@example.com"]]


@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
def test_every_line_end_ends_a_record(line_end):
    assert places(a_table(line_end.join(["a,b", "1,2", "3,4", ""]))) == [(2, 2), (3, 3)]


@pytest.mark.parametrize(
    ("encoding", "name"),
    [("utf-8", "utf-8"), ("utf-8-sig", "utf-8"), ("utf-16", "utf-16-le"), ("cp1252", "cp1252")],
)
def test_the_encoding_is_found(encoding, name):
    table = a_table("name,city\nZoé,Málaga\n".encode(encoding))
    assert table.dialect.encoding == name
    assert cells(table) == [["Zoé", "Málaga"]]
    assert list(table.rows.columns) == ["name", "city"]


def test_an_encoding_that_is_named_is_taken():
    assert cells(a_table("a,b\nПривет,x\n".encode("cp1251"), encoding="cp1251")) == [["Привет", "x"]]


def test_a_faulty_byte_in_a_utf8_file_holds_its_row_back_and_no_other():
    table = a_table("a,b\nété,1\n".encode() + b"caf\xe9,2\n" + "naïve,3\n".encode())
    assert table.dialect.encoding == "utf-8"
    assert damages(table) == [(Code.ENCODING_ERROR, 3, 3)]
    assert cells(table) == [["été", "1"], ["caf\ufffd", "2"], ["naïve", "3"]]


def test_a_replacement_character_that_stood_in_the_file_is_no_fault():
    assert damages(a_table("a,b\nlost \ufffd,1\n")) == []


def test_text_stays_text():
    words = ["NA", "Null", "None", "nan", "01718", "1e5", "+33612345678", " x "]
    table = a_table(",".join("abcdefgh") + "\n" + ",".join(words) + "\n")
    assert cells(table) == [words]
    assert {str(dtype) for dtype in table.rows.dtypes} == {"str"}


def test_an_empty_cell_is_null_quoted_or_not():
    assert cells(a_table('a,b,c\n,"",x\n')) == [[None, None, "x"]]


def test_a_record_with_too_few_cells_is_kept_and_reported():
    table = a_table("a,b,c\n1,2\n3,4,5\n")
    assert damages(table) == [(Code.INCORRECT_NUMBER_OF_COLUMNS, 2, 2)]
    assert cells(table) == [["1", "2", None], ["3", "4", "5"]]


def test_a_record_with_too_many_cells_is_reported_with_all_its_text():
    table = a_table("a,b\n1,2,3\n")
    assert damages(table) == [(Code.INCORRECT_NUMBER_OF_COLUMNS, 2, 2)]
    assert table.findings()[0].value == "1,2,3"
    assert "3 cells" in table.findings()[0].message


def test_surplus_cells_that_are_empty_are_let_pass():
    assert damages(a_table("a,b\n1,2,,\n")) == []


def test_a_stray_quote_costs_its_own_row_only():
    table = a_table('a,b\n1,"x"y\n3,4\n')
    assert damages(table) == [(Code.COULD_NOT_PARSE_ROW, 2, 2)]
    assert cells(table)[1] == ["3", "4"]


def test_a_quote_that_is_never_closed_does_not_swallow_the_rest():
    table = a_table('a,b\n1,2\n"3,4\n5,6\n7,8\n')
    assert damages(table) == [(Code.COULD_NOT_PARSE_ROW, 3, 3)]
    assert places(table) == [(2, 2), (3, 3), (4, 4), (5, 5)]
    assert "never closed" in table.findings()[0].message


def test_an_inch_mark_in_an_unquoted_cell_is_text():
    table = a_table('a,b\n5" pipe,2\n')
    assert cells(table) == [['5" pipe', "2"]]
    assert damages(table) == []


def test_a_cell_longer_than_the_csv_modules_limit_is_read():
    before = csv.field_size_limit()
    assert cells(a_table(f'a,b\n"{"x" * 200_000}",2\n'))[0][0] == "x" * 200_000
    assert csv.field_size_limit() == before


def test_trailing_nameless_columns_are_dropped_only_when_empty():
    assert list(a_table("a,b,,\n1,2,,\n").rows.columns) == ["a", "b"]
    assert list(a_table("a,b,\n1,2,3\n").rows.columns) == ["a", "b", "Column 3"]


def test_a_repeated_column_name_gets_a_number():
    assert column_names(["name", "name", "", "name"]) == ["name", "name (2)", "Column 3", "name (3)"]


def test_line_breaks_and_blanks_in_a_column_name_are_folded():
    assert column_names(["First\r\n Name "]) == ["First Name"]


def test_a_column_cannot_take_the_name_of_one_of_ours():
    assert column_names(["__row__"]) == ["__row__ (2)"]


@pytest.mark.parametrize("content", ["", "\n\n", " \n", "\ufeff"])
def test_a_file_without_a_header_is_refused(content):
    with pytest.raises(SourceError, match=r"a\.csv is empty"):
        a_table(content)


def test_a_header_alone_is_a_table_without_rows():
    table = a_table("a,b\n")
    assert cells(table) == []
    assert list(table.rows.columns) == ["a", "b"]


def test_an_unknown_encoding_is_refused():
    with pytest.raises(SourceError, match="no text encoding 'klingon'"):
        a_table("a,b\n", encoding="klingon")


def test_a_long_delimiter_is_refused():
    with pytest.raises(SourceError, match="one character"):
        a_table("a,b\n", delimiter="::")


_CELL = st.text(st.characters(codec="utf-8", exclude_characters="\x00"), max_size=8)
_GRID = st.integers(2, 4).flatmap(lambda width: st.lists(st.lists(_CELL, min_size=width, max_size=width), max_size=6))


@given(grid=_GRID, delimiter=st.sampled_from([",", ";", "\t", "|"]), line_end=st.sampled_from(["\r\n", "\n"]))
def test_what_a_csv_writer_wrote_is_read_back_cell_for_cell(grid, delimiter, line_end):
    width = len(grid[0]) if grid else 2
    file = io.StringIO(newline="")
    writer = csv.writer(file, delimiter=delimiter, lineterminator=line_end, quoting=csv.QUOTE_ALL)
    writer.writerows([[f"c{number}" for number in range(width)], *grid])
    table = a_table(file.getvalue(), delimiter=delimiter, encoding="utf-8")
    filled = [row for row in grid if any(cell.strip() for cell in row)]
    assert damages(table) == []
    assert cells(table) == [[cell or None for cell in row] for row in filled]
    assert table.blank_records == len(grid) - len(filled)


@given(st.binary(max_size=200))
def test_no_bytes_break_the_reader(content):
    try:
        table = a_table(content)
    except SourceError:
        return
    assert len(table.lines) == len(table.rows)
    assert {damage.row for damage in table.damages} <= set(table.rows.index)


@given(st.text('ab",;\n', max_size=60))
def test_every_line_of_quotes_and_delimiters_is_a_row_or_blank_or_part_of_one(text):
    table = a_table("h,i\n" + text, delimiter=",")
    lines = table.lines.tolist()
    assert lines == sorted(set(lines))
    assert all(2 <= line <= text.count("\n") + 2 for line in lines)
