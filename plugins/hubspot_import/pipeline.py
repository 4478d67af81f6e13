"""The stages in order. Read this first: Airflow's tasks, the command line and the tests all go through here."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import hubspot_import.association.stage
import hubspot_import.extraction.stage
import hubspot_import.importing.stage
import hubspot_import.loading.stage
import hubspot_import.planning.stage
import hubspot_import.reporting.stage
import hubspot_import.validation.stage
from hubspot_import.client.client import HubSpotClient
from hubspot_import.clock import Clock, SystemClock
from hubspot_import.errors import FatalError, HubSpotImportError, InvariantError
from hubspot_import.model import ObjectType, Stage, StageResult
from hubspot_import.reporting.run_report import RunReport
from hubspot_import.run_folder import RunFolder, run_folder_name
from hubspot_import.settings import Settings, params_from_conf
from hubspot_import.stage_log import stage_log

logger = logging.getLogger(__name__)

_IMPORTS = {Stage.importing(object_type): object_type for object_type in ObjectType}
ONLINE_STAGES = frozenset({Stage.PREFLIGHT, *_IMPORTS, Stage.ASSOCIATE})
"""The stages that talk to HubSpot and need a client."""


def open_run(runs: Path, run_id: str, *, clock: Clock | None = None) -> RunFolder:
    """Open the folder of a run, making it when it is new. The same run id always gives the same folder."""
    folder = RunFolder(runs / run_folder_name(run_id))
    if not folder.manifest_path.exists():
        started_at = (clock or SystemClock()).now().isoformat(timespec="seconds")
        folder.update_manifest(run_id=run_id, started_at=started_at)
    return folder


def run_stage(
    stage: Stage,
    folder: RunFolder,
    *,
    client: HubSpotClient | None = None,
    clock: Clock | None = None,
) -> StageResult:
    """Run one stage and write down how it ended. Raises what the stage raises, after noting it for the report."""
    clock = clock or SystemClock()
    started = clock.monotonic()
    before = client.stats if client else None
    with stage_log(folder, stage):
        logger.info("%s: start", stage)
        try:
            result = _run(stage, folder, client)
        except HubSpotImportError as error:
            _note_failure(folder, stage, error)
            raise
        finally:
            if client and before is not None:
                folder.add_api_stats(stage, client.stats - before)
        seconds = clock.monotonic() - started
        logger.info("%s: done in %.1f s: %s", stage, seconds, _counts(result.counts))
    return folder.finish(replace(result, seconds=seconds))


def load(folder: RunFolder, conf: Mapping[str, Any], settings: Settings) -> StageResult:
    """Run the first stage: check the conf, write it into the manifest, read the files."""
    try:
        params = params_from_conf(conf, settings)
    except FatalError as error:
        with stage_log(folder, Stage.LOAD):
            _note_failure(folder, Stage.LOAD, error)
        raise
    folder.update_manifest(params=params.as_dict())
    return run_stage(Stage.LOAD, folder)


def run(folder: RunFolder, conf: Mapping[str, Any], settings: Settings, client: HubSpotClient) -> StageResult:
    """Run all stages without Airflow. The report is written even when a stage fails; then the failure is raised."""
    try:
        load(folder, conf, settings)
        for stage in list(Stage)[1:-1]:
            run_stage(stage, folder, client=client if stage in ONLINE_STAGES else None)
    finally:
        result = run_stage(Stage.REPORT, folder)
    return result


def check(folder: RunFolder, conf: Mapping[str, Any], settings: Settings) -> RunReport:
    """Load and validate only: no account, no network, no report files. Raises what the stages raise."""
    load(folder, conf, settings)
    run_stage(Stage.VALIDATE, folder)
    return hubspot_import.reporting.stage.read_run(folder, SystemClock())


def _run(stage: Stage, folder: RunFolder, client: HubSpotClient | None) -> StageResult:
    offline = {
        Stage.LOAD: hubspot_import.loading.stage.run,
        Stage.VALIDATE: hubspot_import.validation.stage.run,
        Stage.EXTRACT_AND_MAP: hubspot_import.extraction.stage.run,
        Stage.REPORT: hubspot_import.reporting.stage.run,
    }
    if stage in offline:
        return offline[stage](folder)
    if client is None:
        raise InvariantError(f"{stage} needs a client")
    if account := folder.manifest().get("account"):
        client.learn_time_zone(account["time_zone"])
    if stage is Stage.PREFLIGHT:
        return hubspot_import.planning.stage.run(folder, client)
    if stage is Stage.ASSOCIATE:
        return hubspot_import.association.stage.run(folder, client)
    if folder.result(stage) is not None:
        hubspot_import.planning.stage.plan_again(folder, client, _IMPORTS[stage])
    return hubspot_import.importing.stage.run(folder, client, _IMPORTS[stage])


def _note_failure(folder: RunFolder, stage: Stage, error: HubSpotImportError) -> None:
    folder.record_failure(stage, error)
    logger.error("%s: failed: %s: %s", stage, type(error).__name__, error)


def _counts(counts: Mapping[str, int]) -> str:
    return ", ".join(f"{name}={number}" for name, number in counts.items())
