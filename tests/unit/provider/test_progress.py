from __future__ import annotations

import logging
import os
from collections.abc import Iterator

import pytest

from hubspot_import.errors import IncompleteImportError
from hubspot_import.model import Stage
from hubspot_provider import progress
from hubspot_provider.launch import PROGRESS_FD

logger = logging.getLogger("hubspot_import.somewhere")


@pytest.fixture
def pipe(monkeypatch: pytest.MonkeyPatch) -> Iterator[int]:
    reading, writing = os.pipe()
    monkeypatch.setenv(PROGRESS_FD, str(writing))
    logger.setLevel(logging.INFO)
    yield reading
    os.close(reading)
    os.close(writing)


def test_a_step_and_what_is_logged_meanwhile_come_through_the_pipe(pipe: int) -> None:
    with progress.shown(Stage.VALIDATE):
        logger.info("STEP 2/6: validate")
        logger.info("rows in 3, rows out 2")
        logger.error("for the end")
    logger.info("afterwards")
    assert os.read(pipe, 9999).decode() == "STEP 2/6: validate\n  rows in 3, rows out 2\n"


def test_a_failure_that_airflow_tries_again_is_said(pipe: int) -> None:
    with pytest.raises(IncompleteImportError), progress.shown(Stage.IMPORT_CONTACTS):
        raise IncompleteImportError("2 batches were not written")
    shown = os.read(pipe, 9999).decode().splitlines()
    assert shown == ["  2 batches were not written", "  Airflow tries import_contacts again while retries are left"]


def test_under_a_scheduler_nothing_is_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(PROGRESS_FD, raising=False)
    before = list(logging.getLogger("hubspot_import").handlers)
    with progress.shown(Stage.LOAD):
        assert logging.getLogger("hubspot_import").handlers == before
