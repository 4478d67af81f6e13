"""Send requests: paced, retried, counted. The only place that touches the network."""

from __future__ import annotations

import logging
import random
from collections.abc import Callable
from dataclasses import replace
from urllib.parse import urlsplit

import requests
import tenacity

from hubspot_import.client import policy
from hubspot_import.client.account_requests import usage_request
from hubspot_import.client.answer import NETWORK_ERRORS, Attempt, attempt_of, dicts, failed_attempt
from hubspot_import.client.pacing import Pacer
from hubspot_import.client.policy import Action
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
    """Sends requests over one session. Not for several threads at once."""

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
        self._pacer = Pacer(clock, requests_per_second=settings.requests_per_second)
        self.stats = ApiStats()

    def send(self, request: ApiRequest) -> Attempt:
        """Send a request until it is answered. Returns a success, or a 400, 409 or 413 when its inputs may be split.

        Raises TokenError (401), ScopeError (403), QuotaError (daily limit), RequestRefusedError (what else cannot
        succeed) and HubSpotUnavailableError (what did not pass within ``max_retries``).
        """
        tries: list[Attempt] = []
        loop = tenacity.Retrying(
            retry=tenacity.retry_if_result(lambda last: self._may_pass(last, request)),
            stop=lambda _: policy.gives_up(tries, request, max_retries=self._settings.max_retries),
            wait=lambda _: self._wait(tries, request),
            sleep=self._clock.sleep,
            before_sleep=lambda state: self._note_wait(tries, state.upcoming_sleep),
            retry_error_callback=lambda _: tries[-1],
        )
        last: Attempt = loop(lambda: self._try(request, tries))
        action = policy.action_of(last, request)
        if action in {Action.ACCEPT, Action.SPLIT}:
            return last
        if action is Action.FAIL:
            raise self._quota_error() if last.status == 429 else refusal(last, request)
        raise HubSpotUnavailableError(
            f"{self._host} did not {request.label}: {last.fault} after {len(tries)} tries; "
            "run again later, what was written stays",
            status=last.status,
        )

    def _may_pass(self, last: Attempt, request: ApiRequest) -> bool:
        return policy.action_of(last, request) in {Action.RETRY, Action.THROTTLE}

    def _try(self, request: ApiRequest, tries: list[Attempt]) -> Attempt:
        waited = self._pacer.acquire(is_search=request.is_search)
        if waited > LOGGED_WAIT_SECONDS:
            logger.info("waiting %.1f s to stay under the limit of %d requests", waited, self._pacer.limit)
        last = self._exchange(request)
        self._pacer.learn(last.headers)
        if last.status != 429:
            self._pacer.count(last.headers)
        self.stats += ApiStats(
            requests=1,
            writes=int(request.is_write),
            retries=int(bool(tries)),
            rate_limited=int(last.status == 429),
            seconds_waited_for_limit=waited,
        )
        tries.append(last)
        return last

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

    def _note_wait(self, tries: list[Attempt], seconds: float) -> None:
        last = tries[-1]
        if last.status == 429:
            self.stats += ApiStats(seconds_waited_for_limit=seconds)
            logger.warning("429: waiting %.1f s for the rate limit", seconds)
            return
        failures = sum(attempt.status != 429 for attempt in tries)
        of = self._settings.max_retries + 1
        logger.warning("%s: try %d of %d in %.1f s", last.fault, failures + 1, of, seconds)

    def _quota_error(self) -> QuotaError:
        """Say when the quota resets; asking for it may itself be refused, and then the rule is all we know."""
        usage = self._exchange(usage_request(self._settings.api_version))
        self.stats = replace(self.stats, requests=self.stats.requests + 1)
        resets = [str(each["resetsAt"]) for each in dicts(usage.body.get("results")) if each.get("resetsAt")]
        when = resets[0] if resets else "midnight in the account's time zone"
        return QuotaError(f"the account's daily quota of API requests is used up; it resets at {when}; run again then")
