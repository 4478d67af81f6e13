"""`make up` and `make down`: Airflow with its UI, and the simulator unless a HubSpot connection is given."""

from __future__ import annotations

import json
import os
import secrets
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from hubspot_import.errors import HubSpotImportError, SettingsError
from hubspot_import.settings import Settings
from hubspot_provider.commands.airflow_api import AirflowApi
from hubspot_provider.commands.child import end_group, is_running, start_background, tail
from hubspot_provider.commands.connection import (
    DEFAULT_CONN_ID,
    connection_json,
    has_connection,
    variable,
    with_connection,
)
from hubspot_provider.commands.dotenv import with_dotenv
from hubspot_provider.commands.local_airflow import airflow, airflow_environment, prepare_database
from hubspot_provider.commands.simulator import TOKEN, start_simulator, url, wait_until
from hubspot_provider.deployment import POOL

USER = "admin"
START_SECONDS = 180
PROGRAMS = {"airflow": "airflow", "simulator": "hubspot_simulator"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where this Airflow lives and listens."""

    project: Path
    home: Path
    port: int
    simulator_port: int

    @classmethod
    def from_env(cls, environment: Mapping[str, str]) -> Place:
        """Read PORT, SIMULATOR_PORT and HUBSPOT_UP_HOME (where its state is; default ``.airflow/up``)."""
        project = Settings.from_env(environment).project
        return cls(
            project=project,
            home=(project / (environment.get("HUBSPOT_UP_HOME") or ".airflow/up")).resolve(),
            port=int(environment.get("PORT") or 8080),
            simulator_port=int(environment.get("SIMULATOR_PORT") or 8025),
        )

    def log(self, name: str) -> Path:
        """The log of one of its processes."""
        return self.home / "logs" / f"{name}.log"

    def pid_file(self, name: str) -> Path:
        """Where the id of one of its processes is written down."""
        return self.home / f"{name}.pid"


def main() -> int:
    """Do what the argument says: up or down."""
    place = Place.from_env(os.environ)
    try:
        if sys.argv[1:] == ["up"]:
            up(place, with_dotenv(os.environ, place.project))
        elif sys.argv[1:] == ["down"]:
            down(place)
        else:
            raise SettingsError("say up or down")
    except HubSpotImportError as error:
        print(f"error: {type(error).__name__}: {error}", file=sys.stderr)
        return 1
    return 0


def up(place: Place, environment: Mapping[str, str]) -> None:
    """Start what does not run yet, wait until it is healthy, say where it is. Raises SettingsError when it is not."""
    if not _running(place, "airflow"):
        environment = _with_account(place, environment)
        environment = airflow_environment(environment, place.project, place.home)
        prepare_database(environment, place.home)
        environment = {**environment, **_airflow_settings(place)}
        print("Starting Airflow (the first time takes about a minute) ...", flush=True)
        _write_down(place, "airflow", start_background(airflow("standalone"), environment, place.log("airflow")))
    api = AirflowApi(f"http://127.0.0.1:{place.port}", USER, _password(place))
    if not wait_until(api.is_healthy, START_SECONDS):
        log = place.log("airflow")
        down(place)
        raise SettingsError(f"Airflow did not become healthy on port {place.port}; {log} ends with:\n{tail(log)}")
    api.make_pool(POOL, slots=4, description="Tasks that talk to HubSpot at a time")
    print(f"Airflow: http://localhost:{place.port}   user: {USER}   password: {_password(place)}")
    print("Stop it with: make down", flush=True)


def down(place: Place) -> None:
    """Stop what ``up`` started, as far as it still runs."""
    for name in PROGRAMS:
        if process_id := _running(place, name):
            end_group(process_id)
            print(f"stopped {name}")
        place.pid_file(name).unlink(missing_ok=True)


def _with_account(place: Place, environment: Mapping[str, str]) -> dict[str, str]:
    """Take the given connection, or start the simulator; only with the simulator the samples are the default source."""
    if has_connection(environment):
        print("Using the HubSpot connection of the environment")
        return with_connection(environment)
    if not _running(place, "simulator"):
        state = place.home / "account.json"
        log = place.log("simulator")
        _write_down(place, "simulator", start_simulator(place.simulator_port, state, log, environment))
    print(f"Simulated HubSpot account: {url(place.simulator_port)} (no HUBSPOT_API_KEY is set)")
    connection = connection_json(url(place.simulator_port), TOKEN)
    return {
        **environment,
        variable(DEFAULT_CONN_ID): connection,
        "HUBSPOT_IMPORT_SOURCE": environment.get("HUBSPOT_IMPORT_SOURCE") or "include/data",
    }


def _airflow_settings(place: Place) -> dict[str, str]:
    address = f"http://localhost:{place.port}"
    return {
        "AIRFLOW__API__HOST": "127.0.0.1",
        "AIRFLOW__API__PORT": str(place.port),
        "AIRFLOW__API__BASE_URL": address,
        "AIRFLOW__CORE__EXECUTION_API_SERVER_URL": f"http://127.0.0.1:{place.port}/execution/",
        "AIRFLOW__CORE__PARALLELISM": "8",
        "AIRFLOW__CORE__TEST_CONNECTION": "Enabled",
        "AIRFLOW__CORE__DAGS_ARE_PAUSED_AT_CREATION": "False",
        "AIRFLOW__CORE__SIMPLE_AUTH_MANAGER_USERS": f"{USER}:admin",
        "AIRFLOW__CORE__SIMPLE_AUTH_MANAGER_PASSWORDS_FILE": str(_passwords_file(place)),
        "AIRFLOW__DAG_PROCESSOR__REFRESH_INTERVAL": "15",
    }


def _passwords_file(place: Place) -> Path:
    """Write the login's password before Airflow does, so that it is known; only the owner may read it."""
    path = place.home / "passwords.json"
    if not path.exists():
        path.touch(mode=0o600)
        path.write_text(json.dumps({USER: secrets.token_urlsafe(12)}), encoding="utf-8")
    return path


def _password(place: Place) -> str:
    password: str = json.loads(_passwords_file(place).read_text(encoding="utf-8"))[USER]
    return password


def _running(place: Place, name: str) -> int | None:
    path = place.pid_file(name)
    process_id = int(path.read_text(encoding="utf-8")) if path.exists() else 0
    return process_id if process_id and is_running(process_id, PROGRAMS[name]) else None


def _write_down(place: Place, name: str, process_id: int) -> None:
    place.pid_file(name).write_text(str(process_id), encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main())
