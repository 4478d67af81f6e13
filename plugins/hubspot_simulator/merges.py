"""Two records become one, and a record is removed for good.

Sources: HubSpot's changelog "Updated merge functionality for contacts and companies" (a new record with a new id, both
old ids answer with it, the primary's values and links come first); its help on merging records (oldest create date,
furthest lifecycle stage, the other address kept as an additional one).
"""

from __future__ import annotations

from hubspot_simulator import errors
from hubspot_simulator.account import Account
from hubspot_simulator.association_types import Way
from hubspot_simulator.clock import iso
from hubspot_simulator.object_types import CONTACTS, ObjectType
from hubspot_simulator.property_values import PropertyValues
from hubspot_simulator.records import Record

EMAILS = "hs_additional_emails"


def merge(account: Account, kind: ObjectType, primary: Record, other: Record) -> Record:
    """Merge ``other`` into ``primary``: a new record stands for both."""
    if primary.id == other.id:
        raise errors.invalid(f"Cannot merge record {primary.id} with itself")
    now = account.clock.now()
    merged_id = account.new_id()
    values = _values(account, kind, (primary, other), merged_id)
    created_at = min(primary.created_at, other.created_at)
    merged = Record(id=merged_id, properties=PropertyValues(values), created_at=created_at, updated_at=now)
    store, unique = account.stores[kind.name], account.schemas[kind.name].unique
    links = [link for old in (primary, other) for link in _links(account, kind, old.id)]
    for old in (primary, other):
        account.link_store.forget(kind.name, old.id)
        store.remove(old, unique)
        account.search_index.forget(kind.name, old.id)
    account.company_domains = None  # begun anew when it is next needed
    store.put(merged, unique)
    for old in (primary, other):
        account.alias(kind, old.id, merged_id)
    _link(account, kind, merged_id, links, {primary.id, other.id})
    return merged


def remove(account: Account, kind: ObjectType, record: Record) -> None:
    """Remove a record for good, with its links and what it was before."""
    account.link_store.forget(kind.name, record.id)
    account.stores[kind.name].remove(record, account.schemas[kind.name].unique)
    account.search_index.forget(kind.name, record.id)
    account.company_domains = None  # begun anew when it is next needed
    account.note({"removed": kind.name, "id": record.id})


def _values(account: Account, kind: ObjectType, pair: tuple[Record, Record], merged_id: str) -> dict[str, str]:
    primary, other = pair
    values = {**other.properties.as_dict(), **primary.properties.as_dict()}
    values |= {"hs_object_id": merged_id, kind.modified_property: iso(account.clock.now())}
    values["hs_merged_object_ids"] = ";".join(_merged_ids(record) for record in pair)
    for name in {"createdate", "hs_createdate"} & values.keys():
        values[name] = min(record.properties.get(name, values[name]) for record in pair)
    if kind.lifecycle_pipeline is not None:
        values["lifecyclestage"] = _furthest(account, kind, primary, other)
    if kind is CONTACTS:
        values["hs_all_contact_vids"] = ";".join((merged_id, values["hs_merged_object_ids"]))
        values |= _addresses(primary, other, values)
    return {name: value for name, value in values.items() if value != ""}


def _merged_ids(record: Record) -> str:
    before = record.properties.get("hs_merged_object_ids")
    return record.id if before is None else f"{record.id};{before}"


def _furthest(account: Account, kind: ObjectType, primary: Record, other: Record) -> str:
    stages = [stage.id for pipeline in account.pipelines.get(kind.name, ()) for stage in pipeline.stages]
    held = [str(record.properties.get("lifecyclestage", "")) for record in (primary, other)]
    return max(held, key=lambda stage: stages.index(stage) if stage in stages else -1)


def _addresses(primary: Record, other: Record, values: dict[str, str]) -> dict[str, str]:
    known = [*primary.properties.get(EMAILS, "").split(";")]
    known += [other.properties.get("email", ""), *other.properties.get(EMAILS, "").split(";")]
    additional = dict.fromkeys(address for address in known if address and address != values.get("email"))
    return {EMAILS: ";".join(additional)}


Links = list[tuple[str, str, frozenset[int]]]


def _links(account: Account, kind: ObjectType, record_id: str) -> Links:
    """What a record is linked to: object type, record, association types."""
    return [
        (way.to_type, to_id, type_ids)
        for way in account.association_types.ways_from(kind.name)
        for to_id, type_ids in account.link_store.linked(way, record_id)
    ]


def _link(account: Account, kind: ObjectType, merged_id: str, links: Links, gone: set[str]) -> None:
    """Link the new record as the old ones were; a second primary link is a plain one.

    Primary links go first: the first link of a record becomes its primary one.
    """
    ways = {to_type: account.association_types.way(kind.name, to_type) for to_type, _, _ in links}
    for to_type, to_id, type_ids in sorted(links, key=lambda link: _is_plain(ways[link[0]], link[2])):
        way = ways[to_type]
        if way is None or to_id in gone:
            continue
        standing = account.link_store.linked(way, merged_id)
        has_primary = way.is_forward and any(way.primary in ids for _, ids in standing)
        wanted = type_ids - {way.primary} if has_primary else type_ids
        account.link_store.associate(way, merged_id, to_id, {*wanted, *account.link_store.types(way, merged_id, to_id)})


def _is_plain(way: Way | None, type_ids: frozenset[int]) -> bool:
    return way is None or way.primary not in type_ids
