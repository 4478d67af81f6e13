"""One parser a property type: text in, wire form or a reason out. Works on columns; odd values are read one by one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from typing import Protocol

import pandas as pd

from hubspot_import.mapping import emails, numbering_plans
from hubspot_import.mapping.booleans import parse_boolean
from hubspot_import.mapping.conventions import STRICT, Convention
from hubspot_import.mapping.dates import PLAIN_DATE, parse_date, parse_datetime
from hubspot_import.mapping.emails import parse_email
from hubspot_import.mapping.nulls import nothing
from hubspot_import.mapping.numbers import PLAIN_NUMBER, parse_integer, parse_number
from hubspot_import.mapping.phones import parse_phone
from hubspot_import.mapping.reading import Parser, Reading, refused
from hubspot_import.mapping.spec import PropertyType
from hubspot_import.mapping.web import parse_domain, parse_url

MAX_TEXT_LENGTH = 65_536
"""Characters HubSpot keeps in a string property (properties guide)."""
MAX_PARSED_LENGTH = 2_000
"""A longer text is no address, number or date, and is not handed to a parser."""


class _ConventionalParser(Protocol):
    def __call__(self, text: str, convention: Convention = STRICT) -> Reading: ...


_BY_CONVENTION: Mapping[PropertyType, _ConventionalParser] = {
    PropertyType.NUMBER: parse_number,
    PropertyType.INTEGER: parse_integer,
    PropertyType.DATE: parse_date,
    PropertyType.DATETIME: parse_datetime,
}
PARSERS: Mapping[PropertyType, Parser] = {
    **_BY_CONVENTION,
    PropertyType.EMAIL: parse_email,
    PropertyType.BOOL: parse_boolean,
    PropertyType.URL: parse_url,
    PropertyType.DOMAIN: parse_domain,
}
"""Phones depend on a region and are not here. Other types pass as text: pre-flight knows the options."""

PLAIN: Mapping[PropertyType, str] = {
    PropertyType.NUMBER: PLAIN_NUMBER,
    PropertyType.INTEGER: PLAIN_NUMBER,
    PropertyType.DATE: PLAIN_DATE,
}
"""Texts that are plainly valid and their own wire form: no parser is asked."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Parsed:
    """A parsed column: three text series with the index of the texts.

    ``wire`` is null where the text is empty or invalid; ``reason`` is null where it is valid or empty; ``suggestion``
    is what to type instead, where that can be told.
    """

    wire: pd.Series[str]
    reason: pd.Series[str]
    suggestion: pd.Series[str]


def parse(
    texts: pd.Series[str],
    kind: PropertyType | None,
    *,
    region: str | None = None,
    hints: pd.Series[str] | None = None,
    convention: Convention = STRICT,
) -> Parsed:
    """Parse a column of property text (null where empty) as one type; None is text whose type the account will tell.

    ``region`` (ISO 3166) reads phones without a country code. ``hints`` holds each row's likely region: it shapes the
    suggestions for phones and nothing else. ``convention`` reads dates and numbers that can be read in two ways.
    """
    texts = texts.astype("str")
    if kind is PropertyType.PHONE:
        return _parsed_phones(texts, region, hints)
    if kind is None or kind not in PARSERS:
        return _checked_lengths(texts)
    parser = partial(_BY_CONVENTION[kind], convention=convention) if kind in _BY_CONVENTION else PARSERS[kind]
    return _completed(_plain_wire(texts, kind), texts, parser)


def _plain_wire(texts: pd.Series[str], kind: PropertyType) -> pd.Series[str]:
    """The wire form of what is plainly valid; null elsewhere."""
    if kind is PropertyType.EMAIL:
        return emails.plainly_valid(texts)
    if kind not in PLAIN:
        return nothing(texts.index)
    return texts.where(texts.str.fullmatch(PLAIN[kind]).fillna(False).astype(bool))


def _completed(plain: pd.Series[str], texts: pd.Series[str], parser: Parser) -> Parsed:
    """Put together what is plainly valid and what has to be read one by one."""
    odd = _by_value(texts[plain.isna() & texts.notna()], parser)
    return Parsed(
        wire=plain.fillna(odd.wire.reindex(texts.index)),
        reason=odd.reason.reindex(texts.index),
        suggestion=odd.suggestion.reindex(texts.index),
    )


def _parsed_phones(texts: pd.Series[str], region: str | None, hints: pd.Series[str] | None) -> Parsed:
    parsed = _completed(numbering_plans.plainly_valid(texts, region), texts, partial(parse_phone, region=region))
    if hints is None or region is not None:
        return parsed
    hinted = parsed.reason.notna() & hints.notna()
    pairs = list(zip(texts[hinted], hints[hinted], strict=True))
    suggested = {
        (text, hint): parse_phone(text[:MAX_PARSED_LENGTH], None, hint).suggestion for text, hint in set(pairs)
    }
    better = pd.Series(map(suggested.get, pairs), index=texts.index[hinted], dtype="str").reindex(texts.index)
    return Parsed(wire=parsed.wire, reason=parsed.reason, suggestion=better.fillna(parsed.suggestion))


def _checked_lengths(texts: pd.Series[str]) -> Parsed:
    too_long = (texts.str.len() > MAX_TEXT_LENGTH).fillna(False)
    reasons = "it has " + texts.str.len().where(too_long, 0).astype("int64").astype("str") + " characters"
    return Parsed(wire=texts.mask(too_long), reason=reasons.where(too_long), suggestion=nothing(texts.index))


def _by_value(texts: pd.Series[str], parser: Parser) -> Parsed:
    return read_distinct(texts, partial(_read, parser=parser))


def read_distinct(texts: pd.Series[str], parser: Parser) -> Parsed:
    """Read a column of texts (null where empty), asking the parser once for each distinct one."""
    codes, values = pd.factorize(texts)
    readings = [parser(value) for value in values] or [Reading(None)]
    table = pd.DataFrame([*readings, Reading(None)], columns=list(Reading._fields), dtype="str")
    rows = table.iloc[codes].set_axis(texts.index)
    return Parsed(wire=rows["wire"], reason=rows["reason"], suggestion=rows["suggestion"])


def _read(text: str, parser: Parser) -> Reading:
    return parser(text) if len(text) <= MAX_PARSED_LENGTH else refused(f"it has {len(text)} characters")
