"""What to do about a try that failed, and how long to wait before the next. Tables and pure functions.

Statuses: HubSpot's error handling guide. Waits: the policy names its 429 bodies carry.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from enum import StrEnum

from hubspot_import.client.answer import Attempt
from hubspot_import.client.request import ApiRequest


class Action(StrEnum):
    """What a try calls for."""

    ACCEPT = "accept"
    SPLIT = "split"  # one of the inputs may be to blame: send the halves
    THROTTLE = "throttle"  # too fast: wait for the limit, without using up patience
    RETRY = "retry"
    FAIL = "fail"


ACTIONS: Mapping[int, Action] = {
    400: Action.SPLIT,
    401: Action.FAIL,
    403: Action.FAIL,
    408: Action.RETRY,
    409: Action.SPLIT,
    413: Action.SPLIT,
    423: Action.RETRY,
    429: Action.THROTTLE,
    477: Action.RETRY,
}

LEAST_WAIT: Mapping[int, float] = {423: 2.0}
"""Seconds HubSpot's guide asks for at least: 423 is a lock that lasts about 2 s."""

LIMIT_WAIT: Mapping[str, float] = {"SECONDLY": 1.0}
"""Seconds by the policyName of a 429; others wait for the rolling window."""

DAILY_POLICY = "DAILY"
MAX_THROTTLES = 20
MAX_WAIT_SECONDS = 60.0
"""Longer waits are left to Airflow's retry: a worker slot is not for sleeping in (477 may ask for 24 h)."""


MAX_TOTAL_SECONDS = 300.0
"""No request is tried for longer, whatever its tries were; the slot is better spent on the next one."""


def action_for(status: int) -> Action:
    """Say what to do about a status."""
    if 200 <= status < 300:
        return Action.ACCEPT
    return ACTIONS.get(status, Action.RETRY if status >= 500 else Action.FAIL)


def action_of(attempt: Attempt, request: ApiRequest) -> Action:
    """Say what to do about a try of a request."""
    if attempt.status is None or not attempt.is_whole:
        return Action.RETRY
    action = action_for(attempt.status)
    if action is Action.SPLIT and (not request.is_splittable or blames_whole_request(attempt)):
        return Action.FAIL
    if action is Action.THROTTLE and attempt.body.get("policyName") == DAILY_POLICY:
        return Action.FAIL
    return action


def blames_whole_request(attempt: Attempt) -> bool:
    """Say whether a 400 would hit every input alike, so that splitting only wastes requests.

    Malformed JSON and unknown object types come without a category; a key property that is not unique and a wrong
    association type are told by their text.
    """
    if attempt.status != 400:
        return False
    sub_category = str(attempt.body.get("subCategory") or "")
    return (
        attempt.category is None
        or sub_category.endswith("INVALID_ASSOCIATION_TYPE")
        or "by non-unique" in attempt.message
    )


def gives_up(tries: Sequence[Attempt], request: ApiRequest, *, max_retries: int, seconds: float = 0.0) -> bool:
    """Say whether another try is out of the question after these, ``seconds`` since the first.

    Being throttled has a patience of its own.
    """
    last = tries[-1]
    if seconds > MAX_TOTAL_SECONDS:
        return True
    throttled = sum(attempt.status == 429 for attempt in tries)
    if last.status == 429:
        is_over = throttled > MAX_THROTTLES
    else:
        is_over = len(tries) - throttled > max_retries or (not request.is_repeatable and is_ambiguous(last))
    return is_over or (retry_after_seconds(last) or 0.0) > MAX_WAIT_SECONDS


def is_ambiguous(attempt: Attempt) -> bool:
    """Say whether HubSpot may have carried the request out although no good answer came."""
    return attempt.may_have_arrived and (attempt.status is None or attempt.status >= 500 or not attempt.is_whole)


def seconds_to_wait(
    tries: Sequence[Attempt], request: ApiRequest, *, retry_delay: float, interval: float, jitter: float
) -> float:
    """Say how long to wait before the next try. ``jitter`` is from 0 to 1; ``interval`` the rolling window's length.

    Back-off is exponential with full jitter, so that requests which failed together do not come back together; on
    average it is ``retry_delay``, doubled each time.
    """
    last = tries[-1]
    asked = retry_after_seconds(last)
    if last.status == 429:
        usual = LIMIT_WAIT["SECONDLY"] if request.is_search else interval
        named = LIMIT_WAIT.get(str(last.body.get("policyName")), usual)
        return named if asked is None else asked
    failures = sum(attempt.status != 429 for attempt in tries)
    backoff: float = jitter * min(retry_delay * 2**failures, MAX_WAIT_SECONDS)
    return max(backoff, asked or 0.0, LEAST_WAIT.get(last.status or 0, 0.0))


def is_trouble(attempt: Attempt) -> bool:
    """Say whether HubSpot or the network is in trouble, or we are too fast: a reason to send fewer at once."""
    status = attempt.status
    return status is None or not attempt.is_whole or status >= 500 or status in {408, 423, 429, 477}


def retry_after_seconds(attempt: Attempt) -> float | None:
    """Read Retry-After, in seconds or as a date; None when it is absent or nonsense."""
    text = (attempt.retry_after or "").strip()
    if not text:
        return None
    if text.replace(".", "", 1).isdecimal():
        return float(text)
    try:
        moment = parsedate_to_datetime(text)
        answered = parsedate_to_datetime(attempt.headers.get("Date", "")) if attempt.headers.get("Date") else None
    except ValueError:
        return None
    moment = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return max((moment - (answered or datetime.now(UTC))).total_seconds(), 0.0)
