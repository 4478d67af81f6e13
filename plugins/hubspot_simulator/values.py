"""Is this a value the property takes, and in which form does HubSpot keep it? (hubspot-api.md §3.4 and §7.1)"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from email_validator import SPECIAL_USE_DOMAIN_NAMES, EmailNotValidError, validate_email

from hubspot_simulator.clock import iso
from hubspot_simulator.errors import ValueFault
from hubspot_simulator.pipelines import STAGE_PROPERTIES
from hubspot_simulator.schema import PropertyDefinition

MAX_TEXT_LENGTH = 65_536
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_NUMBER = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?", re.ASCII)
_WHOLE = re.compile(r"-?\d+", re.ASCII)
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_PLAIN_ADDRESS = re.compile(
    r"(?P<local>[a-z0-9_+-]+(?:\.[a-z0-9_+-]+)*)@(?P<domain>(?:[a-z0-9]+(?:-[a-z0-9]+)*\.)+[a-z]{2,})",
    re.ASCII | re.IGNORECASE,
)
_RESERVED = tuple(f".{name}" for name in SPECIAL_USE_DOMAIN_NAMES)
_EARLIEST_MILLISECONDS = 100_000_000_000  # before 1973-03-03 in milliseconds a stamp is taken for seconds


@dataclass(frozen=True, slots=True, kw_only=True)
class ValueRules:
    """What a check needs beside the value: the API version's habits and who owns records."""

    normalises_dates: bool
    owner_ids: frozenset[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Accepted:
    """A value in the form it is kept; ``normalised`` when a warning is due."""

    value: str
    normalised: bool = False


Verdict = Accepted | ValueFault
Check = Callable[[PropertyDefinition, str, ValueRules], Verdict]


def check_value(item: PropertyDefinition, value: str, rules: ValueRules) -> Verdict:
    """Check one value against its definition. An empty one clears the property and is always taken."""
    if item.is_calculated or item.is_read_only:
        reason = "calculated" if item.is_calculated else "read only"
        return _fault(item, f'"{item.name}" is a {reason} property; its value cannot be set.', "READ_ONLY_VALUE")
    if value == "":
        return Accepted(value="")
    return CHECKS.get(item.type, _text)(item, value, rules)


def unknown_property(name: str) -> ValueFault:
    """Refuse a property the account does not have."""
    return ValueFault(name=name, message=f'Property "{name}" does not exist', code="PROPERTY_DOESNT_EXIST")


def _fault(item: PropertyDefinition, message: str, code: str) -> ValueFault:
    return ValueFault(name=item.name, message=message, code=code)


def _text(item: PropertyDefinition, value: str, rules: ValueRules) -> Verdict:
    if len(value) > MAX_TEXT_LENGTH:
        message = f"The value is {len(value)} characters long; the maximum is {MAX_TEXT_LENGTH}."
        return _fault(item, message, "PROPERTY_VALUE_TOO_LONG")
    if item.name == "email":
        return _email(item, value)
    return Accepted(value=value)


def _email(item: PropertyDefinition, value: str) -> Verdict:
    if is_plain_address(value):
        return Accepted(value=value.lower())
    try:
        validate_email(value, check_deliverability=False)
    except EmailNotValidError:
        return _fault(item, f"Email address {value} is invalid", "INVALID_EMAIL")
    return Accepted(value=value.lower())


def is_plain_address(value: str) -> bool:
    """Say whether an address is of the everyday form that email-validator takes for certain; its own check is slow.

    That an address is not plain says nothing; ``validate_email`` decides.
    """
    plain = _PLAIN_ADDRESS.fullmatch(value)
    if plain is None or len(plain["local"]) > 64 or len(plain["domain"]) > 63:  # so no label is too long either
        return False
    return not plain["domain"].lower().endswith(_RESERVED)


def _number(item: PropertyDefinition, value: str, rules: ValueRules) -> Verdict:
    if not _NUMBER.fullmatch(value):
        return _fault(item, f"{value} was not a valid number.", "INVALID_INTEGER")
    return Accepted(value=value)


def _bool(item: PropertyDefinition, value: str, rules: ValueRules) -> Verdict:
    if value not in {"true", "false"}:
        return _fault(item, f"{value} was not one of the allowed options: [true, false]", "INVALID_OPTION")
    return Accepted(value=value)


def _enumeration(item: PropertyDefinition, value: str, rules: ValueRules) -> Verdict:
    if item.name in STAGE_PROPERTIES and item.body["externalOptions"]:
        return Accepted(value=value)  # judged together, see pipelines.py
    if item.referenced_type == "OWNER":
        return _owner(item, value, rules)
    chosen = value.removeprefix(";").split(";") if item.takes_several else [value]
    for option in chosen:
        if option not in item.options:
            listed = ", ".join(item.option_order)
            return _fault(item, f"{option} was not one of the allowed options: [{listed}]", "INVALID_OPTION")
    return Accepted(value=value)


def _owner(item: PropertyDefinition, value: str, rules: ValueRules) -> Verdict:
    if not _WHOLE.fullmatch(value):
        return _fault(item, f"{value} was not a valid long.", "INVALID_LONG")
    if value not in rules.owner_ids:
        return _fault(item, f"The owner with ID {value} does not exist", "INVALID_OWNER_ID")
    return Accepted(value=value)


def _date(item: PropertyDefinition, value: str, rules: ValueRules) -> Verdict:
    moment = read_moment(value, seconds_too=rules.normalises_dates)
    if moment is None:
        return _fault(item, f"{value} was not a valid date.", "INVALID_DATE")
    at_midnight = moment == moment.replace(hour=0, minute=0, second=0, microsecond=0)
    is_stamp = bool(_WHOLE.fullmatch(value)) and EPOCH + timedelta(milliseconds=int(value)) == moment
    is_plain = bool(_DAY.fullmatch(value)) or (is_stamp and at_midnight)
    if not is_plain and not rules.normalises_dates:
        return _fault(item, _not_midnight(value, moment), "INVALID_DATE")
    return Accepted(value=moment.date().isoformat(), normalised=not is_plain)


def _not_midnight(value: str, moment: datetime) -> str:
    clock = f"{moment.hour}:{moment.minute}:{moment.second}.{moment.microsecond // 1000}"
    return f"{value} is at {clock} UTC, not midnight!"


def _datetime(item: PropertyDefinition, value: str, rules: ValueRules) -> Verdict:
    moment = None if _DAY.fullmatch(value) else read_moment(value, seconds_too=rules.normalises_dates)
    if moment is None:
        return _fault(item, f"{value} was not a valid date.", "INVALID_DATE")
    return Accepted(value=iso(moment))


def read_moment(value: str, *, seconds_too: bool) -> datetime | None:
    """Read a day, a zoned ISO 8601 moment or epoch milliseconds; a moment without zone is none."""
    try:
        if _WHOLE.fullmatch(value):
            stamp = int(value)
            if seconds_too and 0 < stamp < _EARLIEST_MILLISECONDS:
                stamp *= 1000
            return EPOCH + timedelta(milliseconds=stamp)
        if _DAY.fullmatch(value):
            return datetime.combine(date.fromisoformat(value), datetime.min.time(), UTC)
        moment = datetime.fromisoformat(value)
    except (ValueError, OverflowError):
        return None
    return None if moment.tzinfo is None else moment.astimezone(UTC)


CHECKS: Mapping[str, Check] = {
    "bool": _bool,
    "date": _date,
    "datetime": _datetime,
    "enumeration": _enumeration,
    "number": _number,
    "string": _text,
    "phone_number": _text,
}
