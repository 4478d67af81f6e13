"""Association batches between two object types (hubspot-api.md §6)."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from hubspot_simulator import errors
from hubspot_simulator.association_inputs import (
    MAX_ARCHIVES,
    MAX_CREATES,
    MAX_LINKS_SHOWN,
    MAX_READS,
    Ends,
    Pair,
    end_id,
    no_links,
    text_id,
)
from hubspot_simulator.batch_inputs import input_objects, wrong_type
from hubspot_simulator.endpoints import Area, Call, Endpoint, reads_both, writes_both
from hubspot_simulator.replies import JsonObject, Reply


def create(call: Call) -> Reply:
    """Link up to 2,000 pairs with the types asked for, which replace the labels that stand."""
    ends = Ends(call)
    pairs = [ends.pair(item, ends.checked_types(item.get("types"))) for item in input_objects(call.body, MAX_CREATES)]
    status = 200 if call.version == "2026-09" else 201
    return _carried_out(call, status, ends, pairs, lambda pair: [ends.link(pair)])


def create_default(call: Call) -> Reply:
    """Link up to 2,000 pairs without a label; both directions are answered."""
    ends = Ends(call)
    plain = [ends.way.plain]
    pairs = [ends.pair(item, plain) for item in input_objects(call.body, MAX_CREATES)]
    return _carried_out(call, 200, ends, pairs, ends.link_plainly)


def read(call: Call) -> Reply:
    """Read what up to 1,000 records are linked to, 500 links of each; a record without links is an error entry."""
    ends, results, entries = Ends(call), [], []
    for item in input_objects(call.body, MAX_READS):
        from_id = ends.from_id(text_id(item.get("id")))
        targets, paging = ends.targets(from_id, _cursor(item), MAX_LINKS_SHOWN)
        if targets:
            row: JsonObject = {"from": {"id": from_id}, "to": targets}
            results.append(row if paging is None else row | {"paging": paging})
        else:
            entries.append(no_links(ends.from_kind, ends.to_kind, from_id))
    return call.account.batch_reply.build(200, results, entries)


def archive(call: Call) -> Reply:
    """Remove up to 100 records' links; a link that is not there is no fault."""
    ends = Ends(call)
    for item in input_objects(call.body, MAX_ARCHIVES):
        targets = item.get("to")
        if not isinstance(targets, list):
            raise wrong_type(targets)
        for target in targets:
            pair = ends.pair_of(end_id(item, "from"), text_id(target.get("id")))
            call.account.link_store.separate(ends.way, pair.from_id, pair.to_id)
    return _done(call)


def archive_labels(call: Call) -> Reply:
    """Take labels off up to 100 links; the links themselves stay."""
    ends = Ends(call)
    for item in input_objects(call.body, MAX_ARCHIVES):
        pair = ends.pair(item, ends.checked_types(item.get("types")))
        call.account.link_store.unlabel(ends.way, pair.from_id, pair.to_id, pair.type_ids)
    return _done(call)


def _carried_out(
    call: Call, status: int, ends: Ends, pairs: Iterable[Pair], carry_out: Callable[[Pair], list[JsonObject]]
) -> Reply:
    results, entries = [], []
    for pair in pairs:
        obstacle = ends.obstacle(pair)
        if obstacle is None:
            results += carry_out(pair)
        else:
            entries.append(obstacle)
    return call.account.batch_reply.build(status, results, entries)


def _done(call: Call) -> Reply:
    return Reply(status=204) if call.version == "v4" else call.account.batch_reply.build(200, [], [])


def _cursor(item: JsonObject) -> int:
    text = str(item.get("after") or "0")
    if not text.isdecimal():
        raise errors.invalid(f"{text} is not a valid paging cursor")
    return int(text)


def _batch(name: str, operation: str, answer: Callable[[Call], Reply], *, is_write: bool) -> Endpoint:
    return Endpoint(
        area=Area.ASSOCIATIONS,
        method="POST",
        path=f"/{{from_type}}/{{to_type}}/batch/{name}",
        operation=f"associations.{operation}",
        answer=answer,
        scopes=writes_both if is_write else reads_both,
        is_write=is_write,
    )


ENDPOINTS = (
    _batch("create", "create", create, is_write=True),
    _batch("associate/default", "create_default", create_default, is_write=True),
    _batch("archive", "archive", archive, is_write=True),
    _batch("labels/archive", "archive_labels", archive_labels, is_write=True),
    _batch("read", "read", read, is_write=False),
)
