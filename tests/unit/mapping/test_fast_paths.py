"""What whole columns are read by says what email-validator and phonenumbers say. tests/integration has more values.

A fast path only says yes, so the library is asked about the values it said yes to; all others go to the library anyway.
"""

from __future__ import annotations

import pandas as pd
import pytest

from hubspot_import.mapping import emails, numbering_plans
from hubspot_import.mapping.emails import parse_email
from hubspot_import.mapping.parsing import parse
from hubspot_import.mapping.phones import parse_phone
from hubspot_import.mapping.spec import PropertyType
from support.odd_values import odd_addresses, odd_domestic_numbers, odd_numbers


def of(*texts: str) -> pd.Series:
    return pd.Series(texts, dtype="str")


def test_every_ordinary_number_is_decided_without_the_library():
    ordinary = of("+33 6 12 34 56 78", "+1 202-555-0123", "+44 7400 123456", "+49 (30) 123456", "+390612345678")
    assert numbering_plans.plainly_valid(ordinary).notna().all()


@pytest.mark.parametrize(
    ("text", "region", "wire"),
    [
        ("06 12 34 56 78", "FR", "+33612345678"),
        ("(030) 123456", "de", "+4930123456"),
        ("202-555-0123", "US", "+12025550123"),
        ("06 12345678", "IT", "+390612345678"),
        ("07400 123456", "GB", "+447400123456"),
    ],
)
def test_every_ordinary_number_of_a_region_is_decided_without_the_library(text, region, wire):
    assert numbering_plans.plainly_valid(of(text), region).tolist() == [wire]


@pytest.mark.parametrize(
    "text",
    ["+33 (0)6 12 34 56 78", "+1 202 555 0123 ext. 5", "0612345678", "+336123", "+99912345", "", " +33612345678"],
)
def test_a_number_that_needs_a_second_look_is_left_to_the_library(text):
    assert numbering_plans.plainly_valid(of(text)).isna().all()


@pytest.mark.parametrize(
    ("text", "region"),
    [("33612345678", "FR"), ("0033612345678", "FR"), ("612345678", "FR0"), ("12025550123", "US"), ("0612345678", "XX")],
)
def test_a_number_of_a_region_that_could_mean_another_country_is_left_to_the_library(text, region):
    assert numbering_plans.plainly_valid(of(text), region).isna().all()


@pytest.mark.parametrize("text", ["jürgen@example.com", "a@foo.local", "a@xn--bcher-kva.de", "a@example.com\n", "a@b"])
def test_an_address_that_needs_a_second_look_is_left_to_the_library(text):
    assert emails.plainly_valid(of(text)).isna().all()


@pytest.mark.parametrize(
    ("kind", "texts", "parser"),
    [
        (PropertyType.EMAIL, odd_addresses(2_000, seed=9), parse_email),
        (PropertyType.PHONE, odd_numbers(2_000, seed=9), parse_phone),
    ],
)
def test_a_column_is_read_as_its_values_are_one_by_one(kind, texts, parser):
    parsed = parse(texts, kind)
    wire = [parser(text).wire if text.strip() else None for text in texts]
    assert [value if isinstance(value, str) else None for value in parsed.wire] == wire
    assert (parsed.wire.notna() != parsed.reason.notna()).all()


@pytest.mark.parametrize("region", ["FR", "GB", "US", "IT", "AU", "BR", "JP", "GG"])
def test_a_column_of_a_region_is_read_as_its_values_are_one_by_one(region):
    texts = odd_domestic_numbers(300, seed=9, region=region)
    parsed = parse(texts, PropertyType.PHONE, region=region)
    wire = [parse_phone(text, region).wire for text in texts]
    assert [value if isinstance(value, str) else None for value in parsed.wire] == wire


def test_a_column_keeps_its_index_and_its_empty_cells():
    texts = pd.Series(["ada@example.com", None, "nobody"], index=[7, 3, 5], dtype="str")
    assert emails.plainly_valid(texts).dropna().to_dict() == {7: "ada@example.com"}
    assert parse(texts, PropertyType.EMAIL).reason.dropna().index.tolist() == [5]
