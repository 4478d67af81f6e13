"""Keep requests under the account's limit, so that a 429 is the exception.

HubSpot counts requests in a rolling window (10 s; 100 to 250 by tier) for each token, and searches by the second for
the whole account. The answers' ``X-HubSpot-RateLimit-*`` headers say the window, the limit and what is left of it,
which also shows what others with our token spend.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Mapping

from hubspot_import.clock import Clock

DEFAULT_LIMIT = 100
DEFAULT_INTERVAL_SECONDS = 10.0
SEARCH_SPACING_SECONDS = 0.25
"""HubSpot allows 5 searches a second for the account; 4 leaves room for others."""
MARGIN_SECONDS = 0.05


class Pacer:
    """Says when the next request may go, from when the last ones were answered."""

    def __init__(self, clock: Clock, *, requests_per_second: float | None = None) -> None:
        self._clock = clock
        self._spacing = 1 / requests_per_second if requests_per_second else 0.0
        self._answered: deque[float] = deque()
        self._next = float("-inf")
        self._next_search = float("-inf")
        self.limit = DEFAULT_LIMIT
        self.interval = DEFAULT_INTERVAL_SECONDS

    def acquire(self, *, is_search: bool = False) -> float:
        """Wait until a request may be sent; return the seconds waited."""
        now = self._clock.monotonic()
        at = max(now, self._next, self._next_search if is_search else now, self._window_opens(now))
        if at > now:
            self._clock.sleep(at - now)
        self._next = at + self._spacing
        if is_search:
            self._next_search = at + SEARCH_SPACING_SECONDS
        return at - now

    def learn(self, headers: Mapping[str, str]) -> None:
        """Take over the limit and the window an answer's headers name."""
        self.limit = _positive(headers.get("X-HubSpot-RateLimit-Max")) or self.limit
        milliseconds = _positive(headers.get("X-HubSpot-RateLimit-Interval-Milliseconds"))
        self.interval = milliseconds / 1000 if milliseconds else self.interval

    def count(self, headers: Mapping[str, str]) -> None:
        """Count a request that was answered or lost, and what others with our token spent meanwhile.

        A request counts from its answer, not from its sending: HubSpot counted it earlier, so our window is never
        narrower than theirs, however slow the network. A 429 is not to be counted.
        """
        now = self._clock.monotonic()
        self._answered.append(now)
        remaining = _whole(headers.get("X-HubSpot-RateLimit-Remaining"))
        if remaining is not None:
            self._forget_before(now)
            spent_by_others = self.limit - remaining - len(self._answered)
            self._answered.extend([now] * spent_by_others)

    def _window_opens(self, now: float) -> float:
        self._forget_before(now)
        surplus = len(self._answered) - self.limit
        return self._answered[surplus] + self.interval + MARGIN_SECONDS if surplus >= 0 else now

    def _forget_before(self, now: float) -> None:
        while self._answered and self._answered[0] + self.interval + MARGIN_SECONDS <= now:
            self._answered.popleft()


def _whole(text: str | None) -> int | None:
    return int(text) if text and text.isascii() and text.isdecimal() else None


def _positive(text: str | None) -> int | None:
    return _whole(text) or None
