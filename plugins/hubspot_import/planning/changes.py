"""Which properties of a record that stands an update sends: what differs, and what the mapping lets an update touch."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from hubspot_import.mapping.nulls import nothing
from hubspot_import.mapping.spec import OnAmbiguous, OnExisting
from hubspot_import.model import ObjectType
from hubspot_import.planning.compare import differs
from hubspot_import.planning.rules import PIPELINE, STAGE
from hubspot_import.planning.schema import ObjectSchema
from hubspot_import.planning.standing import CREATED, Standing
from hubspot_import.planning.ways import DOMAIN, MORE_DOMAINS, NAME
from hubspot_import.tables import FIXED_COLUMNS, KEY, ROW


def read_properties(records: pd.DataFrame, schema: ObjectSchema) -> list[str]:
    """Name what has to be read of records that stand: what may be compared, the key, and what tells records apart."""
    wanted = [name for name in records.columns if name not in FIXED_COLUMNS]
    wanted.append(schema.mapping.key)
    if schema.mapping.on_ambiguous is OnAmbiguous.OLDEST:
        wanted.append(CREATED)
    if schema.object_type is ObjectType.COMPANIES:
        wanted += [NAME, DOMAIN, MORE_DOMAINS]
    if schema.object_type is ObjectType.TICKETS:
        wanted += [PIPELINE, STAGE]
    return [name for name in dict.fromkeys(wanted) if name in schema.definitions]


def present_values(records: pd.DataFrame, standing: Standing, schema: ObjectSchema) -> pd.DataFrame:
    """Line up what stands with the rows: the index of ``records``, a column for each property read, null when unset."""
    found = [standing.records.get(int(row)) for row in records[ROW]]
    columns = {
        name: [record.properties.get(name) if record is not None else None for record in found]
        for name in [*read_properties(records, schema), schema.mapping.key]
    }
    present = pd.DataFrame(columns, index=records.index, dtype="str").replace("", None)
    return present.assign(is_standing=[record is not None for record in found])


def changed_properties(
    records: pd.DataFrame, present: pd.DataFrame, names: Sequence[str], schema: ObjectSchema
) -> list[dict[str, str]]:
    """Give for each row the properties an update sends, wire form; empty when nothing does or no record stands."""
    sent = {name: _sent(name, records[name], present, schema) for name in names if name != schema.key_property}
    values = {name: records[name].tolist() for name in sent}
    if schema.key_property is not None:
        # A key that stands is never rewritten: an update only fills it in.
        sent[schema.key_property] = present["is_standing"] & present[schema.key_property].isna()
        values[schema.key_property] = records[KEY].tolist()
    masks = {name: mask.tolist() for name, mask in sent.items()}
    return [{name: values[name][place] for name, mask in masks.items() if mask[place]} for place in range(len(records))]


def _sent(name: str, wire: pd.Series, present: pd.DataFrame, schema: ObjectSchema) -> pd.Series:
    """Say for which rows an update sends a property."""
    entry = schema.mapping.properties.get(name)
    rule = entry.on_existing if entry is not None else OnExisting.OVERWRITE
    if rule is OnExisting.NEVER:
        return pd.Series(data=False, index=wire.index)
    standing = present[name] if name in present else nothing(wire.index)
    has_value = present["is_standing"] & wire.notna()
    if rule is OnExisting.FILL_EMPTY:
        return has_value & standing.isna()
    changed = has_value & differs(wire, standing, schema.definitions.get(name))
    if name == STAGE and PIPELINE not in schema.mapping.properties:
        return changed & _in_own_pipeline(present, schema)
    return changed


def _in_own_pipeline(present: pd.DataFrame, schema: ObjectSchema) -> pd.Series:
    """Say where a ticket stands in the pipeline its stage was read by; a stage of another pipeline is refused."""
    if PIPELINE not in present or not schema.pipelines:
        return present["is_standing"]
    return present[PIPELINE].isna() | (present[PIPELINE] == schema.pipelines[0].id)
