"""How many records one may be linked to: HubSpot's limit, and those an account sets."""

from __future__ import annotations

from typing import Any

import pytest

from hubspot_simulator.account import Account
from hubspot_simulator.server import SimulatorServer
from hubspot_simulator.switches import Switches
from support.simulator import Caller, a_company, a_contact, a_link

LIMITS = "/crm/associations/2026-09/definitions/configurations"
OF_PAIR = f"{LIMITS}/contacts/companies"


def a_limit(most: int, type_id: int = 279) -> dict[str, Any]:
    return {"category": "HUBSPOT_DEFINED", "typeId": type_id, "maxToObjectIds": most}


@pytest.fixture
def three(caller: Caller) -> tuple[str, str, str]:
    """A contact and two companies."""
    (contact,) = caller.created_ids("contacts", a_contact())
    first, second = caller.created_ids("companies", a_company(1), a_company(2))
    return contact, first, second


def test_a_link_beyond_the_accounts_limit_is_an_error_entry(
    caller: Caller, account: Account, three: tuple[str, str, str]
) -> None:
    contact, first, second = three
    caller.post(f"{OF_PAIR}/batch/create", {"inputs": [a_limit(1)]})

    answer = caller.links("contacts", "companies", "create", a_link(contact, first, 279), a_link(contact, second, 279))

    assert answer.status_code == 207
    (entry,) = answer.json()["errors"]
    assert entry["subCategory"] == "crm.associations.ASSOCIATION_LIMIT_EXCEEDED"
    assert entry["context"] == {"objectType": ["contact"], "id": [contact]}
    assert account.links("contacts", "companies") == {(contact, first)}


def test_a_link_that_stands_may_be_sent_again_at_the_limit(caller: Caller, three: tuple[str, str, str]) -> None:
    contact, first, _ = three
    caller.links("contacts", "companies", "create", a_link(contact, first, 279))
    caller.post(f"{OF_PAIR}/batch/create", {"inputs": [a_limit(1)]})

    answer = caller.links("contacts", "companies", "create", a_link(contact, first, 279))

    assert "errors" not in answer.json()


def test_a_limit_holds_from_the_other_end_too(caller: Caller, three: tuple[str, str, str]) -> None:
    contact, first, second = three
    caller.post(f"{OF_PAIR}/batch/create", {"inputs": [a_limit(1)]})
    caller.links("companies", "contacts", "create", a_link(first, contact, 280))

    answer = caller.links("companies", "contacts", "create", a_link(second, contact, 280))

    assert answer.json()["errors"][0]["context"] == {"objectType": ["contact"], "id": [contact]}


def test_no_record_has_more_links_than_hubspot_takes(server: SimulatorServer) -> None:
    server.reset(switches=Switches(links_per_record=1))
    caller = Caller(server)
    (company,) = caller.created_ids("companies", a_company())
    first, second = caller.created_ids("contacts", a_contact(1), a_contact(2))
    caller.links("contacts", "companies", "create", a_link(first, company, 279))

    answer = caller.call("PUT", f"/crm/objects/2026-09/contacts/{second}/associations/default/companies/{company}")

    assert answer.status_code == 400
    assert answer.json()["subCategory"] == "crm.associations.ASSOCIATION_LIMIT_EXCEEDED"


def test_limits_are_set_read_changed_and_taken_back(caller: Caller) -> None:
    made = caller.post(f"{OF_PAIR}/batch/create", {"inputs": [a_limit(5), a_limit(3, 1)]})
    caller.post(f"{OF_PAIR}/batch/update", {"inputs": [a_limit(4)]})
    changed = caller.get(OF_PAIR).json()["results"]
    everywhere = caller.get(f"{LIMITS}/all").json()["results"]
    gone = caller.post(f"{OF_PAIR}/batch/purge", {"inputs": [{"category": "HUBSPOT_DEFINED", "typeId": 279}]})

    assert made.json()["status"] == "COMPLETE"
    assert {row["typeId"]: row["userEnforcedMaxToObjectIds"] for row in changed} == {279: 4, 1: 3}
    assert everywhere == changed
    assert gone.status_code == 204
    assert [row["typeId"] for row in caller.get(OF_PAIR).json()["results"]] == [1]


@pytest.mark.parametrize("wrong", [a_limit(0), a_limit(50_001), a_limit(1, 280), {"typeId": 279}])
def test_a_limit_is_lower_than_hubspots_and_of_a_type_of_the_pair(caller: Caller, wrong: dict[str, Any]) -> None:
    assert caller.post(f"{OF_PAIR}/batch/create", {"inputs": [wrong]}).status_code == 400
