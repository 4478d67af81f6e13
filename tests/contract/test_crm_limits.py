"""The limits tracking endpoints, and one owner at a time."""

from __future__ import annotations

import pytest

from hubspot_simulator.account import Account
from support.simulator import Caller, a_contact, a_key


def by_type(rows: list[dict[str, object]]) -> dict[object, object]:
    return {row["objectTypeId"]: row["usage"] for row in rows}


@pytest.mark.parametrize("prefix", ["/crm/limits/2026-09", "/crm/limits/2026-03", "/crm/v3/limits"])
def test_records_are_counted_by_type(caller: Caller, prefix: str) -> None:
    caller.created_ids("contacts", a_contact(1), a_contact(2))

    body = caller.get(f"{prefix}/records").json()

    assert by_type(body["hubspotDefinedObjectTypes"]) == {"0-1": 2, "0-2": 0, "0-5": 0, "0-3": 0}
    assert body["customObjectTypes"]["overallUsage"] == 0
    assert body["customObjectTypes"]["byObjectType"] == []


def test_custom_properties_are_counted_against_a_thousand(caller: Caller) -> None:
    caller.post("/crm/properties/2026-09/companies", a_key())

    body = caller.get("/crm/limits/2026-09/custom-properties").json()

    companies = next(row for row in body["byObjectType"] if row["objectTypeId"] == "0-2")
    assert (companies["usage"], companies["limit"], companies["percentage"]) == (1, 1_000, 0.1)
    assert (body["overallUsage"], body["overallLimit"]) == (1, 10_000)


def test_pipelines_are_counted_for_tickets_and_deals(caller: Caller) -> None:
    body = caller.get("/crm/limits/2026-09/pipelines").json()

    assert by_type(body["hubspotDefinedObjectTypes"]) == {"0-5": 1, "0-3": 1}


@pytest.mark.parametrize("name", ["calculated-properties", "custom-object-types"])
def test_an_account_begins_without_custom_types_and_calculated_properties(caller: Caller, name: str) -> None:
    body = caller.get(f"/crm/limits/2026-09/{name}").json()

    assert {body.get("usage", 0), body.get("overallUsage", 0)} == {0}


def test_limits_need_the_scope_of_an_object(caller: Caller, account: Account) -> None:
    account.scopes = {"crm.schemas.contacts.write", "crm.schemas.custom.read"}

    answer = caller.get("/crm/limits/2026-09/custom-properties")

    assert (answer.status_code, answer.json()["category"]) == (403, "MISSING_SCOPES")


@pytest.mark.parametrize(
    ("owner", "query", "status"),
    [
        ("70001", {}, 200),
        ("501", {"idProperty": "userId"}, 200),
        ("70003", {}, 404),
        ("70003", {"archived": "true"}, 200),
    ],
)
def test_an_owner_is_read_by_id_or_by_its_user(caller: Caller, owner: str, query: dict[str, str], status: int) -> None:
    answer = caller.get(f"/crm/owners/2026-09/{owner}", **query)

    assert answer.status_code == status
    if status == 200:
        assert owner in {answer.json()["id"], str(answer.json().get("userId"))}


def test_an_owner_is_found_by_address_in_any_case(caller: Caller) -> None:
    found = caller.get("/crm/owners/2026-09", email="Jonas.Weber@hubspot.example.com").json()["results"]

    assert [owner["id"] for owner in found] == ["70002"]
