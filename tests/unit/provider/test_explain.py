"""`hubspot-import explain`: why a record is linked as it is, from the run folder alone."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pandas as pd
import pytest

import hubspot_import.extraction.stage
import hubspot_import.loading.stage
import hubspot_import.validation.stage
from hubspot_import import tables
from hubspot_import.model import ObjectType
from hubspot_import.run_folder import RunFolder
from hubspot_provider.command import main
from support.sheets import a_new_run

COMPANIES, CONTACTS, TICKETS = ObjectType
FILES = {
    "companies.csv": "name,domain\nMill,mill.example.org\n",
    "contacts.csv": "email,firstname,company\nann@mill.example.org,Ann,Mill\nbob@mill.example.org,Bob,Elsewhere\n",
    "tickets.csv": (
        "ticket_id,subject,content\n"
        "1,Late,I am ann@mill.example.org\n"
        "2,Quoted,> bob@mill.example.org\n"
        "3,,held back: no subject\n"
    ),
}


@pytest.fixture
def folder(tmp_path: Path) -> RunFolder:
    run = a_new_run(tmp_path, FILES)
    for stage in (hubspot_import.loading.stage, hubspot_import.validation.stage, hubspot_import.extraction.stage):
        stage.run(run)
    return run


def shown(folder: RunFolder, record: str, capsys: pytest.CaptureFixture[str]) -> str:
    assert main(["explain", str(folder.path), record]) == 0
    return capsys.readouterr().out


def test_the_text_the_contact_and_the_company_are_shown(folder: RunFolder, capsys: pytest.CaptureFixture[str]) -> None:
    text = shown(folder, "tickets:2", capsys)
    assert "I am [1: ann@mill.example.org]" in text
    assert "Its contact:\n  row 2 of the contacts, Ann, ann@mill.example.org" in text
    assert "matched by ticket_email, confidence 0.98" in text
    assert "Its company:\n  row 2 of the companies, Mill, mill.example.org" in text
    assert "nothing is planned yet" in text


def test_what_was_only_suggested_is_shown_with_why(folder: RunFolder, capsys: pytest.CaptureFixture[str]) -> None:
    text = shown(folder, "tickets:3", capsys)
    assert "Its contact: none." in text
    assert "Row 3 of the contacts may be the contact of this row" in text
    assert "not sure enough" in text


def test_a_contact_is_explained_without_a_text(folder: RunFolder, capsys: pytest.CaptureFixture[str]) -> None:
    text = shown(folder, "contacts:3", capsys)
    assert "Its company:\n  Elsewhere\n" in text
    assert "names another company" in text
    assert "Found in the text" not in text


def test_a_row_that_was_held_back_has_its_text_and_no_links(
    folder: RunFolder, capsys: pytest.CaptureFixture[str]
) -> None:
    text = shown(folder, "tickets:4", capsys)
    assert "held back: no subject" in text
    assert "Its contact: none." in text


def test_after_the_import_the_outcome_is_told(folder: RunFolder, capsys: pytest.CaptureFixture[str]) -> None:
    found = tables.read(folder.links(TICKETS, CONTACTS, "candidates"))
    plan = found.assign(from_id=None, to_id=None, action="create", types=None)
    columns = list(tables.LINK_PLAN.names)
    tables.write_parts(folder.links(TICKETS, CONTACTS, "plan"), [plan[columns]], tables.LINK_PLAN)
    assert "planned: create" in shown(folder, "tickets:2", capsys)
    outcome = {"from_row": 2, "to_row": 2, "from_id": "9", "to_id": "501", "status": "created"}
    done = pd.DataFrame([outcome], columns=list(tables.LINK_OUTCOMES.names))
    tables.write_parts(folder.links(TICKETS, CONTACTS, "outcomes"), [done], tables.LINK_OUTCOMES)
    text = shown(folder, "tickets:2", capsys)
    assert "HubSpot id 501" in text
    assert "the link: created" in text


@pytest.mark.parametrize(
    ("record", "said"),
    [("tickets:99", "no row 99 of the tickets"), ("deals:2", "tickets:45"), ("tickets:x", "tickets:45")],
)
def test_a_record_that_is_not_there_is_one_line_on_stderr(
    folder: RunFolder, capsys: pytest.CaptureFixture[str], record: str, said: str
) -> None:
    assert main(["explain", str(folder.path), record]) == 1
    (line,) = capsys.readouterr().err.splitlines()
    assert said in line


def test_a_run_that_is_not_there_is_one_line_on_stderr(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    assert main(["explain", str(tmp_path / "nowhere"), "tickets:2"]) == 1
    assert "there is no run" in capsys.readouterr().err


def test_explaining_needs_no_airflow_and_logs_nothing(
    folder: RunFolder, caplog: pytest.LogCaptureFixture, capsys: pytest.CaptureFixture[str]
) -> None:
    caplog.clear()
    shown(folder, "tickets:2", capsys)
    assert caplog.records == []
    script = (
        "import sys; from hubspot_provider.command import main; "
        f"assert main(['explain', {str(folder.path)!r}, 'tickets:2']) == 0; assert 'airflow' not in sys.modules"
    )
    done = subprocess.run([sys.executable, "-c", script], check=False, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
