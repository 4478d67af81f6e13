"""Whose words a place in a mail belongs to."""

from __future__ import annotations

import pytest

from hubspot_import.extraction.roles import Role, line_roles, role_at

HEADERS = (
    "On Mon, 2 Mar 2026 at 09:14, Ann Lee <x@y.example.com> wrote:",
    "Le lun. 2 mars 2026 à 09:14, Ann Lee a écrit :",
    "Am 2. März 2026 um 09:14 schrieb Ann Lee <x@y.example.com>:",
    "El lun, 2 mar 2026 a las 9:14, Ann Lee escribió:",
    "-----Original Message-----",
)


def role_of(text: str, word: str) -> Role:
    return role_at(line_roles(text), text.index(word))


def test_own_words_are_the_requesters() -> None:
    assert role_of("Hello,\nHERE it is", "HERE") is Role.REQUESTER


def test_a_line_that_begins_with_a_mark_is_quoted() -> None:
    assert role_of("Hello\n > HERE", "HERE") is Role.QUOTED


@pytest.mark.parametrize("header", HEADERS)
def test_all_below_a_quote_header_is_quoted(header: str) -> None:
    assert role_of(f"Hello\n\n{header}\nDear team\nHERE", "HERE") is Role.QUOTED


def test_the_quote_header_itself_is_quoted() -> None:
    assert role_of("Hello\nOn Monday HERE wrote:\n> hi", "HERE") is Role.QUOTED


def test_a_reply_below_marked_lines_is_the_requesters() -> None:
    assert role_of("On Monday Ann wrote:\n> hi\nHERE", "HERE") is Role.REQUESTER


def test_a_colon_after_other_words_starts_no_quote() -> None:
    assert role_of("What happened:\nHERE", "HERE") is Role.REQUESTER


def test_what_stands_below_the_signature_mark_is_signature() -> None:
    assert role_of("Hello\r\n-- \r\nAnn\r\nHERE", "HERE") is Role.SIGNATURE


@pytest.mark.parametrize("label", ["Cc: ", "CC:", "Copie : ", "Kopie: "])
def test_a_copy_line_is_cc(label: str) -> None:
    assert role_of(f"Hello\n{label}HERE\nbye", "HERE") is Role.CC


def test_an_empty_text_has_the_requester_everywhere() -> None:
    assert role_at(line_roles(""), 0) is Role.REQUESTER
