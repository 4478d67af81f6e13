"""The scopes a run needs, checked before the first write (hubspot-api: ``security`` blocks of the 2026-09 specs)."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping

from hubspot_import.model import ObjectType

READ_SCOPES: Mapping[ObjectType, str] = {
    ObjectType.COMPANIES: "crm.objects.companies.read",
    ObjectType.CONTACTS: "crm.objects.contacts.read",
    ObjectType.TICKETS: "tickets",
}
WRITE_SCOPES: Mapping[ObjectType, str] = {
    ObjectType.COMPANIES: "crm.objects.companies.write",
    ObjectType.CONTACTS: "crm.objects.contacts.write",
    ObjectType.TICKETS: "tickets",
}
SCHEMA_SCOPES: Mapping[ObjectType, str] = {
    ObjectType.COMPANIES: "crm.schemas.companies.write",
    ObjectType.CONTACTS: "crm.schemas.contacts.write",
    ObjectType.TICKETS: "tickets",
}
OWNERS_SCOPE = "crm.objects.owners.read"


def read_needs(object_types: Iterable[ObjectType], *, with_owners: bool) -> dict[str, str]:
    """Scopes for looking, each with what it is needed for."""
    needs = {READ_SCOPES[object_type]: f"reading {object_type}" for object_type in object_types}
    return needs | ({OWNERS_SCOPE: "finding owners"} if with_owners else {})


def write_needs(
    object_types: Iterable[ObjectType],
    links: Iterable[tuple[ObjectType, ObjectType]],
    new_keys: Iterable[ObjectType],
) -> dict[str, str]:
    """Scopes for writing records, links (the scopes of both ends) and the key property, each with its purpose."""
    needs: dict[str, str] = {}
    for from_type, to_type in links:
        for end in (from_type, to_type):
            needs[WRITE_SCOPES[end]] = f"linking {from_type} to {to_type}"
    needs |= {SCHEMA_SCOPES[object_type]: f"creating the key property on {object_type}" for object_type in new_keys}
    return needs | {WRITE_SCOPES[object_type]: f"writing {object_type}" for object_type in object_types}


def missing_scopes(needs: Mapping[str, str], granted: Collection[str]) -> list[str]:
    """Name each needed scope the token lacks, with its purpose."""
    return [f"{scope} ({purpose})" for scope, purpose in needs.items() if scope not in granted]
