"""The links of one record: typed, default, removed, listed (hubspot-api.md §1.1 and §6)."""

from __future__ import annotations

from hubspot_simulator import errors
from hubspot_simulator.association_inputs import MAX_LINKS_SHOWN, Ends, Pair
from hubspot_simulator.batch_inputs import wrong_type
from hubspot_simulator.endpoints import Area, Call, Endpoint, reads_both, writes_both
from hubspot_simulator.replies import ApiError, JsonObject, Reply

NOT_FOUND_AS_STATUS = {"OBJECT_NOT_FOUND": 404}


def link(call: Call) -> Reply:
    """Link two records with the association types of the body, which replace the labels that stand."""
    ends = Ends(call)
    if not isinstance(call.body, list):
        raise wrong_type(call.body)
    pair = _pair(call, ends, ends.checked_types(call.body))
    _refuse(ends.obstacle(pair))
    return Reply(status=201, body=ends.link(pair))


def link_plainly(call: Call) -> Reply:
    """Link two records without a label."""
    ends = Ends(call)
    pair = _pair(call, ends, (ends.way.plain,))
    _refuse(ends.obstacle(pair))
    return call.account.batch_reply.build(200, ends.link_plainly(pair), [])


def unlink(call: Call) -> Reply:
    """Remove every association between two records; that there is none is no fault."""
    ends = Ends(call)
    pair = _pair(call, ends, ())
    call.account.link_store.separate(ends.way, pair.from_id, pair.to_id)
    return Reply(status=204)


def list_links(call: Call) -> Reply:
    """List what a record is linked to, up to 500 a page; none is an empty list."""
    ends, limit = Ends(call), call.limit(MAX_LINKS_SHOWN, MAX_LINKS_SHOWN)
    record = call.account.stores[ends.from_kind.name].get(call.path["record_id"])
    if record is None:
        raise errors.resource_not_found()
    targets, paging = ends.targets(record.id, call.after(), limit)
    body: JsonObject = {"results": targets}
    return Reply(status=200, body=body if paging is None else body | {"paging": paging})


def _pair(call: Call, ends: Ends, type_ids: tuple[int, ...]) -> Pair:
    return ends.pair_of(call.path["record_id"], call.path["to_id"], type_ids)


def _refuse(obstacle: JsonObject | None) -> None:
    """Refuse with what would be an entry of a batch (assumed: no recording shows the single endpoint's)."""
    if obstacle is not None:
        status = NOT_FOUND_AS_STATUS.get(obstacle["category"], 400)
        raise ApiError(Reply(status=status, body={**obstacle, "correlationId": ""}))


_OTHER = "/{from_type}/{record_id}/associations/{to_type}/{to_id}"
ENDPOINTS = (
    Endpoint(
        area=Area.LINKS,
        method="PUT",
        path="/{from_type}/{record_id}/associations/default/{to_type}/{to_id}",
        operation="associations.link_plainly",
        answer=link_plainly,
        scopes=writes_both,
        is_write=True,
    ),
    Endpoint(
        area=Area.LINKS,
        method="PUT",
        path=_OTHER,
        operation="associations.link",
        answer=link,
        scopes=writes_both,
        is_write=True,
    ),
    Endpoint(
        area=Area.LINKS,
        method="DELETE",
        path=_OTHER,
        operation="associations.unlink",
        answer=unlink,
        scopes=writes_both,
        is_write=True,
    ),
    Endpoint(
        area=Area.LINK_LISTS,
        method="GET",
        path="/{from_type}/{record_id}/associations/{to_type}",
        operation="associations.list",
        answer=list_links,
        scopes=reads_both,
    ),
)
