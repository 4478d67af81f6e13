"""What the DAG's tasks call: from Airflow's context to a stage of hubspot_import, and back to a path and counts."""

from __future__ import annotations

import os
from collections.abc import Mapping
from typing import Any

from airflow.sdk import get_current_context
from airflow.sdk.exceptions import AirflowFailException, AirflowNotFoundException, AirflowSkipException

from hubspot_import import errors, pipeline
from hubspot_import.client.client import HubSpotClient
from hubspot_import.model import Stage, StageResult
from hubspot_import.run_folder import RunFolder
from hubspot_import.settings import Settings
from hubspot_provider import progress, run_status
from hubspot_provider.hooks.hubspot import HubSpotHook
from hubspot_provider.launch import Launch
from hubspot_provider.parking import park

DRY_RUN_SKIPS = frozenset(pipeline.ONLINE_STAGES - {Stage.PREFLIGHT})


def load() -> dict[str, Any]:
    """Open the run folder and read the source files. Raises SettingsError, MappingError or SourceError."""
    context = get_current_context()
    conf = {**context["params"], **(context["dag_run"].conf or {})}
    settings = Settings.from_env(os.environ)
    launch = Launch.from_env(os.environ)
    folder = _folder(context, settings)
    if launch.fingerprint:
        folder.update_manifest(fingerprint=launch.fingerprint)
    with progress.shown(Stage.LOAD):
        return _value(folder, _finished(folder, Stage.LOAD) or pipeline.load(folder, conf, settings))


def run(name: str) -> dict[str, Any]:
    """Run one stage by its name; without quota it is parked until there is some again.

    Raises what the stage raises, and AirflowSkipException when it must not run.
    """
    stage = Stage(name)
    context = get_current_context()
    folder = _folder(context, Settings.from_env(os.environ))
    with progress.shown(stage):
        if finished := _finished(folder, stage):
            return _value(folder, finished)
        _skip_what_must_not_run(folder, stage)
        client = _client(folder, stage, context["params"]) if stage in pipeline.ONLINE_STAGES else None
        try:
            return _value(folder, pipeline.run_stage(stage, folder, client=client))
        except errors.QuotaError as error:
            park(error, context["dag_run"])
            raise


def report() -> dict[str, Any]:
    """Write the report. Raises AirflowFailException when the run failed: this task is the leaf that gives its state."""
    context = get_current_context()
    folder = _folder(context, Settings.from_env(os.environ))
    dag_run = context["dag_run"]
    states = context["ti"].get_task_states(dag_id=dag_run.dag_id, run_ids=[dag_run.run_id])
    run_status.note_crashes(folder, states.get(dag_run.run_id, {}))
    with progress.shown(Stage.REPORT):
        result = pipeline.run_stage(Stage.REPORT, folder)
    if not run_status.is_good(folder):
        raise AirflowFailException(run_status.explain(folder))
    return _value(folder, result)


def _folder(context: Mapping[str, Any], settings: Settings) -> RunFolder:
    return pipeline.open_run(settings.runs, Launch.from_env(os.environ).run or context["run_id"])


def _value(folder: RunFolder, result: Mapping[str, Any] | StageResult) -> dict[str, Any]:
    counts = result.counts if isinstance(result, StageResult) else result["counts"]
    return {"folder": str(folder.path), **counts}


def _finished(folder: RunFolder, stage: Stage) -> dict[str, Any] | None:
    """On a resume, what the earlier attempt wrote down when it finished the stage."""
    return folder.result(stage) if Launch.from_env(os.environ).is_resume else None


def _skip_what_must_not_run(folder: RunFolder, stage: Stage) -> None:
    if failure := run_status.fatal_failure_before(folder, stage):
        raise AirflowSkipException(f"{failure['stage']} failed for good ({failure['error']}): {failure['message']}")
    if stage in DRY_RUN_SKIPS and folder.params().dry_run:
        raise AirflowSkipException("dry run: nothing is written")


def _client(folder: RunFolder, stage: Stage, params: Mapping[str, Any]) -> HubSpotClient:
    """Open the connection's client; what is wrong with the connection goes into the report like any failure."""
    conn_id = params["hubspot_conn_id"]
    try:
        return HubSpotHook(hubspot_conn_id=conn_id).client
    except AirflowNotFoundException as error:
        fault = errors.SettingsError(
            f"there is no Airflow connection '{conn_id}': create one of type HubSpot, or set "
            f"AIRFLOW_CONN_{conn_id.upper()} (make builds it from HUBSPOT_API_KEY)"
        )
        folder.record_failure(stage, fault)
        raise fault from error
    except errors.HubSpotImportError as error:
        folder.record_failure(stage, error)
        raise
