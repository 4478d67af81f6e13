"""The report of a whole run folder, finished or not."""

from __future__ import annotations

from pathlib import Path

import pytest

from hubspot_import.errors import IncompleteImportError, InvariantError, SourceError, TokenError
from hubspot_import.findings import Code
from hubspot_import.model import LinkStatus, OutcomeStatus, PlanAction, Stage
from hubspot_import.reporting.stage import run
from support.reports import (
    COMPANIES,
    CONTACTS,
    SCRIPT,
    TICKETS,
    a_finding,
    cells_of,
    contact_rows,
    invalid_email,
    reported,
    result_of,
    text_of,
    ticket_rows,
)
from support.run_folders import RunFolderBuilder, a_run_folder, an_imported_run


def test_a_run_that_did_all_is_a_success(tmp_path: Path) -> None:
    build = an_imported_run(tmp_path, {COMPANIES: [{"name": "Firm"}], CONTACTS: contact_rows(2)})
    pairs = [(2, 2), (3, 2)]
    build.with_links(CONTACTS, COMPANIES, planned=pairs, made=dict.fromkeys(pairs, LinkStatus.CREATED))
    build.with_api(Stage.IMPORT_CONTACTS, requests=3, writes=2, seconds_waited_for_limit=0.25)
    report = reported(build)
    assert report["status"] == "success"
    assert report["objects"]["contacts"] == {
        "rows": 2, "rejected": 0, "records": 2, "added": 0, "created": 2, "updated": 0, "unchanged": 0, "skipped": 0,
        "failed": 0, "not_sent": 0, "success_rate": 1.0, "seconds": 1.5,
    }  # fmt: skip
    assert report["associations"]["contact_to_company"] == {
        "of": 2, "planned": 2, "created": 2, "existing": 0, "failed": 0, "rate": 1.0,
    }  # fmt: skip
    assert list(report["associations"]) == ["contact_to_company", "ticket_to_contact", "ticket_to_company"]
    assert report["plan"]["contacts"] == {"create": 2, "update": 0, "unchanged": 0, "skip": 0, "reject": 0}
    assert report["api"]["requests"] == 3
    assert list(report["objects"]) == ["companies", "contacts"]


def test_report_json_has_the_contract_s_keys(tmp_path: Path) -> None:
    report = reported(an_imported_run(tmp_path, {CONTACTS: contact_rows(1)}))
    contract = {"run_id", "status", "dry_run", "started_at", "duration_seconds", "plan", "objects", "associations"}
    contract |= {"findings_total", "findings_by_code", "findings", "api"}
    assert set(report) == contract | {"account", "causes", "failures", "mined"}


def test_held_back_rows_degrade_the_run_and_are_counted(with_rejects: RunFolderBuilder) -> None:
    report = reported(with_rejects)
    contacts = report["objects"]["contacts"]
    assert (report["status"], contacts["rejected"], contacts["created"]) == ("degraded", 2, 3)
    assert (report["findings_total"], report["findings_by_code"]) == (2, {"INVALID_EMAIL": 2})
    assert report["findings"][0] == {
        "code": "INVALID_EMAIL", "severity": "error", "object_type": "contacts", "row": 3, "line": 3,
        "column": "email", "value": SCRIPT, "message": f"'{SCRIPT}' is not an address.",
        "fix": "Mend it.", "suggestion": None,
    }  # fmt: skip


def test_errors_are_told_before_warnings(tmp_path: Path) -> None:
    build = an_imported_run(tmp_path, {CONTACTS: contact_rows(3)}, rejects={CONTACTS: [4]})
    unmapped = a_finding(Code.UNMAPPED_COLUMN, CONTACTS, None, "shoe size")
    build.with_findings([unmapped], Stage.LOAD).with_findings([invalid_email(4)])
    assert [found["severity"] for found in reported(build)["findings"]] == ["error", "warning"]


def test_what_preflight_rejects_counts_as_rejected(tmp_path: Path) -> None:
    build = an_imported_run(tmp_path, {CONTACTS: contact_rows(2)})
    build.with_plan(CONTACTS, {2: PlanAction.CREATE, 3: PlanAction.REJECT})
    contacts = reported(build)["objects"]["contacts"]
    assert (contacts["rejected"], contacts["records"], contacts["created"]) == (1, 1, 1)


def test_a_refused_record_fails_the_run(tmp_path: Path) -> None:
    build = an_imported_run(tmp_path, {CONTACTS: contact_rows(2)})
    build.with_outcomes(CONTACTS, {3: OutcomeStatus.FAILED}, attempt=2, category="VALIDATION_ERROR", message="no")
    report = reported(build)
    assert (report["status"], report["objects"]["contacts"]["failed"]) == ("failed", 1)


def test_the_tenth_attempt_comes_after_the_ninth(tmp_path: Path) -> None:
    build = an_imported_run(tmp_path, {CONTACTS: contact_rows(1)})
    build.with_outcomes(CONTACTS, {2: OutcomeStatus.FAILED}, attempt=9)
    build.with_outcomes(CONTACTS, {2: OutcomeStatus.CREATED}, attempt=10)
    assert reported(build)["objects"]["contacts"]["created"] == 1


def test_a_dry_run_sends_nothing_and_is_not_blamed_for_it(tmp_path: Path) -> None:
    build = an_imported_run(tmp_path, {CONTACTS: contact_rows(2)}, dry_run=True)
    build.with_plan(CONTACTS, {2: PlanAction.CREATE, 3: PlanAction.UNCHANGED})
    build.with_links(CONTACTS, COMPANIES, planned=[(2, 2)])
    report = reported(build)
    contacts = report["objects"]["contacts"]
    assert (report["status"], report["dry_run"]) == ("success", True)
    assert (contacts["not_sent"], contacts["unchanged"], contacts["created"]) == (1, 1, 0)
    assert report["associations"]["contact_to_company"]["planned"] == 1
    assert not list(build.folder.report.glob("rejects/*"))
    assert result_of(build, 2)["message"] == "Dry run: the plan is to create the record."


def test_links_without_a_parent_degrade_the_run(tmp_path: Path) -> None:
    build = an_imported_run(tmp_path, {CONTACTS: contact_rows(1)})
    build.with_links(CONTACTS, COMPANIES, planned=[(2, 2)], made={(2, 2): LinkStatus.NO_PARENT})
    report = reported(build)
    assert (report["status"], report["associations"]["contact_to_company"]["failed"]) == ("degraded", 1)


def test_planned_links_that_were_never_sent_fail_the_run(tmp_path: Path) -> None:
    build = an_imported_run(tmp_path, {CONTACTS: contact_rows(1)}).with_links(CONTACTS, COMPANIES, planned=[(2, 2)])
    assert reported(build)["status"] == "failed"


def test_books_that_do_not_balance_are_reported_and_then_raised(tmp_path: Path) -> None:
    build = an_imported_run(tmp_path, {CONTACTS: contact_rows(3)}).with_records(CONTACTS, {2: "a", 3: "b"})
    with pytest.raises(InvariantError, match="contacts: 3 rows are not 0 rejected"):
        run(build.folder)
    report = build.report()
    assert report["status"] == "failed"
    assert "contacts: 3 rows" in report["failures"][0]["message"]


# --- runs that did not get far ------------------------------------------------------------------------------------


def test_a_run_that_failed_in_load_has_a_whole_report(tmp_path: Path) -> None:
    build = a_run_folder(tmp_path).failed(Stage.LOAD, SourceError("there is no folder /data/none; create it"))
    report = reported(build)
    assert (report["status"], report["objects"], report["plan"]) == ("failed", {}, {})
    assert report["failures"][0]["error"] == "SourceError"
    for name in ("summary.txt", "index.html"):
        assert "there is no folder /data/none; create it" in text_of(build, name)
    assert cells_of(build, "results.csv") == [["object_type", "row", "key", "hubspot_id", "outcome", "message"]]


def test_a_run_that_failed_in_preflight_sent_nothing(tmp_path: Path) -> None:
    build = a_run_folder(tmp_path).asked().with_rows(CONTACTS, contact_rows(3)).with_rejects(CONTACTS, [4])
    build.with_records(CONTACTS, {2: "a", 3: "b"}).with_findings([invalid_email(4)])
    build.finished(Stage.LOAD, Stage.VALIDATE, Stage.EXTRACT_AND_MAP)
    build.failed(Stage.PREFLIGHT, TokenError("HubSpot does not accept the token; put a valid one into the connection"))
    report = reported(build)
    contacts = report["objects"]["contacts"]
    assert (report["status"], contacts["rejected"], contacts["not_sent"]) == ("failed", 1, 2)
    assert [line[-3:] for line in cells_of(build, "rejects/contacts.csv")[1:3]] == [
        ["NOT_SENT", f"Row {row}: The record was never sent: the run stopped before its turn.",
         "Run the import again; what is written already is not written twice."] for row in (2, 3)
    ]  # fmt: skip


def test_a_run_whose_process_was_killed_is_a_failure(tmp_path: Path) -> None:
    report = reported(a_run_folder(tmp_path).asked())
    assert (report["status"], report["failures"][0]["stage"]) == ("failed", "load")


@pytest.mark.parametrize("reached", range(4))
def test_a_report_exists_wherever_a_run_ended(tmp_path: Path, reached: int) -> None:
    build = a_run_folder(tmp_path)
    steps = [
        lambda: build.asked().with_rows(TICKETS, ticket_rows(3)).finished(Stage.LOAD),
        lambda: build.with_rejects(TICKETS, [2]).finished(Stage.VALIDATE),
        lambda: build.with_records(TICKETS, {3: "a", 4: "b"}).finished(Stage.EXTRACT_AND_MAP),
    ]
    for step in steps[:reached]:
        step()
    build.failed(list(Stage)[reached], IncompleteImportError("tickets: 2 records were not written"))
    report = reported(build)
    assert report["status"] == "failed"
    assert len(cells_of(build, "results.csv")) == 1 + (3 if reached else 0)
    assert {path.name for path in build.folder.report.iterdir()} == {
        "index.html", "summary.txt", "report.json", "results.csv", "import.log", "rejects",
    }  # fmt: skip


def test_reporting_twice_replaces_the_report(with_rejects: RunFolderBuilder) -> None:
    first = reported(with_rejects)
    with_rejects.with_rejects(CONTACTS, []).with_records(CONTACTS, dict.fromkeys(range(2, 7), "key"))
    with_rejects.with_findings([]).folder.clear(with_rejects.folder.findings(CONTACTS))
    with_rejects.with_outcomes(CONTACTS, dict.fromkeys(range(2, 7), OutcomeStatus.CREATED), attempt=2)
    second = reported(with_rejects)
    assert (first["status"], second["status"]) == ("degraded", "success")
    assert not list(with_rejects.folder.report.glob("rejects/*"))
