"""One simulator for all contract tests; each test has an empty account and a clock of its own.

Every answer is held against HubSpot's OpenAPI documents where they are at hand (../shared/hubspot/openapi).
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hubspot import HubSpot

from hubspot_simulator.account import Account
from hubspot_simulator.server import SimulatorServer
from hubspot_simulator.switches import Switches
from support.answers import AnswerBook
from support.clock import FakeClock
from support.official import official_client
from support.openapi import FOLDER, Documents
from support.simulator import Caller, a_company

ANSWERS = pytest.StashKey[AnswerBook]()
NO_DOCUMENTS = f"SKIPPED: no answer was held against HubSpot's OpenAPI documents: there are none in {FOLDER}"


@pytest.fixture(scope="session")
def answers(pytestconfig: pytest.Config) -> AnswerBook:
    """The answers of the whole run; without documents nothing is compared."""
    return pytestconfig.stash.setdefault(ANSWERS, AnswerBook(Documents()))


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    """Say at the end how many answers were compared, or loudly that none was."""
    answers = config.stash.get(ANSWERS, None)
    if answers is not None:
        loud = not answers.documents.operations
        terminalreporter.write_line(NO_DOCUMENTS if loud else answers.summary(), yellow=loud, bold=loud)


@pytest.fixture(scope="session")
def running(answers: AnswerBook) -> Iterator[SimulatorServer]:
    with SimulatorServer() as server:
        server.gateway.watch = answers.look
        yield server


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock()


@pytest.fixture
def server(running: SimulatorServer, clock: FakeClock, answers: AnswerBook) -> Iterator[SimulatorServer]:
    running.reset(clock=clock, switches=Switches(check_invariants=True))
    answers.unexpected.clear()
    yield running
    assert running.account.broken == []
    assert answers.unexpected == []


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
