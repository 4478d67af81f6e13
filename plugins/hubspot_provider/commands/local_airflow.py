"""An Airflow of the project's own: its environment and its database, made when it is not there."""

from __future__ import annotations

import fcntl
import os
import subprocess
import sys
from collections.abc import Mapping
from importlib.metadata import version
from pathlib import Path

from hubspot_import.errors import SettingsError


def airflow_environment(environment: Mapping[str, str], project: Path, home: Path) -> dict[str, str]:
    """Complete an environment so that ``airflow`` works on this project, wherever it was started."""
    paths = [str(Path(sys.executable).parent), environment.get("PATH", os.defpath)]
    return {
        "AIRFLOW__CORE__LOAD_EXAMPLES": "False",
        "PYTHONUNBUFFERED": "1",
        **environment,
        "AIRFLOW_HOME": str(home),
        "AIRFLOW__CORE__DAGS_FOLDER": str(project / "dags"),
        "AIRFLOW__CORE__PLUGINS_FOLDER": str(project / "plugins"),
        "HUBSPOT_IMPORT_PROJECT": str(project),
        "PATH": os.pathsep.join(paths),
    }


def airflow(*arguments: str) -> list[str]:
    """Return the command line of an airflow command, run by this Python."""
    return [sys.executable, "-m", "airflow", *arguments]


def prepare_database(environment: Mapping[str, str], home: Path) -> None:
    """Migrate Airflow's database unless this version of Airflow did so before. Raises SettingsError when it fails."""
    home.mkdir(parents=True, exist_ok=True)
    stamp = home / f".migrated-{version('apache-airflow-core')}"
    log = home / "logs" / "db-migrate.log"
    log.parent.mkdir(exist_ok=True)
    with (home / ".migrate.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if stamp.exists():
            return
        print("Preparing Airflow's database (first run) ...", flush=True)
        with log.open("wb") as output:
            done = subprocess.run(
                airflow("db", "migrate"), env=dict(environment), stdout=output, stderr=output, check=False
            )
        if done.returncode:
            raise SettingsError(f"Airflow's database could not be prepared; what it said is in {log}")
        stamp.touch()
