"""The HubSpot simulator as a process beside Airflow. It is reached over HTTP only."""

from __future__ import annotations

import socket
import sys
import time
from collections.abc import Callable, Mapping
from contextlib import closing
from pathlib import Path
from typing import Any

import requests

from hubspot_import.errors import SettingsError
from hubspot_provider.commands.child import kill_group, start_background, tail

TOKEN = "pat-na1-00000000-0000-4000-8000-000000000000"  # noqa: S105 - the simulator's own token, no secret
START_SECONDS = 30


def start_simulator(port: int, state: Path, log: Path, environment: Mapping[str, str]) -> int:
    """Start it, wait until it answers, return its process id. Raises SettingsError when it does not come up."""
    state.parent.mkdir(parents=True, exist_ok=True)
    command = [sys.executable, "-m", "hubspot_simulator", "--port", str(port), "--state", str(state)]
    process_id = start_background(command, environment, log)
    if not wait_until(lambda: is_up(f"{url(port)}/_simulator/health"), START_SECONDS):
        kill_group(process_id)
        raise SettingsError(f"the simulator did not start on port {port}; {log} ends with:\n{tail(log)}")
    return process_id


def url(port: int) -> str:
    """Say where a simulator on this machine is."""
    return f"http://127.0.0.1:{port}"


def requests_counted(port: int) -> dict[str, Any]:
    """Ask what it was asked: ``total``, ``writes``, ``by_status``."""
    counted: dict[str, Any] = requests.get(f"{url(port)}/_simulator/requests", timeout=10).json()
    return counted


def free_port() -> int:
    """Find a port nobody listens on."""
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def is_up(address: str) -> bool:
    """Say whether an address answers 200."""
    try:
        return requests.get(address, timeout=5).status_code == 200
    except requests.RequestException:
        return False


def wait_until(condition: Callable[[], bool], seconds: float) -> bool:
    """Wait until a condition holds; False when it does not within ``seconds``."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if condition():
            return True
        time.sleep(0.2)
    return False
