"""The properties of an object type: HubSpot's own, and those an account adds."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from importlib import resources

from hubspot_simulator.object_types import CONTACTS, ObjectType
from hubspot_simulator.property_groups import PropertyGroups
from hubspot_simulator.property_requests import check_new, created_body, in_use, updated_body
from hubspot_simulator.replies import JsonObject

BEGUN = "2020-06-30T15:57:38.191Z"
"""When HubSpot's own definitions were made, as far as a client can tell (recordings name several days)."""
_SHAPED = frozenset({"readOnlyValue", "readOnlyOptions", "referencedObjectType"})


@dataclass(frozen=True, slots=True, kw_only=True)
class PropertyDefinition:
    """One property, as the value checks need it; ``body`` is what the properties API answers."""

    name: str
    type: str
    field_type: str
    options: frozenset[str]
    option_order: tuple[str, ...]
    is_calculated: bool
    is_read_only: bool
    is_unique: bool
    referenced_type: str | None
    takes_any_text: bool
    """Any text that is not too long is taken as it is; the checks of ``values`` would find nothing."""
    body: JsonObject

    @property
    def is_custom(self) -> bool:
        """Say whether the account added it."""
        return not self.body.get("hubspotDefined")

    @property
    def takes_several(self) -> bool:
        """Say whether a value may be several options joined by semicolons."""
        return self.field_type == "checkbox"


def definition(body: JsonObject) -> PropertyDefinition:
    """Read a definition from the form the properties API answers."""
    values = tuple(option["value"] for option in body["options"])
    return PropertyDefinition(
        name=body["name"],
        type=body["type"],
        field_type=body["fieldType"],
        options=frozenset(values),
        option_order=values,
        is_calculated=body["calculated"],
        is_read_only=body["modificationMetadata"]["readOnlyValue"],
        is_unique=body["hasUniqueValue"],
        referenced_type=body.get("referencedObjectType"),
        takes_any_text=_takes_any_text(body),
        body=body,
    )


def _takes_any_text(body: JsonObject) -> bool:
    is_closed = body["calculated"] or body["modificationMetadata"]["readOnlyValue"] or body["fieldType"] == "checkbox"
    return body["type"] in {"string", "phone_number"} and body["name"] != "email" and not is_closed


@cache
def default_definitions(object_type_name: str) -> tuple[PropertyDefinition, ...]:
    """Load HubSpot's own properties of a type (``data/<type>.json``, which names its sources)."""
    text = resources.files("hubspot_simulator").joinpath(f"data/{object_type_name}.json").read_text("utf-8")
    return tuple(definition(_default_body(row)) for row in json.loads(text)["properties"])


def _default_body(row: JsonObject) -> JsonObject:
    body = {key: value for key, value in row.items() if key not in _SHAPED}
    if row["referencedObjectType"]:
        body["referencedObjectType"] = row["referencedObjectType"]
    metadata = {"archivable": True, "readOnlyDefinition": True, "readOnlyValue": row["readOnlyValue"]}
    if "readOnlyOptions" in row:
        metadata["readOnlyOptions"] = row["readOnlyOptions"]
    return {
        "updatedAt": BEGUN,
        "createdAt": BEGUN,
        "displayOrder": -1,
        "formField": not row["readOnlyValue"],
        **body,
        "hidden": False,
        "hubspotDefined": True,
        "modificationMetadata": metadata,
        "dataSensitivity": "non_sensitive",
    }


class Schema:
    """The properties of one object type in one account."""

    def __init__(self, kind: ObjectType) -> None:
        self.kind = kind
        self.properties = {item.name: item for item in default_definitions("custom" if kind.is_custom else kind.name)}
        self.archived: dict[str, PropertyDefinition] = {}
        self.in_use: set[str] = set()
        """Properties that cannot be archived: something of the account depends on them."""
        self.groups = PropertyGroups(item.body["groupName"] for item in self.properties.values())
        self.groups.ensure(kind.default_group)
        self.unique = {item.name for item in self.properties.values() if item.is_unique}
        if kind is CONTACTS:
            self.unique.add("email")  # found by, though its recorded definition says hasUniqueValue false

    def add(self, body: JsonObject) -> PropertyDefinition:
        """Take a definition in as it stands (a restored account), archived or not."""
        item = definition(body)
        home, other = (self.archived, self.properties) if body.get("archived") else (self.properties, self.archived)
        other.pop(item.name, None)
        home[item.name] = item
        if item.is_unique:
            self.unique.add(item.name)
        return item

    def create(self, request: JsonObject, now: str) -> PropertyDefinition:
        """Create a property from a POST body, restore the archived one of that name, or refuse it."""
        check_new(request, self.properties, self.groups, self.kind.name)
        standing = self.archived.get(request["name"])
        if standing is None:
            return self.add(created_body(request, now))
        without_date = {key: value for key, value in standing.body.items() if key != "archivedAt"}
        return self.add(updated_body({**without_date, "archived": False}, request, self.groups, now))

    def update(self, name: str, request: JsonObject, now: str) -> PropertyDefinition:
        """Change a definition; ``options`` replace those that stand. Whether values are unique never changes."""
        item = self.properties[name]
        return self.add(updated_body(item.body, request, self.groups, now))

    def archive(self, name: str, now: str) -> PropertyDefinition | None:
        """Archive a property; one that is not there is no fault. Its values stay, unseen, until it is restored."""
        item = self.properties.get(name)
        if item is None:
            return None
        if name in self.in_use or not item.is_custom:
            raise in_use(name)
        return self.add({**item.body, "archived": True, "archivedAt": now})
