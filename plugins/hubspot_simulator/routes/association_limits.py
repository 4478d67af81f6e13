"""The limits tracking API of associations: which records are at or near the limit, and how many labels there are.

Forms: limits tracking reference. That "near" begins at 80 %, and how many samples are shown, is inferred.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from hubspot_simulator.association_types import Category, Way
from hubspot_simulator.endpoints import Area, Call, Endpoint
from hubspot_simulator.object_types import ObjectType
from hubspot_simulator.replies import JsonObject, Reply
from hubspot_simulator.routes.crm_limits import need_object_scope, share, type_names

NEAR = 80.0
MAX_SAMPLES = 10


def labels(call: Call) -> Reply:
    """Say how many labels of its own the account has for each pair, of one end or both when asked."""
    need_object_scope(call)
    ways = [way for way in call.account.association_types.ways() if _is_asked(call, way)]
    return Reply(status=200, body={"results": [_labels(call, way) for way in ways]})


def records(call: Call) -> Reply:
    """Say which records are at or near the limit of links to another object type."""
    need_object_scope(call)
    rows = list(_near(call, call.path["from_type"], call.path["to_type"]))
    at_limit = [row for row in rows if row["percentage"] >= 100]
    near = [row for row in rows if row["percentage"] < 100]
    body: JsonObject = {
        "limit": call.account.switches.links_per_record,
        "totalRecordsAtLimit": len(at_limit),
        "totalRecordsNearLimit": len(near),
        "atLimitFromRecordSamples": [{name: row[name] for name in ("objectId", "label")} for row in at_limit][
            :MAX_SAMPLES
        ],
        "nearLimitFromRecordSamples": near[:MAX_SAMPLES],
    }
    return Reply(status=200, body=body)


def from_types(call: Call) -> Reply:
    """Name the object types that have records at or near a limit."""
    need_object_scope(call)
    found = {way.from_type: _reached(call, way.from_type) for way in call.account.association_types.every_way()}
    return _types(call, found)


def to_types(call: Call) -> Reply:
    """Name the object types records of one type are at or near the limit of links to."""
    need_object_scope(call)
    from_type = call.account.types.find(call.path["from_type"]).name
    ways = call.account.association_types.ways_from(from_type)
    return _types(call, {way.to_type: list(_near(call, from_type, way.to_type)) for way in ways})


def _types(call: Call, found: dict[str, list[JsonObject]]) -> Reply:
    results = [
        {
            **type_names(call, call.account.types.find(name)),
            "hasRecordsAtLimit": any(row["percentage"] >= 100 for row in rows),
            "hasRecordsNearLimit": any(row["percentage"] < 100 for row in rows),
        }
        for name, rows in found.items()
        if rows
    ]
    return Reply(status=200, body={"results": results})


def _reached(call: Call, from_type: str) -> list[JsonObject]:
    ways = call.account.association_types.ways_from(from_type)
    return [row for way in ways for row in _near(call, from_type, way.to_type)]


def _near(call: Call, from_name: str, to_name: str) -> Iterator[JsonObject]:
    account, kind = call.account, call.account.types.find(from_name)
    way = account.association_types.way(kind.name, account.types.find(to_name).name)
    if way is None:
        return
    for record in account.stores[kind.name]:
        used = account.link_store.count(way, record.id)
        percentage = share(used, account.switches.links_per_record)["percentage"]
        if percentage >= NEAR:
            label = next((record.properties[name] for name in _shown_by(kind) if name in record.properties), record.id)
            yield {"objectId": int(record.id), "label": label, "usage": used, "percentage": percentage}


def _shown_by(kind: ObjectType) -> tuple[str, ...]:
    return ("email", "name", "subject", "dealname", *kind.default_properties)


def _is_asked(call: Call, way: Way) -> bool:
    asked = (call.query.get("fromObjectTypeId"), call.query.get("toObjectTypeId"))
    ends = (way.from_type, way.to_type)
    return all(name is None or call.account.types.find(name).name == end for name, end in zip(asked, ends, strict=True))


def _labels(call: Call, way: Way) -> JsonObject:
    own = [t.label for t in way.types.values() if t.category is Category.USER_DEFINED and t.label is not None]
    return {
        "fromObjectType": type_names(call, call.account.types.find(way.from_type)),
        "toObjectType": type_names(call, call.account.types.find(way.to_type)),
        "allLabels": own,
        **share(len(own), call.account.switches.labels_per_pair),
    }


def _endpoint(path: str, operation: str, answer: Callable[[Call], Reply]) -> Endpoint:
    return Endpoint(
        area=Area.LIMITS,
        method="GET",
        path=f"/associations/{path}",
        operation=f"limits.associations.{operation}",
        answer=answer,
    )


ENDPOINTS = (
    _endpoint("labels", "labels", labels),
    _endpoint("records/from", "from", from_types),
    _endpoint("records/{from_type}/to", "to", to_types),
    _endpoint("records/{from_type}/{to_type}", "records", records),
)
