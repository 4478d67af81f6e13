"""What a new ticket needs besides its row: a pipeline and a stage (ticket guide: hs_pipeline_stage is required)."""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd

from hubspot_import.client.wire import Pipeline
from hubspot_import.model import ObjectType
from hubspot_import.planning.rules import PIPELINE, STAGE, chosen_pipelines
from hubspot_import.planning.schema import ObjectSchema


def in_display_order(pipelines: Iterable[Pipeline]) -> tuple[Pipeline, ...]:
    """Pipelines as the account shows them; the first is the default one. Those without a stage take no ticket."""
    return tuple(sorted((entry for entry in pipelines if entry.stages), key=lambda entry: entry.display_order))


def first_open_stage(pipeline: Pipeline) -> str:
    """The stage a new ticket begins in; the first of all when every stage closes."""
    stages = sorted(pipeline.stages, key=lambda stage: (not stage.is_open, stage.display_order))
    return stages[0].id


def values_on_create(records: pd.DataFrame, schema: ObjectSchema) -> pd.DataFrame:
    """What only a create sends, by property, with the index of ``records``: for tickets pipeline and first stage."""
    if schema.object_type is not ObjectType.TICKETS or not schema.pipelines:
        return pd.DataFrame(index=records.index)
    chosen = chosen_pipelines(records, schema.pipelines)
    first_stages = {pipeline.id: first_open_stage(pipeline) for pipeline in schema.pipelines}
    return pd.DataFrame({PIPELINE: chosen, STAGE: chosen.map(first_stages)}, dtype="str")
