from __future__ import annotations

from pathlib import Path

import pytest

from hubspot_import import errors
from hubspot_import.model import Stage
from hubspot_import.run_folder import RunFolder
from hubspot_provider import run_status


@pytest.fixture
def folder(tmp_path: Path) -> RunFolder:
    return RunFolder(tmp_path)


def test_a_fatal_failure_stops_the_stages_after_it_and_not_its_own_retry(folder: RunFolder) -> None:
    folder.record_failure(Stage.IMPORT_COMPANIES, errors.ScopeError("no scope"))
    failure = run_status.fatal_failure_before(folder, Stage.IMPORT_CONTACTS)
    assert failure is not None
    assert failure["error"] == "ScopeError"
    assert run_status.fatal_failure_before(folder, Stage.IMPORT_COMPANIES) is None


@pytest.mark.parametrize("error", [errors.IncompleteImportError("x"), errors.HubSpotUnavailableError("x")])
def test_what_may_pass_does_not_stop_the_next_import(folder: RunFolder, error: errors.HubSpotImportError) -> None:
    folder.record_failure(Stage.IMPORT_COMPANIES, error)
    assert run_status.fatal_failure_before(folder, Stage.IMPORT_CONTACTS) is None


def test_a_task_that_failed_without_a_word_is_written_down(folder: RunFolder) -> None:
    run_status.note_crashes(folder, {"validate": "success", "import_contacts": "failed", "associate": "skipped"})
    assert [(f["stage"], f["error"]) for f in folder.failures()] == [("import_contacts", "TaskCrashedError")]


def test_what_a_task_said_itself_is_kept(folder: RunFolder) -> None:
    folder.record_failure(Stage.PREFLIGHT, errors.TokenError("the token"))
    run_status.note_crashes(folder, {"preflight": "failed"})
    assert [f["message"] for f in folder.failures()] == ["the token"]


@pytest.mark.parametrize(
    ("status", "is_good"), [("success", True), ("degraded", True), ("failed", False), ("stopped", False)]
)
def test_only_success_and_degraded_are_good(folder: RunFolder, status: str, is_good: bool) -> None:
    folder.write_json(folder.report / "report.json", {"status": status})
    assert run_status.is_good(folder) is is_good


def test_a_run_without_a_report_is_not_good(folder: RunFolder) -> None:
    assert not run_status.is_good(folder)


def test_the_explanation_names_the_first_failure(folder: RunFolder) -> None:
    folder.record_failure(Stage.ASSOCIATE, errors.IncompleteImportError("second"))
    folder.record_failure(Stage.LOAD, errors.SourceError("first"))
    assert run_status.explain(folder) == "SourceError: first"


def test_without_a_failure_the_explanation_says_where_to_read(folder: RunFolder) -> None:
    folder.write_json(folder.report / "report.json", {"status": "failed"})
    assert str(folder.report) in run_status.explain(folder)
