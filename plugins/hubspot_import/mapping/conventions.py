"""How a whole column writes its dates and numbers: one value may be read in two ways, its column as a rule in one."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, fields
from enum import StrEnum

import pandas as pd

from hubspot_import.mapping.spec import DATES, NUMBERS, DateFormat, DecimalMark, PropertyMapping, PropertyType

MONTH_FIRST_REGIONS = frozenset({"US", "PH", "PR", "GU", "AS", "VI", "MP", "FM", "PW", "MH"})
"""Where 03/04/2025 is the 4th of March (Unicode CLDR, short date patterns)."""
POINT_REGIONS = frozenset({"US", "GB", "IE", "AU", "NZ", "CA", "IN", "JP", "CN", "KR", "MX", "PH", "SG", "TH", "IL"})
"""Where 1,234 is a thousand (Unicode CLDR, number symbols)."""
_DAY_MONTH_YEAR = r"^[0-9]{1,2}[-/.][0-9]{1,2}[-/.][0-9]{4}(?:[^0-9].*)?$"
_SERIAL = r"^[2-7][0-9]{4}(?:\.[0-9]+)?$"
_EPOCH = r"^1[0-9]{9}(?:[0-9]{3})?$"
_BLANKS_AND_CURRENCY = re.compile(r"[\s'’$€£¥₹+-]+|[A-Z]{3}")
_IS_COMMA = re.compile(
    r"[0-9]{1,3}(?:\.[0-9]{3}){2,}|[0-9]{1,3}(?:\.[0-9]{3})+,[0-9]+|[0-9]*,(?:[0-9]{1,2}|[0-9]{4,})"
    r"|[0-9]{4,},[0-9]{3}|0,[0-9]+"
)
_IS_POINT = re.compile(
    r"[0-9]{1,3}(?:,[0-9]{3}){2,}|[0-9]{1,3}(?:,[0-9]{3})+\.[0-9]+|[0-9]*\.(?:[0-9]{1,2}|[0-9]{4,})"
    r"|[0-9]{4,}\.[0-9]{3}|0\.[0-9]+"
)
_IS_EITHER = re.compile(r"[1-9][0-9]{0,2}[.,][0-9]{3}")


class DayNumbers(StrEnum):
    """What a date column of plain numbers holds."""

    SERIAL = "serial"
    EPOCH = "epoch"


@dataclass(frozen=True, slots=True, kw_only=True)
class Convention:
    """How to read what one value alone leaves open. Without any, such a value is refused with its readings."""

    date_format: DateFormat | None = None
    day_numbers: DayNumbers | None = None
    decimal: DecimalMark | None = None
    time_zone: str = "UTC"

    def as_dict(self) -> dict[str, str | None]:
        """The convention as plain values, for a file."""
        return {field.name: getattr(self, field.name) for field in fields(self)}

    @classmethod
    def from_dict(cls, values: Mapping[str, str | None]) -> Convention:
        """Read what ``as_dict`` gave."""
        date_format, day_numbers, decimal = (values[name] for name in ("date_format", "day_numbers", "decimal"))
        return cls(
            date_format=DateFormat(date_format) if date_format else None,
            day_numbers=DayNumbers(day_numbers) if day_numbers else None,
            decimal=DecimalMark(decimal) if decimal else None,
            time_zone=values["time_zone"] or "UTC",
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """The convention of a column. ``open_example`` is a value that fits two: then the convention is an assumption."""

    convention: Convention
    open_example: str | None = None


STRICT = Convention()


def decide(texts: pd.Series[str], mapping: PropertyMapping, region: str | None = None) -> Decision:
    """Find the convention of a column from all its values. What the mapping says stands; ``region`` breaks ties."""
    zone = mapping.time_zone or "UTC"
    if mapping.type in DATES:
        return _decide_dates(texts, mapping.date_format, zone, region)
    if mapping.type in NUMBERS:
        return _decide_numbers(texts, mapping, region)
    return Decision(convention=STRICT)


def _decide_dates(texts: pd.Series[str], given: DateFormat | None, zone: str, region: str | None) -> Decision:
    stripped = texts.dropna()
    numbers = _day_numbers(stripped)
    open_texts = stripped[stripped.str.match(_DAY_MONTH_YEAR).astype(bool)].drop_duplicates()
    if given is not None or open_texts.empty:
        return Decision(convention=Convention(date_format=given, day_numbers=numbers, time_zone=zone))
    parts = open_texts.str.split(r"[-/.]", n=2, regex=True, expand=True)
    first, second = parts[0].astype("int64"), parts[1].astype("int64")
    day_first = bool((first.between(13, 31) | open_texts.str.contains(".", regex=False)).any())
    month_first = bool(second.between(13, 31).any())
    if day_first != month_first:
        order: DateFormat | None = DateFormat.DMY if day_first else DateFormat.MDY
        return Decision(convention=Convention(date_format=order, day_numbers=numbers, time_zone=zone))
    either = open_texts[(first <= 12) & (second <= 12) & (first != second)]
    if day_first or either.empty:
        return Decision(convention=Convention(day_numbers=numbers, time_zone=zone))
    order = DateFormat.MDY if region in MONTH_FIRST_REGIONS else DateFormat.DMY
    assumed = Convention(date_format=order, day_numbers=numbers, time_zone=zone)
    return Decision(convention=assumed, open_example=str(either.iloc[0]))


def _day_numbers(texts: pd.Series[str]) -> DayNumbers | None:
    """A column all of whose values are day numbers, or all time stamps; anything mixed is left to be refused."""
    for kind, pattern in ((DayNumbers.SERIAL, _SERIAL), (DayNumbers.EPOCH, _EPOCH)):
        if len(texts) and re.match(pattern, str(texts.iloc[0])) and bool(texts.str.match(pattern).all()):
            return kind
    return None


def _decide_numbers(texts: pd.Series[str], mapping: PropertyMapping, region: str | None) -> Decision:
    if mapping.decimal is not None:
        return Decision(convention=Convention(decimal=mapping.decimal))
    marked = texts[texts.str.contains(r"[.,]").fillna(False).astype(bool)].drop_duplicates()
    plain = [_BLANKS_AND_CURRENCY.sub("", text) for text in marked.tolist()]
    comma = any(_IS_COMMA.fullmatch(text) for text in plain)
    point = any(_IS_POINT.fullmatch(text) for text in plain)
    if comma and point:
        return Decision(convention=STRICT)
    if comma or point:
        return Decision(convention=Convention(decimal=DecimalMark.COMMA if comma else DecimalMark.POINT))
    either = [text for text, bare in zip(marked.tolist(), plain, strict=True) if _IS_EITHER.fullmatch(bare)]
    if not either:
        return Decision(convention=Convention(decimal=DecimalMark.POINT))
    return Decision(convention=Convention(decimal=_likely_mark(either, mapping, region)), open_example=either[0])


def _likely_mark(either: list[str], mapping: PropertyMapping, region: str | None) -> DecimalMark:
    """A whole number's mark parts thousands; else the region tells, else a point is decimal as HubSpot writes it."""
    has_point = "." in either[0]
    if mapping.type is PropertyType.INTEGER:
        return DecimalMark.COMMA if has_point else DecimalMark.POINT
    if region is not None:
        return DecimalMark.POINT if region in POINT_REGIONS else DecimalMark.COMMA
    return DecimalMark.POINT
