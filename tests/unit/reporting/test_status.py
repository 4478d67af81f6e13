"""The status table, line by line."""

from __future__ import annotations

from dataclasses import fields

import pytest

from hubspot_import.model import RunStatus
from hubspot_import.reporting.status import Faults, run_status


def test_a_run_without_faults_is_a_success() -> None:
    assert run_status(Faults(), dry_run=False) is RunStatus.SUCCESS


@pytest.mark.parametrize("fault", ["rejected", "errors", "dropped", "no_parent"])
def test_exceptions_in_the_source_degrade_a_run(fault: str) -> None:
    assert run_status(Faults(**{fault: 1}), dry_run=False) is RunStatus.DEGRADED


@pytest.mark.parametrize("fault", ["failures", "refused", "not_sent"])
def test_what_was_to_be_written_and_was_not_fails_a_run(fault: str) -> None:
    assert run_status(Faults(**{fault: 1}), dry_run=False) is RunStatus.FAILED


@pytest.mark.parametrize("fault", ["failures", "refused", "not_sent"])
def test_a_failure_weighs_more_than_an_exception(fault: str) -> None:
    assert run_status(Faults(**{fault: 1, "rejected": 3}), dry_run=False) is RunStatus.FAILED


def test_a_dry_run_is_not_blamed_for_what_it_did_not_send() -> None:
    assert run_status(Faults(not_sent=295), dry_run=True) is RunStatus.SUCCESS


def test_a_dry_run_that_would_hold_rows_back_is_degraded() -> None:
    assert run_status(Faults(not_sent=292, rejected=3), dry_run=True) is RunStatus.DEGRADED


def test_a_stage_that_fails_fails_a_dry_run_too() -> None:
    assert run_status(Faults(failures=1), dry_run=True) is RunStatus.FAILED


def test_a_run_that_was_stopped_says_so_whatever_it_left_undone() -> None:
    assert run_status(Faults(stopped=True, not_sent=81, rejected=1), dry_run=False) is RunStatus.STOPPED


def test_every_fault_keeps_a_run_from_being_a_success() -> None:
    statuses = {field.name: run_status(Faults(**{field.name: 1}), dry_run=False) for field in fields(Faults)}
    assert RunStatus.SUCCESS not in statuses.values(), statuses
