"""The DAG's wiring, run by Airflow in this process: what stops what, what is tried again, and what colour a run is."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from hubspot_provider import launch
from hubspot_simulator.server import SimulatorServer
from support.sources import a_source, some_companies, some_contacts

DAG_ID = "hubspot_bulk_import"


@dataclass(frozen=True, slots=True, kw_only=True)
class Ended:
    """A run that ended: its state, its tasks' states and tries, its report.json."""

    state: str
    tasks: Mapping[str, str]
    tries: Mapping[str, int]
    report: Mapping[str, Any]


@pytest.fixture
def simulator() -> Iterator[SimulatorServer]:
    with SimulatorServer() as server:
        yield server


@pytest.fixture
def run(
    airflow_database: None, simulator: SimulatorServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Callable[..., Ended]:
    """Run the DAG on a small source, with this conf."""
    source = a_source(tmp_path / "inbox", companies=some_companies(3), contacts=some_contacts(3))
    connection = {"conn_type": "hubspot", "host": simulator.url, "password": simulator.token}
    for name, value in {
        "AIRFLOW_CONN_HUBSPOT_DEFAULT": json.dumps(connection),
        "HUBSPOT_IMPORT_RUNS": str(tmp_path / "runs"),
        "HUBSPOT_IMPORT_SOURCES": str(source),
        "HUBSPOT_IMPORT_RETRY_DELAY": "0.1",
        "MAX_RETRIES": "0",
    }.items():
        monkeypatch.setenv(name, value)

    def run(**conf: Any) -> Ended:
        from airflow.dag_processing.dagbag import DagBag

        dag = DagBag(dag_folder=str(Path(__file__).parents[2] / "dags")).dags[DAG_ID]
        dag_run = dag.test(run_conf={"source": str(source), **conf})
        instances = dag_run.get_task_instances()
        (report,) = (tmp_path / "runs").glob("*/report/report.json")
        return Ended(
            state=str(dag_run.state),
            tasks={instance.task_id: str(instance.state) for instance in instances},
            tries={instance.task_id: instance.try_number for instance in instances},
            report=json.loads(report.read_text(encoding="utf-8")),
        )

    return run


def failures(ended: Ended) -> list[tuple[str, str]]:
    """Which stages failed, and how."""
    return [(failure["stage"], failure["error"]) for failure in ended.report["failures"]]


def test_a_fatal_failure_is_not_tried_again_and_skips_what_would_write(
    run: Callable[..., Ended], simulator: SimulatorServer
) -> None:
    simulator.faults.next(count=9, status=401, path_contains="/companies/batch/upsert")
    ended = run()
    assert ended.tries["import_companies"] == 1
    assert {name: ended.tasks[name] for name in ("import_companies", "import_contacts", "associate", "report")} == {
        "import_companies": "failed", "import_contacts": "skipped", "associate": "skipped", "report": "failed"
    }  # fmt: skip
    assert ended.state == "failed"
    assert failures(ended) == [("import_companies", "TokenError")]


def test_an_import_that_failed_for_now_does_not_stop_the_next(
    run: Callable[..., Ended], simulator: SimulatorServer
) -> None:
    simulator.faults.next(count=99, status=503, path_contains="/companies/batch/upsert")
    ended = run()
    assert ended.tasks["import_companies"] == "failed"
    assert ended.tries["import_companies"] == 3
    assert ended.tasks["import_contacts"] == ended.tasks["associate"] == "success"
    assert ended.report["objects"]["contacts"]["created"] == 3
    assert (ended.state, failures(ended)) == ("failed", [("import_companies", "IncompleteImportError")])


def test_a_retry_mends_the_run(run: Callable[..., Ended], simulator: SimulatorServer) -> None:
    simulator.faults.next(count=1, status=503, path_contains="/companies/batch/upsert")
    ended = run()
    assert ended.tries["import_companies"] == 2
    assert (ended.state, ended.report["status"], failures(ended)) == ("success", "success", [])


def test_a_task_that_dies_without_a_word_is_in_the_report(
    run: Callable[..., Ended], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(launch.RUN, "known")
    in_the_way = tmp_path / "runs" / "known" / "links" / "contacts-companies"
    in_the_way.mkdir(parents=True)
    (in_the_way / "candidates").write_text("a file where a folder belongs: an OSError, none of our exceptions")
    ended = run()
    assert failures(ended) == [("extract_and_map", "TaskCrashedError")]
    assert (ended.state, ended.report["status"]) == ("failed", "failed")
    assert ended.tasks["import_companies"] == ended.tasks["associate"] == "upstream_failed"


def test_a_missing_connection_is_named_and_not_tried_again(run: Callable[..., Ended]) -> None:
    ended = run(hubspot_conn_id="nobody_made_this")
    assert ended.tries["preflight"] == 1
    assert "nobody_made_this" in ended.report["failures"][0]["message"]


def test_an_unknown_conf_key_fails_the_first_task_and_is_reported(run: Callable[..., Ended]) -> None:
    ended = run(dryrun=True)
    assert (ended.state, ended.tries["load"]) == ("failed", 1)
    assert "'dryrun'" in ended.report["failures"][0]["message"]


def test_a_dry_run_is_green_and_its_imports_are_skipped(run: Callable[..., Ended], simulator: SimulatorServer) -> None:
    ended = run(dry_run=True)
    assert ended.state == "success"
    assert {name for name, state in ended.tasks.items() if state == "skipped"} == {
        "import_companies", "import_contacts", "import_tickets", "associate"
    }  # fmt: skip
    assert [request for request in simulator.account.requests if request.is_write] == []
    assert ended.report["plan"]["contacts"]["create"] == 3


def test_without_quota_a_run_by_hand_ends_with_the_time_of_the_reset(
    run: Callable[..., Ended], simulator: SimulatorServer
) -> None:
    simulator.faults.next(count=1, status=429, policy="DAILY", path_contains="/contacts/batch/upsert")
    ended = run()
    assert ended.tries["import_contacts"] == 1
    assert failures(ended) == [("import_contacts", "QuotaError")]
    assert "it resets at 20" in ended.report["failures"][0]["message"]
