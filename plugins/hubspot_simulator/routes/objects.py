"""Single records and the list of an object type."""

from __future__ import annotations

from itertools import islice
from typing import NoReturn
from urllib.parse import urlencode

from hubspot_simulator import errors
from hubspot_simulator.batch_inputs import write_inputs
from hubspot_simulator.endpoints import PREFIXES, Area, Call, Endpoint, reads, writes
from hubspot_simulator.record_views import Wanted, asked_properties, shown
from hubspot_simulator.records import Record
from hubspot_simulator.replies import JsonObject, Reply
from hubspot_simulator.write_checks import is_found_by
from hubspot_simulator.writes import Write, batch_write, find


def list_records(call: Call) -> Reply:
    """List records in the order of their ids, up to 100 a page."""
    wanted = _wanted(call)
    limit = call.limit(10, MAX_PAGE_WITH_HISTORY if wanted.with_history else MAX_PAGE)
    after = call.after()
    store = call.account.stores[call.kind.name]
    page = list(islice(store.after(after, archived=call.asks("archived")), limit + 1))
    listed = page[:limit]
    body: JsonObject = {"results": [shown(call.account, call.kind, record, wanted) for record in listed]}
    if len(page) > limit:
        query = urlencode({**call.query, "after": listed[-1].id})
        link = f"{_address(call)}?{query}"
        body["paging"] = {"next": {"after": listed[-1].id, "link": link}}
    return Reply(status=200, body=body)


def read_one(call: Call) -> Reply:
    """Read one record by id or by a unique property; what is not there is a web page."""
    if call.asks("archived"):
        record = call.account.stores[call.kind.name].get_archived(call.path["record_id"]) or _refuse(call)
    else:
        record = _found(call)
    return Reply(status=200, body=shown(call.account, call.kind, record, _wanted(call)))


def create_one(call: Call) -> Reply:
    """Create one record."""
    reply = _as_batch(call, Write.CREATE, call.fields)
    record_id = reply.body["id"] if isinstance(reply.body, dict) else ""
    return Reply(status=201, body=reply.body, headers={"Location": f"{_address(call)}/{record_id}"})


def _address(call: Call) -> str:
    return f"https://api.hubapi.com{PREFIXES[Area.OBJECTS][call.version]}/{call.kind.name}"


def update_one(call: Call) -> Reply:
    """Change one record, found by its id or a unique property (contacts by e-mail too)."""
    return _as_batch(call, Write.UPDATE, {**call.fields, "id": _found(call).id})


def _found(call: Call) -> Record:
    """Find the record the path names, or refuse."""
    record_id, id_property = call.path["record_id"], call.query.get("idProperty")
    if id_property is not None and not is_found_by(call.account, call.kind, id_property, for_upsert=True):
        raise errors.non_unique_id_property(call.kind.type_id, id_property)
    record = find(call.account, call.kind, record_id, id_property)
    return record or _refuse(call)


def _refuse(call: Call) -> NoReturn:
    """404 in the form the account has."""
    if call.query.get("idProperty") is None and not call.path["record_id"].isdecimal():
        raise errors.refusal(404, "Object not found.  objectId are usually numeric.", "OBJECT_NOT_FOUND")
    raise errors.resource_not_found() if call.account.switches.not_found_as_json else errors.page_not_found()


def archive_one(call: Call) -> Reply:
    """Archive one record; that it is not there is no fault."""
    call.account.archive(call.kind, call.path["record_id"])
    return Reply(status=204)


def _as_batch(call: Call, write: Write, single: JsonObject) -> Reply:
    body = {"inputs": [{key: value for key, value in single.items() if key != "objectWriteTraceId"}]}
    write_inputs(body, with_ids=write is Write.UPDATE)  # a single record is never dropped without a word
    reply = batch_write(call.account, call.kind, body, write, normalises_dates=call.normalises_dates)
    results = reply.body["results"] if isinstance(reply.body, dict) else []
    return Reply(status=reply.status, body=results[0])


def _wanted(call: Call) -> Wanted:
    return Wanted(
        properties=asked_properties(call.account, call.kind, _names(call, "properties")),
        with_history=_names(call, "propertiesWithHistory"),
        linked_types=_names(call, "associations"),
    )


def _names(call: Call, parameter: str) -> tuple[str, ...]:
    return tuple(name for name in call.query.get(parameter, "").split(",") if name)


MAX_PAGE, MAX_PAGE_WITH_HISTORY = 100, 50
_RECORD = "/{object_type}/{record_id}"
ENDPOINTS = (
    Endpoint(
        area=Area.OBJECTS, method="GET", path="/{object_type}", operation="list", answer=list_records, scopes=reads
    ),
    Endpoint(
        area=Area.OBJECTS,
        method="POST",
        path="/{object_type}",
        operation="create",
        answer=create_one,
        scopes=writes,
        is_write=True,
    ),
    Endpoint(area=Area.OBJECTS, method="GET", path=_RECORD, operation="read", answer=read_one, scopes=reads),
    Endpoint(
        area=Area.OBJECTS,
        method="PATCH",
        path=_RECORD,
        operation="update",
        answer=update_one,
        scopes=writes,
        is_write=True,
    ),
    Endpoint(
        area=Area.OBJECTS,
        method="DELETE",
        path=_RECORD,
        operation="archive",
        answer=archive_one,
        scopes=writes,
        is_write=True,
    ),
)
