"""How one address or number is written in a ticket; the value it stands for is known before it is written."""

from __future__ import annotations

import random
import re

import phonenumbers
from phonenumbers import PhoneNumber, PhoneNumberFormat, PhoneNumberType

WIDE = {code: code + 0xFEE0 for code in range(0x21, 0x7F)}
ARABIC = {ord(str(digit)): 0x0660 + digit for digit in range(10)}
NAMES = [
    "ann",
    "bo",
    "chloe",
    "dai",
    "emre",
    "fatima",
    "goran",
    "hana",
    "ivo",
    "jana",
    "kofi",
    "lena",
    "mina",
    "noor",
    "oleg",
    "pia",
    "quang",
    "rosa",
    "sven",
    "tara",
    "ugo",
    "vera",
]
SURNAMES = [
    "mill",
    "loom",
    "quay",
    "cedar",
    "birch",
    "harbor",
    "stone",
    "field",
    "rivers",
    "lake",
    "marsh",
    "hill",
    "ford",
    "dale",
    "brook",
    "wells",
    "grove",
]
SHARED = ("gmail.com", "web.de", "orange.fr", "mail.ru", "163.com")


def an_address(rng: random.Random) -> str:
    """An address in lower case, as it is to be found."""
    name, surname = rng.choice(NAMES), rng.choice(SURNAMES)
    local = rng.choice(
        [
            f"{name}.{surname}",
            f"{name[0]}{surname}",
            f"{name}_{surname}{rng.randrange(100)}",
            f"{name}+it",
            f"{name}-{surname}",
        ]
    )
    if rng.random() < 0.1:
        return f"{local}{rng.randrange(1000)}@{rng.choice(SHARED)}"
    below = "eu." if rng.random() < 0.1 else ""
    host = f"{rng.choice(SURNAMES)}{rng.randrange(400)}"
    label = f"b\u00fcro-{host}" if rng.random() < 0.03 else host
    return f"{local}@{below}{label}.example.{rng.choice(('com', 'net', 'org'))}"


def address_written(address: str, rng: random.Random) -> str:
    """An address as people write it."""
    local, _, domain = address.partition("@")
    ways = {
        address: 60,
        address.upper() if address.isascii() else address: 6,
        f"<{address}>": 5,
        f"mailto:{address}": 5,
        f"[{address}](mailto:{address})"[: len(address) + 2]: 2,
        f"'{address}'": 2,
        f"{local}&#64;{domain}": 2,
        f"{local}@\u200b{domain}": 2,
        f"{local} [at] {domain.replace('.', ' [dot] ')}": 3,
        f"{local}(at){domain}": 3,
        f"{local} AT {domain.replace('.', ' DOT ')}": 2,
        f"{local}\uff20{domain.replace('.', chr(0xFF0E))}": 3,
    }
    return rng.choices(list(ways), weights=list(ways.values()))[0]


def a_number(region: str, rng: random.Random) -> PhoneNumber:
    """A valid number of a region, mobile or landline."""
    kind = rng.choice([PhoneNumberType.MOBILE, PhoneNumberType.FIXED_LINE])
    model = phonenumbers.example_number_for_type(region, kind) or phonenumbers.example_number(region)
    while True:
        digits = str(model.national_number)
        tail = rng.randrange(3, 7)
        changed = digits[:-tail] + "".join(str(rng.randrange(10)) for _ in range(tail))
        number = PhoneNumber(
            country_code=model.country_code,
            national_number=int(changed),
            italian_leading_zero=model.italian_leading_zero,
        )
        if phonenumbers.is_valid_number_for_region(number, region):
            return number


def e164(number: PhoneNumber) -> str:
    """The value it stands for."""
    return str(phonenumbers.format_number(number, PhoneNumberFormat.E164))


def number_written(number: PhoneNumber, language: str, rng: random.Random) -> str:
    """A number as people write it; half of them without a country code."""
    if rng.random() < 0.5:
        text = phonenumbers.format_number(number, PhoneNumberFormat.INTERNATIONAL)
        way = rng.randrange(6)
        text = [text, text.replace(" ", "-"), re.sub(r"[ -]", "", text), re.sub(r"[ -]", ".", text), text, text][way]
        if way == 4 and number.country_code not in (1, 7, 81, 61):
            text = "00" + text[1:]
    else:
        text = phonenumbers.format_number(number, PhoneNumberFormat.NATIONAL)
        way = rng.randrange(5)
        text = [text, text, text.replace(" ", "."), text.replace(" ", "-"), re.sub(r"\D", "", text)][way]
    if language == "ja" and rng.random() < 0.2:
        return text.translate({code: wide for code, wide in WIDE.items() if not 0x28 <= code <= 0x29})
    return text.translate(ARABIC) if language == "ar" and rng.random() < 0.3 else text
