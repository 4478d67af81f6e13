from __future__ import annotations

import pytest

from hubspot_import.loading.formats import Wish, read_source
from hubspot_import.loading.header import find_header
from hubspot_import.loading.table import SourceTable
from support.sheets import a_table
from support.workbooks import a_workbook

BODY = "email;name\na@example.com;Ann\nb@example.com;Bob\n"


def shape(table: SourceTable) -> tuple[list[str], list[int], list[int], int]:
    """Columns, rows, lines, and the header's row."""
    return list(table.rows.columns), table.rows.index.tolist(), table.lines.tolist(), table.header_row


@pytest.mark.parametrize(
    "titles",
    ["Contacts\n\nas of May\n", "Contacts;\n;\n;as of May\n", '\n"All\ncontacts"\n\n', "Contacts, as of 1 May\n\n;\n"],
)
def test_titles_above_the_header_are_passed_over_and_rows_keep_their_numbers(titles):
    table = a_table(titles + BODY, delimiter=";")
    lines = titles.count("\n")
    rows = lines - titles.count("\ncontacts")
    assert shape(table) == (["email", "name"], [rows + 2, rows + 3], [lines + 2, lines + 3], rows + 1)
    assert (table.damages, table.blank_records) == ((), rows)


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_the_delimiter_is_found_below_titles(delimiter):
    table = a_table("Contacts\n\n" + BODY.replace(";", delimiter))
    assert table.dialect.delimiter == delimiter
    assert shape(table) == (["email", "name"], [4, 5], [4, 5], 3)


def test_titles_stand_behind_a_sep_line_too():
    assert shape(a_table("sep=;\nContacts\n" + BODY)) == (["email", "name"], [3, 4], [4, 5], 2)


def test_titles_of_a_sheet_are_passed_over():
    rows = [["Contacts"], [], ["email", "name"], ["a@example.com", "Ann"], ["b@example.com", None]]
    table = read_source(a_workbook({"S": rows}), "x.xlsx", Wish())
    assert shape(table) == (["email", "name"], [4, 5], [4, 5], 3)
    assert table.blank_records == 2


@pytest.mark.parametrize(
    "records",
    [
        [["name"], ["Smith", " John"], ["Doe", " Jane"]],
        [["email", ""], ["a@example.com", "Ann"], ["b@example.com", "Bob"]],
        [["phone"], ["+33612345678", "home"], ["+33612345679", "work"]],
        [["address"], ["Main Road", "Leeds"], ["Park", "York", "UK"], ["Hill"]],
        [["a"], ["b", "b"], ["c", "d"]],
        [["a"], ["b", "c"]],
        [["a"], ["b"], ["c"]],
        [["a", "b"], ["c", "d"]],
    ],
)
def test_the_first_record_is_the_header_unless_it_plainly_is_a_title(records):
    assert find_header(records) == 0


def test_blank_records_have_no_header():
    assert find_header([[], ["", " "]]) is None


def test_a_column_of_texts_with_commas_stays_one_column():
    table = a_table("name\nSmith, John\nDoe, Jane\nRoe, Rick\n")
    assert list(table.rows.columns) == ["name"]
    assert len(table.rows) == 3


def test_the_header_s_own_delimiter_wins_over_one_in_the_texts():
    assert a_table("email;note\na;x, y\nb;z, q\n").dialect.delimiter == ";"
