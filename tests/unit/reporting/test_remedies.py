"""Every error has a way on."""

from __future__ import annotations

import inspect

from hubspot_import import errors
from hubspot_import.model import Stage
from hubspot_import.reporting.reading import known_failures
from hubspot_import.reporting.remedies import REMEDIES, Failure

ABSTRACT = {errors.HubSpotImportError, errors.FatalError, errors.RetryableError}
OFFLINE = (Stage.LOAD, Stage.VALIDATE, Stage.EXTRACT_AND_MAP)


def test_every_error_that_can_stop_a_run_has_a_remedy() -> None:
    raised = {kind for _, kind in inspect.getmembers(errors, inspect.isclass) if kind.__module__ == errors.__name__}
    assert set(REMEDIES) == raised - ABSTRACT


def test_an_error_nobody_foresaw_leads_to_the_log() -> None:
    assert "import.log" in Failure(stage="load", error="ZeroDivisionError", message="").remedy


def test_a_stage_that_died_without_a_word_stopped_the_run() -> None:
    finished = {stage: {} for stage in OFFLINE}
    failures = known_failures([], finished, stopped=False)
    assert [(failure.stage, failure.error) for failure in failures] == [("preflight", "TaskCrashedError")]


def test_the_failure_written_down_is_named_not_its_consequences() -> None:
    recorded = [{"stage": "load", "error": "SourceError", "message": "no folder"}]
    assert [failure.stage for failure in known_failures(recorded, {}, stopped=False)] == ["load"]


def test_a_stopped_run_has_no_failure() -> None:
    assert known_failures([], {stage: {} for stage in OFFLINE}, stopped=True) == ()


def test_an_earlier_failure_of_the_report_itself_is_forgotten() -> None:
    recorded = [{"stage": "report", "error": "OSError", "message": "disk full"}]
    finished = {stage: {} for stage in Stage}
    assert known_failures(recorded, finished, stopped=False) == ()
