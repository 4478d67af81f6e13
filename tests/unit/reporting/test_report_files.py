"""The files of a report: what stands in them, and what must not."""

from __future__ import annotations

import logging
import re
from html.parser import HTMLParser
from pathlib import Path

import pytest

from hubspot_import.findings import Code
from hubspot_import.model import LinkStatus, OutcomeStatus, Stage
from hubspot_import.reporting.stage import run
from support.reports import (
    CONTACTS,
    FORMULA,
    TEXT,
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
from support.run_folders import RunFolderBuilder, an_imported_run

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
    assert page.count("<bdi>nobody</bdi>") == 200
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
