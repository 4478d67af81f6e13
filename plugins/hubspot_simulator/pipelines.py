"""Pipelines and their stages, and whether a record may stand in one (hubspot-api.md §8)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from hubspot_simulator.errors import ValueFault
from hubspot_simulator.object_types import COMPANIES, CONTACTS, DEALS, TICKETS, ObjectType
from hubspot_simulator.replies import JsonObject

BEGINNING = "1970-01-01T00:00:00Z"
DEFAULT_PIPELINE = "0"
DEFAULT_PIPELINES: Mapping[str, str] = {TICKETS.name: DEFAULT_PIPELINE, DEALS.name: "default"}
"""The pipeline a new record stands in when it names none."""
STAGE_PROPERTIES = frozenset({"hs_pipeline", "hs_pipeline_stage", "pipeline", "dealstage"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Stage:
    """A stage of a pipeline. ``metadata`` is what is said beside ``isClosed``; a ticket's state unless given."""

    id: str
    label: str
    is_closed: bool = False
    metadata: Mapping[str, str] | None = None
    created_at: str = BEGINNING

    def body(self, display_order: int) -> JsonObject:
        """Answer the stage as the pipelines API does."""
        state = {"ticketState": "CLOSED" if self.is_closed else "OPEN"}
        return {
            "label": self.label,
            "displayOrder": display_order,
            "metadata": {**(state if self.metadata is None else self.metadata), "isClosed": _word(self.is_closed)},
            "id": self.id,
            "createdAt": self.created_at,
            "updatedAt": self.created_at,
            "writePermissions": "CRM_PERMISSIONS_ENFORCEMENT",
            "archived": False,
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Pipeline:
    """A pipeline with its stages in display order."""

    id: str
    label: str
    stages: tuple[Stage, ...]
    created_at: str = BEGINNING

    def body(self, display_order: int) -> JsonObject:
        """Answer the pipeline as the pipelines API does."""
        return {
            "label": self.label,
            "displayOrder": display_order,
            "id": self.id,
            "stages": [stage.body(position) for position, stage in enumerate(self.stages)],
            "createdAt": self.created_at,
            "updatedAt": self.created_at,
            "archived": False,
        }


def _word(is_closed: bool) -> str:
    return "true" if is_closed else "false"


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
_DEAL_STAGES = (
    ("appointmentscheduled", "Appointment Scheduled", "0.2"),
    ("qualifiedtobuy", "Qualified To Buy", "0.4"),
    ("presentationscheduled", "Presentation Scheduled", "0.6"),
    ("decisionmakerboughtin", "Decision Maker Bought-In", "0.8"),
    ("contractsent", "Contract Sent", "0.9"),
    ("closedwon", "Closed Won", "1.0"),
    ("closedlost", "Closed Lost", "0.0"),
)
SALES_PIPELINE = Pipeline(
    id="default",
    label="Sales Pipeline",
    stages=tuple(
        Stage(id=id_, label=label, is_closed=id_.startswith("closed"), metadata={"probability": probability})
        for id_, label, probability in _DEAL_STAGES
    ),
)
_LIFECYCLE_STAGES = (
    ("subscriber", "Subscriber"),
    ("lead", "Lead"),
    ("marketingqualifiedlead", "Marketing Qualified Lead"),
    ("salesqualifiedlead", "Sales Qualified Lead"),
    ("opportunity", "Opportunity"),
    ("customer", "Customer"),
    ("evangelist", "Evangelist"),
    ("other", "Other"),
)


def _lifecycle(kind: ObjectType) -> Pipeline:
    stages = [Stage(id=id_, label=label, metadata={"state": "OPEN"}) for id_, label in _LIFECYCLE_STAGES]
    stages[-1] = replace(stages[-1], is_closed=True, metadata={"state": "CLOSED"})
    return Pipeline(id=str(kind.lifecycle_pipeline), label="Lifecycle Stage Pipeline", stages=tuple(stages))


def default_pipelines() -> dict[str, list[Pipeline]]:
    """Give the pipelines every account has, by object type."""
    return {
        TICKETS.name: [SUPPORT_PIPELINE],
        DEALS.name: [SALES_PIPELINE],
        CONTACTS.name: [_lifecycle(CONTACTS)],
        COMPANIES.name: [_lifecycle(COMPANIES)],
    }


def check_stage(
    kind: ObjectType, pipelines: list[Pipeline], values: Mapping[str, str], standing: Mapping[str, str]
) -> tuple[ValueFault, ...]:
    """Judge pipeline and stage of a record together: a stage must belong to the record's pipeline."""
    in_pipeline, in_stage = kind.pipeline_property, kind.stage_property
    if in_pipeline is None or in_stage is None or not values.keys() & {in_pipeline, in_stage}:
        return ()
    pipeline_id = values.get(in_pipeline) or standing.get(in_pipeline) or DEFAULT_PIPELINES[kind.name]
    found = next((pipeline for pipeline in pipelines if pipeline.id == pipeline_id), None)
    if found is None:
        listed = ", ".join(pipeline.id for pipeline in pipelines)
        message = f"{pipeline_id} is not a valid pipeline ID. Valid options are: [{listed}]"
        return (ValueFault(name=in_pipeline, message=message, code="INVALID_OPTION"),)
    stage = values.get(in_stage) or standing.get(in_stage)
    if stage is None or stage in {item.id for item in found.stages}:
        return ()
    listed = ", ".join(item.id for item in found.stages)
    message = f"{stage} is not a valid pipeline stage ID. Valid options are: pipelineId={found.id} : [{listed}]"
    return (ValueFault(name=in_stage, message=message, code="INVALID_OPTION"),)
