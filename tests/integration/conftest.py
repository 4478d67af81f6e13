"""One simulated account for the write path's tests, emptied for each."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from hubspot_simulator.server import SimulatorServer
from hubspot_simulator.switches import Switches
from support.clock import FakeClock
from support.write_path import WritePath


@pytest.fixture(scope="module")
def server() -> Iterator[SimulatorServer]:
    with SimulatorServer() as running:
        yield running


@pytest.fixture
def path(server: SimulatorServer, tmp_path: Path) -> WritePath:
    clock = FakeClock()
    server.reset(clock=clock, switches=Switches())
    return WritePath(server=server, clock=clock, runs=tmp_path)
