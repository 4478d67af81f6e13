"""The operators of a search filter, each turned into a test of one held value (HubSpot's search guide).

Values are compared without regard to case, but for enumeration properties, and for ``IN`` and ``NOT_IN`` on text,
whose values must be in lower case. A record without a value matches ``NOT_HAS_PROPERTY`` only (assumed of ``NEQ``,
``NOT_IN`` and ``NOT_CONTAINS_TOKEN``).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from fnmatch import fnmatchcase
from typing import Any

from hubspot_simulator import errors
from hubspot_simulator.replies import ApiError, JsonObject
from hubspot_simulator.schema import PropertyDefinition
from hubspot_simulator.values import EPOCH, read_moment

Wanted = Callable[[str | None], bool]
Build = Callable[[JsonObject, PropertyDefinition], Wanted]
_WORD = re.compile(r"\w+")


def bad_filter(detail: str) -> ApiError:
    """400 of a filter that is not whole: no category, as recorded (hubspot-api-nodejs#128, #226)."""
    return errors.invalid_json(1, 2, detail)


def operator_test(item: JsonObject, known: PropertyDefinition) -> Wanted:
    """Turn one filter on a property into a test of the value a record holds."""
    operator = item.get("operator")
    build = OPERATORS.get(str(operator))
    if build is None:
        listed = ", ".join(sorted(OPERATORS))
        raise bad_filter(f'Cannot deserialize from String "{operator}": not one of the values accepted: [{listed}]')
    return build(item, known)


def value_of(item: JsonObject, name: str = "value") -> str:
    """Read the value a filter compares with."""
    value = item.get(name)
    if value is None:
        raise bad_filter(f"operator {item.get('operator')} requires a {name}")
    return str(value)


def values_of(item: JsonObject) -> list[str]:
    """Read the list a filter compares with."""
    values = item.get("values")
    if not isinstance(values, list) or not values:
        raise bad_filter(f"operator {item.get('operator')} requires values")
    return [str(value) for value in values]


def ordered(text: str, known: PropertyDefinition) -> Any:
    """Turn a value into what it is compared as: a number, a moment in seconds, an option, or text without case."""
    if known.type == "number":
        try:
            return float(text)
        except ValueError as error:
            raise errors.invalid(f"{text} was not a valid number.") from error
    if known.type in {"date", "datetime"}:
        moment = read_moment(text, seconds_too=False)
        if moment is None:
            raise errors.invalid(f"{text} was not a valid date.")
        return (moment - EPOCH).total_seconds()
    return text if known.type == "enumeration" else text.lower()


def _held_by(known: PropertyDefinition) -> Callable[[str], list[Any]]:
    """Give what a record holds in comparable form: the options of a checkbox property are several."""
    if known.takes_several:
        return lambda held: held.split(";")
    return lambda held: [ordered(held, known)]


def _among(wanted: set[Any], known: PropertyDefinition) -> Wanted:
    held_by = _held_by(known)
    return lambda held: held is not None and not wanted.isdisjoint(held_by(held))


def _equal(item: JsonObject, known: PropertyDefinition) -> Wanted:
    return _among({ordered(value_of(item), known)}, known)


def _in(item: JsonObject, known: PropertyDefinition) -> Wanted:
    """Compare text as it is sent: the index holds lower case, so a capital letter never matches."""
    values = values_of(item)
    return _among(set(values) if known.type == "string" else {ordered(value, known) for value in values}, known)


def _not(build: Build) -> Build:
    def built(item: JsonObject, known: PropertyDefinition) -> Wanted:
        matches = build(item, known)
        return lambda held: held is not None and not matches(held)

    return built


def _compared(accept: Callable[[Any, Any], bool]) -> Build:
    def build(item: JsonObject, known: PropertyDefinition) -> Wanted:
        wanted = ordered(value_of(item), known)
        return lambda held: held is not None and accept(ordered(held, known), wanted)

    return build


def _between(item: JsonObject, known: PropertyDefinition) -> Wanted:
    high = ordered(value_of(item, "highValue"), known)
    low = ordered(value_of(item), known)
    return lambda held: held is not None and low <= ordered(held, known) <= high


def _token(item: JsonObject, known: PropertyDefinition) -> Wanted:
    """Match whole words; with ``*``, the value or one of its parts between blanks (how words are cut: assumed)."""
    pattern = value_of(item).lower()
    if "*" in pattern:
        quoted = pattern.replace("[", "[[]").replace("?", "[?]")
        return lambda held: (
            held is not None and any(fnmatchcase(part, quoted) for part in (held.lower(), *held.lower().split()))
        )
    words = set(_WORD.findall(pattern))
    return lambda held: held is not None and words <= set(_WORD.findall(held.lower()))


OPERATORS: Mapping[str, Build] = {
    "EQ": _equal,
    "NEQ": _not(_equal),
    "IN": _in,
    "NOT_IN": _not(_in),
    "BETWEEN": _between,
    "HAS_PROPERTY": lambda item, known: lambda held: held is not None,
    "NOT_HAS_PROPERTY": lambda item, known: lambda held: held is None,
    "GT": _compared(lambda held, wanted: held > wanted),
    "GTE": _compared(lambda held, wanted: held >= wanted),
    "LT": _compared(lambda held, wanted: held < wanted),
    "LTE": _compared(lambda held, wanted: held <= wanted),
    "CONTAINS_TOKEN": _token,
    "NOT_CONTAINS_TOKEN": _not(_token),
}
