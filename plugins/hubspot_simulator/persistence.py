"""An account in a file: one JSON object a line, each a change; read from top to bottom it gives the account.

The file is rewritten whole (temporary name, then rename) when it is opened and when it is closed; in between every
request appends what it changed before it is answered. So a killed process loses nothing it has acknowledged, and a
line it did not finish is left out.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from typing import IO

from hubspot_simulator import custom_objects
from hubspot_simulator.account import Account, association_type_line, record_line
from hubspot_simulator.association_types import AssociationType, Category
from hubspot_simulator.json_bytes import read_json, write_json
from hubspot_simulator.pipeline_changes import pipelines_line, restored_pipelines
from hubspot_simulator.property_values import PropertyValues, one_copy
from hubspot_simulator.records import Record
from hubspot_simulator.replies import JsonObject


class StateFile:
    """Keeps one account in one file."""

    def __init__(self, path: Path, account: Account) -> None:
        self._path = path
        self._account = account
        if path.exists():
            for line in read_lines(path):
                restore(account, line)
        self._stream = self._rewrite()
        account.journal = self.append

    def append(self, change: JsonObject) -> None:
        """Write one change; :meth:`flush` makes it last."""
        self._stream.write(write_json(change) + b"\n")

    def flush(self) -> None:
        """Hand what was appended to the operating system."""
        self._stream.flush()

    def close(self) -> None:
        """Rewrite the file whole and let go of it."""
        self._account.journal = None
        self._stream.close()
        self._rewrite().close()

    def _rewrite(self) -> IO[bytes]:
        self._path.parent.mkdir(parents=True, exist_ok=True)
        temporary = self._path.with_name(f"{self._path.name}.new")
        with temporary.open("wb") as stream:
            for line in snapshot(self._account):
                stream.write(write_json(line) + b"\n")
        temporary.replace(self._path)
        return self._path.open("ab")


def read_lines(path: Path) -> Iterator[JsonObject]:
    """Read the changes of a file; a last line that breaks off belongs to a request that was never answered."""
    with path.open("rb") as stream:
        for line in stream:
            if line.endswith(b"\n"):
                yield read_json(line)


def snapshot(account: Account) -> Iterator[JsonObject]:
    """Write an account as the shortest list of changes that gives it."""
    yield from _metadata(account)
    for name, store in account.stores.items():
        for record in store.everything():
            yield record_line(store, record)
        for record_id, stands_for_it in store.aliases.items():
            yield {"merged": name, "id": record_id, "into": stands_for_it}
    yield from _association_types(account)
    for way, from_id, to_id, type_ids in account.link_store.everything():
        yield {"link": [way.from_type, from_id, way.to_type, to_id], "types": sorted(type_ids)}


def _association_types(account: Account) -> Iterator[JsonObject]:
    for way in account.association_types.every_way():
        for item in way.types.values():
            if item.category is not Category.HUBSPOT_DEFINED or item.type_id in way.limits:
                yield association_type_line(way, item)


def _metadata(account: Account) -> Iterator[JsonObject]:
    for body in account.custom_types.values():
        yield {"objectType": body}
    for name, schema in account.schemas.items():
        for body in schema.groups.bodies():
            yield {"group": name, "body": body}
        for item in (*schema.properties.values(), *schema.archived.values()):
            if item.is_custom:
                yield {"property": name, "body": item.body}
    for name, pipelines in account.pipelines.items():
        yield pipelines_line(name, pipelines)


def restore(account: Account, line: JsonObject) -> None:
    """Apply one change to an account."""
    for key, restorer in _RESTORERS.items():
        if key in line:
            restorer(account, line)
            return


def _restore_property(account: Account, line: JsonObject) -> None:
    account.schemas[line["property"]].add(line["body"])


def _restore_object_type(account: Account, line: JsonObject) -> None:
    custom_objects.restore(account, line["objectType"])


def _restore_group(account: Account, line: JsonObject) -> None:
    account.schemas[line["group"]].groups.put(line["body"])


def _restore_pipelines(account: Account, line: JsonObject) -> None:
    account.pipelines[line["pipelines"]] = restored_pipelines(line)


def _restore_link(account: Account, line: JsonObject) -> None:
    from_type, from_id, to_type, to_id = line["link"]
    way = account.association_types.way(from_type, to_type)
    if way is not None:
        account.link_store.set(way, from_id, to_id, line["types"])


def _restore_association_type(account: Account, line: JsonObject) -> None:
    from_type, to_type = line["associationType"]
    fields = {name: value for name, value in line.items() if name not in {"associationType", "limit"}}
    item = AssociationType(**{**fields, "category": Category(line["category"])})
    way = account.association_types.way(from_type, to_type)
    if item.is_gone and way is not None:
        account.association_types.remove(way, item.type_id)
        return
    account.association_types.restore(from_type, to_type, item)
    way = account.association_types.way(from_type, to_type)
    if way is not None and line["limit"] is not None:
        way.limits[item.type_id] = line["limit"]


def _restore_record(account: Account, line: JsonObject) -> None:
    record = Record(
        id=line["id"],
        properties=PropertyValues({name: one_copy(value) for name, value in line["properties"].items()}),
        created_at=_moment(line["createdAt"]),
        updated_at=_moment(line["updatedAt"]),
        archived=line["archived"],
    )
    account.stores[line["record"]].replace(record, account.schemas[line["record"]].unique)
    if "history" in line:
        account.stores[line["record"]].history.put(
            record.id, [(name, _moment(at), value) for name, at, value in line["history"]]
        )
    account.reserve(record.id)


@lru_cache(maxsize=1024)
def _moment(text: str) -> datetime:
    return datetime.fromisoformat(text)


def _restore_removal(account: Account, line: JsonObject) -> None:
    name = str(line.get("merged") or line.get("removed"))
    store = account.stores[name]
    record = store.get(line["id"]) or store.get_archived(line["id"])
    if record is not None and record.id == line["id"]:
        store.remove(record, account.schemas[name].unique)
    if "merged" in line:
        store.aliases[line["id"]] = line["into"]


_RESTORERS: Mapping[str, Callable[[Account, JsonObject], None]] = {
    "record": _restore_record,
    "link": _restore_link,
    "merged": _restore_removal,
    "removed": _restore_removal,
    "property": _restore_property,
    "group": _restore_group,
    "pipelines": _restore_pipelines,
    "objectType": _restore_object_type,
    "associationType": _restore_association_type,
}
