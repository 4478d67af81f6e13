"""What is dropped without a word when asked to, and how a single record that is not there is told."""

from __future__ import annotations

import pytest

from hubspot_simulator.server import SimulatorServer
from hubspot_simulator.switches import Switches
from support.simulator import Caller, a_contact, by_id

CONTACTS = "/crm/objects/2026-09/contacts"


@pytest.fixture
def dropping(server: SimulatorServer) -> Caller:
    server.reset(switches=Switches(drops_malformed=True))
    return Caller(server)


@pytest.mark.parametrize("malformed", [{"email": "a@b.com"}, {"properties": ["email"]}, "text", {"properties": None}])
def test_a_malformed_input_is_lost_and_the_others_are_written(dropping: Caller, malformed: object) -> None:
    answer = dropping.post(f"{CONTACTS}/batch/create", {"inputs": [malformed, a_contact()]})

    assert (answer.status_code, len(answer.json()["results"])) == (201, 1)
    assert "errors" not in answer.json()


def test_an_update_by_address_without_its_property_changes_nothing(dropping: Caller) -> None:
    (known,) = dropping.created_ids("contacts", a_contact(1))

    answer = dropping.batch("contacts", "update", by_id("person1@example.com", firstname="x"))

    assert (answer.status_code, answer.json()["results"]) == (200, [])
    assert dropping.get(f"{CONTACTS}/{known}").json()["properties"]["firstname"] == "Ada"


def test_without_the_switch_a_malformed_input_refuses_the_batch(caller: Caller) -> None:
    assert caller.post(f"{CONTACTS}/batch/create", {"inputs": [{"email": "a@b.com"}]}).status_code == 400


def test_a_record_is_found_and_changed_by_a_unique_property(caller: Caller) -> None:
    (known,) = caller.created_ids("contacts", a_contact(1))
    path = f"{CONTACTS}/Person1@example.com"

    changed = caller.call("PATCH", path, params={"idProperty": "email"}, json={"properties": {"city": "Lyon"}})

    assert (changed.status_code, changed.json()["id"]) == (200, known)
    assert caller.get(path, idProperty="email", properties="city").json()["properties"]["city"] == "Lyon"
    assert caller.get(path, idProperty="city").status_code == 400


@pytest.mark.parametrize("method", ["GET", "PATCH"])
def test_an_id_that_is_no_number_is_told_apart(caller: Caller, method: str) -> None:
    answer = caller.call(method, f"{CONTACTS}/nobody", json={"properties": {}})

    assert answer.status_code == 404
    assert answer.json()["message"] == "Object not found.  objectId are usually numeric."


@pytest.mark.parametrize("method", ["GET", "PATCH"])
def test_a_record_that_is_not_there_is_a_web_page(caller: Caller, method: str) -> None:
    answer = caller.call(method, f"{CONTACTS}/404404", json={"properties": {}})

    assert (answer.status_code, answer.headers["Content-Type"]) == (404, "text/html;charset=iso-8859-1")


def test_a_single_record_is_refused_even_where_batches_drop_theirs(dropping: Caller) -> None:
    assert dropping.post(CONTACTS, {"email": "a@b.com"}).status_code == 400
