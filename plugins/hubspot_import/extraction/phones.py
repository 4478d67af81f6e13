"""Phone numbers in running text, by phonenumbers' own matcher at the leniency that asks for a valid number."""

from __future__ import annotations

from collections.abc import Iterator

from phonenumbers import Leniency, PhoneNumberFormat, PhoneNumberMatcher, format_number

MIN_DIGITS = 7
"""Fewer digits are no number that could be called from abroad; the (slow) matcher is spared such texts."""


def find_phones(text: str, region: str | None = None) -> Iterator[tuple[int, int, str]]:
    """Find the phone numbers of a text as (start, end, E.164), in order.

    ``region`` (ISO 3166, two letters) lets numbers without a country code be read; without one only ``+…`` counts, so
    that order numbers, dates and amounts stay what they are.
    """
    for match in PhoneNumberMatcher(text, region, leniency=Leniency.VALID):
        yield match.start, match.end, format_number(match.number, PhoneNumberFormat.E164)
