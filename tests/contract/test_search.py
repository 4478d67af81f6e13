"""Search: operators, groups of filters, and what is refused."""

from __future__ import annotations

from typing import Any

import pytest

from support.clock import FakeClock
from support.simulator import Caller, a_company, a_contact, a_link, a_ticket


def names(caller: Caller, **condition: Any) -> set[str]:
    answer = caller.search("companies", condition, properties=["name"])
    assert answer.status_code == 200, answer.text
    return {result["properties"]["name"] for result in answer.json()["results"]}


@pytest.mark.parametrize(
    ("condition", "found"),
    [
        ({"operator": "EQ", "propertyName": "name", "value": "ACME"}, {"Acme", "acme"}),
        ({"operator": "NEQ", "propertyName": "name", "value": "acme"}, {"Beta Works"}),
        ({"operator": "IN", "propertyName": "name", "values": ["acme", "x"]}, {"Acme", "acme"}),
        ({"operator": "IN", "propertyName": "name", "values": ["Acme"]}, set()),
        ({"operator": "NOT_IN", "propertyName": "name", "values": ["acme"]}, {"Beta Works"}),
        ({"operator": "HAS_PROPERTY", "propertyName": "city"}, {"Acme", "acme"}),
        ({"operator": "NOT_HAS_PROPERTY", "propertyName": "city"}, {"Beta Works"}),
        ({"operator": "GT", "propertyName": "numberofemployees", "value": "9"}, {"Beta Works", "acme"}),
        ({"operator": "GTE", "propertyName": "numberofemployees", "value": "200"}, {"acme"}),
        ({"operator": "LT", "propertyName": "numberofemployees", "value": "10"}, {"Acme"}),
        ({"operator": "LTE", "propertyName": "createdate", "value": "2000-01-01"}, set()),
        (
            {"operator": "BETWEEN", "propertyName": "numberofemployees", "value": "9", "highValue": "10"},
            {"Acme", "Beta Works"},
        ),
        ({"operator": "CONTAINS_TOKEN", "propertyName": "name", "value": "WORKS"}, {"Beta Works"}),
        ({"operator": "CONTAINS_TOKEN", "propertyName": "name", "value": "work"}, set()),
        ({"operator": "CONTAINS_TOKEN", "propertyName": "name", "value": "work*"}, {"Beta Works"}),
        ({"operator": "CONTAINS_TOKEN", "propertyName": "domain", "value": "*2.example.com"}, {"Beta Works"}),
        ({"operator": "NOT_CONTAINS_TOKEN", "propertyName": "name", "value": "works"}, {"Acme", "acme"}),
        ({"operator": "NOT_CONTAINS_TOKEN", "propertyName": "city", "value": "lyon"}, {"acme"}),
    ],
)
def test_an_operator_finds_what_it_says(firms: Caller, condition: dict[str, Any], found: set[str]) -> None:
    assert names(firms, **condition) == found


def test_filters_of_a_group_all_hold_and_any_group_will_do(firms: Caller) -> None:
    groups = [
        {
            "filters": [
                {"operator": "EQ", "propertyName": "name", "value": "acme"},
                {"operator": "EQ", "propertyName": "city", "value": "lyon"},
            ]
        },
        {"filters": [{"operator": "EQ", "propertyName": "numberofemployees", "value": "10"}]},
    ]

    answer = firms.post("/crm/objects/2026-09/companies/search", {"filterGroups": groups})

    assert answer.json()["total"] == 2
    assert {result["properties"]["name"] for result in answer.json()["results"]} == {"Acme", "Beta Works"}


@pytest.mark.parametrize("groups", [6, (1, 7)])
def test_a_search_takes_five_groups_of_six_filters(caller: Caller, groups: int | tuple[int, int]) -> None:
    condition = {"operator": "HAS_PROPERTY", "propertyName": "name"}
    count, size = (groups, 1) if isinstance(groups, int) else groups
    body = {"filterGroups": [{"filters": [condition] * size}] * count}

    assert caller.post("/crm/objects/2026-09/companies/search", body).status_code == 400


def test_a_body_of_more_than_3000_characters_is_refused(caller: Caller) -> None:
    values = [f"firm{number}.example.com" for number in range(200)]

    answer = caller.search("companies", {"operator": "IN", "propertyName": "domain", "values": values})

    assert answer.status_code == 400


def test_a_search_tells_the_daily_limit_only(caller: Caller) -> None:
    answer = caller.search("companies")

    told = {name.lower() for name in answer.headers if name.lower().startswith("x-hubspot-ratelimit")}
    assert told == {"x-hubspot-ratelimit-daily", "x-hubspot-ratelimit-daily-remaining"}


def test_five_searches_a_second_are_taken(caller: Caller, clock: FakeClock) -> None:
    statuses = [caller.search("companies").status_code for _ in range(5)]
    sixth = caller.search("companies")
    clock.advance(1.0)
    later = caller.search("companies")

    assert statuses == [200] * 5
    assert (sixth.status_code, later.status_code) == (429, 200)
    assert sixth.json()["message"] == "You have reached your secondly limit."
    assert sixth.json()["policyName"] == "SECONDLY"


def test_searches_do_not_use_up_the_burst_limit(caller: Caller) -> None:
    caller.search("companies")

    assert caller.get("/account-info/2026-09/details").headers["X-HubSpot-RateLimit-Remaining"] == "99"


@pytest.mark.parametrize(
    ("operator", "rest", "found"),
    [
        ("EQ", {"value": "BANKING"}, {"Acme"}),
        ("EQ", {"value": "banking"}, set()),
        ("IN", {"values": ["BANKING", "APPAREL_FASHION"]}, {"Acme", "Beta Works"}),
        ("NEQ", {"value": "BANKING"}, {"Beta Works"}),
    ],
)
def test_an_enumeration_is_compared_with_regard_to_case(
    caller: Caller, operator: str, rest: dict[str, Any], found: set[str]
) -> None:
    caller.created_ids(
        "companies",
        a_company(1, name="Acme", industry="BANKING"),
        a_company(2, name="Beta Works", industry="APPAREL_FASHION"),
        a_company(3, name="Without"),
    )

    assert names(caller, operator=operator, propertyName="industry", **rest) == found


def test_one_of_several_options_is_enough(caller: Caller) -> None:
    caller.created_ids("tickets", a_ticket(hs_ticket_category="BILLING_ISSUE;FEATURE_REQUEST"))
    condition = {"operator": "IN", "propertyName": "hs_ticket_category", "values": ["FEATURE_REQUEST"]}

    assert caller.search("tickets", condition).json()["total"] == 1


@pytest.mark.parametrize(
    ("condition", "message"),
    [
        ({"operator": "BETWEEN", "propertyName": "name", "value": "a"}, "operator BETWEEN requires a highValue"),
        ({"operator": "IN", "propertyName": "name", "value": "a"}, "operator IN requires values"),
        ({"operator": "EQ", "propertyName": "name"}, "operator EQ requires a value"),
        ({"value": "a"}, "Cannot build Filter, some of required attributes are not set [propertyName, operator]"),
        ({"operator": "LIKE", "propertyName": "name", "value": "a"}, "not one of the values accepted"),
    ],
)
def test_a_filter_that_is_not_whole_is_refused_as_json(caller: Caller, condition: dict[str, str], message: str) -> None:
    answer = caller.search("companies", condition)

    assert answer.status_code == 400
    assert answer.json()["message"].startswith("Invalid input JSON on line 1, column ")
    assert message in answer.json()["message"]
    assert "category" not in answer.json()


@pytest.mark.parametrize(
    "condition",
    [
        {"operator": "EQ", "propertyName": "nosuch", "value": "a"},
        {"operator": "GT", "propertyName": "numberofemployees", "value": "many"},
        {"operator": "LT", "propertyName": "createdate", "value": "yesterday"},
        {"operator": "EQ", "propertyName": "associations.spaceships", "value": "1"},
        {"operator": "GT", "propertyName": "associations.contact", "value": "1"},
    ],
    ids=["property", "number", "date", "object type", "operator"],
)
def test_a_filter_on_what_is_not_there_or_not_comparable_is_refused(caller: Caller, condition: dict[str, str]) -> None:
    assert caller.search("companies", condition).status_code == 400


def test_more_than_18_filters_in_all_are_refused(caller: Caller) -> None:
    condition = {"operator": "HAS_PROPERTY", "propertyName": "name"}
    path, group = "/crm/objects/2026-09/companies/search", {"filters": [condition] * 6}

    assert caller.post(path, {"filterGroups": [group] * 3}).status_code == 200
    over = caller.post(path, {"filterGroups": [group] * 3 + [{"filters": [condition]}]})
    assert (over.status_code, over.json()["category"]) == (400, "VALIDATION_ERROR")


def test_filters_need_no_group(firms: Caller) -> None:
    condition = {"operator": "EQ", "propertyName": "city", "value": "LYON"}

    answer = firms.post("/crm/objects/2026-09/companies/search", {"filters": [condition]})

    assert [row["properties"]["name"] for row in answer.json()["results"]] == ["Acme"]


def test_records_are_found_by_what_they_are_linked_to(caller: Caller) -> None:
    (contact,) = caller.created_ids("contacts", a_contact())
    linked, alone = caller.created_ids("tickets", a_ticket(1), a_ticket(2))
    caller.links("tickets", "contacts", "create", a_link(linked, contact, 16))

    def found(**condition: Any) -> list[str]:
        rows = caller.search("tickets", {"propertyName": "associations.contact", **condition}).json()["results"]
        return [row["id"] for row in rows]

    assert found(operator="EQ", value=contact) == [linked]
    assert found(operator="IN", values=["1", contact]) == [linked]
    assert found(operator="HAS_PROPERTY") == [linked]
    assert found(operator="NOT_HAS_PROPERTY") == [alone]
