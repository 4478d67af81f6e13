"""What a search gives: its order, its pages, what a query looks into, and when a change shows up."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hubspot_simulator.server import SimulatorServer
from hubspot_simulator.switches import Switches
from support.clock import FakeClock
from support.simulator import Caller, a_company, a_contact, by_id


@pytest.mark.parametrize(
    ("sorts", "order"),
    [
        ([], ["Acme", "Beta Works", "acme"]),
        (["numberofemployees"], ["Acme", "Beta Works", "acme"]),
        ([{"propertyName": "numberofemployees", "direction": "DESCENDING"}], ["acme", "Beta Works", "Acme"]),
        (['{"propertyName": "domain", "direction": "DESCENDING"}'], ["acme", "Beta Works", "Acme"]),
        ([{"propertyName": "city"}], ["acme", "Acme", "Beta Works"]),
    ],
    ids=["oldest first", "by number", "falling", "as JSON text", "without a value last"],
)
def test_results_are_sorted_by_one_rule(firms: Caller, sorts: list[Any], order: list[str]) -> None:
    rows = firms.search("companies", sorts=sorts, properties=["name"]).json()["results"]

    assert [row["properties"]["name"] for row in rows] == order


def test_a_second_sorting_rule_is_refused(caller: Caller) -> None:
    assert caller.search("companies", sorts=["name", "city"]).status_code == 400


@pytest.mark.parametrize(("query", "total"), [("works", 1), ("ACME", 2), ("firm2.EXAMPLE", 1), ("Lyon", 0), ("200", 0)])
def test_a_query_looks_into_the_properties_hubspot_names(firms: Caller, query: str, total: int) -> None:
    assert firms.search("companies", query=query).json()["total"] == total


def test_pages_follow_each_other(firms: Caller) -> None:
    first = firms.search("companies", limit=2).json()
    second = firms.search("companies", limit=2, after=first["paging"]["next"]["after"]).json()

    assert (first["total"], len(first["results"]), len(second["results"])) == (3, 2, 1)
    assert "paging" not in second


@pytest.mark.parametrize("rest", [{"limit": 201}, {"limit": 200, "after": "9801"}])
def test_a_page_has_200_and_a_search_10000_results(caller: Caller, rest: dict[str, Any]) -> None:
    assert caller.search("companies", **rest).status_code == 400


@given(
    held=st.lists(st.sampled_from(["Acme", "acme", "ACME GmbH", "Beta"]), max_size=6),
    wanted=st.lists(st.sampled_from(["acme", "beta", "nobody"]), min_size=1, max_size=3, unique=True),
)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=30)
def test_the_register_finds_what_looking_at_every_record_does(
    server: SimulatorServer, held: list[str], wanted: list[str]
) -> None:
    server.reset(switches=Switches(searches_per_second=100))
    caller = Caller(server)
    if held:
        caller.batch("companies", "create", *(a_company(number, name=name) for number, name in enumerate(held)))
    condition = {"propertyName": "name", "operator": "IN", "values": wanted}

    at_once = caller.search("companies", condition).json()["results"]
    one_by_one = caller.post(
        "/crm/objects/2026-09/companies/search",
        {"filterGroups": [{"filters": [condition]}, {"filters": [condition]}]},  # two groups: every record is looked at
    ).json()["results"]

    assert at_once == one_by_one


def test_a_change_is_found_at_once_without_a_lag(firms: Caller) -> None:
    condition = {"propertyName": "name", "operator": "EQ", "value": "beta works"}
    (before,) = firms.search("companies", condition).json()["results"]

    firms.batch("companies", "update", by_id(before["id"], name="Gamma"))

    assert firms.search("companies", condition).json()["total"] == 0


def test_changed_and_archived_records_look_as_before_until_the_index_has_caught_up(
    server: SimulatorServer, clock: FakeClock
) -> None:
    server.reset(switches=Switches(search_lag_seconds=3))
    caller = Caller(server)
    changed, gone = caller.created_ids("companies", a_company(1, name="Old"), a_company(2, name="Gone"))
    clock.advance(3)
    caller.batch("companies", "update", by_id(changed, name="New"))
    caller.batch("companies", "archive", {"id": gone})

    def shown() -> list[str]:
        rows = caller.search("companies", properties=["name"]).json()["results"]
        return [row["properties"]["name"] for row in rows]

    before = shown()
    clock.advance(3)

    assert before == ["Old", "Gone"]
    assert shown() == ["New"]


def test_a_new_record_shows_up_when_the_index_has_caught_up(server: SimulatorServer, clock: FakeClock) -> None:
    server.reset(switches=Switches(search_lag_seconds=3))
    caller = Caller(server)
    caller.created_ids("companies", a_company())

    at_once = caller.search("companies").json()["total"]
    clock.advance(3)

    assert (at_once, caller.search("companies").json()["total"]) == (0, 1)


@pytest.mark.parametrize("way", ["archive", "gdpr-delete", "merge"])
def test_a_record_that_is_gone_is_found_no_more(caller: Caller, way: str) -> None:
    gone, other = caller.created_ids("contacts", a_contact(1, firstname="Gone"), a_contact(2, firstname="Other"))
    condition = {"propertyName": "firstname", "operator": "EQ", "value": "gone"}
    before = [row["id"] for row in caller.search("contacts", condition).json()["results"]]
    path = "/crm/objects/2026-09/contacts"

    answers = {
        "archive": lambda: caller.call("DELETE", f"{path}/{gone}"),
        "gdpr-delete": lambda: caller.post(f"{path}/gdpr-delete", {"objectId": gone}),
        "merge": lambda: caller.post(f"{path}/merge", {"primaryObjectId": other, "objectIdToMerge": gone}),
    }
    assert answers[way]().ok

    assert before == [gone]
    assert caller.search("contacts", condition).json()["results"] == []
