"""Which addresses are found in running text, and exactly where."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from hubspot_import.extraction.emails import find_emails, normalized_email
from hubspot_import.extraction.folding import fold

A_MACHINES_LENGTH = 20
"""Of a local part that may be a Message-ID's."""

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
    "of an internationalised domain": ("anna@müller.example.com", "anna@müller.example.com"),
    "with a Japanese local part": ("\u7528\u6237@mill.example.org", "\u7528\u6237@mill.example.org"),
    "in a link of Markdown": ("[write](mailto:ann@mill.example.org)", "ann@mill.example.org"),
    "in the query of a mailto": ("mailto:?to=ann@mill.example.org", "ann@mill.example.org"),
    "before the next sentence": ("ann@mill.example.org.Please call", "ann@mill.example.org"),
    "before a port of prose": ("ann@mill.example.org: no answer", "ann@mill.example.org"),
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
    "an image for two densities": "see icon@2x.png and logo@3x.jpg",
    "a repository": "git@github.com:mill/loom.git",
    "a path on a host": "scp deploy@host.example.com:/var/log/app.log",
    "a Message-ID": "Message-ID: <CAF-1x9@mail.example.com>",
    "a folded Message-ID": "References: <a1@mail.example.com>\n <b2@mail.example.com>",
    "a machine's Message-ID in prose": "bounced <1772441653.88123.JavaMail.app@mail.example.com>",
    "an embedded picture": "<img src='cid:logo@mill.example.org'>",
    "an ending that does not exist": "ann@mill.examplez",
    "a reserved ending": "ann@mill.onion",
    "bare words": "meet me at example dot",
    "a place": "meet me at example.com",
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


SPELT = {
    "full-width": "\uff41nn\uff20mill\uff0eexample\uff0eorg",
    "with an invisible character": "ann@\u200bmill.exam\u00adple.org",
    "with entities": "ann&#64;mill&period;example.org",
    "with words in brackets": "ann [at] mill [dot] example [dot] org",
    "with words in parentheses": "ann(at)mill.example(dot)org",
    "with words in capitals": "ann AT mill DOT example DOT org",
}


@pytest.mark.parametrize("written", SPELT.values(), ids=SPELT.keys())
def test_an_address_written_to_hide_is_read_and_its_span_is_the_original(written: str) -> None:
    ((start, end, address),) = find_emails(f"R\u00e9pondez: {written}, merci")
    assert (address, start, end) == ("ann@mill.example.org", 10, 10 + len(written))


@given(st.text(alphabet=st.one_of(st.sampled_from("@.ab-1 :/?=+é<>\n"), st.characters()), max_size=200))
def test_any_text_can_be_scanned_and_every_span_holds_its_address(text: str) -> None:
    for start, end, address in find_emails(text):
        assert normalized_email(unicodedata.normalize("NFKC", fold(text[start:end]).text)) == address


@given(st.emails(), st.sampled_from(["({})", "<{}>", "mailto:{}", "{}.", "mail: {}\n", "{}, thanks"]))
def test_a_plain_address_is_found_in_any_wrapping(address: str, wrapping: str) -> None:
    local, _, domain = address.rpartition("@")
    address = f"{local}@{domain.lower()}"  # a last label with a capital may be a sentence glued behind: x.com.Please
    assume(not set("/`?") & set(address) and len(local) < A_MACHINES_LENGTH)
    plain = address.lstrip(".'*=_-|~{#!?&$%^+")
    expected = normalized_email(plain)
    found = [value for _, _, value in find_emails(wrapping.format(plain))]
    assert found == ([expected] if expected is not None else [])
