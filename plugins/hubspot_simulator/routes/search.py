"""Search: filters, a sort, pages of up to 200, nothing beyond 10,000 (search guide; hubspot-api.md §9)."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any

from hubspot_simulator import errors
from hubspot_simulator.batch_inputs import wrong_type
from hubspot_simulator.endpoints import Area, Call, Endpoint, reads
from hubspot_simulator.record_views import asked_properties
from hubspot_simulator.records import Record
from hubspot_simulator.replies import JsonObject, Reply
from hubspot_simulator.search_filters import Filters, filter_groups
from hubspot_simulator.search_operators import ordered

MAX_PAGE, MAX_RESULTS, MAX_BODY_LENGTH = 200, 10_000, 3_000
QUERIED: Mapping[str, tuple[str, ...]] = {
    "companies": ("website", "phone", "name", "domain"),
    "contacts": (
        "firstname",
        "lastname",
        "email",
        "phone",
        "hs_additional_emails",
        "fax",
        "mobilephone",
        "company",
        "hs_marketable_until_renewal",
    ),
    "deals": ("dealname", "pipeline", "dealstage", "description", "dealtype"),
    "tickets": ("subject", "content", "hs_pipeline_stage", "hs_ticket_category", "hs_ticket_id"),
}
"""What ``query`` looks into; of a custom object, into every property (search guide: up to 20 selected ones)."""


def search(call: Call) -> Reply:
    """Find records, at most 5 requests a second; what was just written shows up when the index has caught up."""
    if not isinstance(call.body, dict):
        raise wrong_type(call.body)
    if call.body_length > MAX_BODY_LENGTH:
        raise errors.invalid(f"The request body is longer than {MAX_BODY_LENGTH} characters")
    limit, after = _whole(call.body.get("limit"), 10), _whole(call.body.get("after"), 0)
    if not 0 < limit <= MAX_PAGE:
        raise errors.invalid(f"limit must be a number from 1 to {MAX_PAGE}")
    if after + limit > MAX_RESULTS:
        raise errors.invalid(f"A search gives up to {MAX_RESULTS} results; after was {after}")
    filters = Filters(call.account, call.kind)
    found = _sorted(_found(call, filters), call.body.get("sorts") or [], filters)
    standard = (*call.kind.default_properties, *call.kind.searched_properties)
    names = asked_properties(call.account, call.kind, call.body.get("properties") or standard)
    shown = found[after : after + limit]
    body: JsonObject = {
        "total": len(found),
        "results": [record.body(names, call.account.url(call.kind, record.id)) for record in shown],
    }
    if after + limit < len(found):
        body["paging"] = {"next": {"after": str(after + limit)}}
    return Reply(status=200, body=body)


def _found(call: Call, filters: Filters) -> list[Record]:
    matches = filters.test(call.body)
    words = str(call.body.get("query") or "").lower().split()
    names = QUERIED.get(call.kind.name)
    return [record for record in _candidates(call, filters) if matches(record) and _holds(record, words, names)]


def _candidates(call: Call, filters: Filters) -> Iterable[Record]:
    """Narrow a search for texts of one property down by the index's register; any other looks at every record."""
    store, index = call.account.stores[call.kind.name], call.account.search_index
    groups = filter_groups(call.body)
    for item in groups[0] if len(groups) == 1 else []:
        name, operator = str(item["propertyName"]), item["operator"]
        if operator in {"EQ", "IN"} and not name.startswith("associations.") and filters.known(name).type == "string":
            values = item["values"] if operator == "IN" else [item["value"]]
            found = index.holding(store, name, map(str, values))
            if found is not None:
                return found
    return index.records(store)


def _holds(record: Record, words: list[str], names: tuple[str, ...] | None) -> bool:
    if not words:
        return True
    held = record.properties.values() if names is None else [record.properties.get(name, "") for name in names]
    text = "\n".join(held).lower()
    return all(word in text for word in words)


def _sorted(found: list[Record], sorts: Any, filters: Filters) -> list[Record]:
    """Sort in the order of the property's type, records without a value last; else they stand oldest first."""
    if not isinstance(sorts, list) or len(sorts) > 1:
        raise errors.invalid("Only one sorting rule can be applied to a search")
    if not sorts:
        return found
    rule = _sorting_rule(sorts[0])
    known = filters.known(str(rule.get("propertyName")))
    valued = [record for record in found if known.name in record.properties]
    without = [record for record in found if known.name not in record.properties]
    is_falling = rule.get("direction") == "DESCENDING"
    valued.sort(key=lambda record: ordered(record.properties[known.name], known), reverse=is_falling)
    return valued + without


def _sorting_rule(rule: Any) -> JsonObject:
    """Read a rule: an object, the same as JSON text (as HubSpot's JavaScript client sends it), or a property's name."""
    if isinstance(rule, str) and rule.startswith("{"):
        try:
            rule = json.loads(rule)
        except ValueError as error:
            raise wrong_type(rule) from error
    return rule if isinstance(rule, dict) else {"propertyName": rule}


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
