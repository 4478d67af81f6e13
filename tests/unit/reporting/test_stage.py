"""The report of a whole run folder, finished or not."""

from __future__ import annotations

import csv
import io
import logging
import re
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest

from hubspot_import.errors import IncompleteImportError, InvariantError, SourceError, TokenError
from hubspot_import.findings import CATALOGUE, Code
from hubspot_import.model import Finding, LinkStatus, ObjectType, OutcomeStatus, PlanAction, Stage
from hubspot_import.reporting.stage import run
from support.run_folders import RunFolderBuilder, a_run_folder, an_imported_run

CONTACTS, COMPANIES, TICKETS = ObjectType.CONTACTS, ObjectType.COMPANIES, ObjectType.TICKETS
SCRIPT = "<script>alert('x')</script>"
FORMULA = "=cmd|' /C calc'!A0"
TEXT = "My router burns.\nCall me on the number you have."


def contact_rows(count: int) -> list[dict[str, str | None]]:
    return [{"phone": "+33145678901", "email": f"p{n}@firm.example.com", "firstname": "Ana"} for n in range(count)]


def ticket_rows(count: int) -> list[dict[str, str | None]]:
    return [{"ticket_id": str(n), "subject": "Router on fire", "content": TEXT} for n in range(count)]


def a_finding(code: Code, object_type: ObjectType, row: int | None, column: str | None, **more: Any) -> Finding:
    words = {"severity": CATALOGUE[code].severity, "message": f"{column} is wrong.", "fix": "Mend it.", **more}
    return Finding(code=code, object_type=object_type, row=row, line=row, column=column, **words)


def invalid_email(row: int, value: str = "nobody", **more: Any) -> Finding:
    return a_finding(
        Code.INVALID_EMAIL, CONTACTS, row, "email", value=value, message=f"'{value}' is not an address.", **more
    )


def reported(build: RunFolderBuilder) -> dict[str, Any]:
    run(build.folder)
    return build.report()


def text_of(build: RunFolderBuilder, name: str) -> str:
    return (build.folder.report / name).read_text(encoding="utf-8-sig")


def cells_of(build: RunFolderBuilder, name: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(text_of(build, name))))


def result_of(build: RunFolderBuilder, row: int) -> dict[str, str]:
    return next(line for line in csv.DictReader(io.StringIO(text_of(build, "results.csv"))) if line["row"] == str(row))


@pytest.fixture
def with_rejects(tmp_path: Path) -> RunFolderBuilder:
    build = an_imported_run(tmp_path, {CONTACTS: contact_rows(5)}, rejects={CONTACTS: [3, 5]})
    return build.with_findings([invalid_email(3, SCRIPT), invalid_email(5, FORMULA, suggestion="cmd@example.com")])


# --- report.json --------------------------------------------------------------------------------------------------


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
    assert set(report) == contract | {"account", "failures", "mined"}


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


# --- row numbers, rejects and hostile data ------------------------------------------------------------------------


def test_a_fault_stands_with_its_row_in_every_file(with_rejects: RunFolderBuilder) -> None:
    report = reported(with_rejects)
    assert [found["row"] for found in report["findings"]] == [3, 5]
    assert "  - Row 5: " in text_of(with_rejects, "summary.txt")
    assert "contacts · email: 2" in text_of(with_rejects, "summary.txt")
    assert "cmd@example.com" in text_of(with_rejects, "summary.txt")
    assert result_of(with_rejects, 5)["outcome"] == "rejected"
    assert cells_of(with_rejects, "rejects/contacts.csv")[2][-2].startswith("Row 5: ")
    assert re.search(r'<td class="n">5</td>', text_of(with_rejects, "index.html"))


def test_rejects_have_the_source_s_columns_in_their_order_then_why(with_rejects: RunFolderBuilder) -> None:
    run(with_rejects.folder)
    header, first, second = cells_of(with_rejects, "rejects/contacts.csv")
    assert header == ["phone", "email", "firstname", "error_codes", "reasons", "fixes"]
    assert (first[1], first[3]) == ("p1@firm.example.com", "INVALID_EMAIL")
    assert second[5] == "Mend it. (suggestion: cmd@example.com)"


def test_every_fault_of_a_row_is_among_its_reasons(tmp_path: Path) -> None:
    build = an_imported_run(tmp_path, {CONTACTS: contact_rows(1)}, rejects={CONTACTS: [2]})
    missing = a_finding(Code.MISSING_REQUIRED_PROPERTY, CONTACTS, 2, "lastname")
    build.with_findings([invalid_email(2), missing])
    run(build.folder)
    codes, reasons, _ = cells_of(build, "rejects/contacts.csv")[1][-3:]
    assert codes == "INVALID_EMAIL;MISSING_REQUIRED_PROPERTY"
    assert reasons.count("Row 2: ") == 1
    assert "lastname is wrong." in reasons


def test_a_rejects_file_that_is_rejected_again_has_its_reasons_once(tmp_path: Path) -> None:
    again = [{"email": "x", "error_codes": "OLD", "reasons": "old", "fixes": "old"}]
    build = an_imported_run(tmp_path, {CONTACTS: again}, rejects={CONTACTS: [2]}).with_findings([invalid_email(2)])
    run(build.folder)
    header, line = cells_of(build, "rejects/contacts.csv")
    assert header == ["email", "error_codes", "reasons", "fixes"]
    assert line[1] == "INVALID_EMAIL"


def test_a_refused_record_is_in_rejects_with_hubspot_s_words(tmp_path: Path) -> None:
    build = an_imported_run(tmp_path, {CONTACTS: contact_rows(2)})
    build.with_outcomes(
        CONTACTS, {3: OutcomeStatus.FAILED}, attempt=2, category="VALIDATION_ERROR", message="bad zip", record_id="77"
    )
    run(build.folder)
    assert cells_of(build, "rejects/contacts.csv")[1][-3:-1] == ["VALIDATION_ERROR", "Row 3: bad zip"]
    assert "  - Row 3: VALIDATION_ERROR: bad zip" in text_of(build, "summary.txt")
    assert "https://app-eu1.hubspot.com/contacts/4711/record/0-1/77" in text_of(build, "index.html")


def test_no_cell_of_a_csv_can_become_a_formula(tmp_path: Path) -> None:
    hostile = [{"=HYPERLINK(1)": "@x", "email": FORMULA, "firstname": "\t=1", "city": "-1+1"}]
    build = an_imported_run(tmp_path, {CONTACTS: hostile}, rejects={CONTACTS: [2]})
    build.with_findings([invalid_email(2, FORMULA)]).with_records(CONTACTS, {})
    run(build.folder)
    cells = [cell for line in cells_of(build, "rejects/contacts.csv") for cell in line]
    assert f"'{FORMULA}" in cells
    assert [cell for cell in cells if cell[:1] in set("=+-@\t\r\n")] == []


def test_the_keys_in_results_cannot_become_formulas(tmp_path: Path) -> None:
    build = an_imported_run(tmp_path, {CONTACTS: contact_rows(1)}).with_records(CONTACTS, {2: "+x@example.com"})
    run(build.folder)
    assert result_of(build, 2)["key"] == "'+x@example.com"


def test_csv_files_open_in_excel_with_their_accents(with_rejects: RunFolderBuilder) -> None:
    run(with_rejects.folder)
    for name in ("results.csv", "rejects/contacts.csv"):
        assert (with_rejects.folder.report / name).read_bytes().startswith(b"\xef\xbb\xbf")


# --- the page -----------------------------------------------------------------------------------------------------


class _Tags(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str | None]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += attrs


def test_nothing_from_the_data_can_become_markup(with_rejects: RunFolderBuilder) -> None:
    run(with_rejects.folder)
    page = text_of(with_rejects, "index.html")
    parser = _Tags()
    parser.feed(page)
    assert "script" not in parser.tags
    assert "&lt;script&gt;" in page


def test_the_page_needs_nothing_but_itself(with_rejects: RunFolderBuilder) -> None:
    run(with_rejects.folder)
    page = text_of(with_rejects, "index.html")
    parser = _Tags()
    parser.feed(page)
    addresses = [value or "" for name, value in parser.attributes if name in {"src", "href", "srcset", "action"}]
    assert all(re.fullmatch(r"[a-z/]+\.(txt|csv|log|json)", address) for address in addresses), addresses
    assert "default-src 'none'; style-src 'unsafe-inline'" in page
    assert "@import" not in page
    assert "url(" not in page


def test_the_page_shows_no_ticket_text(tmp_path: Path) -> None:
    build = an_imported_run(tmp_path, {TICKETS: ticket_rows(4)}, rejects={TICKETS: [3]})
    message = f"'{TEXT}' in content is not short."
    too_long = a_finding(Code.VALUE_TOO_LONG, TICKETS, 3, "content", value=TEXT, message=message)
    build.with_findings([too_long])
    build.with_outcomes(
        TICKETS, {4: OutcomeStatus.FAILED}, attempt=2, category="VALIDATION_ERROR", message='"Router on fire" is bad'
    )
    run(build.folder)
    page = text_of(build, "index.html")
    assert "is not short" in page
    assert "is bad" in page
    for text in ("Router on fire", "My router burns", "Call me on the number"):
        assert text not in page


def test_the_page_shows_the_values_of_other_columns(with_rejects: RunFolderBuilder) -> None:
    run(with_rejects.folder)
    assert "=cmd|" in text_of(with_rejects, "index.html")


def test_of_many_findings_the_page_shows_the_first_and_says_where_the_rest_is(tmp_path: Path) -> None:
    rows = range(2, 303)
    build = an_imported_run(tmp_path, {CONTACTS: contact_rows(301)}, rejects={CONTACTS: rows})
    build.with_findings([invalid_email(row) for row in rows])
    run(build.folder)
    page = text_of(build, "index.html")
    assert "The first 200 of 301; results.csv has a line for every row" in page
    assert page.count("<td>contacts</td>") == 200
    assert "… and 101 more: see results.csv and rejects/" in text_of(build, "summary.txt")
    assert len(cells_of(build, "rejects/contacts.csv")) == 302


# --- summary and logs ---------------------------------------------------------------------------------------------


def test_the_summary_tells_links_as_the_seed_did(tmp_path: Path) -> None:
    build = an_imported_run(tmp_path, {TICKETS: ticket_rows(166)})
    pairs = [(row, 2) for row in range(2, 147)]
    build.with_links(TICKETS, CONTACTS, planned=pairs, made=dict.fromkeys(pairs, LinkStatus.CREATED))
    run(build.folder)
    assert "  145/166 tickets linked to contacts (87.3%)" in text_of(build, "summary.txt").splitlines()


def test_the_import_log_strings_the_attempts_together(tmp_path: Path) -> None:
    build = an_imported_run(tmp_path, {CONTACTS: contact_rows(1)})
    build.with_log(Stage.IMPORT_CONTACTS, "first try\n").with_log(Stage.IMPORT_CONTACTS, "second try\n")
    build.with_log(Stage.LOAD, "reading\n")
    run(build.folder)
    log = text_of(build, "import.log")
    headings = re.findall(r"-----.*-----", log)
    assert [heading.strip("- ") for heading in headings] == [
        "load, attempt 1", "import_contacts, attempt 1", "import_contacts, attempt 2",
    ]  # fmt: skip
    assert log.index("reading") < log.index("first try") < log.index("second try")


def test_the_report_s_own_log_names_the_folder_and_nobody(
    with_rejects: RunFolderBuilder, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.INFO, "hubspot_import"):
        run(with_rejects.folder)
    assert caplog.messages[-1] == f"report: {with_rejects.folder.report}"
    assert "@" not in caplog.text


def test_the_result_holds_counts_only(with_rejects: RunFolderBuilder) -> None:
    counts = run(with_rejects.folder).counts
    assert (counts["contacts.rows"], counts["contacts.rejected"], counts["findings"]) == (5, 2, 2)
