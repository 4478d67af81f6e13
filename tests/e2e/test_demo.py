"""`make demo`, twice: the first run fills the account, the second finds everything as it is."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from support.processes import PROJECT, clean_environment, report_of

pytestmark = pytest.mark.e2e

ROWS = {"companies": 48, "contacts": 81, "tickets": 166}
LINKS = {"contact_to_company": 78, "ticket_to_contact": 145, "ticket_to_company": 138}


@pytest.fixture(scope="module")
def demos(tmp_path_factory: pytest.TempPathFactory) -> list[subprocess.CompletedProcess[str]]:
    home = tmp_path_factory.mktemp("demo")
    environment = clean_environment(HUBSPOT_DEMO_HOME=str(home), HUBSPOT_IMPORT_RUNS=str(home / "runs"))
    command = [sys.executable, "-m", "hubspot_provider.commands.demo"]
    return [
        subprocess.run(command, env=environment, cwd=PROJECT, capture_output=True, text=True, check=False, timeout=170)
        for _ in range(2)
    ]


def test_the_samples_are_imported_and_linked_without_an_error(demos: list[subprocess.CompletedProcess[str]]) -> None:
    report = report_of(demos[0])
    assert (demos[0].returncode, report["status"]) == (0, "success"), demos[0].stderr
    assert {name: entry["created"] for name, entry in report["objects"].items()} == ROWS
    assert {name: entry["created"] for name, entry in report["associations"].items()} == LINKS
    assert [finding for finding in report["findings"] if finding["severity"] == "error"] == []


def test_the_summary_says_what_was_linked(demos: list[subprocess.CompletedProcess[str]]) -> None:
    assert "145/166 tickets linked to contacts" in demos[0].stdout


def test_a_second_demo_finds_everything_unchanged(demos: list[subprocess.CompletedProcess[str]]) -> None:
    report = report_of(demos[1])
    assert {name: entry["unchanged"] for name, entry in report["objects"].items()} == ROWS
    assert all(entry["created"] == entry["updated"] == 0 for entry in report["objects"].values())
    assert {name: entry["existing"] for name, entry in report["associations"].items()} == LINKS


def test_the_account_counts_no_write_request_in_the_second_demo(
    demos: list[subprocess.CompletedProcess[str]],
) -> None:
    writes = [re.search(r"(\d+) of them were write requests", demo.stdout) for demo in demos]
    assert [int(found[1]) > 0 for found in writes if found] == [True, False]


def test_the_report_holds_every_file(demos: list[subprocess.CompletedProcess[str]]) -> None:
    report = Path(demos[0].stdout.rstrip().rsplit("report: ", 1)[1])
    assert {path.name for path in report.iterdir()} >= {
        "index.html", "summary.txt", "report.json", "results.csv", "import.log"
    }  # fmt: skip
