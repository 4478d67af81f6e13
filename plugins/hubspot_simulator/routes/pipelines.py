"""The pipelines API: pipelines and their stages, read, made, changed and removed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from hubspot_simulator import errors
from hubspot_simulator.batch_inputs import need_types
from hubspot_simulator.clock import iso
from hubspot_simulator.endpoints import Area, Call, Endpoint, reads, writes
from hubspot_simulator.pipeline_changes import (
    FIELD_KINDS,
    changed_stage,
    found,
    new_pipeline,
    new_stage,
    pipelines_line,
    placed,
)
from hubspot_simulator.pipelines import Pipeline, Stage
from hubspot_simulator.replies import JsonObject, Reply

DELETE_CHECKS = ("validateReferencesBeforeDelete", "validateDealStageUsagesBeforeDelete")


def list_pipelines(call: Call) -> Reply:
    """List the pipelines of an object type with their stages."""
    results = [pipeline.body(position) for position, pipeline in enumerate(_pipelines(call))]
    return Reply(status=200, body={"results": results})


def read_pipeline(call: Call) -> Reply:
    """Read one pipeline."""
    return Reply(status=200, body=_body(call, _pipeline(call)))


def create_pipeline(call: Call) -> Reply:
    """Make a pipeline with its stages."""
    made = new_pipeline(call.kind, call.fields, call.account.new_id, iso(call.account.clock.now()))
    if any(pipeline.id == made.id for pipeline in _pipelines(call)):
        raise errors.refusal(409, f"A pipeline with ID {made.id} already exists.", "CONFLICT")
    _keep(call, placed(_pipelines(call), made, call.fields["displayOrder"]))
    return Reply(status=201, body=_body(call, made))


def replace_pipeline(call: Call) -> Reply:
    """Put another pipeline in the place of one, under its id."""
    standing = _pipeline(call)
    asked = {**call.fields, "pipelineId": standing.id}
    made = new_pipeline(call.kind, asked, call.account.new_id, iso(call.account.clock.now()))
    _keep(call, placed(_pipelines(call), made, call.fields["displayOrder"]))
    return Reply(status=200, body=_body(call, made))


def update_pipeline(call: Call) -> Reply:
    """Change a pipeline's label or place."""
    standing = _pipeline(call)
    need_types(call.fields, FIELD_KINDS)
    changed = replace(standing, label=call.fields.get("label", standing.label))
    position = call.fields.get("displayOrder", _pipelines(call).index(standing))
    _keep(call, placed(_pipelines(call), changed, position))
    return Reply(status=200, body=_body(call, changed))


def delete_pipeline(call: Call) -> Reply:
    """Remove a pipeline."""
    standing = _pipeline(call)
    _refuse_when_used(call, str(call.kind.pipeline_property), standing.id)
    _keep(call, [pipeline for pipeline in _pipelines(call) if pipeline is not standing])
    return Reply(status=204)


def list_stages(call: Call) -> Reply:
    """List the stages of a pipeline."""
    return Reply(status=200, body={"results": _body(call, _pipeline(call))["stages"]})


def read_stage(call: Call) -> Reply:
    """Read one stage."""
    return Reply(status=200, body=_stage_body(_pipeline(call), _stage(call)))


def create_stage(call: Call) -> Reply:
    """Make a stage."""
    made = new_stage(call.kind, call.fields, call.account.new_id, iso(call.account.clock.now()))
    return Reply(status=201, body=_stage_body(_with_stage(call, made, call.fields["displayOrder"]), made))


def replace_stage(call: Call) -> Reply:
    """Put another stage in the place of one, under its id."""
    asked = {**call.fields, "stageId": _stage(call).id}
    made = new_stage(call.kind, asked, call.account.new_id, iso(call.account.clock.now()))
    return Reply(status=200, body=_stage_body(_with_stage(call, made, call.fields["displayOrder"]), made))


def update_stage(call: Call) -> Reply:
    """Change a stage's label, place or metadata."""
    standing = _stage(call)
    changed = changed_stage(call.kind, standing, call.fields)
    position = call.fields.get("displayOrder", _pipeline(call).stages.index(standing))
    return Reply(status=200, body=_stage_body(_with_stage(call, changed, position), changed))


def delete_stage(call: Call) -> Reply:
    """Remove a stage; one that is not there is no fault (reported)."""
    pipeline, stage_id = _pipeline(call), call.path["stage_id"]
    _refuse_when_used(call, str(call.kind.stage_property), stage_id)
    stages = tuple(stage for stage in pipeline.stages if stage.id != stage_id)
    _keep(call, [replace(p, stages=stages) if p is pipeline else p for p in _pipelines(call)])
    return Reply(status=204)


def _pipelines(call: Call) -> list[Pipeline]:
    return call.account.pipelines.setdefault(call.kind.name, [])


def _pipeline(call: Call) -> Pipeline:
    return found(_pipelines(call), call.path["pipeline_id"], "Pipeline")


def _stage(call: Call) -> Stage:
    return found(_pipeline(call).stages, call.path["stage_id"], "Pipeline stage")


def _body(call: Call, pipeline: Pipeline) -> JsonObject:
    return pipeline.body(_pipelines(call).index(pipeline))


def _stage_body(pipeline: Pipeline, stage: Stage) -> JsonObject:
    return stage.body(pipeline.stages.index(stage))


def _with_stage(call: Call, stage: Stage, display_order: object) -> Pipeline:
    standing = _pipeline(call)
    changed = replace(standing, stages=tuple(placed(standing.stages, stage, display_order)))
    _keep(call, [changed if pipeline is standing else pipeline for pipeline in _pipelines(call)])
    return changed


def _keep(call: Call, pipelines: list[Pipeline]) -> None:
    call.account.pipelines[call.kind.name] = pipelines
    call.account.note(pipelines_line(call.kind.name, pipelines))


def _refuse_when_used(call: Call, property_name: str, item_id: str) -> None:
    """Keep what records stand in, when the request asks for that check (wording inferred)."""
    if not any(call.asks(name) for name in DELETE_CHECKS):
        return
    if any(record.properties.get(property_name) == item_id for record in call.account.stores[call.kind.name]):
        raise errors.invalid(f"{item_id} cannot be deleted because records refer to it")


_ONE = "/{object_type}/{pipeline_id}"
_STAGES = f"{_ONE}/stages"
_STAGE = f"{_STAGES}/{{stage_id}}"


def _endpoint(method: str, path: str, operation: str, answer: Callable[[Call], Reply]) -> Endpoint:
    is_write = method != "GET"
    return Endpoint(
        area=Area.PIPELINES,
        method=method,
        path=path,
        operation=f"pipelines.{operation}",
        answer=answer,
        scopes=writes if is_write else reads,
        is_write=is_write,
    )


ENDPOINTS = (
    _endpoint("GET", "/{object_type}", "list", list_pipelines),
    _endpoint("POST", "/{object_type}", "create", create_pipeline),
    _endpoint("GET", _ONE, "read", read_pipeline),
    _endpoint("PUT", _ONE, "replace", replace_pipeline),
    _endpoint("PATCH", _ONE, "update", update_pipeline),
    _endpoint("DELETE", _ONE, "archive", delete_pipeline),
    _endpoint("GET", _STAGES, "stages.list", list_stages),
    _endpoint("POST", _STAGES, "stages.create", create_stage),
    _endpoint("GET", _STAGE, "stages.read", read_stage),
    _endpoint("PUT", _STAGE, "stages.replace", replace_stage),
    _endpoint("PATCH", _STAGE, "stages.update", update_stage),
    _endpoint("DELETE", _STAGE, "stages.archive", delete_stage),
)
