"""The project's own programs as processes, as a user starts them: the simulator, and the commands."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import requests

PROJECT = Path(__file__).resolve().parents[2]
TOKEN = "pat-na1-00000000-0000-4000-8000-000000000000"


def clean_environment(**variables: str) -> dict[str, str]:
    """An environment that holds nothing of the tests' own Airflow, nor of a developer's account."""
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
    return {**kept, "HUBSPOT_API_KEY": "", **variables}


def free_port() -> int:
    """Find a port nobody listens on."""
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_for(condition: Callable[[], Any], seconds: float, what: str) -> Any:
    """Wait until something is true and return it; fail saying what was waited for."""
    deadline = time.monotonic() + seconds
    pause = threading.Event()
    while time.monotonic() < deadline:
        if found := condition():
            return found
        pause.wait(0.25)
    raise AssertionError(f"{what}: not within {seconds} s")


@dataclass(frozen=True, slots=True, kw_only=True)
class SimulatorProcess:
    """A simulated account in a process, spoken to through its control endpoints."""

    url: str

    def connection(self, token: str = TOKEN) -> str:
        """The Airflow connection to it."""
        return json.dumps({"conn_type": "hubspot", "host": self.url, "password": token})

    def books(self) -> dict[str, Any]:
        """What it was asked since the last reset."""
        return dict(requests.get(f"{self.url}/_simulator/requests", timeout=10).json())

    def reset_books(self) -> None:
        """Begin counting anew."""
        requests.post(f"{self.url}/_simulator/requests/reset", timeout=10).raise_for_status()

    def holdings(self) -> dict[str, int]:
        """How many records of each object type of an import the account holds."""
        held = requests.get(f"{self.url}/_simulator/health", timeout=10).json()["records"]
        return {name: held[name] for name in ("companies", "contacts", "tickets")}

    def order_fault(self, **order: Any) -> None:
        """Let requests fail; see hubspot_simulator.faults."""
        requests.post(f"{self.url}/_simulator/faults", json=order, timeout=10).raise_for_status()

    def clear_faults(self) -> None:
        """Call all faults off."""
        requests.delete(f"{self.url}/_simulator/faults", timeout=10).raise_for_status()


@contextmanager
def simulator_process() -> Iterator[SimulatorProcess]:
    """Start an empty account on a free port."""
    port = free_port()
    command = [sys.executable, "-m", "hubspot_simulator", "--port", str(port)]
    with subprocess.Popen(command, env=clean_environment(), stdout=subprocess.DEVNULL) as process:
        simulator = SimulatorProcess(url=f"http://127.0.0.1:{port}")
        try:
            wait_for(lambda: _answers(f"{simulator.url}/_simulator/health"), 20, "the simulator answers")
            yield simulator
        finally:
            process.terminate()


@dataclass(frozen=True, slots=True, kw_only=True)
class Importer:
    """`make import` against one account, with an Airflow home of its own."""

    simulator: SimulatorProcess
    home: Path

    def environment(self, **variables: str) -> dict[str, str]:
        """What the command runs with."""
        return clean_environment(
            **{
                "AIRFLOW_HOME": str(self.home / "airflow"),
                "HUBSPOT_IMPORT_RUNS": str(self.home / "runs"),
                "HUBSPOT_IMPORT_RETRY_DELAY": "1",
                "AIRFLOW_CONN_HUBSPOT_DEFAULT": self.simulator.connection(),
                **variables,
            }
        )

    def command(self, source: Path | str, conf: Mapping[str, Any] | str = "") -> list[str]:
        """The command line."""
        text = conf if isinstance(conf, str) else json.dumps(conf)
        return [sys.executable, "-m", "hubspot_provider.command", "--source", str(source), "--conf", text]

    def run(
        self, source: Path | str, conf: Mapping[str, Any] | str = "", **variables: str
    ) -> subprocess.CompletedProcess[str]:
        """Run it to its end."""
        return subprocess.run(
            self.command(source, conf),
            env=self.environment(**variables),
            cwd=PROJECT,
            capture_output=True,
            text=True,
            check=False,
            timeout=180,
        )


def report_of(done: subprocess.CompletedProcess[str]) -> dict[str, Any]:
    """Read report.json of a command by the last line it printed."""
    last = done.stdout.rstrip().rsplit("\n", 1)[-1]
    assert last.startswith("report: "), f"{done.stdout}\n{done.stderr}"
    return dict(json.loads((Path(last.removeprefix("report: ")) / "report.json").read_text(encoding="utf-8")))


def _answers(url: str) -> bool:
    try:
        return requests.get(url, timeout=2).ok
    except requests.RequestException:
        return False
