"""Search: filters, sorts, pages of up to 200, nothing beyond 10,000 (hubspot-api.md §9)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from hubspot_simulator import errors
from hubspot_simulator.batch_inputs import wrong_type
from hubspot_simulator.endpoints import Area, Call, Endpoint, reads
from hubspot_simulator.records import Record
from hubspot_simulator.replies import JsonObject, Reply
from hubspot_simulator.routes.batches import asked_properties
from hubspot_simulator.schema import PropertyDefinition
from hubspot_simulator.search_filters import known_property, ordered, search_test

MAX_PAGE, MAX_RESULTS, MAX_BODY_LENGTH = 200, 10_000, 3_000


def search(call: Call) -> Reply:
    """Find records, at most 5 requests a second; a new record shows up when the index has caught up."""
    if not isinstance(call.body, dict):
        raise wrong_type(call.body)
    if call.body_length > MAX_BODY_LENGTH:
        raise errors.invalid(f"The request body is longer than {MAX_BODY_LENGTH} characters")
    limit, after = _whole(call.body.get("limit"), 10), _whole(call.body.get("after"), 0)
    if not 0 < limit <= MAX_PAGE:
        raise errors.invalid(f"limit must be a number from 1 to {MAX_PAGE}")
    if after + limit > MAX_RESULTS:
        raise errors.invalid(f"A search gives up to {MAX_RESULTS} results; after was {after}")
    properties = call.account.schemas[call.kind.name].properties
    found = _sorted(_found(call), call.body.get("sorts") or [], properties)
    names = asked_properties(call, call.body.get("properties") or ())
    shown = found[after : after + limit]
    body: JsonObject = {
        "total": len(found),
        "results": [record.body(names, call.account.url(call.kind, record.id)) for record in shown],
    }
    if after + limit < len(found):
        body["paging"] = {"next": {"after": str(after + limit)}}
    return Reply(status=200, body=body)


def _found(call: Call) -> list[Record]:
    matches = search_test(call.body.get("filterGroups") or [], call.account.schemas[call.kind.name].properties)
    words = str(call.body.get("query") or "").lower().split()
    newest = call.account.clock.now() - timedelta(seconds=call.account.switches.search_lag_seconds)
    return [
        record
        for record in call.account.stores[call.kind.name]
        if record.created_at <= newest and matches(record.properties) and _holds(record, words)
    ]


def _holds(record: Record, words: list[str]) -> bool:
    if not words:
        return True
    text = " ".join(record.properties.values()).lower()
    return all(word in text for word in words)


def _sorted(found: list[Record], sorts: list[Any], properties: Mapping[str, PropertyDefinition]) -> list[Record]:
    """Sort by the first rule, in the order of its property's type; without a rule, and between equals, by id."""
    if not sorts:
        return found
    first = sorts[0] if isinstance(sorts[0], dict) else {"propertyName": sorts[0]}
    known = known_property(str(first.get("propertyName")), properties)
    valued = [record for record in found if known.name in record.properties]
    without = [record for record in found if known.name not in record.properties]
    is_falling = first.get("direction") == "DESCENDING"
    valued.sort(key=lambda record: ordered(record.properties[known.name], known), reverse=is_falling)
    return valued + without


def _whole(value: Any, default: int) -> int:
    if value in (None, ""):
        return default
    if not str(value).isdecimal():
        raise wrong_type(value)
    return int(value)


ENDPOINTS = (
    Endpoint(
        area=Area.OBJECTS,
        method="POST",
        path="/{object_type}/search",
        operation="search",
        answer=search,
        scopes=reads,
        is_search=True,
    ),
)
