"""The child's half of what `make import` shows while a run goes on: plain lines through a pipe the command opened."""

from __future__ import annotations

import logging
import os
from collections.abc import Iterator
from contextlib import contextmanager

from hubspot_import.errors import RetryableError
from hubspot_import.model import Stage
from hubspot_import.stage_log import LOGGER
from hubspot_provider.launch import PROGRESS_FD

STEPS = {
    Stage.LOAD: "Step 1/6: read the source files",
    Stage.VALIDATE: "Step 2/6: check every row",
    Stage.EXTRACT_AND_MAP: "Step 3/6: mine the ticket text, map columns to properties",
    Stage.PREFLIGHT: "Step 4/6: compare with the account, make the plan",
    Stage.IMPORT_COMPANIES: "Step 5/6: import companies",
    Stage.IMPORT_CONTACTS: "Step 5/6: import contacts",
    Stage.IMPORT_TICKETS: "Step 5/6: import tickets",
    Stage.ASSOCIATE: "Step 6/6: link contacts to companies, tickets to contacts and companies",
    Stage.REPORT: "Report",
}


@contextmanager
def shown(stage: Stage) -> Iterator[None]:
    """Send the step's title and what the importer logs meanwhile down the command's pipe; without one do nothing.

    Errors are left out: the command ends with the one that stopped the run. What Airflow will try again is said.
    """
    descriptor = os.environ.get(PROGRESS_FD)
    if not descriptor:
        yield
        return
    with os.fdopen(int(descriptor), "w", encoding="utf-8", closefd=False) as pipe:
        handler = logging.StreamHandler(pipe)
        handler.setFormatter(logging.Formatter("  %(message)s"))
        handler.addFilter(lambda record: record.levelno < logging.ERROR)
        pipe.write(STEPS[stage] + "\n")
        pipe.flush()
        LOGGER.addHandler(handler)
        try:
            yield
        except RetryableError as error:
            pipe.write(f"  {error}\n  Airflow tries {stage} again while retries are left\n")
            raise
        finally:
            LOGGER.removeHandler(handler)
