"""Does a record match a search? Filter groups, and the pseudo property that looks at associations (search guide)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from hubspot_simulator import errors
from hubspot_simulator.account import Account
from hubspot_simulator.batch_inputs import wrong_type
from hubspot_simulator.object_types import ObjectType
from hubspot_simulator.records import Record
from hubspot_simulator.replies import JsonObject
from hubspot_simulator.schema import PropertyDefinition
from hubspot_simulator.search_operators import bad_filter, operator_test, value_of, values_of

MAX_GROUPS, MAX_FILTERS, MAX_FILTERS_IN_ALL = 5, 6, 18
ASSOCIATIONS = "associations."
Test = Callable[[Record], bool]


class Filters:
    """The filters of one search: they turn the body into a test of a record."""

    def __init__(self, account: Account, kind: ObjectType) -> None:
        self._account = account
        self._kind = kind
        self._properties = account.schemas[kind.name].properties

    def test(self, body: JsonObject) -> Test:
        """Match any group whose filters all match; without groups everything matches."""
        tests = [[self._test(item) for item in some] for some in filter_groups(body)]
        return lambda record: not tests or any(all(test(record) for test in group) for group in tests)

    def known(self, name: str) -> PropertyDefinition:
        """Find a property a filter or a sort names, or refuse the request."""
        known = self._properties.get(name)
        if known is None:
            raise errors.invalid(f"There was a problem with the request. Property {name} does not exist")
        return known

    def _test(self, item: JsonObject) -> Test:
        missing = [name for name in ("propertyName", "operator") if not item.get(name)]
        if missing:
            raise bad_filter(f"Cannot build Filter, some of required attributes are not set [{', '.join(missing)}]")
        name = str(item["propertyName"])
        if name.startswith(ASSOCIATIONS):
            return self._association_test(item, name.removeprefix(ASSOCIATIONS))
        wanted = operator_test(item, self.known(name))
        return lambda record: wanted(record.properties.get(name))

    def _association_test(self, item: JsonObject, other: str) -> Test:
        """Match records linked to one (documented: ``EQ``) or to one of some; custom objects are not supported."""
        kind = self._account.types.find(other)
        way = self._account.association_types.way(self._kind.name, kind.name)
        if way is None or kind.is_custom or self._kind.is_custom:
            raise errors.invalid(f"Searching through associations with {other} is not supported")
        operator, links = item["operator"], self._account.link_store
        if operator in {"HAS_PROPERTY", "NOT_HAS_PROPERTY"}:
            return lambda record: (links.count(way, record.id) > 0) is (operator == "HAS_PROPERTY")
        if operator not in {"EQ", "IN"}:
            raise errors.invalid(f"The operator {operator} is not supported for associations")
        asked = [value_of(item)] if operator == "EQ" else values_of(item)
        found = [self._account.stores[kind.name].get(record_id) for record_id in asked]
        wanted = [other.id for other in found if other is not None]
        return lambda record: any(links.types(way, record.id, other_id) for other_id in wanted)


def filter_groups(body: JsonObject) -> list[list[JsonObject]]:
    """Read the groups of a search, within HubSpot's limits; ``filters`` without a group is one (search guide)."""
    groups = body.get("filterGroups") or ([{"filters": body["filters"]}] if body.get("filters") else [])
    filters = [_filters(group) for group in _objects(groups)]
    if len(groups) > MAX_GROUPS or any(len(some) > MAX_FILTERS for some in filters):
        raise errors.invalid(f"A search takes up to {MAX_GROUPS} filter groups of up to {MAX_FILTERS} filters")
    if sum(map(len, filters)) > MAX_FILTERS_IN_ALL:
        raise errors.invalid(f"A search takes up to {MAX_FILTERS_IN_ALL} filters in all")
    return filters


def _filters(group: JsonObject) -> list[JsonObject]:
    return _objects(group.get("filters") or [])


def _objects(items: Any) -> list[JsonObject]:
    if not isinstance(items, list) or not all(isinstance(item, dict) for item in items):
        raise wrong_type(items)
    return items
