"""Ticket text is taken out of what is shown."""

from __future__ import annotations

import json

from hypothesis import given
from hypothesis import strategies as st

from hubspot_import.findings import MAX_SHOWN_VALUE
from hubspot_import.reporting.privacy import conceal

TEXT = "My order never came.\nPlease call my wife on her phone."


def test_a_message_without_the_text_stays_as_it_is() -> None:
    assert conceal("'soon' is not an option of hs_ticket_priority", (TEXT,), instead="-") == (
        "'soon' is not an option of hs_ticket_priority"
    )


def test_a_quoted_text_is_taken_out() -> None:
    assert conceal(f"'{TEXT}' in content is not a number.", (TEXT,), instead="-") == "'…' in content is not a number."


def test_a_short_quoted_text_is_taken_out_without_harm_to_the_words() -> None:
    assert conceal("'a' in subject is not a date", ("a",), instead="-") == "'…' in subject is not a date"


def test_a_text_in_json_is_taken_out() -> None:
    assert conceal(f"bad: {json.dumps(TEXT)}", (TEXT,), instead="-") == 'bad: "…"'


def test_a_text_the_catalogue_shortened_is_taken_out() -> None:
    long = "Dear all, " * 20
    assert conceal(f"'{long[:MAX_SHOWN_VALUE]}…' is too long", (long,), instead="-") == "'…' is too long"


def test_a_message_with_a_piece_of_the_text_is_replaced() -> None:
    assert conceal("starts with PLEASE CALL MY WIFE ON", (TEXT,), instead="see results.csv") == "see results.csv"


@given(st.text(min_size=8), st.text(max_size=20), st.text(max_size=20))
def test_a_text_that_tells_something_is_never_shown(text: str, before: str, after: str) -> None:
    shown = conceal(f"{before}{text}{after}", (text,), instead="withheld")
    assert shown == "withheld" or text not in shown
