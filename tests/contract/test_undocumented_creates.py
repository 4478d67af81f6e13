"""What no source settles about creates is a switch: addresses that come twice or were archived, a 207 that is whole."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from hubspot_simulator.server import SimulatorServer
from hubspot_simulator.switches import Switches
from support.simulator import Caller, a_contact, by_id

Switched = Callable[..., Caller]


@pytest.fixture
def switched(server: SimulatorServer) -> Switched:
    def begin(**switches: bool) -> Caller:
        server.reset(switches=Switches(**switches))  # type: ignore[arg-type]
        return Caller(server)

    return begin


@pytest.mark.parametrize("traces", [(None, None), ("1", "2")])
def test_an_address_that_comes_twice_may_refuse_the_batch(
    switched: Switched, server: SimulatorServer, traces: tuple[str | None, str | None]
) -> None:
    caller = switched(repeated_address_refuses_batch=True)
    first, second = (a_contact(1, trace=trace) for trace in traces)

    answer = caller.batch("contacts", "create", first, second)

    assert (answer.status_code, answer.json()["message"]) == (409, "Contact already exists")
    assert server.account.records("contacts") == {}


def test_otherwise_the_second_of_a_traced_batch_is_a_conflict(switched: Switched) -> None:
    answer = switched().batch("contacts", "create", a_contact(1, trace="1"), a_contact(1, trace="2"))

    assert (answer.status_code, len(answer.json()["results"]), answer.json()["numErrors"]) == (207, 1, 1)


@pytest.mark.parametrize(("taken", "status"), [(True, 409), (False, 201)])
def test_the_address_of_an_archived_contact_is_free_or_taken(switched: Switched, taken: bool, status: int) -> None:
    caller = switched(archived_address_is_taken=taken)
    (gone,) = caller.created_ids("contacts", a_contact(1))
    caller.batch("contacts", "archive", {"id": gone})

    answer = caller.batch("contacts", "create", a_contact(1))

    assert answer.status_code == status
    assert (gone in answer.text) is taken


@pytest.mark.parametrize(("multistatus", "statuses"), [(True, [207, 207]), (False, [201, 200])])
def test_a_traced_batch_without_errors_has_a_status_of_its_own(
    switched: Switched, multistatus: bool, statuses: list[int]
) -> None:
    caller = switched(traced_is_multistatus=multistatus)

    made = caller.batch("contacts", "create", a_contact(1, trace="1"))
    changed = caller.batch("contacts", "update", by_id(made.json()["results"][0]["id"], trace="1", city="Lyon"))

    assert [made.status_code, changed.status_code] == statuses
    assert made.json().get("errors", []) == []


def test_without_trace_ids_the_status_stays(switched: Switched) -> None:
    assert switched(traced_is_multistatus=True).batch("contacts", "create", a_contact(1)).status_code == 201
