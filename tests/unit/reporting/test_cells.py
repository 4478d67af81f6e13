"""Text from the data cannot become a formula, and cannot disturb a terminal."""

from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hubspot_import.reporting.cells import escape_formula, escape_formulas, one_line


@pytest.mark.parametrize("cell", ["=1+1", "+33145678901", "-5", "@SUM(A1)", "\tx", "\rx", "\n=x", "＝1"])
def test_what_a_spreadsheet_takes_for_a_formula_gets_an_apostrophe(cell: str) -> None:
    assert list(escape_formulas(pd.Series([cell], dtype="str"))) == [f"'{cell}"]


@pytest.mark.parametrize("cell", ["a=b", "O'Brien", "", "01718", "Null", " =1"])
def test_other_text_stays_as_it_is(cell: str) -> None:
    assert list(escape_formulas(pd.Series([cell], dtype="str"))) == [cell]


def test_missing_cells_stay_missing() -> None:
    assert list(escape_formulas(pd.Series([None, "=x"], dtype="str")).isna()) == [True, False]


@given(st.text())
def test_a_header_and_a_cell_are_escaped_alike(text: str) -> None:
    escaped = escape_formula(text)
    assert list(escape_formulas(pd.Series([text], dtype="str"))) == [escaped]
    assert not escaped.startswith(("=", "+", "-", "@", "\t", "\r", "\n"))


@given(st.text())
def test_one_line_is_one_printable_line(text: str) -> None:
    line = one_line(text)
    assert len(line.splitlines()) <= 1
    assert "\x1b" not in line
    assert "\u202e" not in line


def test_one_line_keeps_what_people_write() -> None:
    assert one_line("Tél : 北京\n  عربى\tÅ") == "Tél : 北京 عربى Å"
