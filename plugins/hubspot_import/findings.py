"""The catalogue of findings: for every code its severity, its message and the fix in words a RevOps person can act on.

Codes are the names of HubSpot's own import errors (Imports API 2026-09, ``errorType``) where one fits. docs/findings.md
lists them all; a test keeps it in step. Templates take ``{column} {value} {property} …``, filled by ``finding``.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from hubspot_import.model import Finding, ObjectType, Severity


class Code(StrEnum):
    """All finding codes."""

    AMBIGUOUS_DATE_FORMAT = "AMBIGUOUS_DATE_FORMAT"
    AMBIGUOUS_NUMBER_FORMAT = "AMBIGUOUS_NUMBER_FORMAT"
    AMBIGUOUS_RECORD = "AMBIGUOUS_RECORD"
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
    MISSING_REQUIRED_PROPERTY = "MISSING_REQUIRED_PROPERTY"
    NO_STABLE_KEY = "NO_STABLE_KEY"
    PROPERTY_DEFINITION_NOT_FOUND = "PROPERTY_DEFINITION_NOT_FOUND"
    READ_ONLY_PROPERTY = "READ_ONLY_PROPERTY"
    SAME_NAME_DIFFERENT_DOMAIN = "SAME_NAME_DIFFERENT_DOMAIN"
    UNMAPPED_COLUMN = "UNMAPPED_COLUMN"
    UPDATE_ONLY_IMPORT = "UPDATE_ONLY_IMPORT"
    VALUE_DROPPED = "VALUE_DROPPED"
    VALUE_TOO_LONG = "VALUE_TOO_LONG"


@dataclass(frozen=True, slots=True, kw_only=True)
class CatalogueEntry:
    """One kind of finding. ``message`` and ``fix`` are templates."""

    category: str
    severity: Severity
    message: str
    fix: str


def _entry(category: str, severity: Severity, message: str, fix: str) -> CatalogueEntry:
    return CatalogueEntry(category=category, severity=severity, message=message, fix=fix)


_ERROR, _WARNING = Severity.ERROR, Severity.WARNING

CATALOGUE: Mapping[Code, CatalogueEntry] = {
    Code.AMBIGUOUS_DATE_FORMAT: _entry(
        "types",
        _WARNING,
        "No value of {column} tells whether day or month stands first; they were read {reading}: '{value}' is {wire}.",
        "If that is wrong, say so in the mapping {object_type}.yaml, {setting}, and run again.",
    ),
    Code.AMBIGUOUS_NUMBER_FORMAT: _entry(
        "types",
        _WARNING,
        "{column} holds numbers that can be read in two ways; they were read with {reading}: '{value}' is {wire}.",
        "If that is wrong, say so in the mapping {object_type}.yaml, {setting}, and run again.",
    ),
    Code.AMBIGUOUS_RECORD: _entry(
        "identity",
        _ERROR,
        "Several records of the account fit this row: {candidates}.",
        "Merge them in HubSpot, or give the row the one that is meant (Record ID) and run again.",
    ),
    Code.ASSOCIATION_RECORD_NOT_FOUND: _entry(
        "links",
        _WARNING,
        "There is no {target} '{value}' in this run's files or in the account; the record is imported without a link.",
        "Correct the spelling in {column}, or add the missing record to the {to_type} file and run again.",
    ),
    Code.COULD_NOT_FIND_OWNER: _entry(
        "account",
        _ERROR,
        "'{value}' is not an owner in this account.",
        "Type the e-mail address of an active HubSpot user, or leave the cell empty.",
    ),
    Code.COULD_NOT_PARSE_DATE: _entry(
        "types",
        _ERROR,
        "'{value}' in {column} is not {expected}: {reason}.",
        "Type {expected_form}, for example {example}.",
    ),
    Code.COULD_NOT_PARSE_NUMBER: _entry(
        "types",
        _ERROR,
        "'{value}' in {column} is not {expected}: {reason}.",
        "Type digits only, with a point as the decimal mark and no thousands separator, for example {example}.",
    ),
    Code.COULD_NOT_PARSE_ROW: _entry(
        "file",
        _ERROR,
        "The row cannot be read: {reason}.",
        "Correct the quotes in this row: a cell that holds a quote doubles it, and every opening quote is closed.",
    ),
    Code.CREATE_ONLY_IMPORT: _entry(
        "mode",
        _WARNING,
        "The record exists already and this run only creates; it was left as it is.",
        "Run with mode upsert to update it.",
    ),
    Code.DUPLICATE_ROW_CONTENT: _entry(
        "duplicates",
        _ERROR,
        "The row is the same record as row {first_row} ({same}).",
        "Keep one of the two rows and merge what differs into it; delete the other.",
    ),
    Code.DUPLICATE_UNIQUE_PROPERTY_VALUE: _entry(
        "duplicates",
        _ERROR,
        "'{value}' in {column} was already used in row {first_row}; {column} must be unique.",
        "Delete one of the two rows, or correct {column} in this one if they are different records.",
    ),
    Code.ENCODING_ERROR: _entry(
        "file",
        _ERROR,
        "The row holds characters that cannot be read as {encoding}.",
        "Save the file as CSV UTF-8 (in Excel: Save As, 'CSV UTF-8') and run again.",
    ),
    Code.FILE_NOT_FOUND: _entry(
        "file",
        _WARNING,
        "There is no {file} in the source folder; {object_type} are left out of this run.",
        "Put {file} into the folder if {object_type} are to be imported.",
    ),
    Code.INCORRECT_NUMBER_OF_COLUMNS: _entry(
        "file",
        _ERROR,
        "The row has {found} cells, the header has {expected}.",
        "Give the row {expected} cells: quote a cell that holds the delimiter ({delimiter}), and leave no cell out.",
    ),
    Code.INVALID_BOOLEAN: _entry(
        "types",
        _ERROR,
        "'{value}' in {column} is not true or false: {reason}.",
        "Type true or false.",
    ),
    Code.INVALID_DOMAIN: _entry(
        "types",
        _ERROR,
        "'{value}' in {column} is not a domain name: {reason}.",
        "Type the domain alone, without https:// and path, for example example.com.",
    ),
    Code.INVALID_EMAIL: _entry(
        "types",
        _ERROR,
        "'{value}' in {column} is not an e-mail address: {reason}.",
        "Type one address like name@example.com, without blanks or a name around it.",
    ),
    Code.INVALID_ENUMERATION_OPTION: _entry(
        "account",
        _ERROR,
        "'{value}' in {column} is not an option of {property}.",
        "Type one of: {options}.",
    ),
    Code.INVALID_PHONE: _entry(
        "types",
        _ERROR,
        "'{value}' in {column} is not a valid phone number: {reason}.",
        "Type the number with + and its country code, for example {example}.",
    ),
    Code.INVALID_RECORD_ID: _entry(
        "identity",
        _ERROR,
        "The account has no record '{value}' among its {object_type}.",
        "Type the Record ID of a record that exists and is not deleted.",
    ),
    Code.INVALID_URL: _entry(
        "types",
        _ERROR,
        "'{value}' in {column} is not a web address: {reason}.",
        "Type an address like https://www.example.com.",
    ),
    Code.MISSING_REQUIRED_PROPERTY: _entry(
        "required",
        _ERROR,
        "{column} is empty; {object_type} cannot be imported without it.",
        "Fill in {column} in this row, or delete the row.",
    ),
    Code.NO_STABLE_KEY: _entry(
        "identity",
        _WARNING,
        "The {object_type} have no id column; a row edited later becomes a new record.",
        "Add a column {column} with an id that does not change.",
    ),
    Code.PROPERTY_DEFINITION_NOT_FOUND: _entry(
        "account",
        _ERROR,
        "The account has no property {property} on {object_type} (column {column}).",
        "Create the property in HubSpot, or correct or remove it in the mapping {object_type}.yaml.",
    ),
    Code.READ_ONLY_PROPERTY: _entry(
        "account",
        _ERROR,
        "{property} on {object_type} is read-only in HubSpot (column {column}).",
        "Remove {property} from the mapping {object_type}.yaml.",
    ),
    Code.SAME_NAME_DIFFERENT_DOMAIN: _entry(
        "duplicates",
        _WARNING,
        "The company has the name of row {first_row} but another domain; they are imported as two companies.",
        "Give the same domain in both rows if they are one company.",
    ),
    Code.UNMAPPED_COLUMN: _entry(
        "file",
        _WARNING,
        "The column {column} of {file} is mapped to nothing and was left out.",
        "Map it in {object_type}.yaml under properties to import it; otherwise ignore this.",
    ),
    Code.UPDATE_ONLY_IMPORT: _entry(
        "mode",
        _WARNING,
        "The record does not exist in the account and this run only updates; it was not created.",
        "Run with mode upsert to create it.",
    ),
    Code.VALUE_DROPPED: _entry(
        "types",
        _WARNING,
        "'{value}' in {column} was left out, the row is imported without it: {reason}.",
        "{what_to_type}",
    ),
    Code.VALUE_TOO_LONG: _entry(
        "types",
        _ERROR,
        "The text in {column} has {length} characters; HubSpot takes {limit}.",
        "Shorten it to {limit} characters.",
    ),
}

MAX_SHOWN_VALUE = 80


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
    shown = value if value is None or len(value) <= MAX_SHOWN_VALUE else value[:MAX_SHOWN_VALUE] + "…"
    words = {"column": column, "value": shown, "object_type": object_type, **facts}
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
