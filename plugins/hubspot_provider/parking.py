"""A task waits for the account's daily quota without holding a worker: Airflow starts it again when there is some."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from airflow.sdk.exceptions import AirflowRescheduleException

from hubspot_import.errors import QuotaError

MARGIN = timedelta(seconds=15)
"""Added to the account's own time: clocks differ a little, and coming early costs a whole day."""
TRIED_BY_HAND = "dag_test"
"""Who triggered a run of ``airflow dags test`` (airflow.models.dag, 3.3.2): there nobody would start the task again."""


def park(error: QuotaError, dag_run: Any) -> None:
    """Raise AirflowRescheduleException for the moment the quota is back, where that is known and a scheduler runs.

    The try is not used up. Otherwise return: then the error itself says when to run again.
    """
    if error.resets_at is not None and dag_run.triggering_user_name != TRIED_BY_HAND:
        raise AirflowRescheduleException(error.resets_at + MARGIN) from error
