from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from hubspot_import.client.pacing import Pacer
from support.clock import FakeClock


def sent_at(pacer: Pacer, clock: FakeClock, count: int, *, headers=None, is_search: bool = False) -> list[float]:
    moments = []
    for _ in range(count):
        pacer.acquire(is_search=is_search)
        moments.append(clock.monotonic())
        pacer.learn(headers or {})
        pacer.count(headers or {})
    return moments


def busiest(moments: list[float], seconds: float) -> int:
    return max(sum(start <= moment < start + seconds for moment in moments) for start in moments)


def test_the_first_hundred_requests_go_at_once():
    clock = FakeClock()
    sent_at(Pacer(clock), clock, 100)
    assert clock.slept == []


def test_the_next_request_waits_until_the_window_has_passed():
    clock = FakeClock()
    moments = sent_at(Pacer(clock), clock, 101)
    assert 10 < moments[100] - moments[0] < 10.2


@given(st.integers(1, 40), st.integers(1, 100))
def test_no_window_ever_holds_more_than_the_account_allows(limit, count):
    clock = FakeClock()
    headers = {"X-HubSpot-RateLimit-Max": str(limit), "X-HubSpot-RateLimit-Interval-Milliseconds": "10000"}
    pacer = Pacer(clock)
    pacer.learn(headers)
    assert busiest(sent_at(pacer, clock, count, headers=headers), 10.0) <= limit


def test_the_headers_may_allow_more():
    clock = FakeClock()
    sent_at(Pacer(clock), clock, 190, headers={"X-HubSpot-RateLimit-Max": "190"})
    assert clock.slept == []


def test_what_others_spend_with_our_token_is_counted():
    clock = FakeClock()
    pacer = Pacer(clock)
    sent_at(pacer, clock, 1, headers={"X-HubSpot-RateLimit-Max": "100", "X-HubSpot-RateLimit-Remaining": "0"})
    assert pacer.acquire() > 9


def test_a_ceiling_spaces_the_requests():
    clock = FakeClock()
    moments = sent_at(Pacer(clock, requests_per_second=2), clock, 3)
    assert [round(moment - moments[0], 3) for moment in moments] == [0, 0.5, 1.0]


def test_searches_stay_under_five_a_second():
    clock = FakeClock()
    assert busiest(sent_at(Pacer(clock), clock, 20, is_search=True), 1.0) <= 5


@given(st.text())
def test_headers_that_make_no_sense_change_nothing(text):
    clock = FakeClock()
    pacer = Pacer(clock)
    names = ("Max", "Interval-Milliseconds", "Remaining")
    nonsense = "x" + text
    sent_at(pacer, clock, 1, headers={f"X-HubSpot-RateLimit-{name}": nonsense for name in names})
    assert (pacer.limit, pacer.interval) == (100, 10.0)
