"""Valid rows become records: mapped properties in wire form, and the keys the rows are known by."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

import pandas as pd

from hubspot_import.extraction.keys import KeyKind, compose_keys, content_hash
from hubspot_import.mapping.columns import ColumnMap
from hubspot_import.mapping.conventions import STRICT, Convention
from hubspot_import.mapping.nulls import nothing
from hubspot_import.mapping.parsing import parse
from hubspot_import.mapping.spec import BULK_IMPORT_KEY, ObjectMapping
from hubspot_import.mapping.values import property_text
from hubspot_import.model import ObjectType
from hubspot_import.tables import KEY, LINE, OTHER_KEYS, ROW

HASHED_PROPERTIES: Mapping[ObjectType, tuple[str, ...]] = {ObjectType.TICKETS: ("subject", "content", "createdate")}
"""The properties whose raw cells identify a row that has no id, domain or name; all mapped ones where none is named."""


def map_records(
    rows: pd.DataFrame,
    mapping: ObjectMapping,
    columns: ColumnMap,
    *,
    namespace: str,
    region: str | None = None,
    conventions: Mapping[str, Convention] = MappingProxyType({}),
) -> pd.DataFrame:
    """Map valid rows to records: ROW, LINE, KEY, OTHER_KEYS and one text column a property, null where nothing is sent.

    ``columns`` tells which file column each mapped column is. ``region`` (ISO 3166) reads phones without a country
    code, ``conventions`` (by property) dates and numbers that can be read in two ways. A value that is not valid is
    left out: rows it should have held back did not get this far.
    """
    properties = {
        name: parse(
            property_text(rows, spec, columns),
            spec.type,
            region=region,
            convention=conventions.get(name, STRICT),
        ).wire
        for name, spec in mapping.properties.items()
    }
    records = pd.DataFrame({ROW: rows[ROW], LINE: rows[LINE], **properties}, index=rows.index)
    keys, other_keys = _keys(rows, records, mapping, columns, namespace)
    records.insert(2, KEY, keys.astype("str"))
    records.insert(3, OTHER_KEYS, other_keys.astype("str"))
    return records


def _keys(
    rows: pd.DataFrame, records: pd.DataFrame, mapping: ObjectMapping, columns: ColumnMap, namespace: str
) -> tuple[pd.Series, pd.Series]:
    """The key and the other keys of each row; only ``bulk_import_key`` is composed, any other key is a property."""
    if mapping.key != BULK_IMPORT_KEY:
        own = (
            records[mapping.key] if mapping.key in records else _cells(rows, mapping.id_column or mapping.key, columns)
        )
        return own, nothing(rows.index)
    kinds = {KeyKind.ID: _cells(rows, mapping.id_column, columns)}
    if mapping.object_type is ObjectType.COMPANIES:
        kinds[KeyKind.DOMAIN] = records["domain"] if "domain" in records else nothing(rows.index)
        kinds[KeyKind.NAME] = records["name"] if "name" in records else nothing(rows.index)
    else:
        kinds[KeyKind.HASH] = content_hash(_hashed_cells(rows, mapping, columns))
    return compose_keys(namespace, kinds)


def _hashed_cells(rows: pd.DataFrame, mapping: ObjectMapping, columns: ColumnMap) -> list[pd.Series]:
    """The raw cells that stand for a row's identity, in a fixed order."""
    names = HASHED_PROPERTIES.get(mapping.object_type) or tuple(sorted(mapping.properties))
    sources = [mapping.properties[name].columns for name in names if name in mapping.properties]
    return [_cells(rows, column, columns) for source in sources for column in source] or [nothing(rows.index)]


def _cells(rows: pd.DataFrame, column: str | None, columns: ColumnMap) -> pd.Series:
    """The raw cells of a mapped column; nulls when the file does not have it."""
    found = columns.found.get(column) if column is not None else None
    return rows[found] if found is not None else nothing(rows.index)
