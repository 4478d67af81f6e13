from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hubspot_import.client.answer import Attempt
from hubspot_import.client.policy import (
    MAX_THROTTLES,
    Action,
    action_for,
    action_of,
    gives_up,
    retry_after_seconds,
    seconds_to_wait,
)
from hubspot_import.client.request import ApiRequest
from hubspot_import.client.windows import Lane

BATCH = ApiRequest(label="upsert contacts", method="POST", path="/", is_write=True, is_splittable=True)
CREATE = ApiRequest(label="create tickets", method="POST", path="/", is_write=True, is_repeatable=False)
SEARCH = ApiRequest(label="search", method="POST", path="/", lane=Lane.SEARCH)
READ = ApiRequest(label="read", method="POST", path="/")


def a_try(status: int | None, **values: object) -> Attempt:
    return Attempt(status=status, **values)


def waited(*tries: Attempt, request: ApiRequest = BATCH, jitter: float = 0.5) -> float:
    return seconds_to_wait(tries, request, retry_delay=2.0, interval=10.0, jitter=jitter)


@pytest.mark.parametrize(
    ("status", "action"),
    [
        (200, Action.ACCEPT),
        (207, Action.ACCEPT),
        (204, Action.ACCEPT),
        (302, Action.FAIL),
        (400, Action.SPLIT),
        (401, Action.FAIL),
        (403, Action.FAIL),
        (404, Action.FAIL),
        (409, Action.SPLIT),
        (423, Action.RETRY),
        (429, Action.THROTTLE),
        (477, Action.RETRY),
        (500, Action.RETRY),
        (524, Action.RETRY),
    ],
)
def test_every_status_has_one_action(status, action):
    assert action_for(status) is action


def test_a_bad_request_that_cannot_be_split_fails():
    assert action_of(a_try(400, body={"category": "VALIDATION_ERROR"}), READ) is Action.FAIL


def test_malformed_json_is_not_split_because_every_half_would_fail_too():
    assert action_of(a_try(400, body={"message": "Invalid input JSON on line 1"}), BATCH) is Action.FAIL


def test_a_key_that_is_not_unique_is_not_split():
    body = {
        "category": "VALIDATION_ERROR",
        "message": "Unable to perform update/upsert by non-unique 0-2 property domain",
    }
    assert action_of(a_try(400, body=body), BATCH) is Action.FAIL


def test_a_wrong_association_type_is_not_split():
    body = {"category": "VALIDATION_ERROR", "subCategory": "crm.associations.INVALID_ASSOCIATION_TYPE"}
    assert action_of(a_try(400, body=body), BATCH) is Action.FAIL


def test_the_daily_limit_is_not_waited_for():
    assert action_of(a_try(429, body={"policyName": "DAILY"}), BATCH) is Action.FAIL


def test_a_torn_answer_is_asked_for_again():
    assert action_of(a_try(200, is_whole=False), BATCH) is Action.RETRY


def test_the_rolling_limit_is_waited_for_as_long_as_its_window():
    assert waited(a_try(429, body={"policyName": "TEN_SECONDLY_ROLLING"})) == 10.0


def test_the_limit_by_the_second_is_waited_for_a_second():
    assert waited(a_try(429, body={"policyName": "SECONDLY"}), request=SEARCH) == 1.0


def test_a_throttled_search_without_a_policy_name_waits_a_second():
    assert waited(a_try(429, body={"category": "RATE_LIMITS"}), request=SEARCH) == 1.0


def test_retry_after_comes_before_the_usual_wait():
    assert waited(a_try(429, headers={"Retry-After": "2"})) == 2.0


def test_failures_wait_twice_as_long_each_time():
    assert [waited(*[a_try(503)] * count) for count in (1, 2, 3)] == [2.0, 4.0, 8.0]


def test_being_throttled_does_not_lengthen_the_wait_after_a_failure():
    assert waited(a_try(429), a_try(429), a_try(503)) == 2.0


def test_a_lock_is_waited_for_two_seconds_at_least():
    assert seconds_to_wait([a_try(423)], BATCH, retry_delay=0.1, interval=10.0, jitter=0.0) == 2.0


@given(st.floats(0, 1), st.integers(1, 12))
def test_jitter_spreads_a_wait_from_nothing_to_twice_the_usual_and_never_past_a_minute(jitter, failures):
    wait = waited(*[a_try(500)] * failures, jitter=jitter)
    assert wait == jitter * min(2.0 * 2**failures, 60)


def test_patience_ends_after_the_first_try_and_the_retries():
    assert [gives_up([a_try(503)] * count, BATCH, max_retries=3) for count in (1, 3, 4)] == [False, False, True]


def test_being_throttled_does_not_use_up_the_retries():
    assert not gives_up([a_try(429)] * 10 + [a_try(503)], BATCH, max_retries=1)


def test_being_throttled_for_ever_ends_too():
    assert gives_up([a_try(429)] * (MAX_THROTTLES + 1), BATCH, max_retries=3)


def test_a_migration_of_hours_is_left_to_a_later_run():
    assert gives_up([a_try(477, headers={"Retry-After": "86400"})], BATCH, max_retries=3)


@pytest.mark.parametrize("last", [a_try(504), a_try(None), a_try(201, is_whole=False)])
def test_a_create_that_may_have_been_committed_is_not_repeated(last):
    assert gives_up([last], CREATE, max_retries=3)


@pytest.mark.parametrize("last", [a_try(429), a_try(423), a_try(None, may_have_arrived=False)])
def test_a_create_that_surely_was_not_committed_is_repeated(last):
    assert not gives_up([last], CREATE, max_retries=3)


@given(st.text())
def test_any_retry_after_is_read_without_raising(text):
    seconds = retry_after_seconds(a_try(429, headers={"Retry-After": text}))
    assert seconds is None or seconds >= 0


def test_retry_after_may_be_a_date():
    headers = {"Retry-After": "Tue, 24 Nov 2026 10:00:30 GMT", "Date": "Tue, 24 Nov 2026 10:00:00 GMT"}
    assert retry_after_seconds(a_try(503, headers=headers)) == 30.0
