"""Builds what pre-flight reads of an account, and the records it meets, without a network."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

from hubspot_import.client.wire import Pipeline, PipelineStage, PropertyDefinition, PropertyOption
from hubspot_import.mapping.spec import ObjectMapping
from hubspot_import.model import ObjectType
from hubspot_import.planning.schema import ObjectSchema
from hubspot_import.tables import KEY, LINE, OTHER_KEYS, ROW


def a_definition(name: str, kind: str = "string", **rest: Any) -> PropertyDefinition:
    """A property of the account; ``options`` are labels by value."""
    options = tuple(PropertyOption(value=value, label=label) for value, label in rest.pop("options", {}).items())
    values: dict[str, Any] = {
        "label": name,
        "field_type": "text",
        "has_unique_value": False,
        "is_read_only": False,
        "external_options": False,
        "options": options,
    }
    return PropertyDefinition(name=name, type=kind, **{**values, **rest})


def a_pipeline(pipeline_id: str = "0", **stages: bool) -> Pipeline:
    """A pipeline with stages by label; the value says whether the stage is open. Ids are ``<pipeline>-<n>``."""
    stages = stages or {"New": True, "Waiting": True, "Closed": False}
    return Pipeline(
        id=pipeline_id,
        label=f"Pipeline {pipeline_id}",
        display_order=int(pipeline_id),
        stages=tuple(
            PipelineStage(id=f"{pipeline_id}-{number}", label=label, display_order=number, is_open=is_open)
            for number, (label, is_open) in enumerate(stages.items(), start=1)
        ),
    )


def a_mapping(object_type: ObjectType = ObjectType.CONTACTS, key: str = "email", **properties: Any) -> ObjectMapping:
    """A mapping; a property is a column's name or the YAML's own form."""
    named = {key: key, **properties} if key == "email" else properties
    return ObjectMapping.model_validate(
        {"object_type": object_type, "source": f"{object_type}.csv", "key": key, "properties": named}
    )


def a_schema(
    mapping: ObjectMapping, *definitions: PropertyDefinition, pipelines: Sequence[Pipeline] = (), **rest: Any
) -> ObjectSchema:
    """An account that has the mapped properties as plain strings, unless a definition says otherwise."""
    known = {name: a_definition(name) for name in mapping.properties}
    known |= {definition.name: definition for definition in definitions}
    return ObjectSchema(mapping=mapping, definitions=known, pipelines=tuple(pipelines), **rest)


def some_records(*rows: Mapping[str, str | None], keys: Sequence[str | None] | None = None) -> pd.DataFrame:
    """Records as extraction leaves them, numbered from row 2; the key is the e-mail unless ``keys`` are given."""
    frame = pd.DataFrame(list(rows), dtype="str")
    numbers = list(range(2, len(frame) + 2))
    frame.insert(0, ROW, numbers)
    frame.insert(1, LINE, numbers)
    found = list(keys) if keys is not None else [row.get("email") for row in rows]
    frame[KEY] = pd.Series(found, dtype="str")
    frame[OTHER_KEYS] = pd.Series([None] * len(frame), dtype="str")
    return frame
