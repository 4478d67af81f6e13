"""Whether a wire value and what stands in the account are the same, after HubSpot's own normalisation.

HubSpot lower-cases e-mails, prints numbers its own way, gives datetimes with milliseconds and dates also as epoch
milliseconds, and keeps options of a checkbox as a set. Phones are free text and compared as they are.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal, InvalidOperation

import pandas as pd

from hubspot_import.client.wire import PropertyDefinition

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_CASELESS = frozenset({"email", "domain"})


def differs(wire: pd.Series[str], present: pd.Series[str], definition: PropertyDefinition | None) -> pd.Series[bool]:
    """Say where two text columns of one property hold different values; null and "" are both "nothing"."""
    mine, theirs = wire.fillna(""), present.fillna("")
    unequal = (mine != theirs).astype(bool)
    canonical = canonical_form(definition)
    pairs = zip(mine[unequal], theirs[unequal], strict=True)
    decided = [canonical(one) != canonical(other) for one, other in pairs]
    result = unequal.to_numpy(copy=True)
    result[result] = decided
    return pd.Series(result, index=wire.index)


def canonical_form(definition: PropertyDefinition | None) -> Callable[[str], Hashable]:
    """Choose how values of a property are reduced to what tells them apart."""
    if definition is None:
        return plain_text
    if definition.name in _CASELESS:
        return lambda text: plain_text(text).casefold()
    if definition.type == "enumeration":
        return option_set if definition.field_type == "checkbox" else plain_text
    return _FORMS.get(definition.type, plain_text)


def plain_text(text: str) -> str:
    """Text with one kind of line end and no outer blanks."""
    return text.replace("\r\n", "\n").replace("\r", "\n").strip()


def option_set(text: str) -> Hashable:
    """Several options joined by ``;``, in any order."""
    return frozenset(piece.strip() for piece in text.split(";") if piece.strip())


def number(text: str) -> Hashable:
    """A number, so that 5, 5.0 and 5e0 are one; other text stays as it is."""
    try:
        value = Decimal(text.strip())
    except InvalidOperation:
        return text
    return value if value.is_finite() else text


def instant(text: str) -> Hashable:
    """A moment to the millisecond, from ISO 8601 with zone or epoch milliseconds; without a zone it is UTC."""
    moment = _moment(text)
    if moment is None:
        return text
    return moment.replace(microsecond=moment.microsecond // 1000 * 1000)


def day(text: str) -> Hashable:
    """A date, from ``YYYY-MM-DD``, epoch milliseconds or a datetime."""
    try:
        return date.fromisoformat(text.strip())
    except ValueError:
        moment = _moment(text)
        return moment.date() if moment is not None else text


def _moment(text: str) -> datetime | None:
    stripped = text.strip()
    try:
        if stripped.lstrip("-").isdecimal():
            return _EPOCH + timedelta(milliseconds=int(stripped))
        moment = datetime.fromisoformat(stripped)
    except (ValueError, OverflowError):
        return None
    return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).astimezone(UTC)


_FORMS: dict[str, Callable[[str], Hashable]] = {
    "number": number,
    "date": day,
    "datetime": instant,
    "bool": lambda text: text.strip().casefold(),
}
