from __future__ import annotations

import io
import zipfile
from datetime import datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hubspot_import.errors import SourceError
from hubspot_import.loading.cells import cell_text, number_text
from hubspot_import.loading.formats import Wish, read_source
from hubspot_import.loading.table import SourceTable
from support.workbooks import a_workbook, sheet_xml


def a_book(*rows: list[object], sheet: str | None = None) -> SourceTable:
    return read_source(a_workbook({"Contacts": rows}), "contacts.xlsx", Wish(sheet=sheet))


def texts(table: SourceTable) -> list[list[str | None]]:
    return [[cell if isinstance(cell, str) else None for cell in row] for row in table.rows.to_numpy().tolist()]


def with_sheet_xml(xml: str) -> bytes:
    """A workbook whose only sheet is the given XML."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(a_workbook({"S": [["a"]]}))) as old, zipfile.ZipFile(made, "w") as new:
        for name in old.namelist():
            new.writestr(name, xml if name.endswith("sheet1.xml") else old.read(name), zipfile.ZIP_DEFLATED)
    return made.getvalue()


def test_each_kind_of_cell_is_the_text_it_shows():
    table = a_book(
        ["whole", "decimal", "flag", "day", "moment", "text", "nothing", "error"],
        [33612345678, 12.5, True, ("date", "45352"), ("datetime", "45352.4375"), "01718", None, ("error", "#N/A")],
    )
    assert texts(table) == [["33612345678", "12.5", "true", "2024-03-01", "2024-03-01T10:30:00", "01718", None, None]]


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        (0.1 + 0.2, "0.3"),
        (-3.0, "-3"),
        (1e-7, "0.0000001"),
        (123456789012345.0, "123456789012345"),
        (1234567890123456789.0, "1234567890123460000"),
        (1e300, "1e+300"),
    ],
)
def test_numbers_are_written_as_excel_shows_them(cell, text):
    assert number_text(cell) == text


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        (False, "false"),
        (time(12, 5), "12:05:00"),
        (timedelta(hours=30, minutes=5), "30:05:00"),
        (datetime(2024, 3, 1, 10, 29, 59, 999_990), "2024-03-01T10:30:00"),
        (datetime(2024, 3, 1, 10, 30, 0, 250_000), "2024-03-01T10:30:00.250"),
        ("", None),
        (" NA ", " NA "),
    ],
)
def test_cells_of_other_types_are_written_so(cell, text):
    assert cell_text(cell) == text


def test_rows_have_the_spreadsheets_numbers():
    table = a_book([], [], ["a", "b"], ["1", "2"], [], ["3", "4"])
    assert table.rows.index.tolist() == [4, 6]
    assert table.lines.tolist() == [4, 6]
    assert table.blank_records == 3


def test_columns_without_a_name_and_a_value_are_left_out_and_others_kept():
    table = a_book(["a", None, None], ["1", "2", None], ["3", None, " "])
    assert list(table.rows.columns) == ["a", "Column 2", "Column 3"]
    assert list(a_book(["a", None], ["1", None], ["2", None]).rows.columns) == ["a"]


def test_the_first_sheet_is_read_unless_one_is_named():
    book = a_workbook({"First": [["a"], ["1"]], "Second one": [["b"], ["2"]]})
    assert texts(read_source(book, "x.xlsx", Wish())) == [["1"]]
    named = read_source(book, "x.xlsx", Wish(sheet="second ONE"))
    assert texts(named) == [["2"]]
    assert named.dialect.sheet == "Second one"


def test_a_sheet_that_is_not_there_is_refused_with_those_that_are():
    with pytest.raises(SourceError, match="no sheet 'June'; it has Contacts"):
        a_book(["a"], sheet="June")


def test_a_text_file_with_a_sheet_is_refused():
    with pytest.raises(SourceError, match="is no workbook and has no sheet 'June'"):
        read_source(b"a,b\n", "a.csv", Wish(sheet="June"))


def test_an_empty_sheet_is_refused():
    with pytest.raises(SourceError, match="the sheet 'Contacts' is empty"):
        a_book()


def test_a_header_alone_is_a_table_without_rows():
    table = a_book(["a", "b"])
    assert list(table.rows.columns) == ["a", "b"]
    assert texts(table) == []


@pytest.mark.parametrize("kept", [4, 100, 900])
def test_half_a_workbook_is_refused(kept):
    with pytest.raises(SourceError, match=r"x\.xlsx is damaged"):
        read_source(a_workbook({"S": [["a"], ["1"]]})[:kept], "x.xlsx", Wish())


def test_an_old_workbook_is_refused_with_the_way_out():
    with pytest.raises(SourceError, match="save it as XLSX"):
        read_source(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1rest", "x.xls", Wish())


def test_a_cell_in_the_farthest_corner_is_refused_and_not_laid_out():
    far = sheet_xml([["a"]]).replace(
        "</sheetData>", '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>'
    )
    with pytest.raises(SourceError, match="1,048,576 rows by 16,384 columns"):
        read_source(with_sheet_xml(far), "x.xlsx", Wish())


def test_a_far_row_of_cells_that_do_not_name_their_places_is_refused_too():
    far = sheet_xml([["a"]]).replace("</sheetData>", f'<row r="1048576">{"<c><v>1</v></c>" * 900}</row></sheetData>')
    with pytest.raises(SourceError, match="1,048,576 rows by 900 columns"):
        read_source(with_sheet_xml(far), "x.xlsx", Wish())


def test_cells_that_do_not_name_their_places_are_read_in_their_order():
    plain = "<row><c><v>7</v></c><c><v>8</v></c></row>"
    xml = sheet_xml([]).replace("<sheetData>", f"<sheetData>{plain}{plain}")
    assert texts(read_source(with_sheet_xml(xml), "x.xlsx", Wish())) == [["7", "8"]]


_SHOWN = st.text(st.characters(min_codepoint=32, max_codepoint=0x2FFF, exclude_characters="_\x7f"), max_size=8)


@given(st.lists(st.lists(_SHOWN | st.integers(-(10**12), 10**12) | st.booleans(), min_size=3, max_size=3), max_size=5))
def test_what_was_written_into_a_sheet_is_read_back_cell_for_cell(grid):
    table = a_book(["a", "b", "c"], *grid)
    wanted = [[str(cell).lower() if isinstance(cell, bool) else str(cell) or None for cell in row] for row in grid]
    assert texts(table) == [row for row in wanted if any(cell and cell.strip() for cell in row)]
