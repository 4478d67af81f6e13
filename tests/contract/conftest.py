"""One simulator for all contract tests; each test has an empty account and a clock of its own."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hubspot import HubSpot

from hubspot_simulator.account import Account
from hubspot_simulator.server import SimulatorServer
from hubspot_simulator.switches import Switches
from support.clock import FakeClock
from support.official import official_client
from support.simulator import Caller, a_company


@pytest.fixture(scope="session")
def running() -> Iterator[SimulatorServer]:
    with SimulatorServer() as server:
        yield server


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock()


@pytest.fixture
def server(running: SimulatorServer, clock: FakeClock) -> Iterator[SimulatorServer]:
    running.reset(clock=clock, switches=Switches(check_invariants=True))
    yield running
    assert running.account.broken == []


@pytest.fixture
def account(server: SimulatorServer) -> Account:
    return server.account


@pytest.fixture
def caller(server: SimulatorServer) -> Caller:
    return Caller(server)


@pytest.fixture
def official(server: SimulatorServer) -> HubSpot:
    return official_client(server)


@pytest.fixture
def firms(caller: Caller) -> Caller:
    """An account with three companies to be searched."""
    caller.created_ids(
        "companies",
        a_company(1, name="Acme", numberofemployees="9", city="Lyon"),
        a_company(2, name="Beta Works", numberofemployees="10"),
        a_company(3, name="acme", numberofemployees="200", city="Köln"),
    )
    return caller
