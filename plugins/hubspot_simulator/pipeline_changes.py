"""Making, changing and removing pipelines and stages, and how they stand in the account's file."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any, TypeVar

from hubspot_simulator import errors
from hubspot_simulator.batch_inputs import need_elements, need_types
from hubspot_simulator.object_types import DEALS, ObjectType
from hubspot_simulator.pipelines import Pipeline, Stage
from hubspot_simulator.replies import JsonObject

CLOSED_PROBABILITIES = frozenset({"0.0", "1.0"})


FIELD_KINDS: Mapping[str, type] = {"label": str, "displayOrder": int, "stages": list, "metadata": dict}
Item = TypeVar("Item", bound=Pipeline | Stage)


def found(items: Sequence[Item], item_id: str, word: str) -> Item:
    """Find a pipeline or stage by id, or refuse with 404 (wording inferred)."""
    for item in items:
        if item.id == item_id:
            return item
    raise errors.refusal(404, f"{word} with ID {item_id} does not exist", "OBJECT_NOT_FOUND")


def placed(items: Sequence[Item], item: Item, display_order: Any) -> list[Item]:
    """Put an item where its display order says (last when it says nothing), once."""
    others = [other for other in items if other.id != item.id]
    position = display_order if isinstance(display_order, int) and display_order >= 0 else len(others)
    return [*others[:position], item, *others[position:]]


def new_pipeline(kind: ObjectType, request: JsonObject, new_id: Callable[[], str], now: str) -> Pipeline:
    """Read a POST body: label, display order and stages; ids it brings are kept (reported)."""
    _require(request, ("label", "displayOrder", "stages"))
    stages: list[Stage] = []
    need_elements(request["stages"], dict)
    for asked in request["stages"]:
        stages = placed(stages, new_stage(kind, asked, new_id, now), asked["displayOrder"])
    pipeline_id = str(request.get("pipelineId") or new_id())
    return Pipeline(id=pipeline_id, label=request["label"], stages=tuple(stages), created_at=now)


def new_stage(kind: ObjectType, request: JsonObject, new_id: Callable[[], str], now: str) -> Stage:
    """Read the POST body of a stage."""
    _require(request, ("label", "displayOrder", "metadata"))
    stage = Stage(id=str(request.get("stageId") or new_id()), label=request["label"], created_at=now)
    return _with_metadata(kind, stage, request["metadata"])


def changed_stage(kind: ObjectType, stage: Stage, request: JsonObject) -> Stage:
    """Apply a PATCH body."""
    need_types(request, FIELD_KINDS)
    stage = replace(stage, label=request.get("label", stage.label))
    if "metadata" not in request:
        return stage
    return _with_metadata(kind, stage, {**(stage.metadata or {}), **request["metadata"]})


def _with_metadata(kind: ObjectType, stage: Stage, metadata: Mapping[str, Any]) -> Stage:
    texts = {name: str(value) for name, value in metadata.items() if name != "isClosed"}
    if kind is DEALS and "probability" not in texts:
        raise errors.invalid("Deal stages need a probability in their metadata")
    is_closed = (
        texts.get("ticketState") == "CLOSED"
        or texts.get("probability") in CLOSED_PROBABILITIES
        or str(metadata.get("isClosed")).lower() == "true"
    )
    return replace(stage, metadata=texts or None, is_closed=is_closed)


def _require(request: JsonObject, names: Sequence[str]) -> None:
    need_types(request, FIELD_KINDS)
    missing = [name for name in names if request.get(name) in (None, "")]
    if missing:
        raise errors.missing_json_fields(missing)


def pipelines_line(kind_name: str, pipelines: Sequence[Pipeline]) -> JsonObject:
    """Write the pipelines of an object type for the account's file."""
    return {
        "pipelines": kind_name,
        "are": [
            {
                "id": pipeline.id,
                "label": pipeline.label,
                "created_at": pipeline.created_at,
                "stages": [_stage_fields(stage) for stage in pipeline.stages],
            }
            for pipeline in pipelines
        ],
    }


def _stage_fields(stage: Stage) -> JsonObject:
    return {
        "id": stage.id,
        "label": stage.label,
        "is_closed": stage.is_closed,
        "metadata": None if stage.metadata is None else dict(stage.metadata),
        "created_at": stage.created_at,
    }


def restored_pipelines(line: JsonObject) -> list[Pipeline]:
    """Read what :func:`pipelines_line` wrote."""
    return [Pipeline(**{**item, "stages": tuple(Stage(**stage) for stage in item["stages"])}) for item in line["are"]]
