"""Phone numbers: exactly what phonenumbers calls valid, in E.164, and what to type instead."""

from __future__ import annotations

import re

import phonenumbers
from phonenumbers import NumberParseException, PhoneNumber, PhoneNumberFormat, ValidationResult

from hubspot_import.mapping.reading import Reading, refused
from hubspot_import.mapping.regions import GUESSED_REGIONS, country_name

MAX_GUESSES = 2
_MAX_NATIONAL_DIGITS = 10
_NO_COUNTRY_CODE = "the country code is missing"
_INVISIBLE = re.compile(r"[\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
_HAS_LETTERS = re.compile(r"[^\W\d_]{3,}")
_LENGTH_FAULTS = {
    ValidationResult.TOO_SHORT: "it is too short",
    ValidationResult.TOO_LONG: "it is too long",
    ValidationResult.INVALID_LENGTH: "it has a digit too many or too few",
    ValidationResult.INVALID_COUNTRY_CODE: "the country code does not exist",
}


def parse_phone(text: str, region: str | None = None, hint: str | None = None) -> Reading:
    """Read a number. Without a country code it needs ``region`` (ISO 3166); ``hint`` only shapes the suggestion.

    The wire form is E.164; an extension is kept behind it (``+12025550123 ext. 5``), for HubSpot's phones are text.
    """
    text = _INVISIBLE.sub("", text).strip()
    number, fault = _parsed(text, region)
    if number is not None and phonenumbers.is_valid_number(number):
        return Reading(_wire(number))
    with_plus = _with_plus(text)
    suggestion = with_plus or _suggested(text, region, hint)
    if number is None:
        return refused(f"{fault} (or only its +)" if with_plus and fault == _NO_COUNTRY_CODE else fault, suggestion)
    length = phonenumbers.is_possible_number_with_reason(number)
    return refused(_LENGTH_FAULTS.get(length, "no such number is in use in that country"), suggestion)


def _parsed(text: str, region: str | None) -> tuple[PhoneNumber | None, str]:
    try:
        return phonenumbers.parse(text, region), ""
    except NumberParseException as error:
        return None, _parse_fault(text, error.error_type)


def _parse_fault(text: str, error_type: int) -> str:
    if error_type != NumberParseException.INVALID_COUNTRY_CODE:
        return "it is not a phone number" if _HAS_LETTERS.search(text) else "it has too few digits or too many"
    if text.startswith("+"):
        return "the country code does not exist"
    if text.startswith("00"):
        return "the country code begins with 00 instead of +"
    return _NO_COUNTRY_CODE


def _wire(number: PhoneNumber) -> str:
    e164 = str(phonenumbers.format_number(number, PhoneNumberFormat.E164))
    return f"{e164} ext. {number.extension}" if number.extension else e164


def _with_plus(text: str) -> str | None:
    """The number when only its + is missing, is written 00, or stands before a superfluous (0)."""
    digits = re.sub(r"\D", "", text.replace("(0)", "") if text.startswith("+") else text)
    if not text.startswith(("+", "00")) and len(digits) <= _MAX_NATIONAL_DIGITS:
        return None
    number, _ = _parsed(f"+{digits.removeprefix('00')}", None)
    return _wire(number) if number is not None and phonenumbers.is_valid_number(number) else None


def _suggested(text: str, region: str | None, hint: str | None) -> str | None:
    """A valid number the writer may have meant, in the row's country or in likely ones."""
    if text.startswith("+") or region is not None or _HAS_LETTERS.search(text):
        return None
    guesses = []
    for likely in [hint] if hint else GUESSED_REGIONS:
        number, _ = _parsed(text, likely)
        if number is not None and phonenumbers.is_valid_number_for_region(number, likely):
            guesses.append(f"{_wire(number)} (if it is a number in {country_name(likely)})")
    return " or ".join(guesses[:MAX_GUESSES]) or None
