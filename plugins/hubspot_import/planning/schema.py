"""The account's own schema against the mapping: what exists, what may be written, and the key property."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from hubspot_import.account_metadata import AccountMetadata
from hubspot_import.client.wire import Owner, Pipeline, PropertyDefinition
from hubspot_import.errors import SchemaError
from hubspot_import.findings import Code, finding
from hubspot_import.mapping.columns import resolve_columns
from hubspot_import.mapping.spec import BULK_IMPORT_KEY, RECORD_ID, ObjectMapping
from hubspot_import.model import ObjectType

MAX_UNIQUE_PROPERTIES = 10
"""Unique properties an object type may have (properties guide)."""
NATURAL_KEYS: Mapping[ObjectType, str] = {ObjectType.CONTACTS: "email"}
"""Takes upserts although its definition says ``hasUniqueValue: false`` (recorded contact properties, 2024)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ObjectSchema:
    """One object type as mapping and account see it. ``pipelines`` are in display order, for tickets only."""

    mapping: ObjectMapping
    definitions: Mapping[str, PropertyDefinition]
    pipelines: tuple[Pipeline, ...] = ()
    owners: tuple[Owner, ...] = ()

    @property
    def object_type(self) -> ObjectType:
        """The object type."""
        return self.mapping.object_type

    @property
    def key_property(self) -> str | None:
        """The unique property records are upserted on; None when rows name records by id."""
        return None if self.mapping.key == RECORD_ID else self.mapping.key

    @property
    def key_stands(self) -> bool:
        """Say whether the account has the key property already."""
        return self.mapping.key in self.definitions


def object_schemas(
    mappings: Mapping[ObjectType, ObjectMapping], metadata: AccountMetadata
) -> dict[ObjectType, ObjectSchema]:
    """Lay the mappings beside the account's own schema."""
    return {
        object_type: ObjectSchema(
            mapping=mapping,
            definitions=metadata.properties.get(object_type, {}),
            pipelines=metadata.pipelines.get(object_type, ()),
            owners=metadata.owners,
        )
        for object_type, mapping in mappings.items()
    }


def file_columns(mapping: ObjectMapping, names: Sequence[str]) -> dict[str, str]:
    """The file's column of each mapped property, and of each column name that a link matches by."""
    found = resolve_columns(mapping, names).found
    columns = {
        name: found.get(column, column)
        for name, entry in mapping.properties.items()
        for column in [next((column for column in entry.columns if column in found), name)]
    }
    return {**found, **columns}


def key_is_missing(schema: ObjectSchema) -> bool:
    """Say whether our key property has to be made. Raises SchemaError when the key can serve in no way."""
    key, object_type = schema.mapping.key, schema.object_type
    if key == RECORD_ID or NATURAL_KEYS.get(object_type) == key:
        return False
    definition = schema.definitions.get(key)
    if definition is not None and not definition.has_unique_value:
        raise SchemaError(
            f"{object_type}: the account's property '{key}' is not unique (hasUniqueValue) and cannot become so; "
            + _other_way(object_type)
        )
    if definition is None and key == BULK_IMPORT_KEY and _unique_count(schema.definitions) >= MAX_UNIQUE_PROPERTIES:
        raise SchemaError(
            f"{object_type}: '{key}' cannot be created, the account has {MAX_UNIQUE_PROPERTIES} unique properties on "
            f"{object_type} already, which is HubSpot's limit; " + _other_way(object_type)
        )
    return definition is None and key == BULK_IMPORT_KEY


def check_properties(schema: ObjectSchema, used: Iterable[str], columns: Mapping[str, str]) -> list[str]:
    """Say what is wrong with the mapped properties that have values: absent from the account, or read-only.

    ``columns`` leads from property to the file's column. Each sentence names property, file column and remedy.
    """
    faults = []
    for name in used:
        definition = schema.definitions.get(name)
        if definition is not None and not definition.is_read_only and not definition.calculated:
            continue
        if name == RECORD_ID:
            continue
        code = Code.PROPERTY_DEFINITION_NOT_FOUND if definition is None else Code.READ_ONLY_PROPERTY
        found = finding(code, schema.object_type, column=columns.get(name), property=name)
        faults.append(f"{schema.mapping.source}: {found.message} {found.fix}")
    return faults


def _unique_count(definitions: Mapping[str, PropertyDefinition]) -> int:
    """Count the account's own unique properties; HubSpot's built-in ones (``hs_…``) do not count."""
    return sum(entry.has_unique_value and not name.startswith("hs_") for name, entry in definitions.items())


def _other_way(object_type: ObjectType) -> str:
    return f"name a unique property of yours in {object_type}.yaml: key: <a unique property of yours>"
