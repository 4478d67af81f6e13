"""The requests about records and their links."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from hubspot_import.client.request import Api, ApiRequest, api_path
from hubspot_import.client.windows import Lane
from hubspot_import.client.wire import Link, LinkType, Operation, WriteInput

MAX_SEARCH_PAGE = 200
MAX_LIST_PAGE = 100


def write_request(version: str, operation: Operation, object_type: str, inputs: Sequence[WriteInput]) -> ApiRequest:
    """Build a batch write. Every input carries its trace id, so that one bad record costs one record (207)."""
    return ApiRequest(
        label=f"{operation} {object_type}",
        method="POST",
        path=api_path(version, Api.OBJECTS, object_type, "batch", operation),
        body={"inputs": [_input(each) for each in inputs]},
        is_write=True,
        is_splittable=True,
        is_repeatable=operation is not Operation.CREATE or _is_unique_by_email(object_type, inputs),
    )


def _input(each: WriteInput) -> dict[str, Any]:
    wire: dict[str, Any] = {"properties": dict(each.properties), "objectWriteTraceId": each.trace_id}
    if each.id is not None:
        wire["id"] = each.id
    if each.id_property is not None:
        wire["idProperty"] = each.id_property
    return wire


def _is_unique_by_email(object_type: str, inputs: Sequence[WriteInput]) -> bool:
    """Contacts are unique by e-mail: a create sent twice is refused (409), not doubled. Nothing else is."""
    return object_type == "contacts" and all(each.properties.get("email") for each in inputs)


def read_request(
    version: str, object_type: str, ids: Sequence[str], properties: Sequence[str], id_property: str | None
) -> ApiRequest:
    """Build a batch read of up to 100 records."""
    body: dict[str, Any] = {"properties": list(properties), "inputs": [{"id": each} for each in ids]}
    if id_property is not None:
        body["idProperty"] = id_property
    path = api_path(version, Api.OBJECTS, object_type, "batch", "read")
    return ApiRequest(label=f"read {object_type}", method="POST", path=path, body=body)


def archive_request(version: str, object_type: str, ids: Sequence[str]) -> ApiRequest:
    """Build a batch archive of up to 100 records; its success (204) has no body."""
    return ApiRequest(
        label=f"archive {object_type}",
        method="POST",
        path=api_path(version, Api.OBJECTS, object_type, "batch", "archive"),
        body={"inputs": [{"id": each} for each in ids]},
        is_write=True,
        is_answered=False,
    )


def first_record_request(version: str, object_type: str) -> ApiRequest:
    """Ask for one record of an object type, whichever."""
    path = api_path(version, Api.OBJECTS, object_type)
    return ApiRequest(label=f"list {object_type}", method="GET", path=path, query={"limit": "1"})


def list_request(version: str, object_type: str, properties: Sequence[str], after: str | None) -> ApiRequest:
    """Ask for a page of the records of an object type."""
    query = {"limit": str(MAX_LIST_PAGE), "properties": ",".join(properties)}
    query |= {} if after is None else {"after": after}
    path = api_path(version, Api.OBJECTS, object_type)
    return ApiRequest(label=f"list {object_type}", method="GET", path=path, query=query)


def count_request(version: str, object_type: str) -> ApiRequest:
    """Ask for the total of a search for everything."""
    path = api_path(version, Api.OBJECTS, object_type, "search")
    body: dict[str, Any] = {"filterGroups": [], "properties": [], "limit": 1}
    return ApiRequest(label=f"count {object_type}", method="POST", path=path, body=body, lane=Lane.SEARCH)


def association_labels_request(version: str, from_type: str, to_type: str) -> ApiRequest:
    """Ask for the types of a kind of link."""
    path = api_path(version, Api.ASSOCIATIONS, from_type, to_type, "labels")
    return ApiRequest(label=f"labels {from_type} to {to_type}", method="GET", path=path, lane=Lane.ASSOCIATIONS)


def search_request(
    version: str,
    object_type: str,
    *,
    property_name: str,
    values: Sequence[str],
    properties: Sequence[str],
    after: str | None = None,
) -> ApiRequest:
    """Build a search for records whose property is one of some values (IN takes them in lower case)."""
    body: dict[str, Any] = {
        "filterGroups": [{"filters": [{"propertyName": property_name, "operator": "IN", "values": list(values)}]}],
        "properties": list(properties),
        "limit": MAX_SEARCH_PAGE,
    }
    if after is not None:
        body["after"] = after
    path = api_path(version, Api.OBJECTS, object_type, "search")
    return ApiRequest(label=f"search {object_type}", method="POST", path=path, body=body, lane=Lane.SEARCH)


def associate_request(version: str, from_type: str, to_type: str, links: Sequence[Link]) -> ApiRequest:
    """Build a batch that associates up to 2,000 pairs. Associating a pair again changes nothing."""
    return ApiRequest(
        label=f"associate {from_type} to {to_type}",
        method="POST",
        path=api_path(version, Api.ASSOCIATIONS, from_type, to_type, "batch", "create"),
        body={"inputs": [_link(link) for link in links]},
        is_write=True,
        is_splittable=True,
        lane=Lane.ASSOCIATIONS,
    )


def _link(link: Link) -> Mapping[str, Any]:
    all_types = [*(LinkType(type_id=type_id) for type_id in link.type_ids), *link.more_types]
    types = [{"associationCategory": each.category, "associationTypeId": each.type_id} for each in all_types]
    return {"from": {"id": link.from_id}, "to": {"id": link.to_id}, "types": types}


def associated_request(version: str, from_type: str, to_type: str, pages: Mapping[str, str | None]) -> ApiRequest:
    """Ask what up to 1,000 records are associated with; ``pages`` maps record id to where its next page starts."""
    inputs = [{"id": each} if after is None else {"id": each, "after": after} for each, after in pages.items()]
    return ApiRequest(
        label=f"read links {from_type} to {to_type}",
        method="POST",
        path=api_path(version, Api.ASSOCIATIONS, from_type, to_type, "batch", "read"),
        body={"inputs": inputs},
        lane=Lane.ASSOCIATIONS,
    )
