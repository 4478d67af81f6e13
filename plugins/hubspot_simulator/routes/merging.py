"""Merging two records, and removing one for good."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from hubspot_simulator import errors
from hubspot_simulator.endpoints import Area, Call, Endpoint, writes
from hubspot_simulator.merges import merge, remove
from hubspot_simulator.record_views import Wanted, shown
from hubspot_simulator.records import Record
from hubspot_simulator.replies import Reply
from hubspot_simulator.write_checks import is_found_by
from hubspot_simulator.writes import find


def merge_records(call: Call) -> Reply:
    """Merge two records; the answer is the one that stands for both."""
    _require(call, ("primaryObjectId", "objectIdToMerge"))
    primary, other = (_record(call, str(call.fields[name])) for name in ("primaryObjectId", "objectIdToMerge"))
    merged = merge(call.account, call.kind, primary, other)
    wanted = Wanted(properties=list(merged.properties))
    return Reply(status=200, body=shown(call.account, call.kind, merged, wanted))


def delete_for_good(call: Call) -> Reply:
    """Remove a record and all that is known of it; that it is not there is no fault (assumed)."""
    _require(call, ("objectId",))
    record_id, id_property = str(call.fields["objectId"]), call.fields.get("idProperty")
    if id_property is not None and not is_found_by(call.account, call.kind, id_property, for_upsert=True):
        raise errors.non_unique_id_property(call.kind.type_id, str(id_property))
    store = call.account.stores[call.kind.name]
    record = find(call.account, call.kind, record_id, id_property) or store.get_archived(record_id)
    if record is not None:
        remove(call.account, call.kind, record)
    return Reply(status=204)


def _record(call: Call, record_id: str) -> Record:
    record = call.account.stores[call.kind.name].get(record_id)
    if record is None:
        raise errors.resource_not_found()
    return record


def _require(call: Call, names: Sequence[str]) -> None:
    missing = [name for name in names if not call.fields.get(name)]
    if missing:
        raise errors.missing_json_fields(missing)


def _endpoint(operation: str, answer: Callable[[Call], Reply]) -> Endpoint:
    return Endpoint(
        area=Area.OBJECTS,
        method="POST",
        path=f"/{{object_type}}/{operation}",
        operation=operation,
        answer=answer,
        scopes=writes,
        is_write=True,
    )


ENDPOINTS = (_endpoint("merge", merge_records), _endpoint("gdpr-delete", delete_for_good))
