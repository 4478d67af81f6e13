"""Association batches between two object types (hubspot-api.md §6)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from hubspot_simulator import errors
from hubspot_simulator.batch_inputs import input_objects, wrong_type
from hubspot_simulator.endpoints import Area, Call, Endpoint
from hubspot_simulator.links import Direction, direction
from hubspot_simulator.object_types import ObjectType
from hubspot_simulator.replies import ApiError, JsonObject, Reply

MAX_CREATES, MAX_READS, MAX_ARCHIVES = 2_000, 1_000, 100


class Ends:
    """The two object types of a call, and the way between them."""

    def __init__(self, call: Call) -> None:
        self.account = call.account
        self.from_kind = call.account.types.find(call.path["from_type"])
        self.to_kind = call.account.types.find(call.path["to_type"])
        self._way = direction(self.from_kind.name, self.to_kind.name)

    @property
    def way(self) -> Direction:
        """The link kind of the pair, or a refusal when the account has none."""
        if self._way is None:
            raise self.invalid_type(0)
        return self._way

    def invalid_type(self, type_id: int) -> ApiError:
        """400: the type id does not belong to this pair and direction."""
        return errors.invalid(
            f"0-{type_id} is not a valid association type between {self.from_kind.legacy_name} "
            f"and {self.to_kind.legacy_name}",
            subCategory="crm.associations.INVALID_ASSOCIATION_TYPE",
        )

    def missing(self, from_id: str, to_id: str) -> JsonObject | None:
        """The 207 entry for an end that is not there."""
        for kind, record_id, word in ((self.from_kind, from_id, "FROM"), (self.to_kind, to_id, "TO")):
            if self.account.stores[kind.name].get(record_id) is None:
                return errors.entry(
                    "OBJECT_NOT_FOUND",
                    f"No {kind.singular} with ID {record_id} exists",
                    {"objectType": [kind.singular], "id": [record_id]},
                    subCategory=f"crm.associations.{word}_OBJECT_NOT_FOUND",
                )
        return None

    def row(self, from_id: str, to_id: str, labels: Iterable[str]) -> JsonObject:
        """One result of a create."""
        return {
            "fromObjectTypeId": self.from_kind.type_id,
            "fromObjectId": from_id,
            "toObjectTypeId": self.to_kind.type_id,
            "toObjectId": to_id,
            "labels": list(labels),
        }


def create(call: Call) -> Reply:
    """Link up to 2,000 pairs with the types asked for."""
    ends, pairs = Ends(call), []
    for item in input_objects(call.body, MAX_CREATES):
        type_ids = _type_ids(item)
        for type_id in type_ids:
            if type_id not in ends.way.type_ids:
                raise ends.invalid_type(type_id)
        pairs.append((_end(item, "from"), _end(item, "to"), type_ids))
    results, entries = [], []
    for from_id, to_id, type_ids in pairs:
        missing = ends.missing(from_id, to_id)
        if missing is not None:
            entries.append(missing)
            continue
        call.account.link_store.associate(ends.way, from_id, to_id, type_ids)
        labels = [label for type_id in type_ids if (label := ends.way.label(type_id))]
        results.append(ends.row(from_id, to_id, labels))
    return call.account.batch_reply.build(200 if call.version == "2026-09" else 201, results, entries)


def create_default(call: Call) -> Reply:
    """Link up to 2,000 pairs without a label; both directions are answered."""
    ends = Ends(call)
    back = direction(ends.to_kind.name, ends.from_kind.name)
    results, entries = [], []
    for item in input_objects(call.body, MAX_CREATES):
        from_id, to_id = _end(item, "from"), _end(item, "to")
        missing = ends.missing(from_id, to_id)
        if missing is not None:
            entries.append(missing)
            continue
        call.account.link_store.associate(ends.way, from_id, to_id, [ends.way.plain])
        results.append(_default_row(from_id, to_id, ends.way.plain))
        results.append(_default_row(to_id, from_id, back.plain if back else ends.way.plain))
    return call.account.batch_reply.build(200, results, entries)


def read(call: Call) -> Reply:
    """Read what up to 1,000 records are linked to; a record without links is an error entry."""
    ends, results, entries = Ends(call), [], []
    for item in input_objects(call.body, MAX_READS):
        from_id = _text_id(item.get("id"))
        targets = [_target(ends.way, to_id, ids) for to_id, ids in call.account.link_store.linked(ends.way, from_id)]
        if targets:
            results.append({"from": {"id": from_id}, "to": targets})
        else:
            entries.append(_no_links(ends.from_kind, ends.to_kind, from_id))
    return call.account.batch_reply.build(200, results, entries)


def archive(call: Call) -> Reply:
    """Remove up to 100 records' links; a link that is not there is no fault."""
    ends = Ends(call)
    for item in input_objects(call.body, MAX_ARCHIVES):
        targets = item.get("to")
        if not isinstance(targets, list):
            raise wrong_type(targets)
        for target in targets:
            call.account.link_store.separate(ends.way, _end(item, "from"), _text_id(target.get("id")))
    if call.version == "v4":
        return Reply(status=204)
    return call.account.batch_reply.build(200, [], [])


def list_labels(call: Call) -> Reply:
    """List the association types of a pair."""
    way = Ends(call).way
    return Reply(status=200, body={"results": _types(way, way.type_ids)})


def _target(way: Direction, to_id: str, type_ids: list[int]) -> JsonObject:
    """One linked record. Recorded answers give ``toObjectId`` as a number though the specification says text."""
    return {"toObjectId": int(to_id), "associationTypes": _types(way, type_ids)}


def _types(way: Direction, type_ids: Iterable[int]) -> list[JsonObject]:
    return [{"category": "HUBSPOT_DEFINED", "typeId": type_id, "label": way.label(type_id)} for type_id in type_ids]


def _no_links(from_kind: ObjectType, to_kind: ObjectType, from_id: str) -> JsonObject:
    return errors.entry(
        "OBJECT_NOT_FOUND",
        f"No {to_kind.singular} is associated with {from_kind.singular} {from_id}.",
        {"fromObjectId": [from_id], "fromObjectType": [from_kind.singular], "toObjectType": [to_kind.singular]},
        subCategory="crm.associations.NO_ASSOCIATIONS_FOUND",
    )


def _default_row(from_id: str, to_id: str, type_id: int) -> JsonObject:
    spec = {"associationCategory": "HUBSPOT_DEFINED", "associationTypeId": type_id}
    return {"from": {"id": from_id}, "to": {"id": to_id}, "associationSpec": spec}


def _type_ids(item: JsonObject) -> list[int]:
    types = item.get("types")
    if not types:
        raise errors.missing_json_fields(["types"])
    if not isinstance(types, list) or not all(isinstance(kind, dict) for kind in types):
        raise wrong_type(types)
    for kind in types:
        if not isinstance(kind.get("associationTypeId"), int):
            raise wrong_type(kind.get("associationTypeId"))
    return [kind["associationTypeId"] for kind in types]


def _end(item: JsonObject, name: str) -> str:
    end = item.get(name)
    if not isinstance(end, dict):
        raise errors.missing_json_fields([name])
    return _text_id(end.get("id"))


def _text_id(value: Any) -> str:
    if value is None or isinstance(value, bool) or not isinstance(value, str | int):
        raise errors.missing_json_fields(["id"])
    return str(value)


def _reads_both(call: Call) -> list[str]:
    return [call.account.types.find(call.path[name]).read_scope for name in ("from_type", "to_type")]


def _writes_both(call: Call) -> list[str]:
    return [call.account.types.find(call.path[name]).write_scope for name in ("from_type", "to_type")]


_PAIR = "/{from_type}/{to_type}"
ENDPOINTS = (
    Endpoint(
        area=Area.ASSOCIATIONS,
        method="POST",
        path=f"{_PAIR}/batch/create",
        operation="associations.create",
        answer=create,
        scopes=_writes_both,
        is_write=True,
    ),
    Endpoint(
        area=Area.ASSOCIATIONS,
        method="POST",
        path=f"{_PAIR}/batch/associate/default",
        operation="associations.create_default",
        answer=create_default,
        scopes=_writes_both,
        is_write=True,
    ),
    Endpoint(
        area=Area.ASSOCIATIONS,
        method="POST",
        path=f"{_PAIR}/batch/archive",
        operation="associations.archive",
        answer=archive,
        scopes=_writes_both,
        is_write=True,
    ),
    Endpoint(
        area=Area.ASSOCIATIONS,
        method="POST",
        path=f"{_PAIR}/batch/read",
        operation="associations.read",
        answer=read,
        scopes=_reads_both,
    ),
    Endpoint(
        area=Area.ASSOCIATIONS,
        method="GET",
        path=f"{_PAIR}/labels",
        operation="associations.labels",
        answer=list_labels,
        scopes=_reads_both,
    ),
)
