"""The properties API: list, read, create."""

from __future__ import annotations

from hubspot_simulator import errors
from hubspot_simulator.batch_inputs import wrong_type
from hubspot_simulator.clock import iso
from hubspot_simulator.endpoints import Area, Call, Endpoint
from hubspot_simulator.replies import Reply


def list_properties(call: Call) -> Reply:
    """List every property at once; there is no paging."""
    _may_view(call)
    items = call.account.schemas[call.kind.name].properties.values()
    return Reply(status=200, body={"results": [item.body for item in items]})


def read_property(call: Call) -> Reply:
    """Read one property."""
    _may_view(call)
    name = call.path["property_name"]
    item = call.account.schemas[call.kind.name].properties.get(name)
    if item is None:
        raise errors.refusal(
            404,
            f"Property {name} does not exist for object type {call.kind.type_id}",
            "OBJECT_NOT_FOUND",
            subCategory="Properties.PROPERTY_NOT_FOUND",
        )
    return Reply(status=200, body=item.body)


def create_property(call: Call) -> Reply:
    """Create a property; whether its values are unique is settled here and never changes."""
    if not isinstance(call.body, dict):
        raise wrong_type(call.body)
    item = call.account.schemas[call.kind.name].create(call.body, iso(call.account.clock.now()))
    if call.account.journal is not None:
        call.account.journal({"property": call.kind.name, "body": item.body})
    return Reply(status=201, body=item.body)


def _may_view(call: Call) -> None:
    kind = call.kind
    if not call.account.scopes & {kind.read_scope, kind.schema_scope, kind.write_scope}:
        raise errors.no_properties_permission(kind.legacy_name, call.account.portal_id, kind.name)


ENDPOINTS = (
    Endpoint(
        area=Area.PROPERTIES, method="GET", path="/{object_type}", operation="properties.list", answer=list_properties
    ),
    Endpoint(
        area=Area.PROPERTIES,
        method="POST",
        path="/{object_type}",
        operation="properties.create",
        answer=create_property,
        scopes=lambda call: [call.kind.schema_scope],
        is_write=True,
    ),
    Endpoint(
        area=Area.PROPERTIES,
        method="GET",
        path="/{object_type}/{property_name}",
        operation="properties.read",
        answer=read_property,
    ),
)
