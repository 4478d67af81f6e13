"""The scopes a run needs, checked before the first write (hubspot-api: ``security`` blocks of the 2026-09 specs)."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from hubspot_import.errors import ScopeError
from hubspot_import.model import ObjectType
from hubspot_import.planning.rules import OWNER
from hubspot_import.planning.schema import ObjectSchema

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


@dataclass(frozen=True, slots=True, kw_only=True)
class Needs:
    """The scopes a run needs for looking and for writing, each with its purpose."""

    reads: Mapping[str, str]
    writes: Mapping[str, str]

    @classmethod
    def of(
        cls,
        schemas: Mapping[ObjectType, ObjectSchema],
        links: Iterable[tuple[ObjectType, ObjectType]],
        new_keys: Iterable[ObjectType],
    ) -> Needs:
        """Say what a run of these object types and kinds of links needs."""
        with_owners = any(OWNER in schema.mapping.properties for schema in schemas.values())
        return cls(reads=read_needs(schemas, with_owners=with_owners), writes=write_needs(schemas, links, new_keys))


def check_scopes(needs: Needs, granted: Collection[str], *, dry_run: bool, makes_keys: bool) -> None:
    """Raise ScopeError naming each scope the token lacks. A dry run only has to be able to look."""
    lacking = missing_scopes(needs.reads if dry_run else {**needs.reads, **needs.writes}, granted)
    if lacking:
        way_out = "; for the key property alone you may instead set key: <a unique property>" if makes_keys else ""
        raise ScopeError(
            f"the token lacks {', '.join(lacking)}; add the scopes to the private app or service key{way_out}"
        )


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
