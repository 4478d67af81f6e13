from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hubspot_import.client.budget import MemoryBudget
from hubspot_import.client.pacing import Pacer
from hubspot_import.client.windows import Lane
from support.clock import FakeClock

PREFIX = "X-HubSpot-RateLimit-"


def a_pacer(clock: FakeClock, **settings: Any) -> Pacer:
    return Pacer(clock, MemoryBudget(clock), **settings)


def sent_at(pacer: Pacer, clock: FakeClock, count: int, *, headers=None, lane: Lane = Lane.BURST) -> list[float]:
    moments = []
    for _ in range(count):
        pacer.acquire(lane)
        moments.append(clock.monotonic())
        pacer.learn(headers or {}, lane=lane)
    return moments


def busiest(moments: list[float], seconds: float) -> int:
    return max(sum(start <= moment < start + seconds for moment in moments) for start in moments)


def test_the_first_hundred_requests_go_at_once():
    clock = FakeClock()
    sent_at(a_pacer(clock), clock, 100)
    assert clock.slept == []


def test_the_next_request_waits_until_the_window_has_passed():
    clock = FakeClock()
    moments = sent_at(a_pacer(clock), clock, 101)
    assert 10 < moments[100] - moments[0] < 10.2


def test_a_reserve_is_left_to_others():
    clock = FakeClock()
    assert busiest(sent_at(a_pacer(clock, reserve_percent=5), clock, 300), 10.0) == 95


@given(st.integers(1, 40), st.integers(1, 100), st.sampled_from([Lane.BURST, Lane.ASSOCIATIONS]))
def test_no_window_ever_holds_more_than_the_account_allows(limit, count, lane):
    clock = FakeClock()
    headers = {f"{PREFIX}Max": str(limit), f"{PREFIX}Interval-Milliseconds": "10000"}
    pacer = a_pacer(clock)
    pacer.learn(headers)
    assert busiest(sent_at(pacer, clock, count, headers=headers, lane=lane), 10.0) <= limit


def test_the_headers_may_allow_more():
    clock = FakeClock()
    sent_at(a_pacer(clock), clock, 190, headers={f"{PREFIX}Max": "190"})
    assert clock.slept == []


@pytest.mark.parametrize(("limit", "associations"), [(100, 100), (190, 150), (250, 200), (50, 50)])
def test_associations_have_a_narrower_window(limit, associations):
    clock = FakeClock()
    pacer = a_pacer(clock)
    pacer.learn({f"{PREFIX}Max": str(limit)})
    assert busiest(sent_at(pacer, clock, 400, lane=Lane.ASSOCIATIONS), 10.0) == associations


def test_associations_count_with_the_others_too():
    clock = FakeClock()
    pacer = a_pacer(clock)
    sent_at(pacer, clock, 60, lane=Lane.ASSOCIATIONS)
    sent_at(pacer, clock, 41)
    assert len(clock.slept) == 1


def test_what_others_spend_with_our_token_is_counted():
    clock = FakeClock()
    pacer = a_pacer(clock)
    sent_at(pacer, clock, 1, headers={f"{PREFIX}Max": "100", f"{PREFIX}Remaining": "0"})
    assert pacer.acquire() > 9


def test_after_a_429_nobody_who_shares_the_budget_sends_for_a_while():
    clock = FakeClock()
    budget = MemoryBudget(clock)
    Pacer(clock, budget).throttle(Lane.BURST, 7.0)
    assert Pacer(clock, budget).acquire() == 7.0


def test_a_ceiling_spaces_the_requests():
    clock = FakeClock()
    moments = sent_at(a_pacer(clock, requests_per_second=2), clock, 3)
    assert [round(moment - moments[0], 3) for moment in moments] == [0, 0.5, 1.0]


def test_searches_stay_under_five_a_second():
    clock = FakeClock()
    assert busiest(sent_at(a_pacer(clock), clock, 20, lane=Lane.SEARCH), 1.0) <= 5


@given(st.text())
def test_headers_that_make_no_sense_change_nothing(text):
    clock = FakeClock()
    pacer = a_pacer(clock)
    names = ("Max", "Interval-Milliseconds", "Remaining")
    nonsense = "x" + text
    sent_at(pacer, clock, 1, headers={f"{PREFIX}{name}": nonsense for name in names})
    assert (pacer.limit, pacer.interval) == (100, 10.0)
