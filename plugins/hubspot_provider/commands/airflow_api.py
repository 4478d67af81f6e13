"""The few things the commands ask of Airflow's REST API."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import requests

COMPONENTS = ("metadatabase", "scheduler", "dag_processor")
DAG_ID = "hubspot_bulk_import"
TIMEOUT_SECONDS = 15


@dataclass(frozen=True, slots=True)
class AirflowApi:
    """One Airflow, one user."""

    address: str
    user: str
    password: str = field(repr=False)

    def is_healthy(self) -> bool:
        """Say whether every component is alive and our DAG has been read."""
        try:
            health = requests.get(f"{self.address}/api/v2/monitor/health", timeout=TIMEOUT_SECONDS).json()
            alive = all(health.get(name, {}).get("status") == "healthy" for name in COMPONENTS)
            return alive and self.request("GET", f"dags/{DAG_ID}").ok
        except (requests.RequestException, ValueError):
            return False

    def make_pool(self, name: str, *, slots: int, description: str) -> None:
        """Create a pool unless it is there: without it tasks that name it would wait for ever."""
        if not self.request("GET", f"pools/{name}").ok:
            body = {"name": name, "slots": slots, "description": description, "include_deferred": False}
            self.request("POST", "pools", json=body).raise_for_status()

    def request(self, method: str, path: str, **arguments: Any) -> requests.Response:
        """Send one request to the API as the user."""
        headers = {"Authorization": f"Bearer {self._token()}"}
        address = f"{self.address}/api/v2/{path}"
        return requests.request(method, address, headers=headers, timeout=TIMEOUT_SECONDS, **arguments)

    def _token(self) -> str:
        body = {"username": self.user, "password": self.password}
        answer = requests.post(f"{self.address}/auth/token", json=body, timeout=TIMEOUT_SECONDS)
        answer.raise_for_status()
        token: str = answer.json()["access_token"]
        return token
