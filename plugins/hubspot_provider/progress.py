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

BOOKKEEPING = "hubspot_import.pipeline"
"""Start and end of each stage with all its counts: for logs. On a screen the steps and the summary say it."""


@contextmanager
def shown(stage: Stage) -> Iterator[None]:
    """Send what the importer logs meanwhile down the command's pipe, line by line; without a pipe do nothing.

    Errors are left out: the command ends with the one that stopped the run. What Airflow will try again is said.
    """
    descriptor = os.environ.get(PROGRESS_FD)
    if not descriptor:
        yield
        return
    with os.fdopen(int(descriptor), "w", encoding="utf-8", closefd=False) as pipe:
        handler = logging.StreamHandler(pipe)
        handler.setFormatter(_StepFormatter())
        handler.addFilter(lambda record: record.levelno < logging.ERROR and record.name != BOOKKEEPING)
        LOGGER.addHandler(handler)
        try:
            yield
        except RetryableError as error:
            pipe.write(f"  {error}\n  Airflow tries {stage} again while retries are left\n")
            raise
        finally:
            LOGGER.removeHandler(handler)


class _StepFormatter(logging.Formatter):
    """A step stands out; what belongs to it is indented."""

    def format(self, record: logging.LogRecord) -> str:
        message = record.getMessage()
        return message if message.startswith("STEP ") else f"  {message}"
