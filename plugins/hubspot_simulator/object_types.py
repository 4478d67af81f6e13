"""The object types an account has, under every name a path may call them by."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from hubspot_simulator import errors


@dataclass(frozen=True, slots=True, kw_only=True)
class ObjectType:
    """One object type: its names, what reading it shows by default, and what a new record must have."""

    name: str
    singular: str
    type_id: str
    default_properties: tuple[str, ...]
    searched_properties: tuple[str, ...] = ()
    """What a search answers beyond the default properties when it asks for none."""
    modified_property: str
    read_scope: str
    write_scope: str
    schema_scope: str
    needs_all_of: tuple[str, ...] = ()
    needs_one_of: tuple[str, ...] = ()
    lifecycle_pipeline: str | None = None
    default_group: str
    pipeline_property: str | None = None
    stage_property: str | None = None
    is_custom: bool = False

    @property
    def legacy_name(self) -> str:
        """The name in messages: CONTACT."""
        return self.singular.upper()


CONTACTS = ObjectType(
    name="contacts",
    singular="contact",
    type_id="0-1",
    default_properties=("createdate", "email", "firstname", "hs_object_id", "lastmodifieddate", "lastname"),
    searched_properties=("company", "phone", "website"),
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
    pipeline_property="hs_pipeline",
    stage_property="hs_pipeline_stage",
)
DEALS = ObjectType(
    name="deals",
    singular="deal",
    type_id="0-3",
    default_properties=(
        "amount",
        "closedate",
        "createdate",
        "dealname",
        "dealstage",
        "hs_lastmodifieddate",
        "hs_object_id",
        "pipeline",
    ),
    modified_property="hs_lastmodifieddate",
    read_scope="crm.objects.deals.read",
    write_scope="crm.objects.deals.write",
    schema_scope="crm.schemas.deals.write",
    needs_all_of=("dealname", "dealstage"),
    default_group="dealinformation",
    pipeline_property="pipeline",
    stage_property="dealstage",
)
OBJECT_TYPES = (CONTACTS, COMPANIES, TICKETS, DEALS)
CUSTOM_READ_SCOPE, CUSTOM_WRITE_SCOPE = "crm.objects.custom.read", "crm.objects.custom.write"
SCHEMAS_READ_SCOPE, SCHEMAS_WRITE_SCOPE = "crm.schemas.custom.read", "crm.schemas.custom.write"

ALL_SCOPES = frozenset(
    scope for kind in OBJECT_TYPES for scope in (kind.read_scope, kind.write_scope, kind.schema_scope)
) | {
    "crm.objects.owners.read",
    "oauth",
    CUSTOM_READ_SCOPE,
    CUSTOM_WRITE_SCOPE,
    SCHEMAS_READ_SCOPE,
    SCHEMAS_WRITE_SCOPE,
}


def custom_type(*, name: str, singular: str, type_id: str, required: Iterable[str], shown: Iterable[str]) -> ObjectType:
    """Describe a custom object type; ``name`` is the fully qualified one (``p123_cars``)."""
    system = ("hs_createdate", "hs_lastmodifieddate", "hs_object_id")
    return ObjectType(
        name=name,
        singular=singular,
        type_id=type_id,
        default_properties=tuple(dict.fromkeys((*system, *shown))),
        modified_property="hs_lastmodifieddate",
        read_scope=CUSTOM_READ_SCOPE,
        write_scope=CUSTOM_WRITE_SCOPE,
        schema_scope=SCHEMAS_WRITE_SCOPE,
        needs_all_of=tuple(required),
        default_group=f"{singular}_information",
        is_custom=True,
    )


class ObjectTypes:
    """The object types of one account: HubSpot's own, and the custom ones."""

    def __init__(self) -> None:
        self._by_name: dict[str, ObjectType] = {}
        self._kinds: dict[str, ObjectType] = {}
        for kind in OBJECT_TYPES:
            self.put(kind, kind.singular)

    def __iter__(self) -> Iterator[ObjectType]:
        return iter(self._kinds.values())

    def put(self, kind: ObjectType, *other_names: str) -> None:
        """Take a type in (or its new form), under its name, its type id and other names."""
        self._kinds[kind.name] = kind
        for name in (kind.name, kind.type_id, *other_names):
            self._by_name[name.lower()] = kind

    def remove(self, kind: ObjectType) -> None:
        """Forget a custom type; that it is not there is no fault."""
        self._kinds.pop(kind.name, None)
        self._by_name = {name: known for name, known in self._by_name.items() if known.name != kind.name}

    def knows(self, name: str) -> bool:
        """Say whether there is a type of that name."""
        return name.lower() in self._by_name

    def find(self, name: str) -> ObjectType:
        """Find a type by any of its names; refuse the request when there is none."""
        found = self._by_name.get(name.lower())
        if found is None:
            raise errors.unknown_object_type(name)
        return found
