"""Records into the account's own words: labels become internal values; what the account does not take is a finding."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from hubspot_import.findings import as_dropped, finding
from hubspot_import.mapping.parsing import Parsed
from hubspot_import.mapping.spec import ObjectMapping, OnInvalid
from hubspot_import.model import Finding, ObjectType
from hubspot_import.planning.rules import AccountRule
from hubspot_import.tables import LINE, ROW


@dataclass(frozen=True, slots=True, kw_only=True)
class Translated:
    """``records`` with every value the account takes in wire form, all others null; and what was found."""

    records: pd.DataFrame
    findings: tuple[Finding, ...]


def translate(
    records: pd.DataFrame,
    rules: Mapping[str, AccountRule],
    mapping: ObjectMapping,
    columns: Mapping[str, str],
) -> Translated:
    """Apply the account's rules to one part of ``records``. ``columns`` leads from property to the file's column."""
    translated = records.copy()
    findings: list[Finding] = []
    for name, rule in rules.items():
        if name not in translated:
            continue
        texts = translated[name]
        parsed = rule.read(texts, translated)
        entry = mapping.properties[name]
        findings += _findings(
            translated,
            name,
            parsed,
            rule,
            object_type=mapping.object_type,
            column=columns.get(name, name),
            is_dropped=entry.on_invalid is OnInvalid.DROP_VALUE and not entry.required,
        )
        translated[name] = parsed.wire
    return Translated(records=translated, findings=tuple(findings))


def _findings(
    records: pd.DataFrame,
    name: str,
    parsed: Parsed,
    rule: AccountRule,
    *,
    object_type: ObjectType,
    column: str,
    is_dropped: bool,
) -> Iterator[Finding]:
    wrong = parsed.reason.notna()
    places = zip(
        records.loc[wrong, ROW].tolist(),
        records.loc[wrong, LINE].tolist(),
        records.loc[wrong, name],
        parsed.reason[wrong],
        parsed.suggestion[wrong],
        strict=True,
    )
    for row, line, value, reason, suggestion in places:
        facts: dict[str, Any] = {**rule.facts, "reason": reason, "row": row, "line": line, "value": value}
        facts["suggestion"] = suggestion if isinstance(suggestion, str) else None
        found = finding(rule.code, object_type, column=column, **facts)
        yield as_dropped(found, reason) if is_dropped else found
