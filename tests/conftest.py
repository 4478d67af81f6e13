"""What must be true before any test module is imported: where Airflow's home, DAGs and plugins are.

Airflow reads its configuration at its first import, and writes into its home. Tests get a home of their own.
"""

from __future__ import annotations

import atexit
import os
import shutil
import tempfile
from pathlib import Path

import pytest

PROJECT = Path(__file__).resolve().parents[1]
AIRFLOW_HOME = Path(tempfile.mkdtemp(prefix="hubspot-import-airflow-"))
atexit.register(shutil.rmtree, AIRFLOW_HOME, ignore_errors=True)

os.environ.update(
    {
        "AIRFLOW_HOME": str(AIRFLOW_HOME),
        "AIRFLOW__CORE__DAGS_FOLDER": str(PROJECT / "dags"),
        "AIRFLOW__CORE__PLUGINS_FOLDER": str(PROJECT / "plugins"),
        "AIRFLOW__CORE__LOAD_EXAMPLES": "False",
        "AIRFLOW__DATABASE__SQL_ALCHEMY_CONN": f"sqlite:///{AIRFLOW_HOME / 'airflow.db'}",
        "AIRFLOW__LOGGING__BASE_LOG_FOLDER": str(AIRFLOW_HOME / "logs"),
        "HUBSPOT_IMPORT_RUNS": str(AIRFLOW_HOME / "runs"),
    }
)
# A developer's own account and schedule must never reach a test.
for name in ("AIRFLOW_CONN_HUBSPOT_DEFAULT", "HUBSPOT_API_KEY", "HUBSPOT_IMPORT_SCHEDULE", "HUBSPOT_IMPORT_SOURCE"):
    os.environ.pop(name, None)


@pytest.fixture(scope="session")
def airflow_database() -> None:
    """An initialised metadata database in the tests' own Airflow home; about 2 s, once."""
    from airflow.utils.db import initdb

    initdb()
