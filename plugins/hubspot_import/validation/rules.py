"""All the rules on the rows of one file, in order: each value by itself first, then duplicates among the rows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

import pandas as pd

from hubspot_import.mapping.spec import RECORD_ID, DuplicatePolicy, ObjectMapping
from hubspot_import.model import Finding, ObjectType, Severity
from hubspot_import.validation.companies import check_companies
from hubspot_import.validation.conventions import check_conventions
from hubspot_import.validation.duplicates import check_content, check_unique, fold
from hubspot_import.validation.own_rules import check_own_rules
from hubspot_import.validation.sheet import Sheet
from hubspot_import.validation.types import check_required, check_types

_DIRECTIONS: Mapping[DuplicatePolicy, tuple[bool, ...]] = {
    DuplicatePolicy.FIRST: (False,),
    DuplicatePolicy.LAST: (True,),
    DuplicatePolicy.REJECT_ALL: (False, True),
}
"""Whether a file is read from its end, to keep the last of several rows; from both ends none is kept."""
_TICKET_CONTENT = ("subject", "content", "createdate")
"""What a ticket without an id is known by: the parts of its ``hash`` key."""


def check_sheet(sheet: Sheet) -> list[Finding]:
    """Check rows by every rule; return the findings in row order, those about a whole column first.

    Every fault of a row is reported, not the first.
    """
    found = [*check_conventions(sheet), *check_required(sheet), *check_types(sheet), *check_own_rules(sheet)]
    invalid = rejected_rows(found)
    is_valid = pd.Series([number not in invalid for number in sheet.numbers], dtype="bool")
    found.extend(_check_duplicates(sheet, is_valid))
    return sorted(found, key=lambda each: each.row or 0)


def rejected_rows(found: Iterable[Finding]) -> set[int]:
    """The numbers of the rows that a finding holds back."""
    return {each.row for each in found if each.severity is Severity.ERROR and each.row is not None}


def _check_duplicates(sheet: Sheet, is_valid: pd.Series[bool]) -> list[Finding]:
    """Find the rows that are one record, and hold back all but the one the mapping's policy keeps."""
    found: dict[tuple[int | None, str, str | None], Finding] = {}
    for backwards in _DIRECTIONS[sheet.mapping.duplicates]:
        for each in _repeated(sheet, is_valid, backwards=backwards):
            found.setdefault((each.row, each.code, each.column), each)
    return list(found.values())


def _repeated(sheet: Sheet, is_valid: pd.Series[bool], *, backwards: bool) -> Iterator[Finding]:
    """What makes two rows one record: a unique property, the id column, and by object type domain, name or content."""
    keys = _unique_properties(sheet.mapping)
    for name, prop in sheet.mapping.properties.items():
        if name in keys or prop.unique:
            severity = None if name in keys else prop.severity
            folded, typed = fold(sheet.parsed[name].wire), sheet.texts[name]
            yield from check_unique(
                sheet, sheet.column_of(name), folded, typed, is_valid, backwards=backwards, severity=severity
            )
    ids = _ids(sheet)
    if ids is not None:
        yield from check_unique(sheet, str(ids.name), fold(ids), ids, is_valid, backwards=backwards)
    if sheet.object_type is ObjectType.COMPANIES:
        yield from check_companies(sheet, is_valid, backwards=backwards)
    if sheet.object_type is ObjectType.TICKETS:
        yield from _check_tickets(sheet, ids, is_valid, backwards=backwards)


def _unique_properties(mapping: ObjectMapping) -> frozenset[str]:
    """The mapped properties of which HubSpot takes a value once: the key, and a contact's e-mail whatever the key."""
    unique = {mapping.key, "email"} if mapping.object_type is ObjectType.CONTACTS else {mapping.key}
    return frozenset(unique)


def _ids(sheet: Sheet) -> pd.Series[str] | None:
    """The column that names each record, when the file has one; blank cells are null."""
    mapping, found = sheet.mapping, sheet.columns.found
    is_by_record_id = mapping.key == RECORD_ID and RECORD_ID not in mapping.properties
    name = RECORD_ID if is_by_record_id else mapping.id_column
    if name is None or name not in found:
        return None
    ids = sheet.rows[found[name]].astype("str").str.strip()
    return ids.where(ids != "")


def _check_tickets(
    sheet: Sheet, ids: pd.Series[str] | None, is_valid: pd.Series[bool], *, backwards: bool
) -> Iterator[Finding]:
    """Tickets without an id are one when subject, content and created date are."""
    without_id = sheet.rows if ids is None else sheet.rows[ids.isna()]
    mapped = [sheet.mapping.properties[name] for name in _TICKET_CONTENT if name in sheet.mapping.properties]
    contents = [without_id[column] for prop in mapped for column in sheet.columns.of_property(prop)[:1]]
    yield from check_content(sheet, contents, "same subject, content and created date", is_valid, backwards=backwards)
