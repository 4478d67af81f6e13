"""An account as one value: everything it holds in a stable order, and what tells two such dumps apart."""

from __future__ import annotations

from typing import Any

from hubspot_simulator.account import Account
from hubspot_simulator.replies import JsonObject


def dump(account: Account) -> JsonObject:
    """Show everything an account holds.

    ``records``: by object type and id, ``properties`` and ``archived``; ``links``: from type, from id, to type, to id
    and type ids, each link once; ``schema``: by object type the definitions of properties that are not HubSpot's own.
    """
    with account.lock:
        return {
            "schema": {name: _own_properties(account, name) for name in sorted(account.schemas)},
            "records": {name: _records(account, name) for name in sorted(account.stores)},
            "links": sorted(
                [way.from_type, from_id, way.to_type, to_id, sorted(type_ids)]
                for way, from_id, to_id, type_ids in account.link_store.everything()
            ),
        }


def _own_properties(account: Account, object_type_name: str) -> JsonObject:
    properties = account.schemas[object_type_name].properties
    return {name: item.body for name, item in sorted(properties.items()) if not item.body.get("hubspotDefined")}


def _records(account: Account, object_type_name: str) -> JsonObject:
    records = sorted(account.stores[object_type_name].everything(), key=lambda record: int(record.id))
    return {
        record.id: {"properties": dict(sorted(record.properties.items())), "archived": record.archived}
        for record in records
    }


def difference(before: JsonObject, after: JsonObject) -> JsonObject:
    """Say what changed from one dump to another; an empty object when nothing did.

    ``records``: by object type ``added`` and ``removed`` ids, and ``changed``: by id and name the value before and
    after (null: none); ``links``: ``added`` and ``removed``; ``schema``: like records, by property name.
    """
    found: JsonObject = {}
    for part in ("schema", "records"):
        names = sorted({*before[part], *after[part]})
        by_type = {name: _changes(before[part].get(name, {}), after[part].get(name, {})) for name in names}
        found[part] = {name: changes for name, changes in by_type.items() if changes}
    found["links"] = _kept({"added": _beyond(after, before), "removed": _beyond(before, after)})
    return _kept(found)


def _changes(before: JsonObject, after: JsonObject) -> JsonObject:
    changed = {
        key: _values(before[key], after[key]) for key in before.keys() & after.keys() if before[key] != after[key]
    }
    return _kept(
        {
            "added": sorted(after.keys() - before.keys()),
            "removed": sorted(before.keys() - after.keys()),
            "changed": dict(sorted(changed.items())),
        }
    )


def _values(before: JsonObject, after: JsonObject) -> JsonObject:
    """Name the values that differ; a record's properties stand beside what else there is of it."""
    old, new = _flat(before), _flat(after)
    return {name: [old.get(name), new.get(name)] for name in sorted({*old, *new}) if old.get(name) != new.get(name)}


def _flat(entry: JsonObject) -> JsonObject:
    return {**{name: value for name, value in entry.items() if name != "properties"}, **entry.get("properties", {})}


def _beyond(these: JsonObject, those: JsonObject) -> list[Any]:
    there = {str(link) for link in those["links"]}
    return [link for link in these["links"] if str(link) not in there]


def _kept(parts: JsonObject) -> JsonObject:
    return {name: value for name, value in parts.items() if value}
