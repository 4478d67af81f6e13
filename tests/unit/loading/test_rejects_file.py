"""A rejects file is a source file again once its rows are mended."""

from __future__ import annotations

import pandas as pd

from hubspot_import.loading.rejects_file import without_reasons


def a_table(**columns: str) -> pd.DataFrame:
    return pd.DataFrame({name: [value] for name, value in columns.items()}, dtype="str")


def test_what_the_report_added_to_a_rejects_file_is_taken_off():
    rejects = a_table(phone="'+33 1 99 00 11 22", lastname="O'Brien", error_codes="X", reasons="Y", fixes="Z")
    assert without_reasons(rejects).to_dict("records") == [{"phone": "+33 1 99 00 11 22", "lastname": "O'Brien"}]


def test_an_apostrophe_that_guards_nothing_stays():
    rejects = a_table(city="'s-Hertogenbosch", error_codes="X", reasons="Y", fixes="Z")
    assert without_reasons(rejects)["city"].tolist() == ["'s-Hertogenbosch"]


def test_any_other_file_is_left_as_it_is():
    own = a_table(phone="'+33 1 99 00 11 22", fixes="mine")
    assert without_reasons(own).equals(own)


def test_a_header_that_was_guarded_is_itself_again():
    rejects = pd.DataFrame({"'=total": ["1"], "error_codes": ["X"], "reasons": ["Y"], "fixes": ["Z"]}, dtype="str")
    assert list(without_reasons(rejects).columns) == ["=total"]
