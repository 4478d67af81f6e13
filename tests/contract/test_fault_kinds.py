"""Every kind of fault: what the client sees of it, and what it leaves in the account."""

from __future__ import annotations

import gzip
import json

import pytest
import requests

from hubspot_simulator.account import Account
from hubspot_simulator.fault_orders import parse_script
from hubspot_simulator.faults import FaultKind, Faults
from hubspot_simulator.server import SimulatorServer
from support.clock import FakeClock
from support.simulator import Caller, a_contact

CONTACTS = "/crm/objects/2026-09/contacts"


def struck(seed: int, share: float, requests_made: int = 400) -> list[bool]:
    faults = Faults()
    faults.rate(share, seed=seed)
    return [faults.take("POST", CONTACTS, "contacts.batch.create") is not None for _ in range(requests_made)]


def test_a_share_of_the_requests_fails_without_end(server: SimulatorServer, caller: Caller) -> None:
    server.faults.rate(0.5, status=503, seed=3)

    statuses = [caller.get(CONTACTS).status_code for _ in range(40)]

    assert set(statuses) == {200, 503}
    assert 10 <= statuses.count(503) <= 30


def test_the_same_seed_strikes_the_same_requests() -> None:
    assert struck(1, 0.3) == struck(1, 0.3)
    assert struck(1, 0.3) != struck(2, 0.3)
    assert 0.2 < sum(struck(1, 0.3)) / 400 < 0.4


def test_a_share_may_end_after_a_number_of_faults() -> None:
    faults = Faults()
    faults.rate(1.0, count=2)

    assert [faults.take("GET", "/", "list") is not None for _ in range(3)] == [True, True, False]


def test_a_fault_waits_for_its_operation(server: SimulatorServer, caller: Caller) -> None:
    server.faults.next(status=502, operation="*.batch.create")

    assert caller.get(CONTACTS).status_code == 200
    assert caller.batch("contacts", "create", a_contact()).status_code == 502


@pytest.mark.parametrize("status", [423, 500, 502, 503, 504, 521, 523, 524])
def test_every_status_can_be_ordered(server: SimulatorServer, caller: Caller, status: int) -> None:
    server.faults.next(status=status)

    assert caller.get(CONTACTS).status_code == status


def test_a_migration_says_when_to_come_back(server: SimulatorServer, caller: Caller) -> None:
    server.faults.next(status=477)
    server.faults.next(status=477, headers={"Retry-After": "3"})

    assert [caller.get(CONTACTS).headers["Retry-After"] for _ in range(2)] == ["60", "3"]


@pytest.mark.parametrize(("after_commit", "written"), [(False, 0), (True, 1)])
def test_a_hanging_request_passes_the_time_and_then_loses_its_connection(
    server: SimulatorServer, caller: Caller, account: Account, clock: FakeClock, after_commit: bool, written: int
) -> None:
    server.faults.next(kind=FaultKind.HANG, seconds=90, after_commit=after_commit)

    with pytest.raises(requests.ConnectionError):
        caller.batch("contacts", "create", a_contact())

    assert clock.monotonic() == 90
    assert len(account.records("contacts")) == written
    assert [record.status for record in account.requests] == [0]


def test_in_real_time_a_request_hangs_until_the_client_gives_up() -> None:
    with SimulatorServer() as server:
        server.faults.next(kind="hang", after_commit=True)
        with pytest.raises(requests.ReadTimeout):
            requests.post(
                f"{server.url}{CONTACTS}/batch/create",
                json={"inputs": [a_contact()]},
                headers={"Authorization": f"Bearer {server.token}"},
                timeout=0.2,
            )
        assert len(server.account.records("contacts")) == 1


def test_a_slow_answer_is_whole_and_late(server: SimulatorServer, caller: Caller, clock: FakeClock) -> None:
    server.faults.next(kind="slow", seconds=7)

    answer = caller.batch("contacts", "create", a_contact())

    assert (answer.status_code, clock.monotonic()) == (201, 7)


def test_a_truncated_answer_breaks_off_after_the_write(
    server: SimulatorServer, caller: Caller, account: Account
) -> None:
    server.faults.next(kind="truncated")

    with pytest.raises(requests.exceptions.ChunkedEncodingError):
        caller.batch("contacts", "create", a_contact())

    assert len(account.records("contacts")) == 1


def test_a_malformed_answer_is_no_json(server: SimulatorServer, caller: Caller, account: Account) -> None:
    server.faults.next(kind="malformed")

    answer = caller.batch("contacts", "create", a_contact())

    assert (answer.status_code, answer.text[0]) == (201, "{")
    with pytest.raises(ValueError, match=r"Expecting|Unterminated|delimiter"):
        json.loads(answer.text)
    assert len(account.records("contacts")) == 1


def test_a_compressed_answer_reads_like_any_other(server: SimulatorServer, caller: Caller) -> None:
    server.faults.next(count=2, kind="gzip")

    answer = caller.get(CONTACTS)
    with requests.get(
        server.url + CONTACTS, headers={"Authorization": f"Bearer {server.token}"}, stream=True, timeout=30
    ) as raw:
        content = raw.raw.read(decode_content=False)

    assert answer.json() == {"results": []}
    assert json.loads(gzip.decompress(content)) == {"results": []}


def test_a_share_is_ordered_over_http(server: SimulatorServer, caller: Caller) -> None:
    order = {"rate": 1.0, "seed": 4, "operation": "contacts.*", "kind": "reset", "after_commit": True}
    assert requests.post(f"{server.url}/_simulator/faults", json=order, timeout=30).status_code == 204

    with pytest.raises(requests.ConnectionError):
        caller.get(CONTACTS)

    assert caller.get("/crm/objects/2026-09/companies").status_code == 200


@pytest.mark.parametrize("order", [{"rate": 2}, {"count": 0}, {"kind": "smoke"}, {"policy": "HOURLY"}])
def test_an_order_that_makes_no_sense_is_refused(server: SimulatorServer, order: dict[str, object]) -> None:
    answer = requests.post(f"{server.url}/_simulator/faults", json=order, timeout=30)

    assert answer.status_code == 422
    assert len(server.faults) == 0


def test_a_script_is_json_or_a_file(tmp_path_factory: pytest.TempPathFactory) -> None:
    text = '[{"rate": 0.1, "status": 502, "html": true}, {"kind": "hang", "count": 2}]'
    path = tmp_path_factory.mktemp("faults") / "faults.json"
    path.write_text(text, encoding="utf-8")

    from_text, from_file = parse_script(text), parse_script(str(path))

    assert from_text == from_file
    assert [(fault.count, fault.share, fault.kind) for fault in from_text] == [(None, 0.1, "answer"), (2, 1.0, "hang")]
    assert len(parse_script('{"status": 503}')) == 1
