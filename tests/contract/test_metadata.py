"""Properties, pipelines, owners, and what the account says of itself."""

from __future__ import annotations

import pytest

from hubspot_simulator.account import Account
from hubspot_simulator.owners import Owner
from support.simulator import Caller, a_company, a_key

COMPANIES = "/crm/properties/2026-09/companies"


def test_properties_come_all_at_once_with_labels_and_options(caller: Caller) -> None:
    answer = caller.get("/crm/properties/2026-09/tickets")

    found = {item["name"]: item for item in answer.json()["results"]}
    assert answer.status_code == 200
    assert "paging" not in answer.json()
    assert found["subject"]["label"] == "Ticket name"
    assert [option["value"] for option in found["hs_ticket_priority"]["options"]] == ["LOW", "MEDIUM", "HIGH", "URGENT"]
    assert found["hs_object_id"]["modificationMetadata"]["readOnlyValue"] is True
    assert found["hs_pipeline_stage"]["externalOptions"] is True


def test_a_property_is_created_and_then_taken(caller: Caller) -> None:
    made = caller.post(COMPANIES, a_key())

    assert made.status_code == 201
    assert made.json()["hasUniqueValue"] is True
    assert made.json()["modificationMetadata"]["readOnlyValue"] is False
    assert caller.get(f"{COMPANIES}/source_key").json() == made.json()
    assert caller.batch("companies", "create", a_company(source_key="k1")).status_code == 201


def test_a_property_of_that_name_already_exists(caller: Caller) -> None:
    caller.post(COMPANIES, a_key("x"))

    answer = caller.post(COMPANIES, a_key("x"))

    assert answer.status_code == 409
    assert answer.json()["message"] == "A property named 'x' already exists."
    assert answer.json()["category"] == "OBJECT_ALREADY_EXISTS"
    assert answer.json()["subCategory"] == "Properties.PROPERTY_WITH_NAME_EXISTS"


def test_a_definition_without_its_fields_is_refused(caller: Caller) -> None:
    answer = caller.post(COMPANIES, {"name": "x", "fieldType": "text", "groupName": "companyinformation"})

    assert answer.status_code == 400
    assert answer.json()["message"] == (
        "Invalid input JSON on line 1, column 2. Some required fields were not set: [label, type]"
    )
    assert "category" not in answer.json()


@pytest.mark.parametrize("wrong", [{"fieldType": "number"}, {"groupName": "nosuch"}, {"name": "Not A Name"}])
def test_a_definition_that_contradicts_itself_is_refused(caller: Caller, wrong: dict[str, str]) -> None:
    assert caller.post(COMPANIES, a_key() | wrong).status_code == 400


def test_ten_unique_properties_are_all_an_object_type_may_have(caller: Caller) -> None:
    made = [caller.post(COMPANIES, a_key(f"key{number}")).status_code for number in range(11)]

    assert made == [201] * 10 + [400]
    assert caller.post(COMPANIES, a_key("plain", hasUniqueValue=False)).status_code == 201


def test_an_unknown_property_is_not_found(caller: Caller) -> None:
    answer = caller.get(f"{COMPANIES}/nosuch")

    assert (answer.status_code, answer.json()["category"]) == (404, "OBJECT_NOT_FOUND")


def test_the_support_pipeline_has_four_stages(caller: Caller) -> None:
    (pipeline,) = caller.get("/crm/pipelines/2026-09/tickets").json()["results"]

    stages = [(stage["id"], stage["label"], stage["metadata"]["isClosed"]) for stage in pipeline["stages"]]
    assert (pipeline["id"], pipeline["label"]) == ("0", "Support Pipeline")
    assert stages == [
        ("1", "New", "false"),
        ("2", "Waiting on contact", "false"),
        ("3", "Waiting on us", "false"),
        ("4", "Closed", "true"),
    ]


def test_owners_come_in_pages(caller: Caller, account: Account) -> None:
    account.owners = [
        Owner(id=str(100 + n), email=f"owner{n}@example.com", first_name="O", last_name=str(n), user_id=n)
        for n in range(5)
    ]
    path, ids, after = "/crm/owners/2026-09", [], None

    while True:
        body = caller.get(path, limit=2, **({"after": after} if after else {})).json()
        ids += [owner["id"] for owner in body["results"]]
        if "paging" not in body:
            break
        after = body["paging"]["next"]["after"]

    assert ids == ["100", "101", "102", "103", "104"]


def test_an_owner_is_found_by_address_and_an_archived_one_only_when_asked(caller: Caller) -> None:
    active = caller.get("/crm/owners/2026-09", email="jonas.weber@hubspot.example.com").json()["results"]
    archived = caller.get("/crm/owners/2026-09", archived="true").json()["results"]

    assert [owner["id"] for owner in active] == ["70002"]
    assert [owner["id"] for owner in archived] == ["70003"]
    assert "userId" not in archived[0]


def test_the_account_says_who_it_is_and_what_is_used(caller: Caller) -> None:
    details = caller.get("/account-info/2026-09/details").json()
    usage = caller.get("/account-info/2026-09/api-usage/daily/private-apps").json()["results"][0]

    assert details["portalId"] == 26892217
    assert (usage["usageLimit"], usage["currentUsage"]) == (250_000, 2)
    assert usage["resetsAt"] == "2026-11-24T00:00:00.000Z"


def test_a_token_says_which_scopes_it_has(caller: Caller, account: Account) -> None:
    account.scopes.discard("tickets")
    path = "/oauth/v2/private-apps/get/access-token-info"

    known = caller.post(path, {"tokenKey": account.token})
    unknown = caller.post(path, {"tokenKey": "pat-na1-other"})

    assert known.json()["hubId"] == 26892217
    assert "crm.objects.contacts.write" in known.json()["scopes"]
    assert "tickets" not in known.json()["scopes"]
    assert unknown.status_code == 401
