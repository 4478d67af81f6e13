"""One log file for each attempt of a stage, in the run folder. The report strings them together as import.log."""

from __future__ import annotations

import logging
import time
from collections.abc import Iterator
from contextlib import contextmanager

from hubspot_import.model import Stage
from hubspot_import.run_folder import RunFolder

LOGGER = logging.getLogger("hubspot_import")
FORMAT = "%(asctime)sZ %(levelname)s %(message)s"


@contextmanager
def stage_log(folder: RunFolder, stage: Stage) -> Iterator[None]:
    """Copy what the importer logs while the stage runs into the run folder, line by line, so a crash loses nothing."""
    path = folder.log_path(stage)
    path.parent.mkdir(parents=True, exist_ok=True)
    handler = logging.FileHandler(path, encoding="utf-8")
    handler.setFormatter(_utc_formatter())
    level_before = LOGGER.level
    LOGGER.addHandler(handler)
    LOGGER.setLevel(logging.INFO)
    try:
        yield
    finally:
        LOGGER.removeHandler(handler)
        LOGGER.setLevel(level_before)
        handler.close()


def _utc_formatter() -> logging.Formatter:
    formatter = logging.Formatter(FORMAT, datefmt="%Y-%m-%dT%H:%M:%S")
    formatter.converter = time.gmtime
    return formatter
