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
    "nothing": "",
}


@pytest.mark.parametrize(("text", "number"), FOUND.values(), ids=FOUND.keys())
def test_a_number_with_a_country_code_is_found(text: str, number: str) -> None:
    assert [phone.value for phone in find_phones(text)] == [number]


@pytest.mark.parametrize("text", NOT_FOUND.values(), ids=NOT_FOUND.keys())
def test_other_digits_are_left_alone(text: str) -> None:
    assert list(find_phones(text)) == []


def test_a_region_lets_a_national_number_be_read() -> None:
    (phone,) = find_phones("ring 020 7946 0018", "GB")
    assert phone == (5, 18, "+442079460018", True)


NATIONAL = {
    "by dots": ("06.12.34.56.78", "FR", "+33612345678"),
    "by a slash": ("030/23125 001", "DE", "+493023125001"),
    "by brackets": ("(202) 555-0143", "US", "+12025550143"),
    "with 00 before the country code": ("0033 6 12 34 56 78", "DE", "+33612345678"),
    "in Arabic digits": ("اتصل بي ٠٥٠ ١٢٣ ٤٥٦٧", "SA", "+966501234567"),
    "in full-width digits": (
        "電話 \uff10\uff13\uff0d\uff11\uff12\uff13\uff14\uff0d\uff15\uff16\uff17\uff18",
        "JP",
        "+81312345678",
    ),
    "glued to Chinese": ("电话13812345678吗", "CN", "+8613812345678"),
    "bare after a word for calling": ("my phone is 2025550143.", "US", "+12025550143"),
    "below an order number": ("order 4412345678\ncall 202-555-0143", "US", "+12025550143"),
}

SOMETHING_ELSE = {
    "an order number": ("order no. 2025550143", "US"),
    "an invoice with a sign": ("invoice #2025550143", "US"),
    "a German bill": ("Rechnung Nr. 030 23125001", "DE"),
    "a bare number nobody calls": ("it says 2025550143 in red", "US"),
    "an amount with its currency": ("we paid 202.555.0143 USD", "US"),
    "an IP address": ("from 192.168.10.201", "US"),
    "a card": ("my card 4111 1111 1111 1111", "US"),
    "an IBAN": ("DE89 3704 0044 0532 0130 00", "DE"),
    "a VAT number": ("VAT DE123456789", "DE"),
    "an ISBN": ("ISBN 978-3-16-148410-0", "DE"),
    "a tracking number": ("tracking 00340434161094042557", "DE"),
    "coordinates": ("at 52.5200066, 13.404954", "DE"),
    "a date without marks": ("on 20260314 it broke", "HK"),
    "a version": ("version 2.10.4567.8901", "US"),
}


@pytest.mark.parametrize(("text", "region", "number"), NATIONAL.values(), ids=NATIONAL.keys())
def test_a_national_number_is_read_as_its_region_writes_it(text: str, region: str, number: str) -> None:
    assert [phone.value for phone in find_phones(text, region)] == [number]


@pytest.mark.parametrize(("text", "region"), SOMETHING_ELSE.values(), ids=SOMETHING_ELSE.keys())
def test_what_is_something_else_is_no_number_in_any_region(text: str, region: str) -> None:
    assert list(find_phones(text, region)) == []


def test_an_extension_belongs_to_the_span_but_not_to_the_number() -> None:
    (phone,) = find_phones("call +1 202 555 0143 ext. 12 please")
    assert (phone.value, phone.end) == ("+12025550143", 28)


def test_a_number_no_plan_has_is_possible_only() -> None:
    (phone,) = find_phones("call +1 111 111 1111")
    assert (phone.value, phone.is_valid) == ("+11111111111", False)


def test_two_numbers_side_by_side_are_two() -> None:
    text = "+44 20 7946 0018 / +33 6 12 34 56 78"
    assert [phone.value for phone in find_phones(text)] == ["+442079460018", "+33612345678"]
