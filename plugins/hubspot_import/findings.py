"""What the checks find: for every code its severity, its message and the fix in words a RevOps person can act on.

Codes are the names of HubSpot's own import errors (Imports API 2026-09, ``errorType``) where one fits. docs/findings.md
lists them all; a test keeps it in step. Templates take ``{column} {value} {property} …``, filled by ``finding``.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from importlib import resources

from hubspot_import.model import Finding, ObjectType, Severity


class Code(StrEnum):
    """All finding codes."""

    AMBIGUOUS_DATE_FORMAT = "AMBIGUOUS_DATE_FORMAT"
    AMBIGUOUS_NUMBER_FORMAT = "AMBIGUOUS_NUMBER_FORMAT"
    AMBIGUOUS_RECORD = "AMBIGUOUS_RECORD"
    REQUIRED_RECORD_NOT_FOUND = "REQUIRED_RECORD_NOT_FOUND"
    OLDEST_RECORD_TAKEN = "OLDEST_RECORD_TAKEN"
    ASSOCIATION_RECORD_NOT_FOUND = "ASSOCIATION_RECORD_NOT_FOUND"
    COULD_NOT_FIND_OWNER = "COULD_NOT_FIND_OWNER"
    COULD_NOT_PARSE_DATE = "COULD_NOT_PARSE_DATE"
    COULD_NOT_PARSE_NUMBER = "COULD_NOT_PARSE_NUMBER"
    COULD_NOT_PARSE_ROW = "COULD_NOT_PARSE_ROW"
    CREATE_ONLY_IMPORT = "CREATE_ONLY_IMPORT"
    DUPLICATE_ROW_CONTENT = "DUPLICATE_ROW_CONTENT"
    DUPLICATE_UNIQUE_PROPERTY_VALUE = "DUPLICATE_UNIQUE_PROPERTY_VALUE"
    ENCODING_ERROR = "ENCODING_ERROR"
    FILE_NOT_FOUND = "FILE_NOT_FOUND"
    INCORRECT_NUMBER_OF_COLUMNS = "INCORRECT_NUMBER_OF_COLUMNS"
    INVALID_BOOLEAN = "INVALID_BOOLEAN"
    INVALID_DOMAIN = "INVALID_DOMAIN"
    INVALID_EMAIL = "INVALID_EMAIL"
    INVALID_ENUMERATION_OPTION = "INVALID_ENUMERATION_OPTION"
    INVALID_PHONE = "INVALID_PHONE"
    INVALID_RECORD_ID = "INVALID_RECORD_ID"
    INVALID_URL = "INVALID_URL"
    LINK_SUGGESTED = "LINK_SUGGESTED"
    MISSING_REQUIRED_PROPERTY = "MISSING_REQUIRED_PROPERTY"
    NO_STABLE_KEY = "NO_STABLE_KEY"
    PATTERN_MISMATCH = "PATTERN_MISMATCH"
    PROPERTY_DEFINITION_NOT_FOUND = "PROPERTY_DEFINITION_NOT_FOUND"
    READ_ONLY_PROPERTY = "READ_ONLY_PROPERTY"
    SAME_NAME_DIFFERENT_DOMAIN = "SAME_NAME_DIFFERENT_DOMAIN"
    UNMAPPED_COLUMN = "UNMAPPED_COLUMN"
    UPDATE_ONLY_IMPORT = "UPDATE_ONLY_IMPORT"
    VALUE_DROPPED = "VALUE_DROPPED"
    VALUE_NOT_ALLOWED = "VALUE_NOT_ALLOWED"
    VALUE_OUT_OF_RANGE = "VALUE_OUT_OF_RANGE"
    VALUE_TOO_LONG = "VALUE_TOO_LONG"


@dataclass(frozen=True, slots=True, kw_only=True)
class CatalogueEntry:
    """One kind of finding. ``message`` and ``fix`` are templates."""

    category: str
    severity: Severity
    message: str
    fix: str


def _read_catalogue() -> Mapping[Code, CatalogueEntry]:
    texts = tomllib.loads((resources.files("hubspot_import") / "catalogue.toml").read_text(encoding="utf-8"))
    return {
        Code(code): CatalogueEntry(**{**entry, "severity": Severity(entry["severity"])})
        for code, entry in texts.items()
    }


CATALOGUE: Mapping[Code, CatalogueEntry] = _read_catalogue()
"""All codes; their words stand in catalogue.toml."""

MAX_SHOWN_VALUE = 80


def shown_value(value: str) -> str:
    """Cut a value to what a message shows of it."""
    return value if len(value) <= MAX_SHOWN_VALUE else value[:MAX_SHOWN_VALUE] + "…"


def finding(
    code: Code,
    object_type: ObjectType | None,
    *,
    row: int | None = None,
    line: int | None = None,
    column: str | None = None,
    value: str | None = None,
    suggestion: str | None = None,
    severity: Severity | None = None,
    **facts: object,
) -> Finding:
    """Word a finding from the catalogue. ``facts`` fill the templates; ``suggestion`` is what to type instead."""
    entry = CATALOGUE[code]
    words = {
        "column": column or "the row",
        "value": None if value is None else shown_value(value),
        "object_type": object_type,
        **facts,
    }
    return Finding(
        code=code,
        severity=severity or entry.severity,
        object_type=object_type,
        row=row,
        line=line,
        column=column,
        value=value,
        message=entry.message.format_map(words),
        fix=entry.fix.format_map(words),
        suggestion=suggestion,
    )


def as_dropped(fault: Finding, reason: str) -> Finding:
    """Turn an error about a value into the warning that the value was left out and the row kept."""
    return finding(
        Code.VALUE_DROPPED,
        fault.object_type,
        row=fault.row,
        line=fault.line,
        column=fault.column,
        value=fault.value,
        suggestion=fault.suggestion,
        reason=reason,
        what_to_type=fault.fix,
    )
