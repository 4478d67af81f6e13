"""E-mail addresses and phone numbers mined out of texts, one row a find. Pure; part of the public surface."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from enum import StrEnum
from typing import Any

import pandas as pd

from hubspot_import.extraction.emails import find_emails
from hubspot_import.extraction.phones import MIN_DIGITS, find_phones
from hubspot_import.extraction.roles import (
    CONFIDENCE,
    FURTHER_REQUESTER_CONFIDENCE,
    Role,
    line_roles,
    role_at,
)

COLUMNS = ("text", "kind", "value", "start", "end", "role", "confidence")


class Kind(StrEnum):
    """What can be mined."""

    EMAIL = "email"
    PHONE = "phone"


def mine_text(
    texts: pd.Series | Sequence[str | None],
    regions: str | Sequence[str | None] | None = None,
    own_domains: Collection[str] = (),
) -> pd.DataFrame:
    """Find every e-mail address and phone number in the texts: one row a find, ordered by text, then place.

    Columns: ``text`` (the text's label in the Series' index, else its position), ``kind`` (email, phone), ``value``
    (lower-case address, E.164 number), ``start`` and ``end`` (characters), ``role``, ``confidence`` (0..1, that it is
    the sender's own). ``regions``: ISO 3166 codes for numbers without a country code, one for all or one a text.
    Addresses at ``own_domains`` are the support team's (role agent).
    """
    series = texts if isinstance(texts, pd.Series) else pd.Series(list(texts), dtype="str")
    by_text = [regions] * len(series) if regions is None or isinstance(regions, str) else list(regions)
    region_of = pd.Series(by_text, index=series.index, dtype="object")
    worth = (series.str.contains("@", regex=False) | (series.str.count(r"\d") >= MIN_DIGITS)).fillna(False).astype(bool)
    own = frozenset(domain.lower() for domain in own_domains)
    finds = [
        (label, *find)
        for label, text, region in zip(series.index[worth], series[worth], region_of[worth], strict=True)
        for find in _mine(text, region if isinstance(region, str) else None, own)
    ]
    return _frame(finds)


def _mine(text: str, region: str | None, own: frozenset[str]) -> Iterator[tuple[Kind, str, int, int, Role, float]]:
    """Mine one text."""
    emails = list(find_emails(text))
    taken = [(start, end) for start, end, _ in emails]
    phones = [
        found
        for found in find_phones(text, region)
        if not any(found[0] < end and start < found[1] for start, end in taken)
    ]
    lines = line_roles(text)
    seen: set[Kind] = set()
    kinds = [(found, Kind.EMAIL) for found in emails] + [(found, Kind.PHONE) for found in phones]
    for (start, end, value), kind in sorted(kinds):
        is_own = kind is Kind.EMAIL and value.rpartition("@")[2] in own
        role = Role.AGENT if is_own else role_at(lines, start)
        confidence = CONFIDENCE[role]
        if role is Role.REQUESTER:
            confidence = FURTHER_REQUESTER_CONFIDENCE if kind in seen else confidence
            seen.add(kind)
        yield kind, value, start, end, role, confidence


def _frame(finds: list[tuple[Any, ...]]) -> pd.DataFrame:
    frame = pd.DataFrame(finds, columns=list(COLUMNS))
    types = {"kind": "str", "value": "str", "role": "str", "start": "int64", "end": "int64", "confidence": "float64"}
    return frame.astype(types)
