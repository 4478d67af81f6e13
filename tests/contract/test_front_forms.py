"""The front page's chart of requests and its forms: faults and limits ordered by hand."""

from __future__ import annotations

import pytest
import requests
from hypothesis import given
from hypothesis import strategies as st

from hubspot_simulator.account import Account
from hubspot_simulator.faults import FaultKind
from hubspot_simulator.front.chart import SPAN, WINDOW, chart, series
from hubspot_simulator.limits import Lane
from hubspot_simulator.request_log import RequestRecord
from hubspot_simulator.server import SimulatorServer
from support.clock import FakeClock
from support.simulator import Caller

CONTACTS = "/crm/objects/2026-09/contacts"
FAULTS, CLEAR, LIMITS = (f"/_simulator/form/{name}" for name in ("faults", "faults/clear", "limits"))


def sent(server: SimulatorServer, path: str, origin: str | None = None, **fields: str) -> requests.Response:
    """Send a form as a browser does."""
    headers = {"Origin": server.url if origin is None else origin}
    return requests.post(server.url + path, data=fields, headers=headers, timeout=30)


def a_request(at: float, *, granted: bool = True, lane: Lane = Lane.BURST) -> RequestRecord:
    return RequestRecord(
        method="GET",
        path=CONTACTS,
        route=CONTACTS,
        operation="contacts.list",
        status=200 if granted else 429,
        is_write=False,
        inputs=0,
        at=at,
        lane=lane,
        granted=granted,
    )


def test_the_form_orders_a_fault_and_the_page_lists_it(server: SimulatorServer, caller: Caller) -> None:
    page = sent(server, FAULTS, kind="answer", status="502", count="2", operation="contacts.*", after_commit="true")

    assert "502 for the next 2 of any method contacts.*, after taking effect" in page.text
    assert [caller.get(CONTACTS).status_code for _ in range(3)] == [502, 502, 200]


def test_a_share_without_a_count_has_no_end(server: SimulatorServer) -> None:
    page = sent(server, FAULTS, kind="slow", status="503", rate="0.25", count="", seconds="1")

    (fault,) = server.faults.open_orders()
    assert (fault.kind, fault.share, fault.count) == (FaultKind.SLOW, 0.25, None)
    assert "slow for 25% of any method *" in page.text


def test_all_faults_are_called_off_with_a_button(server: SimulatorServer) -> None:
    server.faults.next(3)
    page = sent(server, CLEAR, kind="answer", status="503")
    assert len(server.faults) == 0
    assert "Faults on order" not in page.text


def test_the_form_sets_limits_and_leaves_the_empty_ones(
    server: SimulatorServer, caller: Caller, account: Account
) -> None:
    page = sent(server, LIMITS, per_10s="2", per_day="", used_today="100")

    assert "limit 2 in 10" in page.text
    assert [caller.get(CONTACTS).status_code for _ in range(3)] == [200, 200, 429]
    assert (account.limits.per_day, account.limits.used_today) == (250_000, 102)


def test_limits_are_changed_over_http(server: SimulatorServer, caller: Caller) -> None:
    caller.get(CONTACTS)
    answer = requests.post(f"{server.url}/_simulator/limits", json={"per_day": 1}, timeout=30)
    refused = requests.post(f"{server.url}/_simulator/limits", json={"per_minute": 1}, timeout=30)

    assert (answer.status_code, refused.status_code) == (204, 422)
    assert caller.get(CONTACTS).json()["policyName"] == "DAILY"


def test_lowering_a_limit_holds_for_tokens_that_have_called_already(server: SimulatorServer, caller: Caller) -> None:
    for _ in range(3):
        caller.get(CONTACTS)
    sent(server, LIMITS, per_10s="3")
    assert caller.get(CONTACTS).status_code == 429


@pytest.mark.parametrize(
    ("path", "fields", "what"),
    [
        (FAULTS, {"status": "<b>"}, "status: Input should be a valid integer"),
        (FAULTS, {"colour": "red"}, "colour: Extra inputs are not permitted"),
        (LIMITS, {"per_10s": "0"}, "per_10s: Input should be greater than or equal to 1"),
    ],
)
def test_a_form_filled_in_wrongly_says_what_is_wrong(
    server: SimulatorServer, path: str, fields: dict[str, str], what: str
) -> None:
    page = sent(server, path, **fields)
    assert page.status_code == 422
    assert what in page.text
    assert "<b>" not in page.text.replace("<b>0</b>", "")
    assert len(server.faults) == 0


@pytest.mark.parametrize("path", [FAULTS, CLEAR, LIMITS])
def test_a_form_of_another_site_is_refused(server: SimulatorServer, account: Account, path: str) -> None:
    server.faults.next(1)
    answer = sent(server, path, origin="https://elsewhere.example.com", per_10s="7", status="500")
    assert answer.status_code == 403
    assert len(server.faults) == 1
    assert account.limits.limit(Lane.BURST) == 100


def test_the_chart_counts_what_each_window_granted_and_each_second_refused(
    caller: Caller, account: Account, clock: FakeClock
) -> None:
    account.limits.set_limit(Lane.BURST, 2)
    for seconds in (0, 3, 0, 8):
        clock.advance(seconds)
        caller.get(CONTACTS)

    counts = series(account.requests.newest(), clock.monotonic())

    assert counts.rolling[-12:] == (1, 1, 1, 2, 2, 2, 2, 2, 2, 2, 1, 2)
    assert [place for place, count in enumerate(counts.refused) if count] == [SPAN - 9]


@given(st.lists(st.tuples(st.floats(0, 200), st.booleans(), st.sampled_from(Lane))))
def test_every_window_of_the_chart_is_counted_as_by_hand(asked: list[tuple[float, bool, Lane]]) -> None:
    records = [a_request(at, granted=granted, lane=lane) for at, granted, lane in sorted(asked)]
    counts = series(reversed(records), 200.0)
    burst = [record.at for record in records if record.lane is Lane.BURST and record.granted]
    by_hand = [sum(age <= 200.0 - at < age + WINDOW for at in burst) for age in range(SPAN - 1, -1, -1)]
    assert list(counts.rolling) == by_hand


def test_the_chart_says_its_peak_in_words() -> None:
    drawn = chart(series([a_request(99.5), a_request(99.0)], 100.0), limit=100)
    assert "At most 2 of 100 requests in 10 seconds" in drawn
