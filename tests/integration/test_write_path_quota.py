"""The account's daily quota: foreseen before anything is written, and gone in the middle of a run."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from hubspot_import.errors import QuotaError
from hubspot_import.model import ObjectType, Stage
from hubspot_simulator.switches import Switches
from support.write_path import WritePath, contacts, statuses_of

CONTACTS = ObjectType.CONTACTS
LIMIT = 1000
MIDNIGHT = datetime(2026, 11, 24, 5, tzinfo=UTC)
"""In New York, on the day of the tests' clock."""


@pytest.fixture
def path(path: WritePath) -> WritePath:
    path.server.reset(switches=Switches(limit_per_day=LIMIT, time_zone="America/New_York"), clock=path.clock)
    return path


def leave(path: WritePath, requests: int) -> None:
    """Let others use up the day's quota but for some requests."""
    path.server.account.limits.used_today = LIMIT - requests


def wait_for_the_reset(path: WritePath) -> None:
    path.clock.advance((MIDNIGHT - path.clock.now()).total_seconds())


def test_a_plan_that_does_not_fit_into_what_is_left_is_not_begun_and_fits_after_the_reset(path: WritePath) -> None:
    folder = path.prepare({CONTACTS: contacts(1500)})
    leave(path, 15)
    with pytest.raises(QuotaError, match="needs 15 requests") as stopped:
        path.run_stage(folder, Stage.PREFLIGHT)
    assert (stopped.value.resets_at, path.writes()) == (MIDNIGHT, 0)

    wait_for_the_reset(path)
    path.run_stage(folder, Stage.PREFLIGHT)
    path.finish(folder)
    assert len(path.records(CONTACTS)) == 1500


def test_a_plan_for_which_no_day_has_enough_does_not_wait_for_one(path: WritePath) -> None:
    path.server.reset(switches=Switches(limit_per_day=12), clock=path.clock)
    folder = path.prepare({CONTACTS: contacts(1500)})
    with pytest.raises(QuotaError) as stopped:
        path.run_stage(folder, Stage.PREFLIGHT)
    assert stopped.value.resets_at is None


def test_quota_that_is_gone_in_the_middle_says_when_it_is_back_and_the_rest_is_sent_then(path: WritePath) -> None:
    folder = path.prepare({CONTACTS: contacts(1500)})
    path.run_stage(folder, Stage.PREFLIGHT)
    leave(path, 10)
    with pytest.raises(QuotaError, match="resets at 2026-11-24T05:00:00Z") as stopped:
        path.run_stage(folder, Stage.IMPORT_CONTACTS)
    assert (stopped.value.resets_at, len(path.records(CONTACTS))) == (MIDNIGHT, 1000)

    wait_for_the_reset(path)
    sent_before = path.writes()
    path.run_stage(folder, Stage.IMPORT_CONTACTS)
    assert (len(path.records(CONTACTS)), path.writes() - sent_before) == (1500, 5)
    assert set(statuses_of(folder, CONTACTS).values()) == {"created"}
