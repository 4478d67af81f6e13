"""The limits tracking API: how much of the account's records, properties and pipelines is used."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from hubspot_simulator import errors
from hubspot_simulator.custom_objects import MAX_CUSTOM_TYPES
from hubspot_simulator.endpoints import Area, Call, Endpoint
from hubspot_simulator.object_types import DEALS, TICKETS, ObjectType
from hubspot_simulator.replies import JsonObject, Reply

MAX_RECORDS = 15_000_000
MAX_CUSTOM_RECORDS = 500_000
MAX_CUSTOM_PROPERTIES = 1_000
MAX_CUSTOM_PROPERTIES_OVERALL = 10_000
MAX_CALCULATED_PROPERTIES = 200
MAX_PIPELINES: Mapping[str, int] = {TICKETS.name: 100, DEALS.name: 100}
MAX_CUSTOM_PIPELINES = 100
"""Sizes of an Enterprise account. A source have only the properties, 1,000 a type and 10,000 in all; the rest is
inferred."""


def records(call: Call) -> Reply:
    """Say how many records there are of each type."""
    stores = call.account.stores
    used = {kind.name: sum(1 for _ in stores[kind.name]) for kind in call.account.types}
    return _by_origin(call, used, {kind.name: MAX_RECORDS for kind in call.account.types}, MAX_CUSTOM_RECORDS)


def pipelines(call: Call) -> Reply:
    """Say how many pipelines there are of each type that may have several."""
    used = {kind.name: len(call.account.pipelines.get(kind.name, ())) for kind in call.account.types}
    return _by_origin(call, used, MAX_PIPELINES, MAX_CUSTOM_PIPELINES)


def custom_properties(call: Call) -> Reply:
    """Say how many properties the account has added to each type."""
    need_object_scope(call)
    schemas = call.account.schemas
    used = {k.name: sum(item.is_custom for item in schemas[k.name].properties.values()) for k in call.account.types}
    rows = [_row(call, kind, used[kind.name], MAX_CUSTOM_PROPERTIES) for kind in call.account.types]
    return Reply(status=200, body={"byObjectType": rows, **_overall(used.values(), MAX_CUSTOM_PROPERTIES_OVERALL)})


def calculated_properties(call: Call) -> Reply:
    """Say how many calculated properties the account has added: none can be made through the simulator."""
    need_object_scope(call)
    rows = [{**type_names(call, kind), "usage": 0} for kind in call.account.types]
    return Reply(status=200, body={"byObjectType": rows, **_overall([0], MAX_CALCULATED_PROPERTIES)})


def custom_object_types(call: Call) -> Reply:
    """Say how many custom object types there are."""
    need_object_scope(call)
    used = sum(kind.is_custom for kind in call.account.types)
    return Reply(status=200, body=share(used, MAX_CUSTOM_TYPES))


def _by_origin(call: Call, used: Mapping[str, int], limits: Mapping[str, int], custom_limit: int) -> Reply:
    need_object_scope(call)
    own = [kind for kind in call.account.types if not kind.is_custom and kind.name in limits]
    custom = [kind for kind in call.account.types if kind.is_custom]
    body: JsonObject = {
        "hubspotDefinedObjectTypes": [_row(call, kind, used[kind.name], limits[kind.name]) for kind in own],
        "customObjectTypes": {
            "byObjectType": [{**type_names(call, kind), "usage": used[kind.name]} for kind in custom],
            **_overall([used[kind.name] for kind in custom], custom_limit),
        },
    }
    return Reply(status=200, body=body)


def need_object_scope(call: Call) -> None:
    """Refuse a token that has schema scopes only (reported)."""
    wanted = [kind.read_scope for kind in call.account.types]
    if not call.account.scopes.intersection(wanted):
        raise errors.missing_scopes(sorted(set(wanted)))


def type_names(call: Call, kind: ObjectType) -> JsonObject:
    """Name an object type as the limits endpoints do."""
    standard = {"singular": kind.singular.capitalize(), "plural": kind.name.capitalize()}
    labels = call.account.custom_types[kind.name]["labels"] if kind.is_custom else standard
    return {
        "objectTypeId": kind.type_id,
        "singularLabel": labels.get("singular"),
        "pluralLabel": labels.get("plural"),
    }


def _row(call: Call, kind: ObjectType, used: int, limit: int) -> JsonObject:
    return {**type_names(call, kind), **share(used, limit)}


def share(used: int, limit: int) -> JsonObject:
    """Tell a limit and how much of it is used."""
    return {"limit": limit, "usage": used, "percentage": round(100 * used / limit, 2)}


def _overall(used: Iterable[int], limit: int) -> JsonObject:
    told = share(sum(used), limit)
    return {f"overall{name.capitalize()}": value for name, value in told.items()}


def _endpoint(path: str, answer: Callable[[Call], Reply]) -> Endpoint:
    return Endpoint(area=Area.LIMITS, method="GET", path=f"/{path}", operation=f"limits.{path}", answer=answer)


ENDPOINTS = (
    _endpoint("records", records),
    _endpoint("custom-properties", custom_properties),
    _endpoint("calculated-properties", calculated_properties),
    _endpoint("pipelines", pipelines),
    _endpoint("custom-object-types", custom_object_types),
)
