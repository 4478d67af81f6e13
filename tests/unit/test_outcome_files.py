from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from hubspot_import import tables
from hubspot_import.outcome_files import OutcomeLog, attempt_prefix, created_rows, last_outcomes, next_attempt
from hubspot_import.tables import OUTCOMES
from support.clock import FakeClock


def a_batch(row: int = 2, status: str = "created") -> pd.DataFrame:
    return pd.DataFrame([{"row": row, "status": status}], columns=OUTCOMES.names)


def a_log(directory: Path, clock: FakeClock | None = None, attempt: int = 1) -> OutcomeLog:
    return OutcomeLog(directory=directory, schema=OUTCOMES, prefix=attempt_prefix(attempt), clock=clock or FakeClock())


def test_a_file_holds_fifty_batches(tmp_path):
    with a_log(tmp_path) as log:
        for row in range(120):
            log.add(a_batch(row))
    assert [len(pd.read_parquet(path)) for path in tables.parts(tmp_path)] == [50, 50, 20]


def test_two_seconds_of_work_are_written_out(tmp_path):
    clock = FakeClock()
    log = a_log(tmp_path, clock)
    log.add(a_batch())
    assert tables.parts(tmp_path) == []
    clock.advance(2.0)
    log.add(a_batch(3))
    assert len(tables.read(tmp_path)) == 2


def test_what_was_acknowledged_survives_a_failure(tmp_path):
    def fail_after_a_batch() -> None:
        with a_log(tmp_path) as log:
            log.add(a_batch())
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail_after_a_batch()
    assert len(tables.read(tmp_path)) == 1


def test_nothing_makes_no_file(tmp_path):
    with a_log(tmp_path) as log:
        log.add(a_batch().iloc[:0])
    assert tables.parts(tmp_path) == []


def test_the_last_attempts_outcome_holds_even_past_the_tenth(tmp_path):
    for attempt in (1, 2, 10):
        with a_log(tmp_path, attempt=attempt) as log:
            log.add(a_batch(status=f"attempt {attempt}"))
    assert last_outcomes(tmp_path, OUTCOMES, ["row"])["status"].tolist() == ["attempt 10"]


def test_attempts_are_numbered_from_one_and_onwards(tmp_path):
    assert next_attempt(tmp_path) == 1
    with a_log(tmp_path, attempt=7) as log:
        log.add(a_batch())
    assert next_attempt(tmp_path) == 8


def test_created_rows_are_those_this_run_made_or_whose_create_was_never_answered():
    lines = [
        {"row": 2, "status": "created", "record_id": "20"},
        {"row": 3, "status": "updated", "record_id": "30"},
        {"row": 4, "status": "failed", "category": "UNAVAILABLE"},
        {"row": 5, "status": "failed", "category": "UNAVAILABLE", "record_id": "50"},
        {"row": 6, "status": "failed", "category": "VALIDATION_ERROR"},
    ]
    assert created_rows(pd.DataFrame(lines, columns=OUTCOMES.names)) == {2, 4}
