"""`make up` for tests: one Airflow with its UI and a simulated account, on ports and in a folder of its own."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from hubspot_provider.commands.airflow_api import DAG_ID, AirflowApi
from support.processes import PROJECT, SimulatorProcess, clean_environment, free_port, wait_for

ENDED = {"success", "failed"}


@dataclass(frozen=True, slots=True, kw_only=True)
class RunningAirflow:
    """What `make up` printed, and a way to ask."""

    address: str
    password: str
    api: AirflowApi
    simulator: SimulatorProcess
    home: Path

    def get(self, path: str) -> dict[str, Any]:
        """GET from Airflow's REST API."""
        answer = self.api.request("GET", path)
        answer.raise_for_status()
        return dict(answer.json())

    def trigger(self, conf: Mapping[str, Any]) -> str:
        """Start a run and return its id."""
        answer = self.api.request("POST", f"dags/{DAG_ID}/dagRuns", json={"logical_date": None, "conf": dict(conf)})
        answer.raise_for_status()
        return str(answer.json()["dag_run_id"])

    def runs(self, run_type: str) -> list[dict[str, Any]]:
        """The runs of one type (``manual``, ``scheduled``), oldest first."""
        found = self.get(f"dags/{DAG_ID}/dagRuns?limit=100&order_by=run_after")["dag_runs"]
        return [run for run in found if run["run_type"] == run_type]

    def wait_for_run(self, run_id: str, seconds: float = 150) -> str:
        """Wait until a run ended; return its state."""

        def ended() -> str | None:
            state = str(self.get(f"dags/{DAG_ID}/dagRuns/{run_id}")["state"])
            return state if state in ENDED else None

        return str(wait_for(ended, seconds, f"run {run_id} ends"))

    def tasks(self, run_id: str) -> dict[str, dict[str, Any]]:
        """The task instances of a run, by task id."""
        found = self.get(f"dags/{DAG_ID}/dagRuns/{run_id}/taskInstances")["task_instances"]
        return {task["task_id"]: task for task in found}

    def log(self, run_id: str, task_id: str, try_number: int = 1) -> str:
        """What the UI shows as a task's log."""
        path = f"dags/{DAG_ID}/dagRuns/{run_id}/taskInstances/{task_id}/logs/{try_number}?full_content=true"
        return "\n".join(str(entry.get("event", entry)) for entry in self.get(path)["content"])

    def report(self, run_id: str) -> dict[str, Any]:
        """The report.json of a run, found by what the report task's run folder is called."""
        manifests = (self.home / "runs").glob("*/manifest.json")
        folder = next(path.parent for path in manifests if json.loads(path.read_text())["run_id"] == run_id)
        return dict(json.loads((folder / "report" / "report.json").read_text(encoding="utf-8")))


@contextmanager
def airflow_up(home: Path, **variables: str) -> Iterator[RunningAirflow]:
    """Start it as `make up` does, with these settings; stop it as `make down` does."""
    port, simulator_port = free_port(), free_port()
    environment = clean_environment(
        **{
            "PORT": str(port),
            "SIMULATOR_PORT": str(simulator_port),
            "HUBSPOT_UP_HOME": str(home / "up"),
            "HUBSPOT_IMPORT_RUNS": str(home / "runs"),
            "AIRFLOW__LOGGING__WORKER_LOG_SERVER_PORT": str(free_port()),
            "AIRFLOW__LOGGING__TRIGGER_LOG_SERVER_PORT": str(free_port()),
            **variables,
        }
    )
    command = [sys.executable, "-m", "hubspot_provider.commands.up"]
    try:
        done = subprocess.run(
            [*command, "up"], env=environment, cwd=PROJECT, capture_output=True, text=True, check=False, timeout=240
        )
        assert done.returncode == 0, done.stdout + done.stderr
        password = done.stdout.split("password: ")[1].split()[0]
        address = f"http://127.0.0.1:{port}"
        yield RunningAirflow(
            address=f"http://localhost:{port}",
            password=password,
            api=AirflowApi(address, "admin", password),
            simulator=SimulatorProcess(url=f"http://127.0.0.1:{simulator_port}"),
            home=home,
        )
    finally:
        subprocess.run([*command, "down"], env=environment, cwd=PROJECT, capture_output=True, check=False, timeout=60)
