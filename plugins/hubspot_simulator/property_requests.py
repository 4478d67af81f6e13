"""What may be asked of a property definition, and the body it becomes (hubspot-api.md §7)."""

from __future__ import annotations

import re
from collections.abc import Container, Mapping
from typing import Any

from hubspot_simulator import errors
from hubspot_simulator.batch_inputs import need_types
from hubspot_simulator.replies import ApiError, JsonObject

MAX_UNIQUE_PROPERTIES = 10
USER_ID = "501"
REQUIRED_FIELDS = ("name", "label", "type", "fieldType", "groupName")
CHANGEABLE_FIELDS = ("label", "type", "fieldType", "groupName", "description", "displayOrder", "hidden", "formField")
FIELD_TYPES: Mapping[str, frozenset[str]] = {
    "bool": frozenset({"booleancheckbox", "radio", "select"}),
    "date": frozenset({"date"}),
    "datetime": frozenset({"date"}),
    "enumeration": frozenset({"booleancheckbox", "checkbox", "radio", "select"}),
    "number": frozenset({"number"}),
    "phone_number": frozenset({"phonenumber"}),
    "string": frozenset({"text", "textarea", "html", "phonenumber", "file"}),
}
FIELD_KINDS: Mapping[str, type] = {
    **dict.fromkeys((*REQUIRED_FIELDS, "description"), str),
    "options": list,
    "displayOrder": int,
}
_NAME = re.compile(r"[a-z][a-z0-9_]{0,99}")


def already_exists(name: str) -> ApiError:
    """409: a property of that name stands."""
    return errors.refusal(
        409,
        f"A property named '{name}' already exists.",
        "OBJECT_ALREADY_EXISTS",
        subCategory="Properties.PROPERTY_WITH_NAME_EXISTS",
    )


def in_use(name: str) -> ApiError:
    """400: something depends on the property, so it stays (the wording is inferred, the sub-category reported)."""
    return errors.invalid(
        f"Property {name} cannot be deleted because it is in use",
        subCategory="PropertyValidationError.CANNOT_DELETE_PROPERTY_IN_USE",
    )


def check_new(request: JsonObject, standing: Mapping[str, Any], groups: Container[str], object_type: str) -> None:
    """Refuse a new property that lacks a field, contradicts itself, or is one too many."""
    need_types(request, FIELD_KINDS)
    missing = [name for name in REQUIRED_FIELDS if not request.get(name)]
    if missing:
        raise errors.missing_json_fields(missing)
    name = request["name"]
    if name in standing:
        raise already_exists(name)
    if not _NAME.fullmatch(name):
        raise errors.invalid(
            f"The property name '{name}' is invalid: use lower-case letters, digits and underscores, "
            "beginning with a letter"
        )
    _check_type_and_group(request, groups)
    taken = sum(item.is_unique and item.is_custom for item in standing.values())
    if request.get("hasUniqueValue") and taken >= MAX_UNIQUE_PROPERTIES:
        raise errors.invalid(f"The maximum number of unique properties for {object_type} is {MAX_UNIQUE_PROPERTIES}")


def _check_type_and_group(body: JsonObject, groups: Container[str]) -> None:
    if body["fieldType"] not in FIELD_TYPES.get(body["type"], frozenset()):
        raise errors.invalid(f"The field type {body['fieldType']} is not valid for type {body['type']}")
    if body["groupName"] not in groups:
        raise errors.invalid(f"Property group '{body['groupName']}' does not exist")


def created_body(request: JsonObject, now: str) -> JsonObject:
    """Complete a POST body to the definition the properties API answers."""
    return {
        "updatedAt": now,
        "createdAt": now,
        "name": request["name"],
        "label": request["label"],
        "type": request["type"],
        "fieldType": request["fieldType"],
        "description": request.get("description", ""),
        "groupName": request["groupName"],
        "options": _options(request.get("options") or []),
        "createdUserId": USER_ID,
        "updatedUserId": USER_ID,
        "displayOrder": request.get("displayOrder", -1),
        "calculated": False,
        "externalOptions": request.get("externalOptions", False),
        "archived": False,
        "hasUniqueValue": request.get("hasUniqueValue", False),
        "hidden": request.get("hidden", False),
        "modificationMetadata": {"archivable": True, "readOnlyDefinition": False, "readOnlyValue": False},
        "formField": request.get("formField", False),
        "dataSensitivity": request.get("dataSensitivity", "non_sensitive"),
    }


def updated_body(standing: JsonObject, request: JsonObject, groups: Container[str], now: str) -> JsonObject:
    """Apply a PATCH body. Of HubSpot's own properties only the options change (inferred from readOnlyDefinition)."""
    need_types(request, FIELD_KINDS)
    changed = {name: request[name] for name in CHANGEABLE_FIELDS if name in request}
    if standing["modificationMetadata"]["readOnlyDefinition"] and changed:
        raise errors.invalid(f"The definition of property {standing['name']} is read only")
    body = {**standing, **changed, "updatedAt": now}
    if changed:
        _check_type_and_group(body, groups)
    if "options" in request:
        body["options"] = _options(request["options"] or [])
    return body


def _options(asked: list[Any]) -> list[JsonObject]:
    """Complete options. One without a display order stands behind those that have one (recorded)."""
    if not all(isinstance(option, dict) and "label" in option and "value" in option for option in asked):
        raise errors.missing_json_fields(["label", "value"])
    following = max((option["displayOrder"] for option in asked if "displayOrder" in option), default=-1) + 1
    found = []
    for option in asked:
        order = option.get("displayOrder")
        if order is None:
            order, following = following, following + 1
        found.append(
            {
                "label": option["label"],
                "value": option["value"],
                "description": option.get("description", ""),
                "displayOrder": order,
                "hidden": option.get("hidden", False),
            }
        )
    return found
