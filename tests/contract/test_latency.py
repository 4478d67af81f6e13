"""How long the account takes, in a test's time and in real time."""

from __future__ import annotations

import time
from concurrent.futures import ThreadPoolExecutor
from statistics import median

import pytest
import requests

from hubspot_simulator.latency import Latency
from hubspot_simulator.server import SimulatorServer
from hubspot_simulator.switches import Switches
from support.clock import FakeClock
from support.simulator import Caller, a_contact

CONTACTS = "/crm/objects/2026-09/contacts"


def test_a_batch_takes_so_much_a_request_and_a_record(server: SimulatorServer, clock: FakeClock) -> None:
    server.reset(switches=Switches(latency_ms=300, latency_per_record_ms=3))
    caller = Caller(server)

    caller.batch("contacts", "create", *(a_contact(number) for number in range(100)))

    assert clock.monotonic() == pytest.approx(0.6)


def test_the_spread_keeps_the_median_and_follows_the_seed() -> None:
    def drawn(seed: int) -> list[float]:
        latency = Latency(Switches(latency_ms=100, latency_jitter=0.5, seed=seed))
        return [latency.seconds(0) for _ in range(2000)]

    assert drawn(1) == drawn(1)
    assert drawn(1) != drawn(2)
    assert median(drawn(1)) == pytest.approx(0.1, rel=0.1)
    assert min(drawn(1)) < 0.05
    assert max(drawn(1)) > 0.2


def test_sixteen_requests_in_flight_wait_side_by_side() -> None:
    with SimulatorServer(switches=Switches(latency_ms=400)) as server, ThreadPoolExecutor(16) as pool:
        headers = {"Authorization": f"Bearer {server.token}"}
        began = time.monotonic()
        answers = list(pool.map(lambda _: requests.get(server.url + CONTACTS, headers=headers, timeout=30), range(16)))
        took = time.monotonic() - began

    assert {answer.status_code for answer in answers} == {200}
    assert 0.4 <= took < 16 * 0.4 / 2
