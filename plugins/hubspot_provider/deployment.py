"""What a deployment decides about the DAG, read from the environment at parse time. Light: no stage, no hook."""

from __future__ import annotations

import os
from datetime import timedelta

from airflow.sdk import ExceptionRetryPolicy, RetryAction, RetryRule

POOL = "hubspot"
"""The pool of the tasks that talk to HubSpot. It must exist: `make up` and compose create it."""


def schedule() -> str | None:
    """Read HUBSPOT_IMPORT_SCHEDULE: a cron expression or a preset like ``@daily``; none by default."""
    return os.environ.get("HUBSPOT_IMPORT_SCHEDULE") or None


def default_source() -> str | None:
    """Read HUBSPOT_IMPORT_SOURCE, which the trigger form shows as its default."""
    return os.environ.get("HUBSPOT_IMPORT_SOURCE") or None


def retry_delay() -> timedelta:
    """Read HUBSPOT_IMPORT_RETRY_DELAY: seconds before Airflow's first retry of a task, doubled for the second."""
    return timedelta(seconds=float(os.environ.get("HUBSPOT_IMPORT_RETRY_DELAY") or 60))


def retry_policy() -> ExceptionRetryPolicy:
    """Fail at once what a retry cannot mend. The classes are named, not imported: parsing stays quick."""
    return ExceptionRetryPolicy(
        rules=[
            RetryRule(
                exception="hubspot_import.errors.FatalError",
                action=RetryAction.FAIL,
                reason="A retry cannot help: somebody must change something",
            ),
            RetryRule(
                exception="hubspot_import.errors.InvariantError",
                action=RetryAction.FAIL,
                reason="A retry cannot help: this is a bug",
            ),
        ]
    )
