"""How a record is shown: which properties, with which of their versions, with whom it is linked."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from hubspot_simulator.account import Account
from hubspot_simulator.association_types import AssociationType, Way
from hubspot_simulator.contact_values import FULL_NAME, UNTOUCHED, implied_of_contact
from hubspot_simulator.object_types import CONTACTS, ObjectType
from hubspot_simulator.property_history import version_body
from hubspot_simulator.records import Record
from hubspot_simulator.replies import JsonObject

IMPLIED = frozenset({FULL_NAME, *UNTOUCHED})


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What a request wants to see of records."""

    properties: Sequence[str]
    with_history: Sequence[str] = ()
    linked_types: Sequence[str] = ()


def asked_properties(account: Account, kind: ObjectType, names: Collection[str]) -> list[str]:
    """Name the properties to answer: those asked for that exist, or the default ones; the system's own always."""
    known = account.schemas[kind.name].properties
    asked = [name for name in names if name in known] if names else list(kind.default_properties)
    created = "hs_createdate" if kind.is_custom else "createdate"
    always = [name for name in (created, "hs_object_id", kind.modified_property) if name not in asked]
    return sorted({*asked, *always})


def shown(account: Account, kind: ObjectType, record: Record, wanted: Wanted) -> JsonObject:
    """Answer a record as it is wanted."""
    body = record.body(wanted.properties, account.url(kind, record.id))
    if kind is CONTACTS and not IMPLIED.isdisjoint(wanted.properties):
        told = implied_of_contact(record.properties)
        body["properties"] |= {name: told[name] for name in IMPLIED.intersection(wanted.properties)}
    if wanted.with_history:
        body["propertiesWithHistory"] = {name: _history(account, kind, record, name) for name in wanted.with_history}
    found = {name: _links(account, kind, record, name) for name in wanted.linked_types}
    if any(found.values()):
        body["associations"] = {name: {"results": links} for name, links in found.items() if links}
    return body


def _history(account: Account, kind: ObjectType, record: Record, name: str) -> list[JsonObject]:
    """List the versions of a property, newest first."""
    found = account.stores[kind.name].history.of(record.id)
    versions = [(at, value) for changed, at, value in found if changed == name]
    if not versions and name in record.properties:
        begun = record.updated_at if name == kind.modified_property else record.created_at
        versions = [(begun, record.properties[name])]
    return [version_body(at, value) for at, value in reversed(versions)]


def _links(account: Account, kind: ObjectType, record: Record, type_name: str) -> list[JsonObject]:
    other = account.types.find(type_name)
    way = account.association_types.way(kind.name, other.name)
    if way is None:
        return []
    return [
        {"id": to_id, "type": _link_name(kind, other, way, item)}
        for to_id, type_ids in account.link_store.linked(way, record.id)
        for item in way.in_order(type_ids)
    ]


def _link_name(kind: ObjectType, other: ObjectType, way: Way, item: AssociationType) -> str:
    """Name an association type as records do: the primary one bears the plain name, where there is one."""
    plain = f"{kind.singular}_to_{other.singular}"
    if item.type_id == way.plain:
        return plain if way.primary is None else f"{plain}_unlabeled"
    return plain if item.type_id == way.primary else f"{plain}_{str(item.label).lower().replace(' ', '_')}"
