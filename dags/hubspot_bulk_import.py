"""The DAG: companies, contacts and tickets from CSV files into HubSpot. Glue only; hubspot_import does the work."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pendulum
from airflow.sdk import Param, TriggerRule, chain, dag, task

from hubspot_provider import deployment

DOC = """
# HubSpot CRM bulk import

Reads `companies.csv`, `contacts.csv` and `tickets.csv` from a folder, checks every row before anything is written,
mines e-mail addresses and phone numbers out of the ticket text, writes companies, then contacts, then tickets, and
links them. A second run over the same files writes nothing.

* **Trigger** it and choose the source folder. Tick *Dry run* to see the plan first: nothing is written then.
* **The report** is in the run folder under `report/`: open `index.html`; `rejects/` holds the rows to mend.
* **A red import task** has sent all it could. Its retry, or *Clear*, sends only what is missing.
* **A run is green** when every clean row was written; rows that were held back are in the report, with the fix.
"""

ONLINE = {"pool": deployment.POOL, "retries": 2, "execution_timeout": timedelta(hours=6)}
CONTINUES_AFTER_FAILURE = {"trigger_rule": TriggerRule.ALL_DONE_MIN_ONE_SUCCESS}
"""Runs though the import before it failed, not when pre-flight did (it is upstream too); fatal failures skip it."""

PARAMS: dict[str, Param] = {
    "source": Param(
        deployment.default_source(),
        type=["null", "string"],
        title="Source folder",
        description="Folder with the CSV files, below an allowed root. A relative path starts at the project's root.",
    ),
    "objects": Param(
        None,
        type=["null", "array"],
        items={"type": "string"},
        examples=["companies", "contacts", "tickets"],
        title="Object types",
        description="What to import. Leave it empty to import every object type whose file is there.",
    ),
    "mode": Param(
        "upsert",
        type="string",
        enum=["upsert", "create_only", "update_only"],
        title="Mode",
        description="upsert creates and updates; create_only leaves what exists alone; update_only adds nothing.",
    ),
    "dry_run": Param(
        False,
        type="boolean",
        title="Dry run",
        description="Make the plan and the report, write nothing.",
    ),
    "mappings": Param(
        "include/mappings",
        type=["null", "string"],
        title="Mappings folder",
        description="Folder with the mapping files (YAML): which column becomes which property.",
        section="Advanced",
    ),
    "limit": Param(
        None,
        type=["null", "integer"],
        minimum=1,
        title="Row limit",
        description="Import only the first rows of each file.",
        section="Advanced",
    ),
    "default_region": Param(
        None,
        type=["null", "string"],
        title="Default country",
        description="Two letters (ISO 3166) for phone numbers without a country code, for example FR.",
        section="Advanced",
    ),
    "max_reject_rate": Param(
        0.5,
        type="number",
        minimum=0,
        maximum=1,
        title="Highest reject rate",
        description="Share of one file's rows that may be held back before the run stops ahead of any write.",
        section="Advanced",
    ),
    "hubspot_conn_id": Param(
        "hubspot_default",
        type="string",
        title="HubSpot connection",
        description="The Airflow connection (type HubSpot) of the account to import into.",
        section="Advanced",
    ),
}


@task
def load() -> dict[str, Any]:
    """Open the run folder, copy the mappings into it, read the source files."""
    from hubspot_provider import tasks

    return tasks.load()


@task
def validate() -> dict[str, Any]:
    """Check every row; hold back those with errors."""
    from hubspot_provider import tasks

    return tasks.run("validate")


@task
def extract_and_map() -> dict[str, Any]:
    """Mine ticket text, map columns to properties, find link candidates."""
    from hubspot_provider import tasks

    return tasks.run("extract_and_map")


@task(**ONLINE)
def preflight() -> dict[str, Any]:
    """Compare with the account and make the plan; write nothing."""
    from hubspot_provider import tasks

    return tasks.run("preflight")


@task(**ONLINE)
def import_companies() -> dict[str, Any]:
    """Write the planned companies."""
    from hubspot_provider import tasks

    return tasks.run("import_companies")


@task(**ONLINE, **CONTINUES_AFTER_FAILURE)
def import_contacts() -> dict[str, Any]:
    """Write the planned contacts."""
    from hubspot_provider import tasks

    return tasks.run("import_contacts")


@task(**ONLINE, **CONTINUES_AFTER_FAILURE)
def import_tickets() -> dict[str, Any]:
    """Write the planned tickets."""
    from hubspot_provider import tasks

    return tasks.run("import_tickets")


@task(**ONLINE, **CONTINUES_AFTER_FAILURE)
def associate() -> dict[str, Any]:
    """Link contacts to companies and tickets to both."""
    from hubspot_provider import tasks

    return tasks.run("associate")


@task(trigger_rule=TriggerRule.ALL_DONE)
def report() -> dict[str, Any]:
    """Write the report, whatever happened; fail when the run failed, so that the run's colour is the truth."""
    from hubspot_provider import tasks

    return tasks.report()


@dag(
    dag_id="hubspot_bulk_import",
    description="Companies, contacts and tickets from CSV files into HubSpot",
    doc_md=DOC,
    schedule=deployment.schedule(),
    start_date=pendulum.datetime(2026, 1, 1, tz="UTC"),
    catchup=False,
    max_active_runs=1,
    dagrun_timeout=timedelta(hours=48),  # it may wait for the next day's quota
    params=PARAMS,
    tags=["hubspot", "crm", "import"],
    default_args={
        "owner": "revops",
        "retries": 1,
        "retry_delay": deployment.retry_delay(),
        "retry_exponential_backoff": 2,
        "max_retry_delay": timedelta(minutes=30),
        "retry_policy": deployment.retry_policy(),
        "execution_timeout": timedelta(hours=2),
        "show_return_value_in_logs": False,
    },
)
def hubspot_bulk_import() -> None:
    """Lay out the tasks in order."""
    plan = preflight()
    continuing = [import_contacts(), import_tickets(), associate()]
    chain(load(), validate(), extract_and_map(), plan, import_companies(), *continuing, report())
    plan >> continuing


hubspot_bulk_import()
