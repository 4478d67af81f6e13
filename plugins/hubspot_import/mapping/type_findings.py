"""How a refused value becomes a finding: one table from property type to code and wording."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from hubspot_import.findings import Code, finding
from hubspot_import.mapping.spec import PropertyType
from hubspot_import.model import Finding, ObjectType

TYPE_FACTS: Mapping[PropertyType, tuple[Code, Mapping[str, Any]]] = {
    PropertyType.EMAIL: (Code.INVALID_EMAIL, {}),
    PropertyType.PHONE: (Code.INVALID_PHONE, {"example": "+33612345678"}),
    PropertyType.NUMBER: (Code.COULD_NOT_PARSE_NUMBER, {"expected": "a number", "example": "1234.5"}),
    PropertyType.INTEGER: (Code.COULD_NOT_PARSE_NUMBER, {"expected": "a whole number", "example": "1234"}),
    PropertyType.DATE: (
        Code.COULD_NOT_PARSE_DATE,
        {"expected": "a date", "expected_form": "year-month-day", "example": "2025-12-31"},
    ),
    PropertyType.DATETIME: (
        Code.COULD_NOT_PARSE_DATE,
        {
            "expected": "a date and time",
            "expected_form": "year-month-day and, if there is one, the time",
            "example": "2025-12-31T14:30:00Z",
        },
    ),
    PropertyType.BOOL: (Code.INVALID_BOOLEAN, {}),
    PropertyType.URL: (Code.INVALID_URL, {}),
    PropertyType.DOMAIN: (Code.INVALID_DOMAIN, {}),
}
"""What the catalogue's templates need to know of each type. Other types can only be too long."""


def type_finding(
    kind: PropertyType | None,
    object_type: ObjectType,
    *,
    row: int | None,
    line: int | None,
    column: str | None,
    value: str,
    reason: str,
    suggestion: str | None,
    limit: int,
) -> Finding:
    """Word what ``parsing.parse`` refused. ``limit``: the greatest length of a text, the only fault some types have."""
    too_long = (Code.VALUE_TOO_LONG, {"length": f"{len(value):,}", "limit": f"{limit:,}"})
    code, facts = TYPE_FACTS.get(kind, too_long) if kind is not None else too_long
    return finding(
        code,
        object_type,
        row=row,
        line=line,
        column=column,
        value=value,
        suggestion=suggestion,
        reason=reason,
        **facts,
    )
