"""Read records by id, key or search; archive them. Missing records are absent, not errors."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from hubspot_import.client.answer import dicts
from hubspot_import.client.batching import batches, identity, same_key
from hubspot_import.client.definitions import record
from hubspot_import.client.record_requests import read_request, search_request
from hubspot_import.client.transport import Transport
from hubspot_import.client.wire import Record
from hubspot_import.errors import HubSpotUnavailableError

SECONDARY_EMAILS = "hs_additional_emails"
MERGED_IDS = "hs_merged_object_ids"
"""The ids that a record answers to since other records were merged into it, joined by ``;``."""
MAX_SEARCH_VALUES = 100
MAX_SEARCH_BODY = 3000
"""Characters HubSpot takes in a search body (its search guide)."""


def read_records(
    transport: Transport,
    version: str,
    object_type: str,
    ids: Sequence[str],
    *,
    properties: Sequence[str],
    id_property: str | None,
    batch_size: int,
) -> dict[str, Record]:
    """Read records in batches; see ``HubSpotClient.read``."""
    asked = {identity(each, id_property): each for each in ids if each.strip()}
    wanted = list(dict.fromkeys([*properties, *_keys_of(id_property)]))
    found: dict[str, Record] = {}

    def read_part(part: Sequence[str]) -> dict[str, Record]:
        body = transport.send(read_request(version, object_type, part, wanted, id_property)).body
        missing = _missing(object_type, body, id_property)
        known = {key: asked[key] for key in (identity(each, id_property) for each in part) if key not in missing}
        return _matched([record(each) for each in dicts(body.get("results"))], known, id_property)

    for part_found in transport.side_by_side(batches(asked.values(), batch_size), read_part):
        found |= part_found
    first_of = {each: asked.get(identity(each, id_property)) for each in ids}
    return {each: found[first] for each, first in first_of.items() if first in found}


def _keys_of(id_property: str | None) -> tuple[str, ...]:
    if id_property is None:
        return (MERGED_IDS,)
    return (id_property, SECONDARY_EMAILS) if id_property == "email" else (id_property,)


def _missing(object_type: str, body: Mapping[str, Any], id_property: str | None) -> frozenset[str]:
    """Give the ids the answer says do not exist (207). Any other error would pass an existing record off as absent."""
    ids: set[str] = set()
    for error in dicts(body.get("errors")):
        if error.get("category") != "OBJECT_NOT_FOUND":
            raise HubSpotUnavailableError(f"HubSpot could not read all {object_type}: {error.get('category')}")
        context = error.get("context")
        listed = context.get("ids") if isinstance(context, dict) else None
        ids.update(identity(str(each), id_property) for each in listed or ())
    return frozenset(ids)


def _matched(records: Sequence[Record], asked: Mapping[str, str], id_property: str | None) -> dict[str, Record]:
    found: dict[str, Record] = {}
    strangers: list[Record] = []
    for each in records:
        keys = (same_key(value, asked) for value in _names_of(each, id_property))
        names = [asked[key] for key in keys if key is not None]
        found.update(dict.fromkeys(names, each))
        if not names:
            strangers.append(each)
    left = [name for name in asked.values() if name not in found]
    if len(left) == len(strangers) == 1:
        # The id of a record that was merged away is answered with the surviving record, which has another id.
        found[left[0]] = strangers[0]
    return found


def _names_of(each: Record, id_property: str | None) -> list[str]:
    if id_property is None:
        return [each.id, *filter(None, each.properties.get(MERGED_IDS, "").split(";"))]
    values = [each.properties.get(id_property, "")]
    if id_property == "email":
        values += each.properties.get(SECONDARY_EMAILS, "").split(";")
    return [identity(value, id_property) for value in values if value]


def search_records(
    transport: Transport,
    version: str,
    object_type: str,
    *,
    property_name: str,
    values: Sequence[str],
    properties: Sequence[str],
) -> list[Record]:
    """Search in as many requests as the body's size and the pages need; see ``HubSpotClient.search``."""
    found: dict[str, Record] = {}
    for part in search_parts(list(dict.fromkeys(value.lower() for value in values if value)), properties):
        after: str | None = None
        while True:
            request = search_request(
                version, object_type, property_name=property_name, values=part, properties=properties, after=after
            )
            body = transport.send(request).body
            found |= {each.id: each for each in map(record, dicts(body.get("results")))}
            after = next_page(body)
            if after is None:
                break
    return list(found.values())


def search_parts(values: Sequence[str], properties: Sequence[str]) -> Iterator[list[str]]:
    """Cut values into searches, each within HubSpot's limits of values and of the body's size."""
    room = MAX_SEARCH_BODY - 300 - len(json.dumps(list(properties)))
    part: list[str] = []
    size = 0
    for value in values:
        length = len(json.dumps(value)) + 2
        if part and (len(part) == MAX_SEARCH_VALUES or size + length > room):
            yield part
            part, size = [], 0
        part.append(value)
        size += length
    if part:
        yield part


def next_page(body: Mapping[str, Any]) -> str | None:
    """Say where the next page starts, if there is one."""
    paging = body.get("paging")
    following = paging.get("next") if isinstance(paging, dict) else None
    after = following.get("after") if isinstance(following, dict) else None
    return None if after is None else str(after)
