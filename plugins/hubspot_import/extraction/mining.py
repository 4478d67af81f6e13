"""E-mail addresses and phone numbers mined out of texts, one row a find. Pure; part of the public surface."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from enum import StrEnum
from typing import Any

import pandas as pd

from hubspot_import.extraction.domains import is_below, normalized_domains
from hubspot_import.extraction.emails import emails_in
from hubspot_import.extraction.folding import fold
from hubspot_import.extraction.phones import MIN_DIGITS, phones_in
from hubspot_import.extraction.roles import (
    CONFIDENCE,
    FURTHER_REQUESTER_CONFIDENCE,
    Role,
    is_copied,
    is_machine,
    line_roles,
    role_at,
)

POSSIBLE_CONFIDENCE = 0.4
"""Of a phone number that is as long as its country's are, but that no numbering plan has."""
WORTH_A_LOOK = (
    r"[@\uff20\ufe6b]|&#|&commat;|(?i:[\[({<] ?(?:at|arroba|chez|ät|æt|snabel-?a|собака) ?[\])}>]"
    r"|\sat\s[^\n]{1,80}\sdot\s)"
    rf"|(?:\d[^\d\n]{{0,3}}){{{MIN_DIGITS}}}"
)
"""What a text holds in which anything can be found; all others are spared the careful work."""
REACH = 64
"""How many characters before an address may say whose it is."""
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
    Addresses at or below ``own_domains`` are the support team's (role agent).
    """
    series = texts if isinstance(texts, pd.Series) else pd.Series(list(texts), dtype="str")
    by_text = [regions] * len(series) if regions is None or isinstance(regions, str) else list(regions)
    region_of = pd.Series(by_text, index=series.index, dtype="object")
    worth = series.str.contains(WORTH_A_LOOK).fillna(False).astype(bool)
    own = normalized_domains(own_domains)
    finds = [
        (label, *find)
        for label, text, region in zip(series.index[worth], series[worth], region_of[worth], strict=True)
        for find in _mine(text, region if isinstance(region, str) else None, own)
    ]
    return _frame(finds)


def _mine(text: str, region: str | None, own: frozenset[str]) -> Iterator[tuple[Kind, str, int, int, Role, float]]:
    """Mine one text."""
    folded = fold(text)
    finds = [(start, end, value, Kind.EMAIL, True) for start, end, value in emails_in(folded)]
    finds += [(*phone[:3], Kind.PHONE, phone.is_valid) for phone in phones_in(folded, region)]
    lines = line_roles(text) if finds else []
    seen: set[Kind] = set()
    reached = 0
    for start, end, value, kind, is_valid in sorted(finds, key=lambda find: (find[0], find[3])):
        if kind is Kind.PHONE and _is_part_of_address(text, start, end, reached):
            continue
        reached = max(reached, end)
        role = _role(kind, value, role_at(lines, start), text[max(0, start - REACH) : start], own)
        confidence = CONFIDENCE[role]
        if role is Role.REQUESTER:
            confidence = FURTHER_REQUESTER_CONFIDENCE if kind in seen else confidence
            seen.add(kind)
        yield kind, value, start, end, role, confidence if is_valid else min(confidence, POSSIBLE_CONFIDENCE)


def _is_part_of_address(text: str, start: int, end: int, reached: int) -> bool:
    return start < reached or text[end : end + 1] == "@"


def _role(kind: Kind, value: str, by_line: Role, before: str, own: frozenset[str]) -> Role:
    """Refine the line's role by what the value is and the words right before it."""
    if kind is Kind.PHONE:
        return by_line
    if is_below(value.rpartition("@")[2], own) or is_machine(value):
        return Role.AGENT
    return Role.CC if by_line is Role.REQUESTER and is_copied(before) else by_line


def _frame(finds: list[tuple[Any, ...]]) -> pd.DataFrame:
    frame = pd.DataFrame(finds, columns=list(COLUMNS))
    types = {"kind": "str", "value": "str", "role": "str", "start": "int64", "end": "int64", "confidence": "float64"}
    return frame.astype(types)
