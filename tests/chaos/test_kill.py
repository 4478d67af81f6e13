"""Processes that are killed, and two that import the same at once: real processes, real time, the same truth after."""

from __future__ import annotations

import multiprocessing
import random
import shutil
from collections.abc import Iterator
from multiprocessing.process import BaseProcess
from pathlib import Path

import pytest

from chaos import child
from chaos.conftest import prepared_run, report_of
from chaos.world import World, standing
from hubspot_import import pipeline
from hubspot_import.model import Stage
from hubspot_import.run_folder import RunFolder
from hubspot_import.settings import ClientSettings
from hubspot_simulator.invariants import broken_invariants
from hubspot_simulator.limits import Lane
from hubspot_simulator.persistence import restore, snapshot
from hubspot_simulator.replies import JsonObject
from hubspot_simulator.server import SimulatorServer
from hubspot_simulator.switches import Switches

SMALL = World(companies=40, people=400)
ROUNDS, KILLS_A_ROUND, LONGEST = 5, 5, 0.2
BATCH = 20
"""Many small batches: many moments at which a process can die between two of them."""
ONLINE = [stage for stage in Stage if stage in pipeline.ONLINE_STAGES]

pytestmark = pytest.mark.timeout(200)


@pytest.fixture(scope="module")
def context() -> multiprocessing.context.ForkServerContext:
    processes = multiprocessing.get_context("forkserver")
    processes.set_forkserver_preload(["chaos.child"])
    return processes


@pytest.fixture(scope="module")
def ready(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[list[JsonObject], Path]]:
    """What the account holds before, and a run folder that is ready for pre-flight."""
    folder = tmp_path_factory.mktemp("kill")
    with SimulatorServer(limit_per_10s=10_000) as server:
        older = prepared_run(folder / "older", SMALL.files(folder / "older-files", older=True))
        settings = ClientSettings(base_url=server.url, token=server.token)
        child.carry_on(older.path, settings, _Nobody())  # type: ignore[arg-type]
        SMALL.move_on(server.account)
        yield list(snapshot(server.account)), prepared_run(folder / "newer", SMALL.files(folder / "newer-files")).path


class _Nobody:
    def send(self, _: object) -> None:
        """Nobody waits."""


@pytest.fixture
def server(ready: tuple[list[JsonObject], Path], switches: Switches) -> Iterator[SimulatorServer]:
    with SimulatorServer(switches=switches) as running:
        for line in ready[0]:
            restore(running.account, line)
        yield running


@pytest.fixture
def switches() -> Switches:
    return Switches(limit_per_10s=10_000, latency_ms=20, email_upsert_replaces=True)


def begin(
    context: multiprocessing.context.ForkServerContext, folder: RunFolder, settings: ClientSettings
) -> BaseProcess:
    """Start a process that carries the run on, and come back when it has begun."""
    here, there = context.Pipe()
    process = context.Process(target=child.carry_on, args=(folder.path, settings, there))
    process.start()
    assert here.poll(60)
    return process


def check(server: SimulatorServer, folder: RunFolder) -> None:
    """The account is as the files say, and the report as the account."""
    pipeline.run_stage(Stage.REPORT, folder)
    records, links = standing(server.account, SMALL)
    assert records == SMALL.records()
    assert links == SMALL.links()
    assert broken_invariants(server.account) == []


@pytest.mark.parametrize("seed", range(ROUNDS))
def test_a_run_killed_again_and_again_ends_as_the_files_say(
    seed: int,
    context: multiprocessing.context.ForkServerContext,
    ready: tuple[list[JsonObject], Path],
    server: SimulatorServer,
    tmp_path: Path,
    told_of_kills: list[str],
) -> None:
    rng = random.Random(seed)
    shutil.copytree(ready[1], tmp_path / "run")
    folder = RunFolder(tmp_path / "run")
    settings = ClientSettings(base_url=server.url, token=server.token, batch_size=BATCH, max_in_flight=4)
    killed_in = []
    for stage in sorted(rng.choices(ONLINE, k=KILLS_A_ROUND), key=ONLINE.index):
        process = begin(context, folder, settings)
        while process.is_alive() and any(folder.result(each) is None for each in ONLINE[: ONLINE.index(stage)]):
            process.join(0.01)
        process.join(rng.uniform(0.0, LONGEST))
        killed_in.append(next((str(each) for each in ONLINE if folder.result(each) is None), "the end"))
        process.kill()
        process.join(20)
    begin(context, folder, settings).join(120)

    check(server, folder)
    counts = report_of(folder)["objects"]
    assert {kind: counts[kind]["created"] for kind in counts} == {"companies": 20, "contacts": 200, "tickets": 200}
    told_of_kills.append(f"seed {seed}: killed in {', '.join(killed_in)}")


@pytest.mark.parametrize("switches", [Switches(limit_per_10s=100, latency_ms=20)])
def test_two_importers_at_once_share_the_limit_and_write_nothing_twice(
    context: multiprocessing.context.ForkServerContext,
    ready: tuple[list[JsonObject], Path],
    server: SimulatorServer,
    tmp_path: Path,
) -> None:
    folders = [RunFolder(tmp_path / name) for name in ("one", "two")]
    settings = ClientSettings(
        base_url=server.url, token=server.token, batch_size=BATCH, rate_limit_url=f"file://{tmp_path}/limit"
    )
    for folder in folders:
        shutil.copytree(ready[1], folder.path)
    processes = [begin(context, folder, settings) for folder in folders]
    for process in processes:
        process.join(150)

    for folder in folders:
        check(server, folder)
        assert [folder.result(stage) is None for stage in Stage] == [False] * len(Stage)
    assert server.account.requests.most_in_a_window(Lane.BURST) <= 100
    assert [record.operation for record in server.account.requests if record.status == 429] == []
