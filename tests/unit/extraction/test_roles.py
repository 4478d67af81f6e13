"""Whose words a place in a mail belongs to."""

from __future__ import annotations

import pytest

from hubspot_import.extraction.roles import Role, is_copied, is_machine, line_roles, role_at

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


def test_a_header_over_two_lines_is_one() -> None:
    assert role_of("Hi\n\nOn Mon, 2 Mar 2026, Ann <x@y.example.com>\nwrote:\nHERE", "HERE") is Role.QUOTED


def test_headers_of_an_earlier_mail_begin_a_quote() -> None:
    assert role_of("Hi\n\nVon: Ann\nGesendet: Montag\nAn: HERE", "HERE") is Role.QUOTED


def test_headers_at_the_top_are_the_mails_own() -> None:
    text = "From: SENDER\nTo: DESK\nCc: BOSS\n\nHello BODY"
    found = [role_of(text, word) for word in ("SENDER", "DESK", "BOSS", "BODY")]
    assert found == [Role.REQUESTER, Role.AGENT, Role.CC, Role.REQUESTER]


@pytest.mark.parametrize("before", ["I cc'd ", "my colleague Ann (", "mon collègue : ", "in Kopie: ", "同事 "])
def test_words_before_an_address_may_make_it_somebody_elses(before: str) -> None:
    assert is_copied(before)


@pytest.mark.parametrize("before", ["write to ", "a colleague left. My address: ", "succ "])
def test_other_words_do_not(before: str) -> None:
    assert not is_copied(before)


def test_nobody_reads_a_no_reply_address() -> None:
    assert is_machine("no-reply@desk.example.com")
    assert not is_machine("noreen@desk.example.com")


def test_an_empty_text_has_the_requester_everywhere() -> None:
    assert role_at(line_roles(""), 0) is Role.REQUESTER
