"""Pipelines and their stages, and whether a ticket may stand in one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from hubspot_simulator.errors import ValueFault
from hubspot_simulator.replies import JsonObject

BEGINNING = "1970-01-01T00:00:00Z"
DEFAULT_PIPELINE = "0"


@dataclass(frozen=True, slots=True, kw_only=True)
class Stage:
    """A stage of a pipeline."""

    id: str
    label: str
    is_closed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Pipeline:
    """A pipeline with its stages in display order."""

    id: str
    label: str
    stages: tuple[Stage, ...]

    def body(self, display_order: int) -> JsonObject:
        """Answer the pipeline as the pipelines API does."""
        return {
            "label": self.label,
            "displayOrder": display_order,
            "id": self.id,
            "stages": [_stage_body(stage, position) for position, stage in enumerate(self.stages)],
            "createdAt": BEGINNING,
            "updatedAt": BEGINNING,
            "archived": False,
        }


def _stage_body(stage: Stage, position: int) -> JsonObject:
    return {
        "label": stage.label,
        "displayOrder": position,
        "metadata": {
            "ticketState": "CLOSED" if stage.is_closed else "OPEN",
            "isClosed": "true" if stage.is_closed else "false",
        },
        "id": stage.id,
        "createdAt": BEGINNING,
        "updatedAt": BEGINNING,
        "writePermissions": "CRM_PERMISSIONS_ENFORCEMENT",
        "archived": False,
    }


SUPPORT_PIPELINE = Pipeline(
    id=DEFAULT_PIPELINE,
    label="Support Pipeline",
    stages=(
        Stage(id="1", label="New"),
        Stage(id="2", label="Waiting on contact"),
        Stage(id="3", label="Waiting on us"),
        Stage(id="4", label="Closed", is_closed=True),
    ),
)


def check_stage(
    pipelines: list[Pipeline], values: Mapping[str, str], standing: Mapping[str, str]
) -> tuple[ValueFault, ...]:
    """Judge pipeline and stage of a ticket together: a stage must belong to the record's pipeline."""
    if "hs_pipeline" not in values and "hs_pipeline_stage" not in values:
        return ()
    pipeline_id = values.get("hs_pipeline") or standing.get("hs_pipeline") or DEFAULT_PIPELINE
    found = next((pipeline for pipeline in pipelines if pipeline.id == pipeline_id), None)
    if found is None:
        listed = ", ".join(pipeline.id for pipeline in pipelines)
        message = f"{pipeline_id} is not a valid pipeline ID. Valid options are: [{listed}]"
        return (ValueFault(name="hs_pipeline", message=message, code="INVALID_OPTION"),)
    stage = values.get("hs_pipeline_stage") or standing.get("hs_pipeline_stage")
    if stage is None or stage in {item.id for item in found.stages}:
        return ()
    listed = ", ".join(item.id for item in found.stages)
    message = f"{stage} is not a valid pipeline stage ID. Valid options are: pipelineId={found.id} : [{listed}]"
    return (ValueFault(name="hs_pipeline_stage", message=message, code="INVALID_OPTION"),)
