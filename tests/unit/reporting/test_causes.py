"""Root causes: what one correction cures."""

from __future__ import annotations

from pathlib import Path

from hubspot_import.findings import Code, finding
from hubspot_import.model import Finding, ObjectType
from hubspot_import.reporting.causes import MAX_CAUSES, MAX_ROWS_NAMED, Cause, root_causes
from hubspot_import.reporting.findings_order import sort_findings
from hubspot_import.tables import findings_frame
from support.reports import CONTACTS, TICKETS, a_finding, reported, text_of, ticket_rows
from support.run_folders import an_imported_run


def causes(*found: Finding, rows: int = 1000) -> list[Cause]:
    return list(
        root_causes(sort_findings(findings_frame(found)), {str(object_type): rows for object_type in ObjectType})
    )


def unknown_company(row: int, name: str) -> Finding:
    return finding(
        Code.ASSOCIATION_RECORD_NOT_FOUND, CONTACTS, row=row, line=row, column="company", value=name,
        target="companies", to_type="companies",
    )  # fmt: skip


def invalid_phone(row: int, value: str, reason: str = "the country code is missing") -> Finding:
    return finding(
        Code.INVALID_PHONE, CONTACTS, row=row, line=row, column="phone", value=value,
        reason=reason, example="+33612345678", suggestion=f"+33{value}",
    )  # fmt: skip


def test_one_unknown_company_in_412_rows_is_the_first_cause() -> None:
    found = [unknown_company(row, ("Acme", " ACME ", "acme")[row % 3]) for row in range(2, 414)]
    found += [unknown_company(row, "Other") for row in (500, 501)]
    first, second = causes(*found)
    assert (first.count, first.column, first.rows[0], len(first.rows)) == (412, "company", 2, MAX_ROWS_NAMED)
    assert (second.count, second.value, second.rows) == (2, "Other", (500, 501))


def test_phones_refused_for_one_reason_are_one_cause_that_shows_no_single_number() -> None:
    (cause,) = causes(*(invalid_phone(row, f"06{row:08}") for row in range(2, 813)))
    assert (cause.count, cause.value) == (811, None)
    assert cause.message == "A value in phone is not a valid phone number: the country code is missing."


def test_a_single_fault_is_no_root_cause() -> None:
    assert causes(invalid_phone(2, "12"), unknown_company(3, "Acme")) == []


def test_a_column_refused_for_many_reasons_is_one_cause() -> None:
    (cause,) = causes(*(invalid_phone(row, "x", reason=f"reason {row}") for row in range(2, 12)), rows=12)
    assert cause.message == "10 of 12 values in phone are refused, for different reasons."
    assert "contacts.yaml" in cause.fix


def test_many_reasons_in_a_small_part_of_a_column_are_no_cause() -> None:
    assert causes(*(invalid_phone(row, "x", reason=f"reason {row}") for row in range(2, 12)), rows=1000) == []


def test_a_suggestion_all_rows_share_is_told() -> None:
    found = [a_finding(Code.INVALID_EMAIL, CONTACTS, row, "email", value="a@b", suggestion="a@b.com") for row in (2, 3)]
    (cause,) = causes(*found)
    assert cause.fix == "Mend it. (suggestion: a@b.com)"


def test_only_the_largest_causes_are_told() -> None:
    found = [unknown_company(2 * n + m, f"Company {n}") for n in range(1, MAX_CAUSES + 6) for m in (0, 1)]
    assert len(causes(*found)) == MAX_CAUSES


def test_causes_stand_in_the_summary_the_page_and_the_document(tmp_path: Path) -> None:
    build = an_imported_run(tmp_path, {TICKETS: ticket_rows(4)})
    build.with_findings(
        [a_finding(Code.INVALID_ENUMERATION_OPTION, TICKETS, row, "priority", value="Top") for row in (2, 4)]
    )
    assert reported(build)["causes"][0]["rows"] == [2, 4]
    assert "  2 rows · tickets · priority: priority is wrong.\n    → Mend it. (rows 2, 4)" in text_of(
        build, "summary.txt"
    )
    assert "What to mend first" in text_of(build, "index.html")


def test_the_page_tells_no_cause_that_may_repeat_ticket_text(tmp_path: Path) -> None:
    build = an_imported_run(tmp_path, {TICKETS: ticket_rows(4)})
    build.with_findings([a_finding(Code.VALUE_TOO_LONG, TICKETS, row, "content", value="secret") for row in (2, 4)])
    assert len(reported(build)["causes"]) == 1
    assert "What to mend first" not in text_of(build, "index.html")
