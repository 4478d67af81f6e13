"""Numbers: plain digits with a point, as HubSpot's API takes them, and what the column's convention reads.

Whatever else is refused with the likely number.
"""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal, InvalidOperation

from hubspot_import.mapping.conventions import STRICT, Convention
from hubspot_import.mapping.reading import Reading, refused
from hubspot_import.mapping.spec import DecimalMark

PLAIN_NUMBER = r"0|-?[1-9][0-9]{0,17}"
"""Integers that are their own wire form."""

_NUMBER = re.compile(r"(-?)([0-9]+)(?:\.([0-9]+))?")
_EXPONENT = re.compile(r"[+-]?[0-9]+(?:\.[0-9]+)?[eE][+-]?[0-9]{1,2}")
_GROUPED = re.compile(r"-?[0-9]{1,3}(?:([ '\u2019.,])[0-9]{3})(?:\1[0-9]{3})*(?:[.,][0-9]+)?")
_AROUND = " \t\u00a0\u202f~≈<>=+$€£¥₹%"
_CURRENCY = re.compile(r"^(?:[$€£¥₹]|USD|EUR|GBP|CHF)\s*|\s*(?:[$€£¥₹]|USD|EUR|GBP|CHF)$")
_MAX_DIGITS = 30


def parse_number(text: str, convention: Convention = STRICT) -> Reading:
    """Read a decimal number. With a convention, marks between thousands and a currency around it are left away."""
    if convention.decimal is not None:
        text = _without_marks(text, convention.decimal) or text
    match = _NUMBER.fullmatch(text)
    if match is None or len(text) > _MAX_DIGITS:
        return _refused_number(text, "a number")
    sign, whole, fraction = match.group(1), match.group(2).lstrip("0") or "0", match.group(3) or ""
    return Reading(_joined(sign, whole, fraction.rstrip("0")))


def parse_integer(text: str, convention: Convention = STRICT) -> Reading:
    """Read a whole number; a fraction of zeros (``5.0``, as spreadsheets write it) is dropped."""
    reading = parse_number(text, convention)
    if reading.wire is None:
        return _refused_number(text, "a whole number")
    if convention.decimal is None and re.fullmatch(r"-?[0-9]{1,3}\.[0-9]{3}", text) and "." in reading.wire:
        return _refused_number(text, "a whole number")
    if "." in reading.wire:
        return refused("it has a fraction", str(int(Decimal(reading.wire).to_integral_value())))
    return reading


def _without_marks(text: str, decimal: DecimalMark) -> str | None:
    """The plain form of a number with thousands marks or a currency; None when it does not fit the convention."""
    bare = _CURRENCY.sub("", "".join(map(_plain_character, text)), count=1).strip()
    thousands, mark = (",", ".") if decimal is DecimalMark.POINT else (".", ",")
    sign, _, unsigned = bare.rpartition("-")
    whole, found, fraction = unsigned.strip().partition(mark)
    grouped = re.fullmatch(rf"[0-9]{{1,3}}(?:([{thousands} '’])[0-9]{{3}})(?:\1[0-9]{{3}})*", whole)
    if sign or not (grouped or (whole.isascii() and whole.isdigit())) or (found and not fraction.isdigit()):
        return None
    minus = "-" if "-" in bare else ""
    return f"{minus}{re.sub(r'[^0-9]', '', whole)}{'.' if found else ''}{fraction}"


def _joined(sign: str, whole: str, fraction: str) -> str:
    value = f"{whole}.{fraction}" if fraction else whole
    return f"{sign}{value}" if value.strip("0.") else value


def _refused_number(text: str, kind: str) -> Reading:
    plain = "".join(_plain_character(character) for character in text).strip(_AROUND)
    if _EXPONENT.fullmatch(plain):
        return refused("it is in scientific notation", _checked(plain))
    if re.fullmatch(r"-?[0-9]{1,3}[.,][0-9]{3}", plain):
        thousands, decimal = re.sub(r"[.,]", "", plain), plain.replace(",", ".")
        choice = thousands if kind == "a whole number" else f"{thousands} or {decimal}"
        return refused("its comma or point can mean thousands or decimals", choice)
    if _GROUPED.fullmatch(plain):
        return refused("it has a thousands separator", _checked(_ungrouped(plain)))
    if re.fullmatch(r"-?[0-9]*,[0-9]+", plain):
        return refused("its decimal mark is a comma", _checked(plain.replace(",", ".")))
    if re.fullmatch(r"\([0-9.]+\)", plain):
        return refused("negative numbers are written with a minus", _checked(f"-{plain.strip('()')}"))
    suggestion = _checked(plain) if re.fullmatch(r"-?[0-9.]+", plain) else None
    return refused(
        "it holds more than digits and one decimal point" if re.search(r"\d", text) else "it has no digits", suggestion
    )


def _plain_character(character: str) -> str:
    """Turn a digit of any script, a long minus and special blanks into their plain forms."""
    if character.isdecimal():
        return str(unicodedata.decimal(character))
    return {"\u2212": "-", "\u2013": "-", "\u00a0": " ", "\u202f": " ", "\u066b": ".", "\u066c": ","}.get(
        character, character
    )


def _ungrouped(text: str) -> str:
    """Drop the thousands separators: of two different marks the last is the decimal one."""
    marks = [character for character in text if character in ".,"]
    decimal = (
        marks[-1] if marks and marks.count(marks[-1]) == 1 and len(set(re.findall(r"[ '\u2019.,]", text))) > 1 else ""
    )
    return "".join("." if c == decimal else c for c in text if c in "-0123456789" or (decimal and c == decimal))


def _checked(text: str) -> str | None:
    """The text as a plain decimal; None when it is none after all."""
    try:
        value = Decimal(text)
    except InvalidOperation:
        return None
    return format(value.normalize(), "f") if value.is_finite() else None
