"""The schemas API: the custom object types of an account."""

from __future__ import annotations

from collections.abc import Callable

from hubspot_simulator import custom_objects, errors
from hubspot_simulator.endpoints import Area, Call, Endpoint
from hubspot_simulator.object_types import SCHEMAS_READ_SCOPE, SCHEMAS_WRITE_SCOPE
from hubspot_simulator.replies import JsonObject, Reply


def list_schemas(call: Call) -> Reply:
    """List the custom object types; archived ones when asked."""
    _need(call, SCHEMAS_READ_SCOPE)
    archived = call.asks("archived")
    found = [body for body in call.account.custom_types.values() if body["archived"] is archived]
    return Reply(status=200, body={"results": [custom_objects.answer(call.account, body) for body in found]})


def create_schema(call: Call) -> Reply:
    """Define a custom object type."""
    _need(call, SCHEMAS_WRITE_SCOPE)
    return Reply(status=201, body=custom_objects.create(call.account, call.fields))


def read_schema(call: Call) -> Reply:
    """Read one custom object type."""
    _need(call, SCHEMAS_READ_SCOPE)
    return Reply(status=200, body=custom_objects.answer(call.account, _definition(call)))


def update_schema(call: Call) -> Reply:
    """Change a custom object type."""
    _need(call, SCHEMAS_WRITE_SCOPE)
    return Reply(status=200, body=custom_objects.update(call.account, _definition(call), call.fields))


def archive_schema(call: Call) -> Reply:
    """Remove a custom object type; with ``archived=true`` for good."""
    _need(call, SCHEMAS_WRITE_SCOPE)
    for_good = call.asks("archived")
    name = call.path["object_type"]
    gone = _archived(call, name) if for_good else None
    custom_objects.archive(call.account, gone or _definition(call), for_good=for_good)
    return Reply(status=204)


def create_association(call: Call) -> Reply:
    """Make records of a custom object type linkable to another type."""
    _need(call, SCHEMAS_WRITE_SCOPE)
    missing = [name for name in ("fromObjectTypeId", "toObjectTypeId") if not call.fields.get(name)]
    if missing:
        raise errors.missing_json_fields(missing)
    ends = [call.account.types.find(str(call.fields[name])).name for name in ("fromObjectTypeId", "toObjectTypeId")]
    way = call.account.association_types.define(*ends)
    return Reply(status=201, body=custom_objects.association(call.account, way, _definition(call)))


def _definition(call: Call) -> JsonObject:
    kind = call.kind
    if not kind.is_custom:
        raise errors.invalid(f"{kind.type_id} is not a custom object type")
    return call.account.custom_types[kind.name]


def _archived(call: Call, name: str) -> JsonObject | None:
    for body in call.account.custom_types.values():
        if body["archived"] and name in (body["name"], body["fullyQualifiedName"], body["objectTypeId"]):
            return body
    return None


def _need(call: Call, scope: str) -> None:
    if scope not in call.account.scopes:
        raise errors.missing_schema_scopes([scope])


def _endpoint(method: str, path: str, operation: str, answer: Callable[[Call], Reply]) -> Endpoint:
    return Endpoint(
        area=Area.SCHEMAS,
        method=method,
        path=path,
        operation=f"schemas.{operation}",
        answer=answer,
        is_write=method != "GET",
    )


_ONE = "/{object_type}"
ENDPOINTS = (
    _endpoint("GET", "", "list", list_schemas),
    _endpoint("POST", "", "create", create_schema),
    _endpoint("GET", _ONE, "read", read_schema),
    _endpoint("PATCH", _ONE, "update", update_schema),
    _endpoint("DELETE", _ONE, "archive", archive_schema),
    _endpoint("POST", f"{_ONE}/associations", "associations.create", create_association),
)
