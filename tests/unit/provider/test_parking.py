"""What becomes of a task when the account's daily quota is gone."""

from __future__ import annotations

from datetime import UTC, datetime
from types import SimpleNamespace

import pytest
from airflow.sdk.exceptions import AirflowRescheduleException

from hubspot_import.errors import QuotaError
from hubspot_provider.parking import MARGIN, park

MIDNIGHT = datetime(2026, 11, 25, 5, tzinfo=UTC)


def test_a_task_of_a_scheduled_run_comes_back_when_the_quota_does() -> None:
    with pytest.raises(AirflowRescheduleException) as parked:
        park(QuotaError("gone", resets_at=MIDNIGHT), SimpleNamespace(triggering_user_name="ann"))
    assert parked.value.reschedule_date == MIDNIGHT + MARGIN


@pytest.mark.parametrize(
    ("resets_at", "user"),
    [(None, "ann"), (MIDNIGHT, "dag_test")],
    ids=["nobody said when", "nobody would start it again"],
)
def test_otherwise_the_error_itself_stands(resets_at: datetime | None, user: str) -> None:
    assert park(QuotaError("gone", resets_at=resets_at), SimpleNamespace(triggering_user_name=user)) is None
