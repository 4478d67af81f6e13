"""Keep requests under the account's limits, so that a 429 is the exception.

HubSpot counts requests in a rolling window (10 s; 100 to 250 by tier) for each token, associations in a narrower one,
and searches by the second for the whole account. The answers' ``X-HubSpot-RateLimit-*`` headers say the window, the
limit and what is left of it, which also shows what others with our token spend.
"""

from __future__ import annotations

import math
from collections.abc import Mapping

from hubspot_import.client.budget import Budget, open_budget
from hubspot_import.client.windows import Lane, Window
from hubspot_import.clock import Clock
from hubspot_import.settings import ClientSettings

DEFAULT_LIMIT = 100
DEFAULT_INTERVAL_SECONDS = 10.0
SEARCHES_PER_SECOND = 5
ASSOCIATION_LIMITS: Mapping[int, int] = {250: 200, 190: 150}
"""By the app's own limit; 100 below (HubSpot's guide "Associate records")."""


class Pacer:
    """Says when the next request may go. For several threads at once; the budget is what they share."""

    def __init__(
        self, clock: Clock, budget: Budget, *, requests_per_second: float | None = None, reserve_percent: float = 0.0
    ) -> None:
        self._clock = clock
        self._budget = budget
        self._spacing = 1 / requests_per_second if requests_per_second else 0.0
        self._reserve_percent = reserve_percent
        self.limit = DEFAULT_LIMIT
        self.interval = DEFAULT_INTERVAL_SECONDS

    def acquire(self, lane: Lane = Lane.BURST) -> float:
        """Wait until a request may be sent; return the seconds waited."""
        # Whether associations count in the app's own window too is not documented: they are kept below both.
        lanes = {Lane.BURST, lane} if lane is Lane.ASSOCIATIONS else {lane}
        seconds = self._budget.reserve({str(each): self.window(each) for each in lanes})
        if seconds > 0:
            self._clock.sleep(seconds)
        return max(seconds, 0.0)

    def window(self, lane: Lane) -> Window:
        """Say how many requests of a lane may go in which time, the reserve left out."""
        if lane is Lane.SEARCH:
            return Window(limit=self._less_reserve(SEARCHES_PER_SECOND), seconds=1.0, spacing=self._spacing)
        limit = self.limit
        if lane is Lane.ASSOCIATIONS:
            limit = min(limit, next((least for own, least in ASSOCIATION_LIMITS.items() if limit >= own), 100))
        return Window(limit=self._less_reserve(limit), seconds=self.interval, spacing=self._spacing)

    @property
    def requests_per_second(self) -> float:
        """How fast requests may go in the long run."""
        window = self.window(Lane.BURST)
        rate = window.limit / window.seconds
        return min(rate, 1 / self._spacing) if self._spacing else rate

    def learn(self, headers: Mapping[str, str], *, lane: Lane = Lane.BURST, seconds_ago: float | None = 0.0) -> None:
        """Take over what the headers of an answer say of the limit.

        ``seconds_ago``: when its request was sent; None for one the account did not count (429).
        """
        if lane is not Lane.BURST:
            return
        self.limit = _positive(headers.get("X-HubSpot-RateLimit-Max")) or self.limit
        milliseconds = _positive(headers.get("X-HubSpot-RateLimit-Interval-Milliseconds"))
        self.interval = milliseconds / 1000 if milliseconds else self.interval
        remaining = _whole(headers.get("X-HubSpot-RateLimit-Remaining"))
        if remaining is not None and remaining < self.limit and seconds_ago is not None:
            spent = self.limit - remaining
            self._budget.note_spent(lane, self.window(lane), spent=spent, seconds_ago=seconds_ago)

    def throttle(self, lane: Lane, seconds: float) -> None:
        """Keep everybody who shares the budget from a lane for some seconds, after a 429."""
        self._budget.close(lane, seconds)

    def _less_reserve(self, limit: int) -> int:
        return max(1, limit - math.ceil(limit * self._reserve_percent / 100))


def open_pacer(settings: ClientSettings, clock: Clock) -> Pacer:
    """Make the pacer of one account's settings. Raises SettingsError for a budget that cannot be opened."""
    return Pacer(
        clock,
        open_budget(settings.rate_limit_url, base_url=settings.base_url, token=settings.token, clock=clock),
        requests_per_second=settings.requests_per_second,
        reserve_percent=settings.reserve_percent,
    )


def _whole(text: str | None) -> int | None:
    return int(text) if text and text.isascii() and text.isdecimal() and len(text) < 10 else None


def _positive(text: str | None) -> int | None:
    return _whole(text) or None
