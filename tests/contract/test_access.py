"""Token, scopes, limits, bodies that are not JSON, single records and lists."""

from __future__ import annotations

import pytest
import requests
from hypothesis import given
from hypothesis import strategies as st

from hubspot_simulator.account import Account
from hubspot_simulator.limits import Window
from hubspot_simulator.server import SimulatorServer
from hubspot_simulator.switches import Switches
from support.clock import FakeClock
from support.simulator import Caller, a_company, a_contact, a_key

CONTACTS = "/crm/objects/2026-09/contacts"


@pytest.mark.parametrize("header", [None, "Bearer pat-na1-wrong", "Basic abc"])
def test_without_the_token_nothing_is_answered(server: SimulatorServer, header: str | None) -> None:
    answer = requests.get(server.url + CONTACTS, headers={"Authorization": header} if header else {}, timeout=30)

    assert answer.status_code == 401
    assert answer.json()["category"] == "INVALID_AUTHENTICATION"
    assert answer.json()["message"].startswith("Authentication credentials not found.")


def test_a_missing_scope_is_named_without_rate_limit_headers(caller: Caller, account: Account) -> None:
    account.scopes.discard("crm.objects.companies.write")

    answer = caller.batch("companies", "create", a_company())

    assert answer.status_code == 403
    assert answer.json()["category"] == "MISSING_SCOPES"
    assert answer.json()["errors"][0]["context"] == {"requiredGranularScopes": ["crm.objects.companies.write"]}
    assert not [name for name in answer.headers if name.lower().startswith("x-hubspot-ratelimit")]


def test_properties_refuse_in_another_body(caller: Caller, account: Account) -> None:
    account.scopes -= {scope for scope in account.scopes if "companies" in scope}

    answer = caller.get("/crm/properties/2026-09/companies")

    assert answer.status_code == 403
    assert "category" not in answer.json()
    assert answer.json()["message"] == (
        "You do not have permissions to view object type ObjectTypeId{legacyObjectType=COMPANY} in portal 26892217 "
        "(requires one of [companies-read])"
    )


def test_links_need_the_scopes_of_both_ends(caller: Caller, account: Account) -> None:
    account.scopes.discard("tickets")

    assert caller.links("tickets", "contacts", "read", {"id": "1"}).status_code == 403


def test_a_property_is_created_with_the_schema_scope_only(caller: Caller, account: Account) -> None:
    account.scopes.discard("crm.schemas.companies.write")

    assert caller.post("/crm/properties/2026-09/companies", a_key()).status_code == 403


def test_the_correlation_id_stands_in_header_and_body(caller: Caller) -> None:
    answer = caller.batch("contacts", "create", a_contact(nosuch="x"))

    assert answer.json()["correlationId"] == answer.headers["X-HubSpot-Correlation-Id"]


def test_the_limit_rolls_over_ten_seconds(server: SimulatorServer, clock: FakeClock) -> None:
    server.reset(switches=Switches(limit_per_10s=3))
    caller = Caller(server)
    statuses = []
    for _ in range(4):
        answer = caller.get(CONTACTS)
        statuses.append(answer.status_code)
        clock.advance(1.0)
    body = answer.json()
    clock.advance(5.9)
    too_early = caller.get(CONTACTS).status_code
    clock.advance(0.1)

    assert statuses == [200, 200, 200, 429]
    assert body["errorType"] == "RATE_LIMIT"
    assert body["policyName"] == "TEN_SECONDLY_ROLLING"
    assert body["message"] == "You have reached your ten_secondly_rolling limit."
    assert "Retry-After" not in answer.headers
    assert (too_early, caller.get(CONTACTS).status_code) == (429, 200)


def test_the_headers_tell_what_is_left(caller: Caller) -> None:
    caller.get(CONTACTS)

    headers = caller.get(CONTACTS).headers

    assert headers["X-HubSpot-RateLimit-Daily"] == "250000"
    assert headers["X-HubSpot-RateLimit-Daily-Remaining"] == "249998"
    assert headers["X-HubSpot-RateLimit-Interval-Milliseconds"] == "10000"
    assert headers["X-HubSpot-RateLimit-Max"] == "100"
    assert headers["X-HubSpot-RateLimit-Remaining"] == "98"


def test_the_daily_limit_begins_anew_at_midnight(server: SimulatorServer, clock: FakeClock) -> None:
    server.reset(switches=Switches(limit_per_day=1))
    caller = Caller(server)
    caller.get(CONTACTS)

    refused = caller.get(CONTACTS)
    clock.advance(16 * 3600)

    assert refused.status_code == 429
    assert refused.json()["policyName"] == "DAILY"
    assert refused.json()["message"] == "You have reached your daily limit."
    assert caller.get(CONTACTS).status_code == 200


@given(st.lists(st.floats(min_value=0, max_value=3), max_size=60), st.integers(1, 5))
def test_no_window_ever_holds_more_than_its_limit(pauses: list[float], limit: int) -> None:
    window, now, taken = Window(limit, 10.0), 0.0, []
    for pause in pauses:
        now += pause
        if window.take(now):
            taken.append(now)

    assert all(sum(moment - 10 < other <= moment for other in taken) <= limit for moment in taken)


@pytest.mark.parametrize(
    ("body", "start"),
    [
        (b'{"inputs": [}', "Invalid input JSON on line 1, column 13:"),
        (b"", "Invalid input JSON on line 1, column 1:"),
        (b'{"inputs": {"a": 1}}', "Invalid input JSON on line 1, column 12:"),
        (b"{}", "Invalid input JSON on line 1, column 2. Some required fields were not set: [inputs]"),
        (b'{"inputs": [{"properties": []}]}', "Invalid input JSON on line 1, column 12:"),
    ],
)
def test_a_body_of_another_form_is_refused_without_category(caller: Caller, body: bytes, start: str) -> None:
    answer = caller.call("POST", f"{CONTACTS}/batch/create", data=body)

    assert answer.status_code == 400
    assert answer.json()["message"].startswith(start)
    assert "category" not in answer.json()


def test_an_unknown_object_type_is_refused(caller: Caller) -> None:
    answer = caller.get("/crm/objects/2026-09/butterflies")

    assert answer.status_code == 400
    assert answer.json()["message"] == "Unable to infer object type from: butterflies"


@pytest.mark.parametrize(
    "path", ["/crm/objects/2026-09/0-2", "/crm/objects/2026-03/companies", "/crm/v3/objects/companies"]
)
def test_type_ids_and_older_versions_lead_to_the_same_records(caller: Caller, path: str) -> None:
    (company,) = caller.created_ids("companies", a_company())

    assert [result["id"] for result in caller.get(path).json()["results"]] == [company]


def test_a_record_that_is_not_there_is_a_web_page(caller: Caller) -> None:
    answer = caller.get(f"{CONTACTS}/4242")

    assert answer.status_code == 404
    assert answer.headers["Content-Type"].startswith("text/html")
    assert "HTTP ERROR 404" in answer.text


def test_a_single_record_is_created_read_changed_and_archived(caller: Caller) -> None:
    made = caller.post(CONTACTS, a_contact())
    record = made.json()["id"]

    read = caller.get(f"{CONTACTS}/person1@example.com", idProperty="email", properties="email,city")
    changed = caller.call("PATCH", f"{CONTACTS}/{record}", json={"properties": {"city": "Lyon"}})
    gone = caller.call("DELETE", f"{CONTACTS}/{record}")

    assert (made.status_code, made.headers["Location"].endswith(record)) == (201, True)
    assert (read.json()["id"], read.json()["properties"]["city"]) == (record, None)
    assert changed.json()["properties"]["city"] == "Lyon"
    assert gone.status_code == 204
    assert [item["id"] for item in caller.get(CONTACTS, archived="true").json()["results"]] == [record]


def test_a_list_comes_in_pages_of_ten_and_at_most_a_hundred(caller: Caller) -> None:
    ids = caller.created_ids("companies", *(a_company(number) for number in range(12)))
    path = "/crm/objects/2026-09/companies"

    first = caller.get(path).json()
    second = caller.get(path, after=first["paging"]["next"]["after"]).json()

    assert [item["id"] for item in first["results"] + second["results"]] == ids
    assert len(first["results"]) == 10
    assert "paging" not in second
    assert caller.get(path, limit=101).status_code == 400
