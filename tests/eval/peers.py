"""What most people would write first, to stand beside ours: a regular expression, and phonenumbers alone."""

from __future__ import annotations

import re
from collections.abc import Iterator

import phonenumbers
from phonenumbers import NumberParseException, PhoneNumberFormat, PhoneNumberMatcher

from eval.corpus import Ticket
from eval.scoring import Span

_EMAIL = re.compile(r"[\w.+-]+@[\w-]+\.[\w.-]+")
_PHONE = re.compile(r"\+?\(?\d[\d\s().-]{6,}\d")


def naive_emails(tickets: list[Ticket]) -> Iterator[Span]:
    """Addresses by a regular expression."""
    for place, ticket in enumerate(tickets):
        for match in _EMAIL.finditer(ticket.text):
            yield place, match.start(), match.end(), match.group().lower()


def naive_phones(tickets: list[Ticket]) -> Iterator[Span]:
    """Numbers by a regular expression, brought to E.164 with the ticket's region where that goes."""
    for place, ticket in enumerate(tickets):
        for match in _PHONE.finditer(ticket.text):
            yield place, match.start(), match.end(), _e164(match.group(), ticket.region)


def phonenumbers_alone(tickets: list[Ticket]) -> Iterator[Span]:
    """Numbers by phonenumbers' matcher, with the ticket's region."""
    for place, ticket in enumerate(tickets):
        for match in PhoneNumberMatcher(ticket.text, ticket.region):
            value = phonenumbers.format_number(match.number, PhoneNumberFormat.E164)
            yield place, match.start, match.end, value


def _e164(text: str, region: str) -> str:
    try:
        return str(phonenumbers.format_number(phonenumbers.parse(text, region), PhoneNumberFormat.E164))
    except NumberParseException:
        return text
