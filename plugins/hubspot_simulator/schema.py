"""The properties of an object type: HubSpot's own, and those an account adds."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

from hubspot_simulator import errors
from hubspot_simulator.object_types import CONTACTS, ObjectType
from hubspot_simulator.replies import JsonObject

MAX_UNIQUE_PROPERTIES = 10
REQUIRED_FIELDS = ("name", "label", "type", "fieldType", "groupName")
FIELD_TYPES: dict[str, frozenset[str]] = {
    "bool": frozenset({"booleancheckbox", "radio", "select"}),
    "date": frozenset({"date"}),
    "datetime": frozenset({"date"}),
    "enumeration": frozenset({"booleancheckbox", "checkbox", "radio", "select"}),
    "number": frozenset({"number"}),
    "phone_number": frozenset({"phonenumber"}),
    "string": frozenset({"text", "textarea", "html", "phonenumber", "file"}),
}
_NAME = re.compile(r"[a-z][a-z0-9_]{0,99}")


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
    body = {key: value for key, value in row.items() if key not in {"readOnlyValue", "referencedObjectType"}}
    if row["referencedObjectType"]:
        body["referencedObjectType"] = row["referencedObjectType"]
    return body | {
        "displayOrder": -1,
        "hidden": False,
        "hubspotDefined": True,
        "modificationMetadata": {
            "archivable": True,
            "readOnlyDefinition": True,
            "readOnlyValue": row["readOnlyValue"],
        },
        "formField": not row["readOnlyValue"],
        "dataSensitivity": "non_sensitive",
    }


class Schema:
    """The properties of one object type in one account."""

    def __init__(self, kind: ObjectType) -> None:
        self.kind = kind
        self.properties = {item.name: item for item in default_definitions(kind.name)}
        self.groups = {item.body["groupName"] for item in self.properties.values()} | {kind.default_group}
        self.unique = {item.name for item in self.properties.values() if item.is_unique}
        if kind is CONTACTS:
            self.unique.add("email")  # found by, though its recorded definition says hasUniqueValue false

    def add(self, body: JsonObject) -> PropertyDefinition:
        """Take a definition in as it stands (a restored account)."""
        item = definition(body)
        self.properties[item.name] = item
        if item.is_unique:
            self.unique.add(item.name)
        return item

    def create(self, request: JsonObject, now: str) -> PropertyDefinition:
        """Create a property from a POST body, or refuse it."""
        missing = [name for name in REQUIRED_FIELDS if not request.get(name)]
        if missing:
            raise errors.missing_json_fields(missing)
        self._check(request)
        return self.add(_created_body(request, now))

    def _check(self, request: JsonObject) -> None:
        name = request["name"]
        if name in self.properties:
            raise errors.refusal(
                409,
                f"A property named '{name}' already exists.",
                "OBJECT_ALREADY_EXISTS",
                subCategory="Properties.PROPERTY_WITH_NAME_EXISTS",
            )
        if not _NAME.fullmatch(name):
            raise errors.invalid(
                f"The property name '{name}' is invalid: use lower-case letters, digits and underscores, "
                "beginning with a letter"
            )
        if request["fieldType"] not in FIELD_TYPES.get(request["type"], frozenset()):
            raise errors.invalid(f"The field type {request['fieldType']} is not valid for type {request['type']}")
        if request["groupName"] not in self.groups:
            raise errors.invalid(f"Property group '{request['groupName']}' does not exist")
        if request.get("hasUniqueValue") and self.custom_unique_count() >= MAX_UNIQUE_PROPERTIES:
            raise errors.invalid(
                f"The maximum number of unique properties for {self.kind.name} is {MAX_UNIQUE_PROPERTIES}"
            )

    def custom_unique_count(self) -> int:
        """Count the account's own unique properties; HubSpot allows ten an object type."""
        return sum(item.is_unique and not item.body.get("hubspotDefined") for item in self.properties.values())


def _created_body(request: JsonObject, now: str) -> JsonObject:
    options: list[dict[str, Any]] = [
        {
            "label": option["label"],
            "value": option["value"],
            "description": option.get("description", ""),
            "displayOrder": option.get("displayOrder", position),
            "hidden": option.get("hidden", False),
        }
        for position, option in enumerate(request.get("options") or [])
    ]
    return {
        "updatedAt": now,
        "createdAt": now,
        "name": request["name"],
        "label": request["label"],
        "type": request["type"],
        "fieldType": request["fieldType"],
        "description": request.get("description", ""),
        "groupName": request["groupName"],
        "options": options,
        "displayOrder": request.get("displayOrder", -1),
        "calculated": False,
        "externalOptions": request.get("externalOptions", False),
        "archived": False,
        "hasUniqueValue": request.get("hasUniqueValue", False),
        "hidden": request.get("hidden", False),
        "hubspotDefined": False,
        "modificationMetadata": {"archivable": True, "readOnlyDefinition": False, "readOnlyValue": False},
        "formField": request.get("formField", False),
        "dataSensitivity": request.get("dataSensitivity", "non_sensitive"),
    }
