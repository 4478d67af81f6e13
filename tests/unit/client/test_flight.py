"""How many requests are under way at once."""

from __future__ import annotations

import threading
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hubspot_import.client.flight import OPEN_AFTER, Flight, in_flight


class RefusedError(Exception):
    pass


@pytest.mark.parametrize(("rate", "latency", "expected"), [(9.5, 0.6, 9), (18.0, 0.6, 15), (9.5, 5.0, 16), (1, 0.1, 2)])
def test_as_many_as_rate_and_latency_need(rate, latency, expected):
    flight = Flight(16)
    flight.landed(at=1.0, seconds=latency, is_trouble=False)
    assert flight.wanted(rate) == expected


def test_trouble_halves_the_number_and_success_brings_it_back():
    flight = Flight(16)
    flight.landed(at=1.0, seconds=10.0, is_trouble=False)
    flight.landed(at=20.0, seconds=10.0, is_trouble=True)
    halved = flight.wanted(9.5)
    for second in range(400):
        flight.landed(at=21.0 + second, seconds=10.0, is_trouble=False)
    assert (halved, flight.wanted(9.5)) == (8, 16)


def test_failures_that_come_together_count_once():
    flight = Flight(16)
    flight.landed(at=1.0, seconds=10.0, is_trouble=False)
    for _ in range(5):
        flight.landed(at=20.0, seconds=10.0, is_trouble=True)
    assert flight.wanted(9.5) == 8


def test_trouble_never_ends_the_work():
    flight = Flight(4)
    for second in range(50):
        flight.landed(at=float(second), seconds=0.1, is_trouble=True)
    assert flight.wanted(9.5) == 1


def test_hubspot_is_down_when_several_requests_in_a_row_were_given_up_and_until_one_succeeds():
    flight = Flight(4)
    seen = []
    for was_given_up in (*[True] * OPEN_AFTER, False):
        flight.settled(was_given_up=was_given_up)
        seen.append(flight.is_down)
    assert seen == [*[False] * (OPEN_AFTER - 1), True, False]


@given(st.lists(st.integers()), st.integers(1, 6), st.integers(1, 6))
def test_every_job_is_done_once(jobs, most, wanted):
    assert sorted(in_flight(jobs, lambda job: job, most=most, wanted=lambda: wanted)) == sorted(jobs)


@pytest.mark.parametrize("most", [1, 4])
def test_jobs_are_taken_when_there_is_room_and_not_before(most):
    taken: list[int] = []

    def jobs() -> Iterator[int]:
        for job in range(100):
            taken.append(job)
            yield job

    results = in_flight(jobs(), lambda job: job, most=most, wanted=lambda: most)
    next(results)
    assert len(taken) <= most


def test_work_goes_on_side_by_side():
    together = threading.Barrier(3, timeout=20)
    results = list(in_flight(range(3), lambda job: together.wait() >= 0, most=3, wanted=lambda: 3))
    assert results == [True, True, True]


def test_one_at_a_time_needs_no_thread():
    threads = list(in_flight([1, 2], lambda job: threading.current_thread(), most=1, wanted=lambda: 9))
    assert set(threads) == {threading.current_thread()}


def test_after_an_error_what_is_under_way_still_counts_and_no_job_is_begun():
    begun: list[int] = []
    first_two = threading.Barrier(2, timeout=20)

    def work(job: int) -> int:
        begun.append(job)
        if job < 2:
            first_two.wait()
        if job == 0:
            raise RefusedError
        return job

    results: list[int] = []
    with pytest.raises(RefusedError):
        results.extend(in_flight(range(1000), work, most=2, wanted=lambda: 2))
    assert sorted([0, *results]) == sorted(begun)
    assert len(begun) < 1000
