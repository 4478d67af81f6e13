"""What stands against writing a row whose values are fine: identity, duplicates over all parts, and the run's mode."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial

from hubspot_import.client.wire import Record
from hubspot_import.findings import Code, finding
from hubspot_import.mapping.spec import RECORD_ID
from hubspot_import.model import Finding, Mode, ObjectType
from hubspot_import.planning.schema import ObjectSchema


@dataclass(slots=True)
class Claims:
    """Which row was the first to be a record, over all parts of an object type."""

    by_record: dict[str, int] = field(default_factory=dict)
    by_key: dict[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Conditions:
    """What the rows of one object type are decided by. ``claims`` is filled on the way.

    ``own_rows`` are rows whose records this very run has made; ``attempt`` numbers the import the plan is made for.
    """

    schema: ObjectSchema
    mode: Mode = Mode.UPSERT
    own_rows: Collection[int] = frozenset()
    attempt: int = 1
    claims: Claims = field(default_factory=Claims)


@dataclass(frozen=True, slots=True, kw_only=True)
class Prospect:
    """One row ahead of its decision: values, what only a create sends, the record that stands, what would change."""

    row: int
    line: int
    key: str | None
    wire: Mapping[str, str]
    on_create: Mapping[str, str]
    record: Record | None
    candidates: Sequence[str]
    changes: Mapping[str, str]


def oldest_taken(prospect: Prospect, object_type: ObjectType) -> Finding | None:
    """Say that several records fit a row and the oldest was taken for it, as the mapping says."""
    if prospect.record is None or not prospect.candidates:
        return None
    return finding(
        Code.OLDEST_RECORD_TAKEN,
        object_type,
        row=prospect.row,
        line=prospect.line,
        record=prospect.record.id,
        candidates=", ".join(prospect.candidates),
    )


def find_obstacle(prospect: Prospect, conditions: Conditions) -> Finding | None:
    """Say what stands against writing a row; else claim its record for it, so that a later row is a duplicate."""
    return (
        _unidentified(prospect, conditions.schema) or _claimed(prospect, conditions) or _unwanted(prospect, conditions)
    )


def _unidentified(prospect: Prospect, schema: ObjectSchema) -> Finding | None:
    """Find a row that fits several records, or none though it must."""
    say = partial(finding, object_type=schema.object_type, row=prospect.row, line=prospect.line)
    if prospect.candidates and prospect.record is None:
        return say(Code.AMBIGUOUS_RECORD, candidates=", ".join(prospect.candidates))
    if prospect.record is None and schema.key_property is None:
        return say(Code.INVALID_RECORD_ID, column=RECORD_ID, value=prospect.key)
    if prospect.key is None:
        return say(Code.MISSING_REQUIRED_PROPERTY, column=schema.mapping.key)
    return None


def _claimed(prospect: Prospect, conditions: Conditions) -> Finding | None:
    """Find a row whose record (or, of a new one, key) an earlier row has taken."""
    if prospect.record is not None:
        first = conditions.claims.by_record.setdefault(prospect.record.id, prospect.row)
        same = f"both are the record {prospect.record.id} of the account"
    else:
        first = conditions.claims.by_key.setdefault(str(prospect.key), prospect.row)
        same = f"the same {conditions.schema.mapping.key}"
    if first == prospect.row:
        return None
    object_type = conditions.schema.object_type
    return finding(
        Code.DUPLICATE_ROW_CONTENT, object_type, row=prospect.row, line=prospect.line, first_row=first, same=same
    )


def _unwanted(prospect: Prospect, conditions: Conditions) -> Finding | None:
    """Find a row the run's mode leaves alone."""
    say = partial(finding, object_type=conditions.schema.object_type, row=prospect.row, line=prospect.line)
    is_own = prospect.row in conditions.own_rows
    if conditions.mode is Mode.CREATE_ONLY and prospect.record is not None and not is_own:
        return say(Code.CREATE_ONLY_IMPORT)
    if conditions.mode is Mode.UPDATE_ONLY and prospect.record is None:
        return say(Code.UPDATE_ONLY_IMPORT)
    return None
