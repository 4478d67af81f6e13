"""Rolling windows: no window holds more than its limit, whoever reserves."""

from __future__ import annotations

from collections import defaultdict

from hypothesis import given
from hypothesis import strategies as st

from hubspot_import.client.windows import FARTHEST_SECONDS, Grants, Window, close, note_spent, reserve

TEN = Window(limit=10, seconds=10.0)


def granted(count: int, *, asked_at: float = 0.0, grants: Grants | None = None, window: Window = TEN) -> list[float]:
    lanes = defaultdict(Grants, {"a": grants or Grants()})
    return [reserve(lanes, {"a": window}, asked_at) for _ in range(count)]


@given(st.lists(st.floats(0, 5), min_size=1, max_size=80), st.integers(1, 12))
def test_no_window_holds_more_than_its_limit_whenever_it_is_asked_for(pauses, limit):
    lanes: defaultdict[str, Grants] = defaultdict(Grants)
    window = Window(limit=limit, seconds=10.0)
    now, moments = 0.0, []
    for pause in pauses:
        now += pause
        moments.append(reserve(lanes, {"a": window}, now))
    assert moments == sorted(moments)
    assert max(sum(start <= each < start + 10.0 for each in moments) for start in moments) <= limit


def test_a_grant_of_two_lanes_waits_for_the_slower_one():
    lanes = defaultdict(Grants, {"full": Grants(taken=[0.0]), "free": Grants()})
    windows = {"full": Window(limit=1, seconds=10.0), "free": Window(limit=9, seconds=10.0)}
    assert 10.0 < reserve(lanes, windows, 1.0) < 10.1
    assert len(lanes["free"].taken) == 1


def test_what_others_spent_is_counted_and_what_we_spent_is_not_counted_twice():
    grants = Grants(taken=[0.0, 1.0, 2.0])
    note_spent(grants, TEN, spent=5, since=2.0, now=2.5)
    assert len(grants.taken) == 5
    note_spent(grants, TEN, spent=5, since=2.5, now=3.0)
    assert len(grants.taken) == 5


def test_a_closed_lane_opens_again():
    grants = Grants()
    close(grants, 7.0)
    assert granted(1, grants=grants) == [7.0]


def test_what_was_written_before_the_machine_started_anew_is_forgotten():
    grants = Grants(taken=[10_000.0] * 10, closed_until=10_000.0)
    assert granted(1, asked_at=1.0, grants=grants) == [1.0]
    assert FARTHEST_SECONDS < 10_000
