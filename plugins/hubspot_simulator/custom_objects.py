"""Custom object types: defined by an account, then used like HubSpot's own (hubspot-api.md §12)."""

from __future__ import annotations

import re
from collections.abc import Mapping

from hubspot_simulator import errors
from hubspot_simulator.account import Account
from hubspot_simulator.association_types import Way
from hubspot_simulator.batch_inputs import need_elements, need_types
from hubspot_simulator.clock import iso
from hubspot_simulator.object_types import ObjectType, custom_type
from hubspot_simulator.property_requests import USER_ID
from hubspot_simulator.replies import JsonObject
from hubspot_simulator.schema import Schema

MAX_CUSTOM_TYPES = 10
FIRST_NUMBER = 41_000_001
REQUIRED_FIELDS = ("name", "labels", "properties", "requiredProperties", "associatedObjects")
LIST_FIELDS = ("requiredProperties", "searchableProperties", "secondaryDisplayProperties")
CHANGEABLE_FIELDS = ("labels", "description", "primaryDisplayProperty", *LIST_FIELDS)
FIELD_KINDS: Mapping[str, type] = {
    "name": str,
    "labels": dict,
    "description": str,
    "primaryDisplayProperty": str,
    **dict.fromkeys(("properties", "associatedObjects", *LIST_FIELDS), list),
}
_NAME = re.compile(r"[A-Za-z][A-Za-z0-9_]*")


def create(account: Account, request: JsonObject) -> JsonObject:
    """Define a type from a POST body, with its properties and the types its records can be linked to."""
    _check_form(request)
    missing = [name for name in REQUIRED_FIELDS if request.get(name) is None]
    if missing:
        raise errors.missing_json_fields(missing)
    full_name = _new_name(account, str(request["name"]))
    body = _definition(account, request, full_name)
    kind = _kind(body)
    schema = Schema(kind)
    for asked in request["properties"]:
        defaults = {"type": "string", "fieldType": "text", "groupName": kind.default_group}
        schema.create({**defaults, **asked}, body["createdAt"])
    _check_names(schema, body)
    linked = [account.types.find(str(name)) for name in request["associatedObjects"]]
    _register(account, kind, body, schema)
    _note(account, body)
    for item in schema.properties.values():
        if item.is_custom:
            account.note({"property": full_name, "body": item.body})
    for other in linked:
        account.association_types.define(kind.name, other.name)
    return answer(account, body)


def update(account: Account, body: JsonObject, request: JsonObject) -> JsonObject:
    """Change labels, description, and which properties are shown, searched and required."""
    _check_form(request)
    now = iso(account.clock.now())
    changed = {**body, **{name: request[name] for name in CHANGEABLE_FIELDS if name in request}, "updatedAt": now}
    if request.get("clearDescription"):
        changed["description"] = ""
    schema = account.schemas[body["fullyQualifiedName"]]
    _check_names(schema, changed)
    _register(account, _kind(changed), changed, schema)
    _note(account, changed)
    return answer(account, changed)


def archive(account: Account, body: JsonObject, *, for_good: bool) -> None:
    """Remove a type that has no records. Its name is free again once it is removed for good."""
    full_name = body["fullyQualifiedName"]
    if any(True for _ in account.stores[full_name]):
        raise errors.invalid(f"Unable to delete object type {full_name}: it still has records")
    restore(account, {**body, "archived": True, "isPurged": for_good})
    account.note({"objectType": {**body, "archived": True, "isPurged": for_good}})


def restore(account: Account, body: JsonObject) -> None:
    """Take a type in as it stands: defined, archived or removed for good."""
    kind = _kind(body)
    _register(account, kind, body, account.schemas.get(kind.name) or Schema(kind))
    if body["archived"]:
        account.types.remove(kind)
    if body.get("isPurged"):
        for home in (account.custom_types, account.schemas, account.stores):
            home.pop(kind.name, None)


def answer(account: Account, body: JsonObject) -> JsonObject:
    """Answer a definition with its properties and the associations of its records, either way."""
    full_name = body["fullyQualifiedName"]
    ways = [
        way
        for way in account.association_types.every_way()
        if full_name in (way.from_type, way.to_type) and account.schemas.keys() >= {way.from_type, way.to_type}
    ]
    properties = [item.body for item in account.schemas[full_name].properties.values()]
    return {**body, "properties": properties, "associations": [association(account, way, body) for way in ways]}


def association(account: Account, way: Way, body: JsonObject) -> JsonObject:
    """Describe one direction of a pair."""
    ends = [account.schemas[name].kind for name in (way.from_type, way.to_type)]
    return {
        "id": str(way.plain),
        "fromObjectTypeId": ends[0].type_id,
        "toObjectTypeId": ends[1].type_id,
        "name": f"{ends[0].singular}_to_{ends[1].singular}",
        "createdAt": body["createdAt"],
        "updatedAt": body["updatedAt"],
    }


def _check_form(request: JsonObject) -> None:
    need_types(request, FIELD_KINDS)
    need_elements(request.get("properties") or (), dict)
    for name in LIST_FIELDS:
        need_elements(request.get(name) or (), str)


def _new_name(account: Account, name: str) -> str:
    full_name = f"p{account.portal_id}_{name}"
    if not _NAME.fullmatch(name):
        raise errors.invalid(
            f"The name {name} is invalid: use letters, digits and underscores, beginning with a letter"
        )
    if account.types.knows(name) or full_name in account.custom_types:
        raise errors.refusal(409, f"An object type named '{name}' already exists.", "OBJECT_ALREADY_EXISTS")
    if len(account.custom_types) >= MAX_CUSTOM_TYPES:
        raise errors.invalid(f"The maximum number of custom object types is {MAX_CUSTOM_TYPES}")
    return full_name


def _definition(account: Account, request: JsonObject, full_name: str) -> JsonObject:
    now = iso(account.clock.now())
    number = max([FIRST_NUMBER - 1, *(int(known["id"]) for known in account.custom_types.values())]) + 1
    return {
        "id": str(number),
        "objectTypeId": f"2-{number}",
        "fullyQualifiedName": full_name,
        "name": request["name"],
        "labels": request["labels"],
        "description": request.get("description", ""),
        "primaryDisplayProperty": request.get("primaryDisplayProperty") or _first_name(request),
        **{name: list(request.get(name) or []) for name in LIST_FIELDS},
        "allowsSensitiveProperties": bool(request.get("allowsSensitiveProperties", False)),
        "archived": False,
        "createdAt": now,
        "updatedAt": now,
        "createdByUserId": int(USER_ID),
        "updatedByUserId": int(USER_ID),
    }


def _first_name(request: JsonObject) -> str | None:
    return next((item.get("name") for item in request["properties"] if isinstance(item, dict)), None)


def _kind(body: JsonObject) -> ObjectType:
    shown = [name for name in (body["primaryDisplayProperty"], *body["secondaryDisplayProperties"]) if name]
    return custom_type(
        name=body["fullyQualifiedName"],
        singular=body["name"],
        type_id=body["objectTypeId"],
        required=body["requiredProperties"],
        shown=shown,
    )


def _check_names(schema: Schema, body: JsonObject) -> None:
    named = [name for name in (body["primaryDisplayProperty"], *_listed(body)) if name]
    unknown = [name for name in named if name not in schema.properties]
    if unknown:
        raise errors.invalid(f"Properties do not exist: [{', '.join(unknown)}]")


def _listed(body: JsonObject) -> list[str]:
    return [name for field in LIST_FIELDS for name in body[field]]


def _register(account: Account, kind: ObjectType, body: JsonObject, schema: Schema) -> None:
    schema.in_use = {body["primaryDisplayProperty"], *body["requiredProperties"]}
    account.custom_types[kind.name] = body
    account.types.put(kind, kind.singular, f"p_{kind.singular}")
    account.furnish(kind, schema)


def _note(account: Account, body: JsonObject) -> None:
    account.note({"objectType": body})
