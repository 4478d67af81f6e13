"""Which addresses are found in running text, and exactly where."""

from __future__ import annotations

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from hubspot_import.extraction.emails import find_emails, normalized_email

FOUND = {
    "in brackets": ("Je suis Sari Wijaya (sari.wijaya@indonesiafinance.co.id)", "sari.wijaya@indonesiafinance.co.id"),
    "in angle brackets": ("Amira Haddad <amira@cedar.example.com>", "amira@cedar.example.com"),
    "after mailto": ("write to mailto:ops@freight.example.net?subject=Help", "ops@freight.example.net"),
    "before a full stop": ("Reach me at ann@mill.example.org.", "ann@mill.example.org"),
    "before an ellipsis": ("it was ann@mill.example.org...", "ann@mill.example.org"),
    "before a comma and a semicolon": ("ann@mill.example.org, please; thanks", "ann@mill.example.org"),
    "in upper case": ("ANN.LEE@MILL.EXAMPLE.ORG", "ann.lee@mill.example.org"),
    "in quotes": ("my login is 'ann@mill.example.org'", "ann@mill.example.org"),
    "in Markdown": ("**ann@mill.example.org**", "ann@mill.example.org"),
    "with a tag": ("ann+support@mill.example.org", "ann+support@mill.example.org"),
    "with an apostrophe": ("from sean.o'brien@mill.example.org", "sean.o'brien@mill.example.org"),
    "inside Japanese": ("連絡先はtaro@mill.example.orgです。", "taro@mill.example.org"),
    "after an Arabic label": ("البريد:sami@mill.example.org؟", "sami@mill.example.org"),
    "with an accent": ("zoë@mill.example.org", "zoë@mill.example.org"),
    "in the query of a URL": ("https://app.example.com/reset?mail=ann@mill.example.org", "ann@mill.example.org"),
    "at the start and end": ("ann@mill.example.org", "ann@mill.example.org"),
}

NOT_FOUND = {
    "a handle": "ask @meridian about it",
    "no domain": "ann@",
    "no dot in the domain": "root@localhost",
    "a price": "3 crates @ 4.50 each",
    "a price without blanks": "3@4.50",
    "two at signs": "ann@mill@example.org",
    "a federated handle": "@ann@mill.example.org",
    "a user of a URL": "https://deploy:secret@mill.example.org/repo",
    "doubled dots in the domain": "ann@mill..org",
    "an invalid label": "ann@-mill-.example.org-",
    "nothing": "",
}


@pytest.mark.parametrize(("text", "address"), FOUND.values(), ids=FOUND.keys())
def test_an_address_is_found_without_what_surrounds_it(text: str, address: str) -> None:
    ((start, end, found),) = find_emails(text)
    assert found == address
    assert text[start:end].lower() == address


@pytest.mark.parametrize("text", NOT_FOUND.values(), ids=NOT_FOUND.keys())
def test_what_only_looks_like_an_address_is_left_alone(text: str) -> None:
    assert list(find_emails(text)) == []


def test_all_addresses_of_a_text_are_found_in_order() -> None:
    text = "b@two.example.com\na@one.example.com; c@three.example.com"
    assert [found for _, _, found in find_emails(text)] == [
        "b@two.example.com",
        "a@one.example.com",
        "c@three.example.com",
    ]


@given(st.text(alphabet=st.one_of(st.sampled_from("@.ab-1 :/?=+é<>\n"), st.characters()), max_size=200))
def test_any_text_can_be_scanned_and_every_span_holds_its_address(text: str) -> None:
    for start, end, address in find_emails(text):
        assert normalized_email(text[start:end]) == address


@given(st.emails(), st.sampled_from(["({})", "<{}>", "mailto:{}", "{}.", "mail: {}\n", "{}, thanks"]))
def test_a_plain_address_is_found_in_any_wrapping(address: str, wrapping: str) -> None:
    assume(not set("/`") & set(address))
    plain = address.lstrip(".'*=_-|~{#!?&")
    expected = normalized_email(plain)
    found = [value for _, _, value in find_emails(wrapping.format(plain))]
    assert found == ([expected] if expected is not None else [])
