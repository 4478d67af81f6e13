"""What is true of an account after every request: unique values are, indexes tell so, links stand at both ends."""

from __future__ import annotations

from collections.abc import Iterator

from hubspot_simulator.account import Account


def broken_invariants(account: Account) -> list[str]:
    """Say what is not as it must be; nothing when all is well."""
    return [*_unique_values(account), *_links(account)]


def _unique_values(account: Account) -> Iterator[str]:
    for name, store in account.stores.items():
        for property_name in account.schemas[name].unique:
            held: dict[str, str] = {}
            for record in store:
                for value in store.unique_values(record, property_name):
                    other = held.setdefault(value, record.id)
                    if other != record.id:
                        yield f"{name} {other} and {record.id} hold one {property_name}"
            if held != store.holders(property_name):
                yield f"the index of {property_name} of {name} is not what the records hold"


def _links(account: Account) -> Iterator[str]:
    for way in account.association_types.every_way():
        back = account.association_types.back(way)
        for from_id, to_id in account.link_store.pairs(way):
            type_ids = account.link_store.types(way, from_id, to_id)
            if account.link_store.types(back, to_id, from_id) != way.mirrored(type_ids):
                yield f"the link {way.from_type} {from_id} to {way.to_type} {to_id} is another from its other end"
            for object_type, record_id in ((way.from_type, from_id), (way.to_type, to_id)):
                if account.stores[object_type].get(record_id) is None:
                    yield f"{object_type} {record_id} is linked and does not stand"
