from __future__ import annotations

import re

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hubspot_import.mapping.dates import PLAIN_DATE, parse_date
from hubspot_import.mapping.numbers import PLAIN_NUMBER, parse_integer, parse_number
from hubspot_import.mapping.parsing import MAX_TEXT_LENGTH, PARSERS, parse
from hubspot_import.mapping.spec import PropertyType

T = PropertyType
_ODD = st.text(max_size=40) | st.text("0123456789+-./:, eETZ@()", max_size=30)


def one(text: str | None, kind: PropertyType | None, **options: str) -> tuple[str | None, str | None, str | None]:
    """Wire form, reason and suggestion of one value."""
    parsed = parse(pd.Series([text], dtype="str"), kind, **options)
    values = (parsed.wire[0], parsed.reason[0], parsed.suggestion[0])
    return tuple(value if isinstance(value, str) else None for value in values)


VALID = [
    (T.EMAIL, "Ann.Lee@Example.COM", "ann.lee@example.com"),
    (T.EMAIL, "o'brien+crm@mail.example.co.uk", "o'brien+crm@mail.example.co.uk"),
    (T.PHONE, "+33 (0)6 12 34 56 78", "+33612345678"),
    (T.PHONE, "+62 234 567 8901", "+622345678901"),
    (T.PHONE, "+1 202 555 0123 ext. 5", "+12025550123 ext. 5"),
    (T.NUMBER, "1234.50", "1234.5"),
    (T.NUMBER, "-0", "0"),
    (T.INTEGER, "250", "250"),
    (T.INTEGER, "5.0", "5"),
    (T.INTEGER, "007", "7"),
    (T.DATE, "2025-04-03", "2025-04-03"),
    (T.DATE, "2024-02-29", "2024-02-29"),
    (T.DATE, "2025-04-03 00:00:00", "2025-04-03"),
    (T.DATE, "31/12/2024", "2024-12-31"),
    (T.DATE, "12/31/2024", "2024-12-31"),
    (T.DATE, "3 Apr 2025", "2025-04-03"),
    (T.DATE, "April 3rd, 2025", "2025-04-03"),
    (T.DATE, "03/03/2025", "2025-03-03"),
    (T.DATETIME, "2025-04-03", "2025-04-03T00:00:00Z"),
    (T.DATETIME, "2025-04-03 10:00", "2025-04-03T10:00:00Z"),
    (T.DATETIME, "2025-04-03T10:00:00.123+02:00", "2025-04-03T08:00:00.123Z"),
    (T.DATETIME, "4/13/2025 1:05 PM", "2025-04-13T13:05:00Z"),
    (T.BOOL, "Yes", "true"),
    (T.BOOL, "0", "false"),
    (T.URL, "https://www.example.com/A?b=c", "https://www.example.com/A?b=c"),
    (T.URL, "www.example.com", "www.example.com"),
    (T.DOMAIN, "Shop.Example.COM", "shop.example.com"),
    (T.DOMAIN, "münchen.de", "münchen.de"),
    (T.STRING, "Null", "Null"),
    (T.ENUMERATION, "Anything", "Anything"),
    (None, "01718", "01718"),
]


@pytest.mark.parametrize(("kind", "text", "wire"), VALID)
def test_a_valid_value_has_its_wire_form(kind, text, wire):
    assert one(text, kind) == (wire, None, None)


REFUSED = [
    (T.EMAIL, "bob@example,com", "invalid characters", "bob@example.com"),
    (T.EMAIL, "bob@example.com.", "end with a period", "bob@example.com"),
    (T.EMAIL, "bob.@example.com", "period immediately before", "bob@example.com"),
    (T.EMAIL, "bob smith@example.com", "SPACE", "bobsmith@example.com"),
    (T.EMAIL, "bob@gmial.com.", "end with a period", "bob@gmail.com"),
    (T.EMAIL, "bobgmail.com", "@-sign", "bob@gmail.com"),
    (T.EMAIL, "bob@gmail", "period", "bob@gmail.com"),
    (T.EMAIL, "bob@@example.com", "invalid characters", "bob@example.com"),
    (T.EMAIL, "Bob <bob@example.com>", "angle brackets", "bob@example.com"),
    (T.EMAIL, "bob at example dot com", "@-sign", "bob@example.com"),
    (T.EMAIL, "a@example.com; b@example.com", "more than one address", "a@example.com"),
    (T.EMAIL, "nobody", "@-sign", None),
    (T.PHONE, "0033612345678", "00 instead of +", "+33612345678"),
    (T.PHONE, "33612345678", "only its +", "+33612345678"),
    (T.PHONE, "+336123", "too short", None),
    (T.PHONE, "+999 123 456", "country code does not exist", None),
    (T.PHONE, "call me", "not a phone number", None),
    (T.NUMBER, "1,234", "thousands or decimals", "1234 or 1.234"),
    (T.INTEGER, "1.234", "thousands or decimals", "1234"),
    (T.NUMBER, "1.234.567,5", "thousands separator", "1234567.5"),
    (T.NUMBER, "1,234,567.50", "thousands separator", "1234567.5"),
    (T.NUMBER, "12 345", "thousands separator", "12345"),
    (T.NUMBER, "1,5", "decimal mark is a comma", "1.5"),
    (T.NUMBER, "1e5", "scientific", "100000"),
    (T.NUMBER, "١٢٣", "digits", "123"),
    (T.INTEGER, "5.5", "fraction", "6"),
    (T.INTEGER, "many", "no digits", None),
    (T.DATE, "03/04/2025", "two ways", "2025-04-03 (3 April) or 2025-03-04 (4 March)"),
    (T.DATE, "2025-02-30", "February has 28 days in 2025", "2025-02-28"),
    (T.DATE, "2025-13-01", "no month 13", "2025-01-13"),
    (T.DATE, "03.04.25", "two digits", "2025-04-03 or 2025-03-04"),
    (T.DATE, "45658", "spreadsheet", "2025-01-01"),
    (T.DATE, "20250403", "not separated", "2025-04-03"),
    (T.DATE, "2025-04-03 10:00", "time of day", "2025-04-03"),
    (T.DATE, "tomorrow", "no known form", None),
    (T.DATETIME, "03/04/2025 10:00", "two ways", "2025-04-03 10:00 (3 April) or 2025-03-04 10:00 (4 March)"),
    (T.DATETIME, "2025-04-03T25:00", "no such time of day", None),
    (T.BOOL, "oui", "neither yes nor no", "true"),
    (T.URL, "http//example.com", "no scheme and host", "http://example.com"),
    (T.URL, "javascript:alert(1)", "no scheme and host", None),
    (T.DOMAIN, "https://www.example.com/en", "bare domain", "example.com"),
    (T.DOMAIN, "info@example.com", "bare domain", "example.com"),
    (T.DOMAIN, "localhost", "bare domain", None),
]


@pytest.mark.parametrize(("kind", "text", "reason", "suggestion"), REFUSED)
def test_an_invalid_value_is_refused_with_a_reason_and_what_to_type(kind, text, reason, suggestion):
    wire, said, offered = one(text, kind)
    assert wire is None
    assert said is not None
    assert reason in said
    assert offered == suggestion


@pytest.mark.parametrize("kind", [*T, None])
def test_an_empty_value_is_neither_valid_nor_invalid(kind):
    assert one(None, kind) == (None, None, None)


@pytest.mark.parametrize("kind", [*T, None])
def test_an_empty_column_parses_to_an_empty_column(kind):
    assert len(parse(pd.Series([], dtype="str"), kind).wire) == 0


def test_a_number_without_country_code_is_read_in_the_region_that_is_given():
    assert one("0612345678", T.PHONE, region="FR") == ("+33612345678", None, None)


def test_a_number_without_country_code_and_region_is_refused_with_likely_numbers():
    wire, reason, suggestion = one("0612345678", T.PHONE)
    assert wire is None
    assert reason == "the country code is missing"
    assert suggestion.startswith("+33612345678 (if it is a number in France)")


def test_the_rows_country_narrows_the_suggestion_and_decides_nothing():
    texts, hints = pd.Series(["0612345678"] * 2, dtype="str"), pd.Series(["NL", None], dtype="str")
    parsed = parse(texts, T.PHONE, hints=hints)
    assert parsed.wire.isna().all()
    assert parsed.suggestion[0] == "+31612345678 (if it is a number in Netherlands)"
    assert "France" in parsed.suggestion[1]


def test_text_longer_than_hubspot_takes_is_refused():
    wire, reason, _ = one("x" * (MAX_TEXT_LENGTH + 1), T.STRING)
    assert wire is None
    assert reason == "it has 65537 characters"
    assert one("x" * MAX_TEXT_LENGTH, T.STRING)[1] is None


def test_the_index_of_the_texts_is_kept():
    texts = pd.Series(["a@example.com", "bad", None], index=[30, 10, 20], dtype="str")
    parsed = parse(texts, T.EMAIL)
    assert (
        parsed.wire.index.tolist() == parsed.reason.index.tolist() == parsed.suggestion.index.tolist() == [30, 10, 20]
    )
    assert parsed.wire[30] == "a@example.com"
    assert isinstance(parsed.reason[10], str)


@given(st.sampled_from([*T, None]), _ODD)
def test_no_text_breaks_a_parser_and_each_is_either_valid_or_given_a_reason(kind, text):
    wire, reason, _ = one(text, kind)
    assert (wire is None) != (reason is None)


@given(st.sampled_from(list(PARSERS)), _ODD)
def test_a_wire_form_is_its_own_wire_form(kind, text):
    wire = PARSERS[kind](text).wire
    assert wire is None or PARSERS[kind](wire).wire == wire


@given(st.sampled_from([T.EMAIL, T.DOMAIN, T.URL, T.BOOL]), _ODD)
def test_a_suggestion_is_valid_itself(kind, text):
    suggestion = PARSERS[kind](text).suggestion
    assert suggestion is None or PARSERS[kind](suggestion).wire is not None


@pytest.mark.parametrize(
    ("pattern", "parser"),
    [(PLAIN_NUMBER, parse_number), (PLAIN_NUMBER, parse_integer), (PLAIN_DATE, parse_date)],
)
@given(data=st.data())
def test_what_is_plainly_valid_is_what_the_parser_says(pattern, parser, data):
    text = data.draw(st.from_regex(re.compile(pattern), fullmatch=True))
    assert parser(text).wire == text
