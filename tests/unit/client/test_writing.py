from __future__ import annotations

import json
import logging
import math
from collections.abc import Iterator

import pytest
import requests
from hypothesis import given, settings
from hypothesis import strategies as st
from requests.adapters import BaseAdapter

from hubspot_import.client.accounting import UNACCOUNTED
from hubspot_import.client.client import HubSpotClient
from hubspot_import.client.flight import OPEN_AFTER
from hubspot_import.client.session import open_session
from hubspot_import.client.wire import Operation, WriteInput
from hubspot_import.errors import SettingsError, TokenError
from hubspot_import.settings import ClientSettings
from support.clock import FakeClock
from support.scripted_http import TOKEN, Reply, ScriptedAdapter, scripted_client

DOWN = Reply(status=503)


def records(count: int) -> list[dict[str, str]]:
    return [{"email": f"p{number}@x.org"} for number in range(count)]


def an_answer(*numbers: int) -> Reply:
    rows = [{"id": str(1000 + n), "properties": {"email": f"p{n}@x.org"}, "new": True} for n in numbers]
    return Reply(body={"status": "COMPLETE", "results": rows[::-1]})


class WholeBatchAdapter(BaseAdapter):
    """A server without partial success: one bad record refuses its whole batch, as untraced HubSpot does."""

    def __init__(self, bad: set[str]) -> None:
        super().__init__()
        self.bad = bad
        self.requests = 0

    def send(self, request, **_):
        self.requests += 1
        inputs = json.loads(request.body)["inputs"]
        if any(each["id"] in self.bad for each in inputs):
            reply = Reply(
                status=400, body={"category": "VALIDATION_ERROR", "message": "Property values were not valid"}
            )
        else:
            rows = [{"id": "r" + each["id"], "properties": each["properties"]} for each in inputs]
            reply = Reply(body={"results": rows[::-1]})
        return ScriptedAdapter(reply).send(request)

    def close(self) -> None:
        """Nothing is open."""


def strict_client(bad: set[str]) -> tuple[HubSpotClient, WholeBatchAdapter]:
    values = ClientSettings(token=TOKEN, max_in_flight=1)
    session, adapter = open_session(values), WholeBatchAdapter(bad)
    session.mount("https://", adapter)
    return HubSpotClient(session, values, clock=FakeClock()), adapter


def test_250_records_are_three_requests():
    numbers = [range(100), range(100, 200), range(200, 250)]
    client, adapter = scripted_client(FakeClock(), *[an_answer(*each) for each in numbers])
    outcomes = client.upsert("contacts", records(250))
    assert [outcome.record_id for outcome in outcomes] == [str(1000 + number) for number in range(250)]
    assert [len(body["inputs"]) for body in adapter.bodies()] == [100, 100, 50]


def test_an_upsert_sends_key_properties_and_a_trace_id():
    client, adapter = scripted_client(FakeClock(), an_answer(0))
    client.upsert("contacts", records(1))
    assert adapter.sent[0].url == "https://api.hubapi.com/crm/objects/2026-09/contacts/batch/upsert"
    assert adapter.bodies()[0]["inputs"] == [
        {"id": "p0@x.org", "idProperty": "email", "properties": {"email": "p0@x.org"}, "objectWriteTraceId": "0"}
    ]


def test_an_update_does_not_send_the_id_as_a_property():
    client, adapter = scripted_client(FakeClock(), Reply(body={"results": [{"id": "5"}]}))
    assert client.update("companies", [{"id": "5", "city": "Lyon"}])[0].is_written
    assert adapter.bodies()[0]["inputs"] == [{"id": "5", "properties": {"city": "Lyon"}, "objectWriteTraceId": "0"}]


def test_an_upsert_of_companies_needs_a_unique_property():
    client, _ = scripted_client(FakeClock())
    with pytest.raises(SettingsError, match="id_property"):
        client.upsert("companies", [{"name": "Acme"}])


@settings(max_examples=25)
@given(st.sets(st.integers(0, 99), max_size=8))
def test_one_bad_record_costs_one_record_where_hubspot_refuses_whole_batches(bad):
    client, _ = strict_client({f"p{number}@x.org" for number in bad})
    outcomes = client.upsert("contacts", records(100))
    assert {number for number, outcome in enumerate(outcomes) if not outcome.is_written} == bad
    assert {outcomes[number].category for number in bad} <= {"VALIDATION_ERROR"}


def test_a_batch_beyond_patience_does_not_stop_the_next():
    client, _ = scripted_client(FakeClock(), DOWN, DOWN, an_answer(2, 3), max_retries=1, batch_size=2)
    outcomes = client.upsert("contacts", records(4))
    assert [outcome.category for outcome in outcomes] == ["UNAVAILABLE", "UNAVAILABLE", None, None]
    assert [outcome.is_retryable for outcome in outcomes] == [True, True, False, False]


def test_a_refused_token_stops_everything():
    client, adapter = scripted_client(FakeClock(), Reply(status=401), batch_size=1)
    with pytest.raises(TokenError):
        client.upsert("contacts", records(2))
    assert len(adapter.sent) == 1


def test_a_lost_create_of_companies_is_not_repeated():
    client, adapter = scripted_client(FakeClock(), Reply(error=requests.ReadTimeout()))
    outcome = client.create("companies", [{"name": "Acme"}])[0]
    assert (len(adapter.sent), outcome.category, outcome.is_retryable) == (1, "UNAVAILABLE", False)


def test_a_lost_create_of_contacts_is_repeated_because_the_second_is_refused():
    exists = {"category": "CONFLICT", "message": "Contact already exists.", "context": {"objectWriteTraceId": ["0"]}}
    again = Reply(status=207, body={"results": [], "errors": [exists]})
    client, adapter = scripted_client(FakeClock(), Reply(error=requests.ReadTimeout()), again)
    assert client.create("contacts", records(1))[0].category == "CONFLICT"
    assert len(adapter.sent) == 2


def test_nothing_to_write_sends_nothing():
    client, adapter = scripted_client(FakeClock())
    assert client.upsert("contacts", []) == []
    assert adapter.sent == []


def test_a_batch_of_nothing_but_repeats_is_not_sent():
    client, adapter = scripted_client(FakeClock(), an_answer(0), batch_size=1)
    outcomes = client.upsert("contacts", [*records(1), *records(1)])
    assert [outcome.category for outcome in outcomes] == [None, "DUPLICATE_ID"]
    assert len(adapter.sent) == 1


def test_batches_say_which_they_are():
    client, _ = scripted_client(FakeClock(), an_answer(0), an_answer(1), batch_size=1)
    inputs = [WriteInput(trace_id=str(n), id=f"p{n}@x.org", id_property="email") for n in range(2)]
    assert [batch.number for batch in client.write(Operation.UPSERT, "contacts", inputs)] == [1, 2]


def test_the_delay_between_batches_is_kept():
    clock = FakeClock()
    client, _ = scripted_client(clock, an_answer(0), an_answer(1), batch_size=1, delay_between_batches=0.5)
    client.upsert("contacts", records(2))
    assert clock.slept == [0.5]


def test_each_batch_is_one_line_of_facts(caplog):
    caplog.set_level(logging.INFO, "hubspot_import")
    client, _ = scripted_client(FakeClock(), an_answer(0, 1), an_answer(2), batch_size=2)
    client.upsert("contacts", records(3))
    assert "contacts: batch 1/2 upsert: 2 written, 0 refused, " in caplog.text
    assert " records/s, 1 left" in caplog.text
    assert "@" not in caplog.text


def test_an_upsert_that_conflicts_with_another_record_updates_that_one():
    blamed = {"objectWriteTraceId": ["1"]}
    conflict = {"category": "CONFLICT", "message": "Contact already exists. Existing ID: 77", "context": blamed}
    written = {"id": "5", "properties": {"key": "a"}, "new": True}
    first = Reply(status=207, body={"results": [written], "errors": [conflict]})
    client, adapter = scripted_client(FakeClock(), first, Reply(body={"results": [{"id": "77", "properties": {}}]}))
    records = [{"key": "a", "email": "a@x.org"}, {"key": "b", "email": "b@x.org"}]
    outcomes = client.upsert("contacts", records, id_property="key")
    assert [(outcome.record_id, outcome.is_new) for outcome in outcomes] == [("5", True), ("77", False)]
    assert adapter.sent[1].url.endswith("/contacts/batch/update")
    assert adapter.bodies()[1]["inputs"] == [
        {"id": "77", "properties": {"email": "b@x.org"}, "objectWriteTraceId": "1"}
    ]


def test_a_record_no_answer_names_is_looked_for_before_it_is_called_lost():
    silent = Reply(status=201, body={"results": []})
    found = Reply(body={"results": [{"id": "9", "properties": {"email": "p0@x.org", "firstname": "P0"}}]})
    client, adapter = scripted_client(FakeClock(), silent, found)
    (outcome,) = client.upsert("contacts", [{"email": "p0@x.org", "firstname": "P0"}])
    assert outcome.record_id == "9"
    assert adapter.sent[1].url.endswith("/contacts/batch/read")


def test_a_record_that_stands_with_other_values_was_not_written():
    silent = Reply(status=200, body={"results": []})
    old = Reply(body={"results": [{"id": "9", "properties": {"email": "p0@x.org", "firstname": "Old"}}]})
    client, _ = scripted_client(FakeClock(), silent, old)
    (outcome,) = client.upsert("contacts", [{"email": "p0@x.org", "firstname": "P0"}])
    assert outcome.category == UNACCOUNTED


def test_while_hubspot_is_down_no_patience_is_spent_on_each_batch():
    client, adapter = scripted_client(FakeClock(), *[Reply(status=503)] * 100, batch_size=1)
    client.upsert("contacts", records(20))
    assert len(adapter.sent) == OPEN_AFTER * 4 + (20 - OPEN_AFTER)


def test_inputs_are_taken_when_their_batch_goes_out():
    taken = []

    def inputs() -> Iterator[WriteInput]:
        for number in range(6):
            taken.append(number)
            yield WriteInput(trace_id=str(number), id=f"p{number}@x.org", id_property="email")

    client, _ = scripted_client(FakeClock(), *[an_answer(n, n + 1) for n in (0, 2, 4)], batch_size=2)
    batches = client.write(Operation.UPSERT, "contacts", inputs())
    next(batches)
    assert taken == [0, 1]


@given(st.sets(st.integers(0, 99), max_size=6))
def test_bisecting_costs_at_most_two_requests_a_guilty_input_and_level(guilty):
    client, adapter = strict_client({f"p{number}@x.org" for number in guilty})
    outcomes = client.upsert("contacts", records(100))
    assert [number for number, outcome in enumerate(outcomes) if not outcome.is_written] == sorted(guilty)
    assert adapter.requests <= 1 + 2 * math.ceil(math.log2(100)) * len(guilty)
