"""Does a record match a search? (operators of HubSpot's search guide)"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from hubspot_simulator import errors
from hubspot_simulator.batch_inputs import wrong_type
from hubspot_simulator.replies import JsonObject
from hubspot_simulator.schema import PropertyDefinition
from hubspot_simulator.values import EPOCH, read_moment

MAX_GROUPS, MAX_FILTERS, MAX_FILTERS_IN_ALL = 5, 6, 18
Test = Callable[[Mapping[str, str]], bool]


def search_test(groups: Any, properties: Mapping[str, PropertyDefinition]) -> Test:
    """Turn filter groups into one test: any group whose filters all match. Without groups everything matches."""
    if not isinstance(groups, list) or not all(isinstance(group, dict) for group in groups):
        raise wrong_type(groups)
    filters = [group.get("filters") or [] for group in groups]
    if len(groups) > MAX_GROUPS or any(len(some) > MAX_FILTERS for some in filters):
        raise errors.invalid(f"A search takes up to {MAX_GROUPS} filter groups of up to {MAX_FILTERS} filters")
    if sum(map(len, filters)) > MAX_FILTERS_IN_ALL:
        raise errors.invalid(f"A search takes up to {MAX_FILTERS_IN_ALL} filters in all")
    tests = [[_filter_test(item, properties) for item in some] for some in filters]
    return lambda values: not tests or any(all(test(values) for test in group) for group in tests)


def _filter_test(item: JsonObject, properties: Mapping[str, PropertyDefinition]) -> Test:
    name, operator = str(item.get("propertyName")), item.get("operator")
    known = known_property(name, properties)
    if operator not in OPERATORS:
        raise errors.invalid(f"Invalid operator {operator}. Valid ones: {', '.join(sorted(OPERATORS))}")
    wanted = OPERATORS[operator](item, known)
    return lambda values: wanted(values.get(name))


def known_property(name: str, properties: Mapping[str, PropertyDefinition]) -> PropertyDefinition:
    """Find a property a filter or a sort names, or refuse the request."""
    known = properties.get(name)
    if known is None:
        raise errors.invalid(f"There was a problem with the request. Property {name} does not exist")
    return known


Wanted = Callable[[str | None], bool]


def _value(item: JsonObject) -> str:
    if item.get("value") is None:
        raise errors.missing_json_fields(["value"])
    return str(item["value"])


def _equal(item: JsonObject, known: PropertyDefinition) -> Wanted:
    wanted = _value(item).lower()
    return lambda held: held is not None and held.lower() == wanted


def _not_equal(item: JsonObject, known: PropertyDefinition) -> Wanted:
    wanted = _value(item).lower()
    return lambda held: held is not None and held.lower() != wanted


def _in(item: JsonObject, known: PropertyDefinition) -> Wanted:
    """Compare as they are sent: the index holds lower case, so a capital letter never matches a string property."""
    values = item.get("values")
    if not isinstance(values, list) or not values:
        raise errors.missing_json_fields(["values"])
    wanted = {str(value) for value in values}
    if known.type == "string":
        return lambda held: held is not None and held.lower() in wanted
    return lambda held: held is not None and held in wanted


def _not_in(item: JsonObject, known: PropertyDefinition) -> Wanted:
    inside = _in(item, known)
    return lambda held: held is not None and not inside(held)


def _token(item: JsonObject, known: PropertyDefinition) -> Wanted:
    words = _value(item).lower().replace("*", "").split()
    return lambda held: held is not None and all(word in held.lower() for word in words)


def _compared(accept: Callable[[Any, Any], bool]) -> Callable[[JsonObject, PropertyDefinition], Wanted]:
    def build(item: JsonObject, known: PropertyDefinition) -> Wanted:
        wanted = ordered(_value(item), known)
        return lambda held: held is not None and accept(ordered(held, known), wanted)

    return build


def ordered(text: str, known: PropertyDefinition) -> Any:
    """Turn a value into what it is compared as: a number, a moment in seconds, or text without case."""
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
    return text.lower()


OPERATORS: Mapping[Any, Callable[[JsonObject, PropertyDefinition], Wanted]] = {
    "EQ": _equal,
    "NEQ": _not_equal,
    "IN": _in,
    "NOT_IN": _not_in,
    "HAS_PROPERTY": lambda item, known: lambda held: held is not None,
    "NOT_HAS_PROPERTY": lambda item, known: lambda held: held is None,
    "GT": _compared(lambda held, wanted: held > wanted),
    "GTE": _compared(lambda held, wanted: held >= wanted),
    "LT": _compared(lambda held, wanted: held < wanted),
    "LTE": _compared(lambda held, wanted: held <= wanted),
    "CONTAINS_TOKEN": _token,
}
