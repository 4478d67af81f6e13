"""What a mapping itself asks of a property's values: pattern, one_of, min and max. (unique: see rules.py.)"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import Any

import pandas as pd
from rapidfuzz import process

from hubspot_import.findings import Code
from hubspot_import.mapping.spec import PropertyMapping
from hubspot_import.model import Finding
from hubspot_import.same_text import same_text
from hubspot_import.validation.sheet import Sheet
from hubspot_import.validation.types import positions

_LIKELY = 75
"""How alike, of 100, the nearest allowed value must be to be suggested (rapidfuzz, WRatio)."""


def check_own_rules(sheet: Sheet) -> Iterator[Finding]:
    """Report every valid value that breaks a rule of its property, with the severity the mapping gives."""
    for name, prop in sheet.mapping.properties.items():
        if prop.pattern is not None:
            yield from _check_pattern(sheet, name, prop, prop.pattern)
        if prop.one_of:
            yield from _check_allowed(sheet, name, prop)
        if prop.min is not None or prop.max is not None:
            yield from _check_bounds(sheet, name, prop)


def _check_pattern(sheet: Sheet, name: str, prop: PropertyMapping, pattern: str) -> Iterator[Finding]:
    is_like = re.compile(pattern).fullmatch
    for position, text in _valid_texts(sheet, name).dropna().items():
        if is_like(text) is None:
            yield _broken(sheet, Code.PATTERN_MISMATCH, name, prop, position, pattern=pattern)


def _check_allowed(sheet: Sheet, name: str, prop: PropertyMapping) -> Iterator[Finding]:
    allowed = {same_text(value): value for value in prop.one_of}
    texts = _valid_texts(sheet, name)
    folded = texts.map(same_text, na_action="ignore")
    for position in positions(folded.notna() & ~folded.isin(list(allowed))):
        likely = process.extractOne(folded[position], list(allowed), score_cutoff=_LIKELY)
        suggestion = allowed[likely[0]] if likely else None
        shown = ", ".join(prop.one_of)
        yield _broken(sheet, Code.VALUE_NOT_ALLOWED, name, prop, position, suggestion=suggestion, options=shown)


def _check_bounds(sheet: Sheet, name: str, prop: PropertyMapping) -> Iterator[Finding]:
    wire = sheet.parsed[name].wire
    is_wrong = pd.Series(False, index=wire.index)
    for bound, is_beyond in ((prop.min, pd.Series.lt), (prop.max, pd.Series.gt)):
        if isinstance(bound, date):
            is_wrong |= is_beyond(wire.str.slice(0, 10), bound.isoformat()).fillna(False).astype(bool)
        elif bound is not None:
            is_wrong |= is_beyond(pd.to_numeric(wire), bound).fillna(False).astype(bool)
    limits = _limits(prop)
    for position in positions(is_wrong):
        yield _broken(sheet, Code.VALUE_OUT_OF_RANGE, name, prop, position, limits=limits)


def _limits(prop: PropertyMapping) -> str:
    low, high = (f"{bound:.15g}" if isinstance(bound, float) else f"{bound}" for bound in (prop.min, prop.max))
    if prop.min is None:
        return f"at most {high}"
    return f"at least {low}" if prop.max is None else f"from {low} to {high}"


def _valid_texts(sheet: Sheet, name: str) -> pd.Series[str]:
    """The texts as typed, null where they are empty or of the wrong type: that is a finding already."""
    return sheet.texts[name].where(sheet.parsed[name].wire.notna())


def _broken(sheet: Sheet, code: Code, name: str, prop: PropertyMapping, position: Any, **facts: object) -> Finding:
    return sheet.report(
        code,
        position,
        column=sheet.column_of(name),
        value=str(sheet.texts[name][position]),
        severity=prop.severity,
        **facts,
    )
