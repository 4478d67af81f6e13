"""No address or number is called valid that email-validator or phonenumbers refuses: 200,000 odd values of each.

A fast path only says yes, so the library is asked about each value it said yes to. ODD_VALUES asks for more of them.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from functools import partial

import pandas as pd
import phonenumbers

from hubspot_import.mapping import emails, numbering_plans
from hubspot_import.mapping.emails import parse_email
from hubspot_import.mapping.phones import parse_phone
from hubspot_import.mapping.reading import Reading
from support.odd_values import odd_addresses, odd_domestic_numbers, odd_numbers

HOW_MANY = int(os.environ.get("ODD_VALUES", "200000"))
REGIONS = sorted(phonenumbers.SUPPORTED_REGIONS)


def differences(texts: pd.Series, wire: pd.Series, parser: Callable[[str], Reading]) -> list[tuple[str, str]]:
    """The values a fast path said yes to and the library reads otherwise."""
    said_yes = pd.DataFrame({"text": texts, "wire": wire}).dropna().drop_duplicates()
    pairs = zip(said_yes["text"], said_yes["wire"], strict=True)
    return [(text, said) for text, said in pairs if parser(text).wire != said]


def test_addresses_said_to_be_valid_are_valid_to_email_validator() -> None:
    texts = odd_addresses(HOW_MANY, seed=5)
    wire = emails.plainly_valid(texts)
    assert wire.notna().sum() > HOW_MANY * 0.3
    assert differences(texts, wire, parse_email) == []


def test_numbers_said_to_be_valid_are_valid_to_phonenumbers() -> None:
    texts = odd_numbers(HOW_MANY, seed=5)
    wire = numbering_plans.plainly_valid(texts)
    assert wire.notna().sum() > HOW_MANY * 0.3
    assert differences(texts, wire, parse_phone) == []


def test_numbers_as_dialled_in_any_region_are_read_as_phonenumbers_reads_them_there() -> None:
    wrong, decided = [], 0
    for region in REGIONS:
        texts = odd_domestic_numbers(HOW_MANY // len(REGIONS), seed=5, region=region)
        wire = numbering_plans.plainly_valid(texts, region)
        decided += int(wire.notna().sum())
        wrong += differences(texts, wire, partial(parse_phone, region=region))
    assert decided > HOW_MANY * 0.15
    assert wrong == []
