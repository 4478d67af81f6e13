"""One part of records against what stands: create, update (which properties), unchanged, skip or reject."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import pandas as pd

from hubspot_import.mapping.spec import RECORD_ID
from hubspot_import.model import Finding, PlanAction, Severity
from hubspot_import.planning.changes import changed_properties, present_values
from hubspot_import.planning.obstacles import Conditions, Prospect, find_obstacle, oldest_taken
from hubspot_import.planning.schema import ObjectSchema
from hubspot_import.planning.standing import Standing
from hubspot_import.planning.tickets import values_on_create
from hubspot_import.planning.translate import Translated
from hubspot_import.tables import FIXED_COLUMNS, KEY, LINE, PLAN, ROW


@dataclass(frozen=True, slots=True, kw_only=True)
class Decisions:
    """``plan`` has the columns of tables.PLAN; ``findings`` are this step's own."""

    plan: pd.DataFrame
    findings: tuple[Finding, ...]


def decide(translated: Translated, standing: Standing, conditions: Conditions) -> Decisions:
    """Plan one part of records. A row with an error is rejected and claims no record, so a later good row may."""
    faults: dict[int, list[str]] = {}
    for fault in translated.findings:
        if fault.severity is Severity.ERROR and fault.row is not None:
            faults.setdefault(fault.row, []).append(fault.message)
    rows, findings = [], []
    for prospect in _prospects(translated.records, standing, conditions.schema):
        reasons = faults.get(prospect.row, [])
        obstacle = None if reasons else find_obstacle(prospect, conditions)
        choice = oldest_taken(prospect, conditions.schema.object_type)
        findings += [found for found in (choice, obstacle) if found is not None]
        is_rejected = bool(reasons) or (obstacle is not None and obstacle.severity is Severity.ERROR)
        action = _action(prospect, is_rejected=is_rejected, is_skipped=obstacle is not None)
        reason = obstacle.message if obstacle is not None else " ".join(reasons) or None
        rows.append(_plan_row(prospect, action, reason, conditions))
    return Decisions(plan=pd.DataFrame(rows, columns=PLAN.names), findings=tuple(findings))


def content_hash(record: str, properties: str, attempt: int) -> str:
    """Hash what is to be written to a record: its id, or its key when it is new, and the properties' JSON.

    ``attempt`` makes a plan new when the account was looked at again after an import: what was written before may
    have been deleted or changed since, and the same write is due once more.
    """
    return hashlib.sha256(f"{record}\n{properties}\n{attempt}".encode()).hexdigest()


def _prospects(records: pd.DataFrame, standing: Standing, schema: ObjectSchema) -> Iterator[Prospect]:
    names = [name for name in records.columns if name not in FIXED_COLUMNS and name != RECORD_ID]
    changes = changed_properties(records, present_values(records, standing, schema), names, schema)
    values = zip(_mappings(records[names]), _mappings(values_on_create(records, schema)), changes, strict=True)
    keys = records[KEY].astype(object).where(records[KEY].notna(), None)
    places = zip(records[ROW].tolist(), records[LINE].tolist(), keys, strict=True)
    for (row, line, key), (wire, on_create, changed) in zip(places, values, strict=True):
        yield Prospect(
            row=row,
            line=line,
            key=key,
            wire=wire,
            on_create=on_create,
            record=standing.records.get(row),
            candidates=standing.ambiguous.get(row, ()),
            changes=changed,
        )


def _action(prospect: Prospect, *, is_rejected: bool, is_skipped: bool) -> PlanAction:
    if is_rejected:
        return PlanAction.REJECT
    if is_skipped:
        return PlanAction.SKIP
    if prospect.record is None:
        return PlanAction.CREATE
    return PlanAction.UPDATE if prospect.changes else PlanAction.UNCHANGED


def _plan_row(prospect: Prospect, action: PlanAction, reason: str | None, conditions: Conditions) -> dict[str, object]:
    properties = _json(_sent(prospect, action, conditions.schema))
    record_id = prospect.record.id if prospect.record is not None else None
    return {
        "row": prospect.row,
        "line": prospect.line,
        "key": prospect.key,
        "action": str(action),
        "record_id": record_id,
        "properties": properties,
        "replaced": _json(_replaced(prospect) if action is PlanAction.UPDATE else {}),
        "content_hash": content_hash(record_id or str(prospect.key), properties, conditions.attempt),
        "reason": reason,
    }


def _sent(prospect: Prospect, action: PlanAction, schema: ObjectSchema) -> Mapping[str, str]:
    """Exactly what goes to HubSpot. A create sends the key too, an update only what changes."""
    if action is PlanAction.UPDATE:
        return prospect.changes
    if action is PlanAction.CREATE and schema.key_property is not None:
        return {**prospect.on_create, **prospect.wire, schema.key_property: str(prospect.key)}
    return {}


def _replaced(prospect: Prospect) -> Mapping[str, str]:
    present = prospect.record.properties if prospect.record is not None else {}
    return {name: old for name in prospect.changes if (old := present.get(name))}


def _mappings(frame: pd.DataFrame) -> Iterator[dict[str, str]]:
    """Each row's values that are there."""
    columns = {name: frame[name].tolist() for name in frame.columns}
    for place in range(len(frame)):
        yield {name: values[place] for name, values in columns.items() if isinstance(values[place], str)}


def _json(values: Mapping[str, str]) -> str:
    return json.dumps(values, ensure_ascii=False, sort_keys=True)
