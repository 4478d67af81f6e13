"""The rules for one property at a time: required, and of its type."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd

from hubspot_import.findings import Code, as_dropped
from hubspot_import.mapping.columns import required_properties
from hubspot_import.mapping.parsing import MAX_TEXT_LENGTH
from hubspot_import.mapping.spec import OnInvalid
from hubspot_import.mapping.type_findings import type_finding
from hubspot_import.model import Finding
from hubspot_import.validation.sheet import Sheet


def check_required(sheet: Sheet) -> Iterator[Finding]:
    """Report every row that lacks a required property (or its key)."""
    for name in required_properties(sheet.mapping):
        for position in positions(sheet.texts[name].isna()):
            yield sheet.report(Code.MISSING_REQUIRED_PROPERTY, position, column=sheet.column_of(name))


def check_types(sheet: Sheet) -> Iterator[Finding]:
    """Report every value that is not of its type: an error, or a warning where the mapping says ``drop_value``.

    A required property's value cannot be dropped: the row could not be imported without it.
    """
    required = required_properties(sheet.mapping)
    for name, prop in sheet.mapping.properties.items():
        drops = prop.on_invalid is OnInvalid.DROP_VALUE and name not in required
        for fault, reason in _faults(sheet, name):
            yield as_dropped(fault, reason) if drops else fault


def positions(mask: pd.Series[bool]) -> list[int]:
    """The positions at which a mask is true."""
    return [int(position) for position in mask.to_numpy().nonzero()[0]]


def _faults(sheet: Sheet, name: str) -> Iterator[tuple[Finding, str]]:
    """Word each value of a property that could not be read, and why."""
    kind, column, parsed = sheet.mapping.properties[name].type, sheet.column_of(name), sheet.parsed[name]
    refused = positions(parsed.reason.notna())
    texts, reasons, suggestions = (
        each.iloc[refused].tolist() for each in (sheet.texts[name], parsed.reason, parsed.suggestion)
    )
    for position, text, reason, suggestion in zip(refused, texts, reasons, suggestions, strict=True):
        fault = type_finding(
            kind,
            sheet.object_type,
            row=sheet.numbers[position],
            line=sheet.lines[position],
            column=column,
            value=text,
            reason=reason,
            suggestion=suggestion if isinstance(suggestion, str) else None,
            limit=MAX_TEXT_LENGTH,
        )
        yield fault, reason
