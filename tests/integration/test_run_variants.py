"""Source folders as people bring them, through the whole pipeline without Airflow: what is imported and told."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from hubspot_import.api import run_import
from hubspot_import.client.client import HubSpotClient
from hubspot_import.client.session import open_session
from hubspot_import.errors import SourceError
from hubspot_import.settings import ClientSettings
from hubspot_simulator.server import SimulatorServer
from support.sources import (
    FAULTS,
    a_faulty_source,
    a_labelled_source,
    a_source,
    some_companies,
    some_contacts,
    some_tickets,
)

Import = Callable[..., dict[str, Any]]


@pytest.fixture
def simulator() -> Iterator[SimulatorServer]:
    with SimulatorServer() as server:
        yield server


@pytest.fixture
def imported(simulator: SimulatorServer, tmp_path: Path) -> Import:
    """Import a folder into the simulator; give report.json."""

    def run(source: Path, **params: Any) -> dict[str, Any]:
        settings = ClientSettings(base_url=simulator.url, token=simulator.token)
        client = HubSpotClient(open_session(settings), settings)
        return run_import(source, client=client, runs=tmp_path / "runs", **params)

    return run


@pytest.fixture
def report_folder(imported: Import, tmp_path: Path) -> Path:
    """The report of the folder with six faults."""
    imported(a_faulty_source(tmp_path / "inbox"))
    (found,) = (tmp_path / "runs").glob("*/report")
    return found


def test_contacts_alone_import(imported: Import, tmp_path: Path) -> None:
    report = imported(a_source(tmp_path / "inbox", contacts=some_contacts(4)))
    assert report["objects"]["contacts"]["created"] == 4
    assert set(report["objects"]) == {"contacts"}


def test_labels_as_headers_and_columns_nobody_maps_import(imported: Import, tmp_path: Path) -> None:
    report = imported(a_labelled_source(tmp_path / "inbox"))
    assert {name: entry["created"] for name, entry in report["objects"].items()} == {"companies": 1, "contacts": 5}
    assert report["associations"]["contact_to_company"]["created"] == 5
    assert {finding["severity"] for finding in report["findings"]} == {"warning"}


def test_a_folder_without_any_mapped_file_fails_and_still_has_a_report(imported: Import, tmp_path: Path) -> None:
    (tmp_path / "inbox").mkdir()
    with pytest.raises(SourceError):
        imported(tmp_path / "inbox")
    (report,) = (tmp_path / "runs").glob("*/report/report.json")
    assert json.loads(report.read_text(encoding="utf-8"))["status"] == "failed"


def test_a_dry_run_writes_nothing_and_its_plan_is_what_the_real_run_does(
    imported: Import, simulator: SimulatorServer, tmp_path: Path
) -> None:
    source = a_faulty_source(tmp_path / "inbox")
    planned = imported(source, dry_run=True)["plan"]
    assert [request for request in simulator.account.requests if request.is_write] == []
    real = imported(source)
    assert planned == real["plan"]
    assert {name: planned[name]["create"] for name in real["objects"]} == {
        name: entry["created"] for name, entry in real["objects"].items()
    }


def test_a_second_run_writes_nothing(imported: Import, simulator: SimulatorServer, tmp_path: Path) -> None:
    source = a_source(
        tmp_path / "inbox", companies=some_companies(3), contacts=some_contacts(3), tickets=some_tickets(3)
    )
    imported(source)
    simulator.account.requests.clear()
    again = imported(source)
    assert {entry["unchanged"] for entry in again["objects"].values()} == {3}
    assert [request for request in simulator.account.requests if request.is_write] == []


def test_a_faulty_folder_imports_all_other_rows(imported: Import, simulator: SimulatorServer, tmp_path: Path) -> None:
    report = imported(a_faulty_source(tmp_path / "inbox"))
    assert report["status"] == "degraded"
    assert {name: entry["created"] for name, entry in report["objects"].items()} == {
        "companies": 20, "contacts": 16, "tickets": 18
    }  # fmt: skip
    assert len(simulator.account.records("tickets")) == 18


def test_report_json_holds_each_fault_with_its_row_and_a_fix(report_folder: Path) -> None:
    report = json.loads((report_folder / "report.json").read_text(encoding="utf-8"))
    errors = [finding for finding in report["findings"] if finding["severity"] == "error"]
    assert {(finding["object_type"], finding["row"], finding["code"]) for finding in errors} == set(FAULTS)
    assert all(finding["message"] and finding["fix"] for finding in errors)


@pytest.mark.parametrize(("object_type", "row", "code"), FAULTS)
def test_each_fault_stands_in_summary_page_and_rejects_with_what_to_type(
    report_folder: Path, object_type: str, row: int, code: str
) -> None:
    report = json.loads((report_folder / "report.json").read_text(encoding="utf-8"))
    (fault,) = (f for f in report["findings"] if (f["object_type"], f["row"], f["code"]) == (object_type, row, code))
    assert f"- Row {row}: {fault['message']}" in (report_folder / "summary.txt").read_text(encoding="utf-8")
    assert fault["fix"] in (report_folder / "summary.txt").read_text(encoding="utf-8")
    page = (report_folder / "index.html").read_text(encoding="utf-8")
    assert code in page
    assert f">{row}<" in page
    with (report_folder / "rejects" / f"{object_type}.csv").open(encoding="utf-8-sig", newline="") as file:
        rejects = [reject for reject in csv.DictReader(file) if fault["message"] in reject["reasons"]]
    assert [reject["error_codes"] for reject in rejects] == [code]
    assert fault["fix"] in rejects[0]["fixes"]
