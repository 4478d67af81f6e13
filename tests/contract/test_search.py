"""Search: operators, pages and walls."""

from __future__ import annotations

from typing import Any

import pytest

from hubspot_simulator.server import SimulatorServer
from hubspot_simulator.switches import Switches
from support.clock import FakeClock
from support.simulator import Caller, a_company


@pytest.fixture
def firms(caller: Caller) -> Caller:
    caller.created_ids(
        "companies",
        a_company(1, name="Acme", numberofemployees="9", city="Lyon"),
        a_company(2, name="Beta Works", numberofemployees="10"),
        a_company(3, name="acme", numberofemployees="200", city="Köln"),
    )
    return caller


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
        ({"operator": "CONTAINS_TOKEN", "propertyName": "name", "value": "works*"}, {"Beta Works"}),
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


def test_pages_follow_each_other(firms: Caller) -> None:
    first = firms.search("companies", limit=2).json()
    second = firms.search("companies", limit=2, after=first["paging"]["next"]["after"]).json()

    assert (first["total"], len(first["results"]), len(second["results"])) == (3, 2, 1)
    assert "paging" not in second


@pytest.mark.parametrize("rest", [{"limit": 201}, {"limit": 200, "after": "9801"}])
def test_a_page_has_200_and_a_search_10000_results(caller: Caller, rest: dict[str, Any]) -> None:
    assert caller.search("companies", **rest).status_code == 400


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


def test_a_new_record_shows_up_when_the_index_has_caught_up(server: SimulatorServer, clock: FakeClock) -> None:
    server.reset(switches=Switches(search_lag_seconds=3))
    caller = Caller(server)
    caller.created_ids("companies", a_company())

    at_once = caller.search("companies").json()["total"]
    clock.advance(3)

    assert (at_once, caller.search("companies").json()["total"]) == (0, 1)
