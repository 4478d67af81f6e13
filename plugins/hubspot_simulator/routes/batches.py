"""Batch create, read, update, upsert and archive of records."""

from __future__ import annotations

from hubspot_simulator import batch_inputs, errors
from hubspot_simulator.endpoints import Area, Call, Endpoint, reads, writes
from hubspot_simulator.record_views import Wanted, asked_properties, shown
from hubspot_simulator.replies import Reply
from hubspot_simulator.write_checks import is_found_by
from hubspot_simulator.writes import Write, batch_write, find


def create(call: Call) -> Reply:
    """Create up to 100 records."""
    return batch_write(call.account, call.kind, call.body, Write.CREATE, normalises_dates=call.normalises_dates)


def update(call: Call) -> Reply:
    """Change up to 100 records, found by id or a unique property."""
    return batch_write(call.account, call.kind, call.body, Write.UPDATE, normalises_dates=call.normalises_dates)


def upsert(call: Call) -> Reply:
    """Create or change up to 100 records, found by e-mail or a unique property."""
    return batch_write(call.account, call.kind, call.body, Write.UPSERT, normalises_dates=call.normalises_dates)


def read(call: Call) -> Reply:
    """Read up to 100 records (50 with history); those that are not there are named in one error entry."""
    has_history = isinstance(call.body, dict) and bool(call.body.get("propertiesWithHistory"))
    ids = batch_inputs.ids(call.body, has_history=has_history)
    account, kind, id_property = call.account, call.kind, call.body.get("idProperty")
    if id_property not in (None, "hs_object_id") and not is_found_by(account, kind, str(id_property), for_upsert=True):
        raise errors.non_unique_id_property(kind.type_id, str(id_property))
    wanted = Wanted(
        properties=asked_properties(account, kind, call.body.get("properties") or ()),
        with_history=call.body.get("propertiesWithHistory") or (),
    )
    archived = call.asks("archived")
    results, missing = {}, []
    for record_id in ids:
        if archived:
            record = account.stores[kind.name].get_archived(record_id)
        else:
            record = find(account, kind, record_id, id_property)
        if record is None:
            missing.append(record_id)
        else:
            results[record.id] = shown(account, kind, record, wanted)
    entries = [errors.missing_records(kind.legacy_name, missing, {})] if missing else []
    return account.batch_reply.build(200, list(results.values()), entries)


def archive(call: Call) -> Reply:
    """Archive up to 100 records; unknown ids are no fault (assumed: no source says otherwise)."""
    for record_id in batch_inputs.ids(call.body):
        call.account.archive(call.kind, record_id)
    return Reply(status=204)


ENDPOINTS = (
    Endpoint(
        area=Area.OBJECTS,
        method="POST",
        path="/{object_type}/batch/create",
        operation="batch.create",
        answer=create,
        scopes=writes,
        is_write=True,
    ),
    Endpoint(
        area=Area.OBJECTS,
        method="POST",
        path="/{object_type}/batch/update",
        operation="batch.update",
        answer=update,
        scopes=writes,
        is_write=True,
    ),
    Endpoint(
        area=Area.OBJECTS,
        method="POST",
        path="/{object_type}/batch/upsert",
        operation="batch.upsert",
        answer=upsert,
        scopes=writes,
        is_write=True,
    ),
    Endpoint(
        area=Area.OBJECTS,
        method="POST",
        path="/{object_type}/batch/archive",
        operation="batch.archive",
        answer=archive,
        scopes=writes,
        is_write=True,
    ),
    Endpoint(
        area=Area.OBJECTS,
        method="POST",
        path="/{object_type}/batch/read",
        operation="batch.read",
        answer=read,
        scopes=reads,
    ),
)
