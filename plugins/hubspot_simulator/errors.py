"""Every refusal, in HubSpot's words: one function a body. Sources and marks: README.md."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from hubspot_simulator.replies import ApiError, JsonObject, Reply

SCOPES_LINK = "https://developers.hubspot.com/scopes"
NOT_FOUND_PAGE = (
    '<html>\n<head>\n<meta http-equiv="Content-Type" content="text/html;charset=utf-8"/>\n'
    "<title>Error 404 Not Found</title>\n</head>\n<body><h2>HTTP ERROR 404</h2>\n<p>Resource not found</p>\n"
    "</body>\n</html>\n"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class ValueFault:
    """A property value HubSpot refuses."""

    name: str
    message: str
    code: str


class RuleFault(ValueFault):
    """A value an administrator's rule asks for; it is told in another wording."""


def refusal(status: int, message: str, category: str | None = None, **rest: Any) -> ApiError:
    """Build a JSON error body; ``category`` is left out where HubSpot leaves it out."""
    body: JsonObject = {"status": "error", "message": message, "correlationId": "", **rest}
    if category is not None:
        body["category"] = category
    return ApiError(Reply(status=status, body=body))


def invalid(message: str, **rest: Any) -> ApiError:
    """400 with category VALIDATION_ERROR."""
    return refusal(400, message, "VALIDATION_ERROR", **rest)


def not_authenticated() -> ApiError:
    """401: no token, or an unknown one."""
    error = refusal(
        401,
        "Authentication credentials not found. This API supports OAuth 2.0 authentication and you can find more "
        "details at https://developers.hubspot.com/docs/methods/auth/oauth-overview",
        "INVALID_AUTHENTICATION",
    )
    return ApiError(Reply(status=401, body=error.reply.body, shows_limits=False))


def missing_scopes(scopes: Iterable[str]) -> ApiError:
    """403 of the object endpoints; it carries no rate limit headers."""
    error = refusal(
        403,
        "This app hasn't been granted all required scopes to make this call. Read more about required scopes here: "
        f"{SCOPES_LINK}.",
        "MISSING_SCOPES",
        errors=[
            {
                "message": "One or more of the following scopes are required.",
                "context": {"requiredGranularScopes": list(scopes)},
            }
        ],
        links={"scopes": SCOPES_LINK},
    )
    return ApiError(Reply(status=403, body=error.reply.body, shows_limits=False))


def missing_schema_scopes(scopes: Iterable[str]) -> ApiError:
    """403 of the schemas endpoints: the scopes stand at the top."""
    context = {"requiredGranularScopes": list(scopes), "links": [SCOPES_LINK]}
    return refusal(403, "One or more of the following scopes are required.", "MISSING_SCOPES", context=context)


def no_properties_permission(legacy_name: str, portal_id: int, plural: str) -> ApiError:
    """403 of the properties endpoints: another body, without a category."""
    return refusal(
        403,
        f"You do not have permissions to view object type ObjectTypeId{{legacyObjectType={legacy_name}}} in portal "
        f"{portal_id} (requires one of [{plural}-read])",
    )


def page_not_found() -> ApiError:
    """404 as a web page: single reads of what is not there, and unknown paths."""
    return ApiError(Reply(status=404, body=NOT_FOUND_PAGE, headers={"Content-Type": "text/html;charset=iso-8859-1"}))


def unknown_object_type(name: str) -> ApiError:
    """400: no such object type."""
    return refusal(400, f"Unable to infer object type from: {name}")


def invalid_json(line: int, column: int, detail: str) -> ApiError:
    """400 for what is not JSON, or not the JSON asked for: no category."""
    return refusal(400, f"Invalid input JSON on line {line}, column {column}: {detail}")


def missing_json_fields(names: Sequence[str]) -> ApiError:
    """400: the body lacks fields of its own form."""
    return refusal(
        400, f"Invalid input JSON on line 1, column 2. Some required fields were not set: [{', '.join(names)}]"
    )


def batch_too_large(limit: int, *, has_history: bool = False) -> ApiError:
    """400: more inputs than the endpoint takes."""
    what = "batch request for property histories" if has_history else "batch"
    return invalid(
        f"The maximum number of inputs supported in a {what} is {limit}. "
        "Please reduce the number of items and try again"
    )


def missing_permission(name: str) -> ApiError:
    """400: the user behind a user-level token may not do that (2026-09)."""
    return invalid(f"Missing '{name}' permission.")


def resource_not_found() -> ApiError:
    """404 of a single record as some captures have it: JSON rather than a web page, without a category."""
    return refusal(404, "resource not found")


def duplicate_ids(ids: Sequence[str]) -> ApiError:
    """400 for the whole batch: an id stands twice."""
    return invalid(
        f"Duplicate IDs found in batch input: [{', '.join(ids)}]. IDs must be unique", context={"ids": list(ids)}
    )


def non_unique_id_property(type_id: str, property_name: str) -> ApiError:
    """400: records are not found by that property."""
    return invalid(f"Unable to perform update/upsert by non-unique {type_id} property {property_name}")


def values_message(faults: Sequence[ValueFault], portal_id: int) -> str:
    """Embed the faults of all records in one message; it does not say which record."""
    listed = [
        {
            "isValid": False,
            "message": fault.message,
            "error": fault.code,
            "name": fault.name,
            "localizedErrorMessage": fault.message,
            "portalId": portal_id,
        }
        for fault in faults
    ]
    return "Property values were not valid: " + json.dumps(listed, separators=(",", ":"), ensure_ascii=False)


def fault_entries(faults: Sequence[ValueFault]) -> list[JsonObject]:
    """The ``errors`` list that goes with :func:`values_message`."""
    return [{"message": f.message, "code": f.code, "context": {"propertyName": [f.name]}} for f in faults]


def invalid_values(faults: Sequence[ValueFault], portal_id: int) -> ApiError:
    """400: property values were not valid, or not those an administrator requires."""
    if all(isinstance(fault, RuleFault) for fault in faults):
        return invalid("The property values provided are invalid", errors=fault_entries(faults))
    return invalid(values_message(faults, portal_id), errors=fault_entries(faults))


def conflict(messages: Sequence[str]) -> ApiError:
    """409: one existing contact is named, several are not."""
    return refusal(409, messages[0] if len(messages) == 1 else messages[0].split(".", 1)[0], "CONFLICT")


def entry(category: str, message: str, context: Mapping[str, Sequence[str]], **rest: Any) -> JsonObject:
    """One element of ``errors`` in a 207."""
    return {"status": "error", "category": category, **rest, "message": message, "context": dict(context)}


def missing_records(legacy_name: str, ids: Sequence[str], context: Mapping[str, Sequence[str]]) -> JsonObject:
    """The 207 entry that lists the ids nobody knows."""
    return entry(
        "OBJECT_NOT_FOUND",
        f"Could not get some {legacy_name} objects, they may be deleted or not exist. Check that ids are valid.",
        {"ids": list(ids), **context},
    )
