"""The object types an account has, under every name a path may call them by."""

from __future__ import annotations

from dataclasses import dataclass

from hubspot_simulator import errors


@dataclass(frozen=True, slots=True, kw_only=True)
class ObjectType:
    """One object type: its names, what reading it shows by default, and what a new record must have."""

    name: str
    singular: str
    type_id: str
    default_properties: tuple[str, ...]
    modified_property: str
    read_scope: str
    write_scope: str
    schema_scope: str
    needs_all_of: tuple[str, ...] = ()
    needs_one_of: tuple[str, ...] = ()
    lifecycle_pipeline: str | None = None
    default_group: str

    @property
    def legacy_name(self) -> str:
        """The name in messages: CONTACT."""
        return self.singular.upper()


CONTACTS = ObjectType(
    name="contacts",
    singular="contact",
    type_id="0-1",
    default_properties=("createdate", "email", "firstname", "hs_object_id", "lastmodifieddate", "lastname"),
    modified_property="lastmodifieddate",
    read_scope="crm.objects.contacts.read",
    write_scope="crm.objects.contacts.write",
    schema_scope="crm.schemas.contacts.write",
    needs_one_of=("email", "firstname", "lastname"),
    lifecycle_pipeline="contacts-lifecycle-pipeline",
    default_group="contactinformation",
)
COMPANIES = ObjectType(
    name="companies",
    singular="company",
    type_id="0-2",
    default_properties=("createdate", "domain", "hs_lastmodifieddate", "hs_object_id", "name"),
    modified_property="hs_lastmodifieddate",
    read_scope="crm.objects.companies.read",
    write_scope="crm.objects.companies.write",
    schema_scope="crm.schemas.companies.write",
    needs_one_of=("name", "domain"),
    lifecycle_pipeline="companies-lifecycle-pipeline",
    default_group="companyinformation",
)
TICKETS = ObjectType(
    name="tickets",
    singular="ticket",
    type_id="0-5",
    default_properties=(
        "content",
        "createdate",
        "hs_lastmodifieddate",
        "hs_object_id",
        "hs_pipeline",
        "hs_pipeline_stage",
        "hs_ticket_category",
        "hs_ticket_priority",
        "subject",
    ),
    modified_property="hs_lastmodifieddate",
    read_scope="tickets",
    write_scope="tickets",
    schema_scope="tickets",
    needs_all_of=("hs_pipeline_stage", "subject"),
    default_group="ticketinformation",
)
OBJECT_TYPES = (CONTACTS, COMPANIES, TICKETS)
_BY_NAME = {name: kind for kind in OBJECT_TYPES for name in (kind.name, kind.singular, kind.type_id)}

ALL_SCOPES = frozenset(
    scope for kind in OBJECT_TYPES for scope in (kind.read_scope, kind.write_scope, kind.schema_scope)
) | {"crm.objects.owners.read", "oauth"}


def object_type(name: str) -> ObjectType:
    """Find an object type by plural, singular or type id; refuse the request when there is none."""
    found = _BY_NAME.get(name.lower())
    if found is None:
        raise errors.unknown_object_type(name)
    return found
