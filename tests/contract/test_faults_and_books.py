"""Faults on order, the books, and the control endpoints."""

from __future__ import annotations

import pytest
import requests

from hubspot_simulator.account import Account
from hubspot_simulator.server import SimulatorServer
from support.simulator import Caller, a_company, a_contact, a_key, a_link

CONTACTS = "/crm/objects/2026-09/contacts"


def test_the_next_requests_fail_and_then_no_more(server: SimulatorServer, caller: Caller) -> None:
    server.faults.next(count=2, status=503)

    statuses = [caller.get(CONTACTS).status_code for _ in range(3)]

    assert statuses == [503, 503, 200]


def test_a_fault_waits_for_its_path_and_method(server: SimulatorServer, caller: Caller) -> None:
    server.faults.next(status=502, path_contains="batch/create", method="POST")

    assert caller.get(CONTACTS).status_code == 200
    assert caller.batch("contacts", "create", a_contact()).status_code == 502


def test_a_fault_before_commit_writes_nothing(server: SimulatorServer, caller: Caller, account: Account) -> None:
    server.faults.next(status=500)

    answer = caller.batch("contacts", "create", a_contact())

    assert (answer.status_code, answer.json()["message"]) == (500, "internal error")
    assert account.records("contacts") == {}


def test_a_fault_after_commit_has_written(server: SimulatorServer, caller: Caller, account: Account) -> None:
    server.faults.next(status=504, after_commit=True)

    answer = caller.batch("contacts", "create", a_contact())

    assert answer.status_code == 504
    assert len(account.records("contacts")) == 1


@pytest.mark.parametrize(("after_commit", "written"), [(False, 0), (True, 1)])
def test_a_connection_is_dropped_before_or_after_the_write(
    server: SimulatorServer, caller: Caller, account: Account, after_commit: bool, written: int
) -> None:
    server.faults.next(status=0, after_commit=after_commit)

    with pytest.raises(requests.ConnectionError):
        caller.batch("contacts", "create", a_contact())

    assert len(account.records("contacts")) == written
    assert caller.get(CONTACTS).status_code == 200


def test_gateway_errors_are_pages_or_empty(server: SimulatorServer, caller: Caller) -> None:
    server.faults.next(status=502, html=True)
    server.faults.next(status=524)

    page, empty = caller.get(CONTACTS), caller.get(CONTACTS)

    assert page.headers["Content-Type"].startswith("text/html")
    assert page.text.startswith("<html>")
    assert (empty.status_code, empty.content) == (524, b"")


@pytest.mark.parametrize("policy", ["TEN_SECONDLY_ROLLING", "SECONDLY", "DAILY"])
def test_a_429_has_the_body_of_its_policy(server: SimulatorServer, caller: Caller, policy: str) -> None:
    server.faults.next(status=429, policy=policy, headers={"Retry-After": "7"})

    answer = caller.get(CONTACTS)

    assert answer.json()["policyName"] == policy
    assert answer.json()["correlationId"] == answer.headers["X-HubSpot-Correlation-Id"]
    assert answer.headers["Retry-After"] == "7"


def test_the_books_know_writes_from_reads(caller: Caller, account: Account) -> None:
    caller.post("/crm/properties/2026-09/companies", a_key())
    (contact,), (company,) = caller.created_ids("contacts", a_contact()), caller.created_ids("companies", a_company())
    caller.links("contacts", "companies", "create", a_link(contact, company, 279))
    writes = sum(record.is_write for record in account.requests)
    caller.batch("contacts", "read", {"id": contact})
    caller.links("contacts", "companies", "read", {"id": contact})
    caller.search("contacts")

    assert writes == 4
    assert sum(record.is_write for record in account.requests) == 4
    assert [record.operation for record in account.requests][-3:] == [
        "contacts.batch.read",
        "associations.read",
        "contacts.search",
    ]
    assert account.requests[1].inputs == 1


def test_the_control_endpoints_show_and_reset_the_books(server: SimulatorServer, caller: Caller) -> None:
    caller.batch("contacts", "create", a_contact())

    before = requests.get(f"{server.url}/_simulator/requests", timeout=30).json()
    requests.post(f"{server.url}/_simulator/requests/reset", timeout=30)
    after = requests.get(f"{server.url}/_simulator/requests", timeout=30).json()

    assert (before["total"], before["writes"], before["by_status"]) == (1, 1, {"201": 1})
    assert before["last"][0]["operation"] == "contacts.batch.create"
    assert (after["total"], after["writes"]) == (0, 0)


def test_faults_are_ordered_and_called_off_over_http(server: SimulatorServer, caller: Caller) -> None:
    url = f"{server.url}/_simulator/faults"

    ordered = requests.post(url, json={"count": 5, "status": 503, "path_contains": "contacts"}, timeout=30)
    failed = caller.get(CONTACTS).status_code
    requests.delete(url, timeout=30)

    assert (ordered.status_code, failed) == (204, 503)
    assert caller.get(CONTACTS).status_code == 200


def test_an_order_with_an_unknown_field_is_refused(server: SimulatorServer) -> None:
    answer = requests.post(f"{server.url}/_simulator/faults", json={"code": 503}, timeout=30)

    assert answer.status_code == 422
    assert len(server.faults) == 0


def test_health_tells_what_the_account_holds(server: SimulatorServer, caller: Caller) -> None:
    caller.created_ids("contacts", a_contact())

    assert requests.get(f"{server.url}/_simulator/health", timeout=30).json()["records"]["contacts"] == 1
