"""Association types: labels an account gives a pair of object types, and how many links one may have.

Sources: associations schema guide and specification (forms), hubspot-api.md §6 (numbers).
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from hubspot_simulator import errors
from hubspot_simulator.association_inputs import MAX_ARCHIVES, Ends, typed
from hubspot_simulator.association_types import AssociationType, Category, Way
from hubspot_simulator.batch_inputs import input_objects, wrong_type
from hubspot_simulator.endpoints import Area, Call, Endpoint, reads_both, writes_both
from hubspot_simulator.replies import ApiError, JsonObject, Reply

_NAME = re.compile(r"[^\d\W]\w*", re.ASCII)


def list_labels(call: Call) -> Reply:
    """List the association types of a pair."""
    return Reply(status=200, body={"results": typed(Ends(call).way.in_order())})


def create_label(call: Call) -> Reply:
    """Give a pair a label, with another one for the other direction if that is asked for."""
    way, body = Ends(call).way, _object(call.body)
    missing = [name for name in ("label", "name") if not body.get(name)]
    if missing:
        raise errors.missing_json_fields(missing)
    own = [item for item in way.types.values() if item.category is Category.USER_DEFINED and item.label]
    if not _NAME.fullmatch(str(body["name"])):
        raise errors.invalid("The name of a label has no hyphens and does not begin with a digit")
    if any(body["name"] == item.name or body["label"] == item.label for item in own):
        raise errors.invalid(f"A label {body['label']} or a name {body['name']} exists between these object types")
    if len(own) >= call.account.switches.labels_per_pair:
        raise errors.invalid(f"There may be up to {call.account.switches.labels_per_pair} labels between object types")
    made = call.account.association_types.add_label(way, body["name"], body["label"], body.get("inverseLabel"))
    shown = [made] if made.type_id == made.back_id else [made, made.mirrored()]
    return Reply(status=200, body={"results": typed(shown)})


def rename_label(call: Call) -> Reply:
    """Give a label of the account's own another text."""
    way, body = Ends(call).way, _object(call.body)
    missing = [name for name in ("associationTypeId", "label") if not body.get(name)]
    if missing:
        raise errors.missing_json_fields(missing)
    item = _own(way, str(body["associationTypeId"]))
    inverse = body.get("inverseLabel") or (body["label"] if item.label == item.back_label else item.back_label)
    call.account.association_types.put(way, replace(item, label=body["label"], back_label=inverse))
    return Reply(status=204)


def archive_label(call: Call) -> Reply:
    """Remove a label of the account's own that no link bears."""
    way = Ends(call).way
    item = _own(way, call.path["type_id"])
    if any(item.type_id in ids for ids in call.account.link_store.types_in_use(way)):
        raise errors.invalid(f"The label {item.label} is in use and cannot be deleted")
    call.account.association_types.remove(way, item.type_id)
    return Reply(status=204)


def list_limits(call: Call) -> Reply:
    """List every limit the account set."""
    rows = [row for way in call.account.association_types.every_way() for row in _limits(way)]
    return Reply(status=200, body={"results": rows})


def list_limits_of_pair(call: Call) -> Reply:
    """List the limits the account set for a pair."""
    return Reply(status=200, body={"results": _limits(Ends(call).way)})


def set_limits(call: Call) -> Reply:
    """Lower how many records one may be linked to by an association type."""
    ends = Ends(call)
    asked = []
    for item in input_objects(call.body, MAX_ARCHIVES):
        most = item.get("maxToObjectIds")
        if not isinstance(most, int) or not 0 < most <= call.account.switches.links_per_record:
            raise errors.invalid(f"maxToObjectIds must be a number from 1 to {call.account.switches.links_per_record}")
        asked.append((_asked_type(ends, item), most))
    ends.way.limits.update(asked)
    return _told(call, ends.way, [type_id for type_id, _ in asked])


def purge_limits(call: Call) -> Reply:
    """Take limits back."""
    ends = Ends(call)
    asked = [_asked_type(ends, item) for item in input_objects(call.body, MAX_ARCHIVES)]
    for type_id in asked:
        ends.way.limits.pop(type_id, None)
    _told(call, ends.way, asked)
    return Reply(status=204)


def _told(call: Call, way: Way, type_ids: Iterable[int]) -> Reply:
    """Write changed limits to the account's file and answer them."""
    for type_id in type_ids:
        call.account.association_types.put(way, way.types[type_id])
    return call.account.batch_reply.build(200, _limits(way), [])


def _limits(way: Way) -> list[JsonObject]:
    return [
        {**shown, "userEnforcedMaxToObjectIds": way.limits[shown["typeId"]]}
        for shown in typed(way.in_order(way.limits))
    ]


def _asked_type(ends: Ends, item: JsonObject) -> int:
    spec = {"associationCategory": item.get("category"), "associationTypeId": item.get("typeId")}
    return ends.checked_types([spec])[0]


def _own(way: Way, type_id: str) -> AssociationType:
    item = way.types.get(int(type_id)) if type_id.isdecimal() else None
    if item is None or item.category is not Category.USER_DEFINED or item.label is None:
        raise _no_label(type_id)
    return item


def _no_label(type_id: str) -> ApiError:
    return errors.refusal(404, f"There is no label {type_id} between these object types", "OBJECT_NOT_FOUND")


def _object(body: object) -> JsonObject:
    if not isinstance(body, dict):
        raise wrong_type(body)
    return body


def _labels(method: str, operation: str, path: str = "") -> Endpoint:
    return Endpoint(
        area=Area.ASSOCIATION_TYPES,
        method=method,
        path=f"/{{from_type}}/{{to_type}}/labels{path}",
        operation=f"associations.{operation}",
        answer=_ANSWERS[operation],
        scopes=reads_both if method == "GET" else writes_both,
        is_write=method != "GET",
    )


_ANSWERS = {
    "labels": list_labels,
    "create_label": create_label,
    "rename_label": rename_label,
    "archive_label": archive_label,
}
_LIMITS = "/definitions/configurations"
_LIMITS_OF_PAIR = f"{_LIMITS}/{{from_type}}/{{to_type}}"
ENDPOINTS = (
    Endpoint(
        area=Area.ASSOCIATION_TYPES,
        method="GET",
        path=f"{_LIMITS}/all",
        operation="associations.limits",
        answer=list_limits,
    ),
    Endpoint(
        area=Area.ASSOCIATION_TYPES,
        method="GET",
        path=_LIMITS_OF_PAIR,
        operation="associations.limits",
        answer=list_limits_of_pair,
        scopes=reads_both,
    ),
    *(
        Endpoint(
            area=Area.ASSOCIATION_TYPES,
            method="POST",
            path=f"{_LIMITS_OF_PAIR}/batch/{name}",
            operation=f"associations.limits_{name}",
            answer=purge_limits if name == "purge" else set_limits,
            scopes=writes_both,
            is_write=True,
        )
        for name in ("create", "update", "purge")
    ),
    _labels("GET", "labels"),
    _labels("POST", "create_label"),
    _labels("PUT", "rename_label"),
    _labels("DELETE", "archive_label", "/{type_id}"),
)
