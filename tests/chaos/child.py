"""What a task's process does, in a process of its own that may be killed: the online stages that have not finished."""

from __future__ import annotations

from multiprocessing.connection import Connection
from pathlib import Path

from hubspot_import import pipeline
from hubspot_import.client.client import HubSpotClient
from hubspot_import.client.session import open_session
from hubspot_import.errors import RetryableError
from hubspot_import.model import Stage
from hubspot_import.run_folder import RunFolder
from hubspot_import.settings import ClientSettings

MAX_TRIES = 5


def carry_on(path: Path, settings: ClientSettings, started: Connection) -> None:
    """Run what is left of a run against a real clock; says when it begins."""
    folder = RunFolder(path)
    started.send(True)
    for stage in [each for each in Stage if each in pipeline.ONLINE_STAGES]:
        for _ in range(MAX_TRIES):
            if folder.result(stage) is not None:
                break
            try:
                pipeline.run_stage(stage, folder, client=HubSpotClient(open_session(settings), settings))
            except RetryableError:
                continue
