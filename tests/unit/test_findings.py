from __future__ import annotations

import string

import pytest

from hubspot_import.findings import CATALOGUE, MAX_SHOWN_VALUE, Code, finding
from hubspot_import.model import ObjectType, Severity
from hubspot_import.settings import PROJECT_ROOT

PAGE = (PROJECT_ROOT / "docs" / "findings.md").read_text(encoding="utf-8")


class AnyFact(dict[str, str]):
    def __missing__(self, name: str) -> str:
        return f"<{name}>"


def test_every_code_is_in_the_catalogue():
    assert set(CATALOGUE) == set(Code)


@pytest.mark.parametrize("code", list(Code))
def test_every_code_is_documented_as_the_catalogue_has_it(code):
    entry = CATALOGUE[code]
    assert f"| `{code}` | {entry.category} | {entry.severity} | {entry.message} | {entry.fix} |" in PAGE.splitlines()


def test_the_page_documents_no_code_that_does_not_exist():
    documented = {line.split("`")[1] for line in PAGE.splitlines() if line.startswith("| `")}
    assert documented == set(Code)


@pytest.mark.parametrize("code", list(Code))
def test_every_message_and_fix_is_a_sentence(code):
    entry = CATALOGUE[code]
    assert entry.message.format_map(AnyFact())[-1] in ".!"
    assert entry.fix.format_map(AnyFact())[-1] in ".!>"


@pytest.mark.parametrize("code", [code for code in Code if CATALOGUE[code].category == "types"])
def test_a_finding_about_a_value_names_its_column(code):
    names = {name for _, name, _, _ in string.Formatter().parse(CATALOGUE[code].message)}
    assert "column" in names


def test_a_finding_is_worded_from_the_catalogue():
    found = finding(Code.INVALID_PHONE, ObjectType.CONTACTS, row=4, line=5, column="Phone", value="12",
                    reason="it is too short", example="+33612345678")  # fmt: skip
    assert found.message == "'12' in Phone is not a valid phone number: it is too short."
    assert found.fix == "Type the number with + and its country code, for example +33612345678."
    assert (found.row, found.line, found.severity) == (4, 5, Severity.ERROR)


def test_a_long_value_is_cut_in_the_message_and_whole_in_the_finding():
    value = "x" * 500
    found = finding(Code.INVALID_EMAIL, ObjectType.CONTACTS, column="email", value=value, reason="it is long")
    assert found.value == value
    assert value[:MAX_SHOWN_VALUE] + "…" in found.message
    assert len(found.message) < 200


def test_the_severity_of_a_finding_can_be_lowered():
    found = finding(Code.AMBIGUOUS_RECORD, ObjectType.CONTACTS, severity=Severity.WARNING, candidates="1, 2")
    assert found.severity is Severity.WARNING


def test_a_finding_about_a_whole_row_names_no_column():
    found = finding(Code.ASSOCIATION_RECORD_NOT_FOUND, ObjectType.TICKETS, row=9, value="Mill", target="company",
                    to_type="companies")  # fmt: skip
    assert "None" not in found.fix
