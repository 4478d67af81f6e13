"""The client against a simulated account in the same process, on one fake clock."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from hubspot_import.client.client import HubSpotClient
from hubspot_import.client.session import open_session
from hubspot_import.client.wire import Link, Operation, WriteInput
from hubspot_import.errors import ScopeError, TokenError
from hubspot_import.settings import ClientSettings
from hubspot_simulator.server import SimulatorServer
from support.clock import FakeClock

KEY = {
    "name": "bulk_import_key",
    "label": "Bulk import key",
    "type": "string",
    "field_type": "text",
    "group_name": "companyinformation",
    "has_unique_value": True,
    "description": "ours",
}


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock()


@pytest.fixture
def server(clock: FakeClock) -> Iterator[SimulatorServer]:
    with SimulatorServer(clock=clock) as running:
        yield running


@pytest.fixture
def connect(server: SimulatorServer, clock: FakeClock):
    def connect(**values: Any) -> HubSpotClient:
        settings = ClientSettings(
            **{"base_url": server.url, "token": server.token, "max_in_flight": 1, "reserve_percent": 0, **values}
        )
        return HubSpotClient(open_session(settings), settings, clock=clock)

    return connect


def people(count: int) -> list[dict[str, str]]:
    return [{"email": f"person{number}@example.org"} for number in range(count)]


def statuses(server: SimulatorServer) -> list[int]:
    return [request.status for request in server.account.requests]


@pytest.mark.parametrize("status", [429, 500, 502, 503, 504, 524])
def test_a_server_that_fails_some_requests_loses_nothing(connect, server, status):
    server.faults.next(count=2, status=status, path_contains="upsert", html=status != 429)
    outcomes = connect().upsert("contacts", people(250))
    assert all(outcome.is_written for outcome in outcomes)
    assert len(server.account.records("contacts")) == 250
    assert statuses(server).count(200) == 3


def test_an_answer_lost_after_the_write_doubles_nothing(connect, server):
    server.faults.next(status=502, path_contains="upsert", after_commit=True)
    outcomes = connect().upsert("contacts", people(5))
    assert all(outcome.is_written for outcome in outcomes)
    assert len(server.account.records("contacts")) == 5


def test_pacing_keeps_the_account_from_ever_saying_429(connect, server, clock):
    client = connect()
    for _ in range(230):
        client.account()
    assert 429 not in statuses(server)
    assert client.stats.seconds_waited_for_limit > 19


def test_two_clients_on_one_token_both_get_through(connect, server):
    first, second = connect(), connect()
    for _ in range(120):
        first.account()
        second.account()
    assert statuses(server).count(200) == 240
    assert statuses(server).count(429) <= 3


def test_results_come_shuffled_and_still_find_their_input(connect, server):
    outcomes = connect().upsert("contacts", people(60))
    stored = server.account.records("contacts")
    assert [stored[outcome.record_id]["email"] for outcome in outcomes] == [each["email"] for each in people(60)]


def test_one_refused_record_costs_one_record(connect):
    good, bad = people(20), {"email": "person99@example.org", "no_such_property": "x"}
    outcomes = connect().upsert("contacts", [*good[:10], bad, *good[10:]])
    assert [outcome.is_written for outcome in outcomes] == [True] * 10 + [False] + [True] * 10
    assert outcomes[10].category == "VALIDATION_ERROR"
    assert "no_such_property" in (outcomes[10].message or "")


def test_an_existing_contact_is_a_conflict_for_create(connect):
    client = connect()
    client.create("contacts", people(1))
    outcomes = client.create("contacts", people(2))
    assert [outcome.category for outcome in outcomes] == ["CONFLICT", None]


def test_an_update_of_an_unknown_record_is_an_outcome(connect):
    client = connect()
    known = client.create("companies", [{"name": "Acme"}])[0].record_id
    outcomes = client.update("companies", [{"id": "999999999", "city": "X"}, {"id": str(known), "city": "Lyon"}])
    assert [outcome.is_written for outcome in outcomes] == [False, True]


def test_a_key_property_is_made_and_companies_are_upserted_on_it(connect, server):
    client = connect()
    assert client.create_property("companies", **KEY).has_unique_value
    assert client.create_property("companies", **KEY).has_unique_value
    record = {"bulk_import_key": "default:name:acme", "name": "Acme"}
    first, second = (client.upsert("companies", [record], id_property="bulk_import_key")[0] for _ in range(2))
    assert (first.is_new, second.is_new, first.record_id) == (True, False, second.record_id)
    found = client.read("companies", ["default:name:acme"], properties=["name"], id_property="bulk_import_key")
    assert [record.properties["name"] for record in found.values()] == ["Acme"]


def test_missing_records_are_absent(connect):
    client = connect()
    client.upsert("contacts", people(2))
    asked = ["PERSON0@example.org", "nobody@example.org"]
    assert list(client.read("contacts", asked, properties=["email"], id_property="email")) == asked[:1]


def test_an_empty_account_holds_no_records(connect):
    client = connect()
    assert not client.has_records("tickets")
    client.upsert("contacts", people(1))
    assert client.has_records("contacts")


def test_companies_are_found_by_name_in_any_case(connect, clock):
    client = connect()
    client.create("companies", [{"name": "Null & Sons"}, {"name": "Other"}])
    clock.sleep(60)
    found = client.search("companies", property_name="name", values=["NULL & sons"], properties=["name"])
    assert [record.properties["name"] for record in found] == ["Null & Sons"]


def test_links_are_made_read_and_made_again_without_harm(connect):
    client = connect()
    person = str(client.upsert("contacts", people(1))[0].record_id)
    firm = str(client.create("companies", [{"name": "Acme"}])[0].record_id)
    links = [Link(from_id=person, to_id=firm, type_ids=(279,)), Link(from_id=person, to_id="999999", type_ids=(279,))]
    for _ in range(2):
        outcomes = next(client.associate("contacts", "companies", links))
        assert [outcome.is_written for outcome in outcomes] == [True, False]
    assert client.associated("contacts", "companies", [person]) == {person: {firm}}
    assert client.associated("companies", "contacts", [firm]) == {firm: {person}}


def test_a_batch_that_keeps_failing_leaves_the_others_written(connect, server):
    server.faults.next(count=2, status=503, path_contains="upsert")
    inputs = [WriteInput(trace_id=str(n), id=each["email"], id_property="email") for n, each in enumerate(people(200))]
    batches = list(connect(max_retries=1).write(Operation.UPSERT, "contacts", inputs))
    assert [outcome.is_retryable for batch in batches for outcome in batch.outcomes] == [True] * 100 + [False] * 100
    assert len(server.account.records("contacts")) == 100


def test_a_wrong_token_is_one_clear_error(connect, server):
    with pytest.raises(TokenError):
        connect(token="pat-na1-wrong").upsert("contacts", people(1))
    assert len(server.account.records("contacts")) == 0


def test_a_missing_scope_is_named(connect, server):
    server.account.scopes.discard("crm.objects.contacts.write")
    with pytest.raises(ScopeError, match=r"crm\.objects\.contacts\.write"):
        connect().upsert("contacts", people(1))


def test_the_scopes_of_the_token_can_be_asked(connect, server):
    assert connect().scopes() == frozenset(server.account.scopes)


@pytest.mark.parametrize("api_version", ["2026-09", "2026-03", "v3"])
def test_each_api_version_writes_and_links(connect, api_version):
    client = connect(api_version=api_version)
    person = str(client.upsert("contacts", people(1))[0].record_id)
    firm = str(client.create("companies", [{"name": "Acme"}])[0].record_id)
    outcomes = next(client.associate("contacts", "companies", [Link(from_id=person, to_id=firm, type_ids=(279,))]))
    assert outcomes[0].is_written
    assert client.properties("tickets")
    assert client.pipelines("tickets")
    assert client.account().id
