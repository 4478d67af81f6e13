"""The properties API: definitions and their groups, one by one and in batches."""

from __future__ import annotations

from collections.abc import Callable

from hubspot_simulator import errors
from hubspot_simulator.batch_inputs import input_objects
from hubspot_simulator.clock import iso
from hubspot_simulator.endpoints import Area, Call, Endpoint
from hubspot_simulator.replies import ApiError, JsonObject, Reply
from hubspot_simulator.schema import PropertyDefinition, Schema

NOT_IN_BATCH_ANSWERS = frozenset({"createdAt", "updatedAt", "createdUserId", "updatedUserId", "archived"})


def list_properties(call: Call) -> Reply:
    """List every property at once; there is no paging."""
    return Reply(status=200, body={"results": [item.body for item in _home(call).values()]})


def read_property(call: Call) -> Reply:
    """Read one property."""
    return Reply(status=200, body=_find(call, _home(call), call.path["property_name"]).body)


def create_property(call: Call) -> Reply:
    """Create a property; whether its values are unique is settled here and never changes."""
    return Reply(status=201, body=_created(call, call.fields))


def update_property(call: Call) -> Reply:
    """Change a property; a list of options replaces the one that stands."""
    schema, name = _schema(call), call.path["property_name"]
    _find(call, schema.properties, name)
    return Reply(status=200, body=_noted(call, schema.update(name, call.fields, _now(call))))


def archive_property(call: Call) -> Reply:
    """Archive a property; one that is not there is no fault."""
    _archive(call, call.path["property_name"])
    return Reply(status=204)


def create_batch(call: Call) -> Reply:
    """Create up to 100 properties; each that cannot be is an entry of its own."""
    results, entries = [], []
    for asked in input_objects(call.body):
        try:
            body = _created(call, asked)
        except ApiError as refusal:
            entries.append(_entry(refusal, asked.get("name")))
        else:
            results.append({key: value for key, value in body.items() if key not in NOT_IN_BATCH_ANSWERS})
    return call.account.batch_reply.build(201 if call.version == "v3" else 200, results, entries)


def read_batch(call: Call) -> Reply:
    """Read up to 100 properties by name."""
    home = _schema(call).archived if call.fields.get("archived") else _schema(call).properties
    results, entries = [], []
    for name in _names(call):
        try:
            results.append(_find(call, home, name).body)
        except ApiError as refusal:
            entries.append(_entry(refusal, name))
    return call.account.batch_reply.build(200, results, entries)


def archive_batch(call: Call) -> Reply:
    """Archive up to 100 properties by name."""
    for name in _names(call):
        _archive(call, name)
    return Reply(status=204)


def list_groups(call: Call) -> Reply:
    """List the groups."""
    return Reply(status=200, body={"results": _schema(call).groups.bodies()})


def read_group(call: Call) -> Reply:
    """Read one group."""
    return Reply(status=200, body=_schema(call).groups.find(call.path["group_name"]))


def create_group(call: Call) -> Reply:
    """Make a group."""
    return Reply(status=201, body=_noted_group(call, _schema(call).groups.create(call.fields)))


def update_group(call: Call) -> Reply:
    """Change a group."""
    body = _schema(call).groups.update(call.path["group_name"], call.fields)
    return Reply(status=200, body=_noted_group(call, body))


def archive_group(call: Call) -> Reply:
    """Remove a group that holds no property (that it must be empty is inferred)."""
    schema, name = _schema(call), call.path["group_name"]
    if name in schema.groups:
        if any(item.body["groupName"] == name for item in schema.properties.values()):
            raise errors.invalid(f"Property group {name} cannot be deleted because it has properties")
        gone = {**schema.groups.find(name), "archived": True}
        schema.groups.put(gone)
        _noted_group(call, gone)
    return Reply(status=204)


def _schema(call: Call) -> Schema:
    kind = call.kind
    if not call.account.scopes & {kind.read_scope, kind.schema_scope, kind.write_scope}:
        raise errors.no_properties_permission(kind.legacy_name, call.account.portal_id, kind.name)
    return call.account.schemas[kind.name]


def _home(call: Call) -> dict[str, PropertyDefinition]:
    schema = _schema(call)
    return schema.archived if call.asks("archived") else schema.properties


def _find(call: Call, home: dict[str, PropertyDefinition], name: str) -> PropertyDefinition:
    if name not in home:
        raise errors.refusal(
            404,
            f"Property {name} does not exist for object type {call.kind.type_id}",
            "OBJECT_NOT_FOUND",
            subCategory="Properties.PROPERTY_NOT_FOUND",
        )
    return home[name]


def _created(call: Call, asked: JsonObject) -> JsonObject:
    return _noted(call, _schema(call).create(asked, _now(call)))


def _archive(call: Call, name: str) -> None:
    gone = _schema(call).archive(name, _now(call))
    if gone is not None:
        _noted(call, gone)


def _names(call: Call) -> list[str]:
    inputs = input_objects(call.body)
    if not all(item.get("name") for item in inputs):
        raise errors.missing_json_fields(["name"])
    return [str(item["name"]) for item in inputs]


def _entry(refusal: ApiError, name: object) -> JsonObject:
    """Turn a refusal into an entry of a multi-status answer."""
    body = refusal.reply.body if isinstance(refusal.reply.body, dict) else {}
    rest = {"subCategory": body["subCategory"]} if "subCategory" in body else {}
    category = str(body.get("category", "VALIDATION_ERROR"))
    return errors.entry(category, str(body.get("message")), {"name": [str(name)]}, **rest)


def _noted(call: Call, item: PropertyDefinition) -> JsonObject:
    call.account.note({"property": call.kind.name, "body": item.body})
    return item.body


def _noted_group(call: Call, body: JsonObject) -> JsonObject:
    call.account.note({"group": call.kind.name, "body": body})
    return body


def _now(call: Call) -> str:
    return iso(call.account.clock.now())


def _endpoint(
    method: str, path: str, operation: str, answer: Callable[[Call], Reply], *, is_write: bool = False
) -> Endpoint:
    return Endpoint(
        area=Area.PROPERTIES,
        method=method,
        path=f"/{{object_type}}{path}",
        operation=f"properties.{operation}",
        answer=answer,
        scopes=(lambda call: [call.kind.schema_scope]) if is_write else (lambda call: []),
        is_write=is_write,
    )


ENDPOINTS = (
    _endpoint("GET", "", "list", list_properties),
    _endpoint("POST", "", "create", create_property, is_write=True),
    _endpoint("POST", "/batch/create", "batch.create", create_batch, is_write=True),
    _endpoint("POST", "/batch/read", "batch.read", read_batch),
    _endpoint("POST", "/batch/archive", "batch.archive", archive_batch, is_write=True),
    _endpoint("GET", "/groups", "groups.list", list_groups),
    _endpoint("POST", "/groups", "groups.create", create_group, is_write=True),
    _endpoint("GET", "/groups/{group_name}", "groups.read", read_group),
    _endpoint("PATCH", "/groups/{group_name}", "groups.update", update_group, is_write=True),
    _endpoint("DELETE", "/groups/{group_name}", "groups.archive", archive_group, is_write=True),
    _endpoint("GET", "/{property_name}", "read", read_property),
    _endpoint("PATCH", "/{property_name}", "update", update_property, is_write=True),
    _endpoint("DELETE", "/{property_name}", "archive", archive_property, is_write=True),
)
