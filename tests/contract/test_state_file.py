"""An account that lives in a file, and the simulator as a process."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
import requests

from hubspot_simulator.server import SimulatorServer
from support.simulator import Caller, a_company, a_contact, a_key, a_link, by_id

PLUGINS = Path(__file__).parents[2] / "plugins"


def test_an_account_is_the_same_after_a_restart(tmp_path: Path) -> None:
    state = tmp_path / "account.jsonl"
    with SimulatorServer(state) as server:
        caller = Caller(server)
        caller.post("/crm/properties/2026-09/companies", a_key())
        (contact,), (company,) = (
            caller.created_ids("contacts", a_contact()),
            caller.created_ids("companies", a_company(source_key="k1")),
        )
        caller.links("contacts", "companies", "create", a_link(contact, company, 279))
        before = server.account.records("contacts"), server.account.records("companies")

    with SimulatorServer(state) as server:
        again = Caller(server)
        upserted = again.batch("companies", "upsert", by_id("k1", "source_key", city="Lyon")).json()["results"][0]
        after = server.account.records("contacts"), server.account.records("companies")
        links = server.account.links("contacts", "companies")

    assert after[0] == before[0]
    assert after[1][company]["city"] == "Lyon"
    assert (upserted["id"], upserted["new"]) == (company, False)
    assert links == {(contact, company)}


def test_archived_records_and_removed_links_stay_gone(tmp_path: Path) -> None:
    state = tmp_path / "account.jsonl"
    with SimulatorServer(state) as server:
        caller = Caller(server)
        (contact,), (company,) = (
            caller.created_ids("contacts", a_contact()),
            caller.created_ids("companies", a_company()),
        )
        caller.links("contacts", "companies", "create", a_link(contact, company, 279))
        caller.batch("contacts", "archive", {"id": contact})

    with SimulatorServer(state) as server:
        (new,) = Caller(server).created_ids("contacts", a_contact())
        links = server.account.links("contacts", "companies")

    assert int(new) > int(company)
    assert links == set()


def test_a_line_that_breaks_off_is_left_out(tmp_path: Path) -> None:
    state = tmp_path / "account.jsonl"
    with SimulatorServer(state) as server:
        Caller(server).created_ids("contacts", a_contact())
    with state.open("a", encoding="utf-8") as stream:
        stream.write('{"record": "contacts", "id": "1", "prop')

    with SimulatorServer(state) as server:
        assert len(server.account.records("contacts")) == 1


class Process:
    """The simulator as a process of its own."""

    def __init__(self, state: Path) -> None:
        command = [sys.executable, "-m", "hubspot_simulator", "--port", "0", "--state", str(state)]
        environment = {**os.environ, "PYTHONPATH": str(PLUGINS)}
        self.child = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment)
        assert self.child.stdout is not None
        self.first_line = self.child.stdout.readline().strip()
        self.url = self.first_line.split()[3]

    def end(self, number: signal.Signals) -> int:
        """Send a signal and give the exit status."""
        self.child.send_signal(number)
        assert self.child.stdout is not None
        self.child.stdout.close()
        return self.child.wait(timeout=30)

    def create(self, number: int) -> int:
        """Create a company and give the status."""
        headers = {"Authorization": "Bearer pat-na1-00000000-0000-4000-8000-000000000000"}
        url = f"{self.url}/crm/objects/2026-09/companies/batch/create"
        return requests.post(url, json={"inputs": [a_company(number)]}, headers=headers, timeout=30).status_code

    def companies(self) -> int:
        """Count the companies."""
        return int(requests.get(f"{self.url}/_simulator/health", timeout=30).json()["records"]["companies"])


@pytest.fixture
def process(tmp_path: Path) -> Iterator[Process]:
    found = Process(tmp_path / "account.jsonl")
    yield found
    found.end(signal.SIGKILL)


def test_it_says_where_it_listens_and_never_the_token(process: Process) -> None:
    assert process.first_line == f"HubSpot simulator on {process.url} (token pat-na1-…)"


def test_sigterm_ends_it_well_and_a_kill_loses_nothing_acknowledged(process: Process, tmp_path: Path) -> None:
    state = tmp_path / "account.jsonl"
    first = process.create(1)
    ended = process.end(signal.SIGTERM)
    second_process = Process(state)
    second = second_process.create(2)
    second_process.end(signal.SIGKILL)
    third_process = Process(state)
    count = third_process.companies()
    third_process.end(signal.SIGTERM)

    assert (first, second) == (201, 201)
    assert ended == 0
    assert count == 2
