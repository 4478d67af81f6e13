"""One account that holds half of the data already, and a run folder ready for pre-flight: copied for each mix."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from chaos.world import World
from hubspot_import import pipeline
from hubspot_import.client.client import HubSpotClient
from hubspot_import.client.session import open_session
from hubspot_import.errors import RetryableError
from hubspot_import.model import Stage
from hubspot_import.run_folder import RunFolder
from hubspot_import.settings import ClientSettings, Settings
from hubspot_simulator.persistence import restore, snapshot
from hubspot_simulator.replies import JsonObject
from hubspot_simulator.server import SimulatorServer
from hubspot_simulator.switches import Switches
from support.clock import FakeClock

OFFLINE = (Stage.VALIDATE, Stage.EXTRACT_AND_MAP)
ONLINE = [stage for stage in Stage if stage in pipeline.ONLINE_STAGES]
MAX_TRIES = 30
WORLD = World(companies=300, people=3000)


@dataclass(frozen=True, slots=True, kw_only=True)
class Stand:
    """What every mix starts from."""

    server: SimulatorServer
    before: Sequence[JsonObject]
    prepared: Path

    def reset(self, runs: Path) -> RunFolder:
        """Put the account back to where it was, and give a fresh run folder that is ready for pre-flight."""
        switches = Switches(email_upsert_replaces=True, search_lag_seconds=3.0, limit_per_10s=100)
        self.server.reset(clock=FakeClock(), switches=switches)
        for line in self.before:
            restore(self.server.account, line)
        shutil.copytree(self.prepared, runs / "run")
        return RunFolder(runs / "run")

    def client(self, max_retries: int = 3) -> HubSpotClient:
        """Make a client as each try of a task does; it shares the account's clock and sends one request at a time."""
        settings = ClientSettings(
            base_url=self.server.url, token=self.server.token, max_in_flight=1, max_retries=max_retries
        )
        return HubSpotClient(open_session(settings), settings, clock=self.server.account.clock)

    def carry_out(self, folder: RunFolder, stages: Sequence[Stage] = tuple(ONLINE), *, max_retries: int = 3) -> int:
        """Run stages as Airflow would, each until it succeeds; give the number of tries that failed."""
        failed = 0
        for stage in stages:
            for _ in range(MAX_TRIES):
                try:
                    pipeline.run_stage(stage, folder, client=self.client(max_retries))
                except RetryableError:
                    failed += 1
                    self.server.account.clock.advance(60.0)  # type: ignore[attr-defined]
                else:
                    break
            else:
                raise AssertionError(f"{stage} did not succeed in {MAX_TRIES} tries")
        return failed


_TOLD = pytest.StashKey[list[str]]()
_KILLS = pytest.StashKey[list[str]]()


@pytest.fixture
def told(request: pytest.FixtureRequest) -> list[str]:
    """Lines that are shown when all tests have run."""
    return request.config.stash.setdefault(_TOLD, [])


@pytest.fixture
def told_of_kills(request: pytest.FixtureRequest) -> list[str]:
    """Lines that are shown when all tests have run."""
    return request.config.stash.setdefault(_KILLS, [])


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    """Say which mixes were run, and what they did."""
    lines = config.stash.get(_TOLD, [])
    if lines:
        sizes = (
            f"{WORLD.companies} companies, {WORLD.people} contacts, {WORLD.people} tickets, half of them there before"
        )
        terminalreporter.section(f"chaos: {len(lines)} mixes over {sizes}")
    kills = config.stash.get(_KILLS, [])
    if kills:
        terminalreporter.section(f"kill: {len(kills)} rounds")
    for line in [*lines, *kills]:
        terminalreporter.write_line(line)


@pytest.fixture(scope="session")
def stand(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stand]:
    folder = tmp_path_factory.mktemp("chaos")
    with SimulatorServer(clock=FakeClock(), switches=Switches(limit_per_10s=100)) as server:
        older = prepared_run(folder / "older", WORLD.files(folder / "older-files", older=True))
        bare = Stand(server=server, before=(), prepared=older.path)
        bare.carry_out(older)
        WORLD.move_on(server.account)
        before = list(snapshot(server.account))
        prepared = prepared_run(folder / "newer", WORLD.files(folder / "newer-files"))
        yield Stand(server=server, before=before, prepared=prepared.path)


def report_of(folder: RunFolder) -> dict[str, Any]:
    """Read report.json of a run."""
    return dict(json.loads((folder.report / "report.json").read_text(encoding="utf-8")))


def prepared_run(runs: Path, source: Path) -> RunFolder:
    """Load, check and map a source folder: a run folder that is ready for pre-flight."""
    folder = pipeline.open_run(runs, "run")
    settings = Settings.from_env({"HUBSPOT_IMPORT_SOURCES": str(source)})
    conf: dict[str, Any] = {"source": str(source)}
    pipeline.load(folder, conf, settings)
    for stage in OFFLINE:
        pipeline.run_stage(stage, folder)
    return folder
