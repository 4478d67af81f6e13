"""Send requests: paced, retried, counted. The only place that touches the network."""

from __future__ import annotations

import logging
import random
import threading
from collections.abc import Callable, Iterable, Iterator
from urllib.parse import urlsplit

import requests
import tenacity

from hubspot_import.client import policy
from hubspot_import.client.account_requests import usage_request
from hubspot_import.client.answer import NETWORK_ERRORS, Attempt, attempt_of, dicts, failed_attempt
from hubspot_import.client.flight import Flight, Job, Result, in_flight
from hubspot_import.client.pacing import open_pacer
from hubspot_import.client.policy import Action
from hubspot_import.client.quota import QuotaClock
from hubspot_import.client.refusal import refusal
from hubspot_import.client.request import ApiRequest
from hubspot_import.client.session import checked_base_url
from hubspot_import.clock import Clock
from hubspot_import.errors import HubSpotUnavailableError, QuotaError
from hubspot_import.model import ApiStats
from hubspot_import.settings import ClientSettings

logger = logging.getLogger(__name__)

LOGGED_WAIT_SECONDS = 1.0


class Transport:
    """Sends requests over one session; for several threads at once."""

    def __init__(
        self,
        session: requests.Session,
        settings: ClientSettings,
        clock: Clock,
        jitter: Callable[[], float] = random.random,
    ) -> None:
        self._session = session
        self._settings = settings
        self._clock = clock
        self._jitter = jitter
        self._base_url = checked_base_url(settings)
        self._host = urlsplit(self._base_url).netloc.rpartition("@")[2]
        self._pacer = open_pacer(settings, clock)
        self._flight = Flight(settings.max_in_flight)
        self._lock = threading.Lock()
        self._stats = ApiStats()
        self.quota = QuotaClock()

    @property
    def stats(self) -> ApiStats:
        """What was spent since the transport was made."""
        with self._lock:
            return self._stats

    def side_by_side(self, jobs: Iterable[Job], work: Callable[[Job], Result]) -> Iterator[Result]:
        """Do jobs that send requests, as many at once as the limit and the latency need; results as they come."""
        return in_flight(
            jobs,
            work,
            most=self._settings.max_in_flight,
            wanted=lambda: self._flight.wanted(self._pacer.requests_per_second),
        )

    def send(self, request: ApiRequest) -> Attempt:
        """Send a request until it is answered. Returns a success, or a 400, 409 or 413 when its inputs may be split.

        Raises TokenError (401), ScopeError (403), QuotaError (daily limit), RequestRefusedError (what else cannot
        succeed) and HubSpotUnavailableError (what did not pass within ``max_retries``, or at once while HubSpot is
        down: when the requests before were all given up).
        """
        tries: list[Attempt] = []
        began = self._clock.monotonic()
        max_retries = 0 if self._flight.is_down else self._settings.max_retries
        loop = tenacity.Retrying(
            retry=tenacity.retry_if_result(lambda last: self._may_pass(last, request)),
            stop=lambda _: policy.gives_up(
                tries, request, max_retries=max_retries, seconds=self._clock.monotonic() - began
            ),
            wait=lambda _: self._wait(tries, request),
            sleep=self._clock.sleep,
            before_sleep=lambda state: self._note_wait(tries, request, state.upcoming_sleep),
            retry_error_callback=lambda _: tries[-1],
        )
        last: Attempt = loop(lambda: self._try(request, tries))
        action = policy.action_of(last, request)
        self._flight.settled(was_given_up=action in {Action.RETRY, Action.THROTTLE})
        if action in {Action.ACCEPT, Action.SPLIT}:
            return last
        if action is Action.FAIL:
            raise self._quota_error() if last.status == 429 else refusal(last, request)
        raise HubSpotUnavailableError(
            f"{self._host} gave no usable answer to '{request.label}': {last.fault} after {_counted(tries)}; "
            "run again later, what was written stays",
            status=last.status,
        )

    def _may_pass(self, last: Attempt, request: ApiRequest) -> bool:
        return policy.action_of(last, request) in {Action.RETRY, Action.THROTTLE}

    def _try(self, request: ApiRequest, tries: list[Attempt]) -> Attempt:
        waited = self._pacer.acquire(request.lane)
        if waited > LOGGED_WAIT_SECONDS:
            logger.info("waiting %.1f s to stay under the limit of %d requests", waited, self._pacer.limit)
        sent_at = self._clock.monotonic()
        last = self._exchange(request)
        now = self._clock.monotonic()
        is_counted = last.status != 429
        self._pacer.learn(last.headers, lane=request.lane, seconds_ago=now - sent_at if is_counted else None)
        self._flight.landed(at=now, seconds=now - sent_at, is_trouble=policy.is_trouble(last))
        self._spend(
            ApiStats(
                requests=1,
                writes=int(request.is_write),
                retries=int(bool(tries)),
                rate_limited=int(last.status == 429),
                seconds_waited_for_limit=waited,
            )
        )
        tries.append(last)
        return last

    def _spend(self, stats: ApiStats) -> None:
        with self._lock:
            self._stats += stats

    def _exchange(self, request: ApiRequest) -> Attempt:
        try:
            response = self._session.request(
                request.method,
                self._base_url + request.path,
                params=request.query or None,
                json=request.body,
                headers=request.headers,
                timeout=(self._settings.connect_timeout, self._settings.read_timeout),
                # HubSpot does not redirect; following one would take the body elsewhere.
                allow_redirects=False,
            )
        except NETWORK_ERRORS as error:
            return failed_attempt(error)
        return attempt_of(response, is_answered=request.is_answered)

    def _wait(self, tries: list[Attempt], request: ApiRequest) -> float:
        return policy.seconds_to_wait(
            tries,
            request,
            retry_delay=self._settings.retry_delay,
            interval=self._pacer.interval,
            jitter=self._jitter(),
        )

    def _note_wait(self, tries: list[Attempt], request: ApiRequest, seconds: float) -> None:
        last = tries[-1]
        if last.status == 429:
            self._spend(ApiStats(seconds_waited_for_limit=seconds))
            self._pacer.throttle(request.lane, seconds)
            logger.warning("429: waiting %.1f s for the rate limit", seconds)
            return
        failures = sum(attempt.status != 429 for attempt in tries)
        of = self._settings.max_retries + 1
        logger.warning("%s: try %d of %d in %.1f s", last.fault, failures + 1, of, seconds)

    def _quota_error(self) -> QuotaError:
        """Say when the quota resets; asking for it may itself be refused, and then an earlier answer tells."""
        answer = self._exchange(usage_request(self._settings.api_version))
        self._spend(ApiStats(requests=1))
        for each in dicts(answer.body.get("results")):
            self.quota.learn_reset(str(each.get("resetsAt") or ""))
        resets_at = self.quota.resets_at(self._clock.now())
        when = "midnight in the account's time zone" if resets_at is None else f"{resets_at:%Y-%m-%dT%H:%M:%SZ}"
        return QuotaError(
            f"the account's daily quota of API requests is used up; it resets at {when}; run again then",
            resets_at=resets_at,
        )


def _counted(tries: list[Attempt]) -> str:
    return "1 try" if len(tries) == 1 else f"{len(tries)} tries"
