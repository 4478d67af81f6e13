"""Which phone numbers are found in running text."""

from __future__ import annotations

import pytest

from hubspot_import.extraction.phones import find_phones

FOUND = {
    "the seed's": ("Tél: +622345678901", "+622345678901"),
    "grouped by blanks": ("call +33 1 99 00 27 14 after ten", "+33199002714"),
    "grouped by hyphens": ("+1-202-555-0143", "+12025550143"),
    "with a trunk zero in brackets": ("+44 (0)20 7946 0018", "+442079460018"),
    "in brackets": ("(+49 30 23125 001)", "+493023125001"),
    "with an extension": ("+1 202 555 0143 ext. 12", "+12025550143"),
    "in Arabic digits": ("هاتف: +٩٦٦ ١١ ٢١٠ ٠٠٠٠", "+966112100000"),
    "before a full stop": ("My number is +442079460018.", "+442079460018"),
}

NOT_FOUND = {
    "an order number": "order 2026-00123456 is late",
    "a date": "since 2026-03-14 08:12:00",
    "an amount": "EUR 1,234,567.00 were charged",
    "an IBAN": "DE89 3704 0044 0532 0130 00",
    "a national number without a region": "ring 020 7946 0018",
    "a number that no network has": "+1 111 111 1111",
    "nothing": "",
}


@pytest.mark.parametrize(("text", "number"), FOUND.values(), ids=FOUND.keys())
def test_a_number_with_a_country_code_is_found(text: str, number: str) -> None:
    assert [found for _, _, found in find_phones(text)] == [number]


@pytest.mark.parametrize("text", NOT_FOUND.values(), ids=NOT_FOUND.keys())
def test_other_digits_are_left_alone(text: str) -> None:
    assert list(find_phones(text)) == []


def test_a_region_lets_a_national_number_be_read() -> None:
    ((start, end, number),) = find_phones("ring 020 7946 0018", "GB")
    assert (start, end, number) == (5, 18, "+442079460018")
