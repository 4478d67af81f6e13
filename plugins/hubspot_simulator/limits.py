"""How many requests the account takes, and the headers and refusals that tell so (hubspot-api.md §10)."""

from __future__ import annotations

from collections import deque
from uuid import uuid4

from hubspot_simulator import errors
from hubspot_simulator.clock import Clock
from hubspot_simulator.replies import ApiError
from hubspot_simulator.switches import Switches
from hubspot_simulator.system_properties import APP_ID

PREFIX = "X-HubSpot-RateLimit-"


class Window:
    """A true rolling window: at most ``limit`` requests in any ``seconds``."""

    def __init__(self, limit: int, seconds: float) -> None:
        self.limit = limit
        self._seconds = seconds
        self._taken: deque[float] = deque()

    def remaining(self, now: float) -> int:
        """Count what may still be taken at this moment."""
        while self._taken and self._taken[0] <= now - self._seconds:
            self._taken.popleft()
        return max(0, self.limit - len(self._taken))

    def take(self, now: float) -> bool:
        """Take one request, or say that there is none to take."""
        if self.remaining(now) == 0:
            return False
        self._taken.append(now)
        return True


class Limits:
    """The burst, search and daily limits of one account with one app. A refused request counts for nothing."""

    def __init__(self, switches: Switches, clock: Clock, portal_id: int) -> None:
        self.burst = Window(switches.limit_per_10s, 10.0)
        self.search = Window(switches.searches_per_second, 1.0)
        self.per_day = switches.limit_per_day
        self.used_today = 0
        self._clock = clock
        self._portal_id = portal_id
        self._day = clock.now().date()

    def take(self, *, is_search: bool) -> None:
        """Count a request in, or refuse it with 429."""
        self._turn_day()
        if self.used_today >= self.per_day:
            raise throttled("DAILY", self._portal_id)
        window, policy = (self.search, "SECONDLY") if is_search else (self.burst, "TEN_SECONDLY_ROLLING")
        if not window.take(self._clock.monotonic()):
            raise throttled(policy, self._portal_id)
        self.used_today += 1

    def headers(self, *, is_search: bool) -> dict[str, str]:
        """Tell the limits; a search tells the daily ones only."""
        self._turn_day()
        told = {
            f"{PREFIX}Daily": str(self.per_day),
            f"{PREFIX}Daily-Remaining": str(max(0, self.per_day - self.used_today)),
        }
        if is_search:
            return told
        remaining = self.burst.remaining(self._clock.monotonic())
        secondly = self.burst.limit // 10
        return told | {
            f"{PREFIX}Interval-Milliseconds": "10000",
            f"{PREFIX}Max": str(self.burst.limit),
            f"{PREFIX}Remaining": str(remaining),
            f"{PREFIX}Secondly": str(secondly),
            f"{PREFIX}Secondly-Remaining": str(min(secondly, remaining)),
        }

    def _turn_day(self) -> None:
        today = self._clock.now().date()
        if today != self._day:
            self._day, self.used_today = today, 0


MESSAGES = {
    "DAILY": "You have reached your daily limit.",
    "TEN_SECONDLY_ROLLING": "You have reached your ten_secondly_rolling limit.",
    "SECONDLY": "You have reached your secondly limit.",
}


def throttled(policy: str, portal_id: int) -> ApiError:
    """429 of one policy; HubSpot sends no Retry-After."""
    rest: dict[str, str] = {"policyName": policy}
    if policy == "DAILY":
        rest["requestId"] = str(uuid4())
    if policy == "TEN_SECONDLY_ROLLING":
        rest["groupName"] = f"publicapi:private_app-api-calls-ten-secondly:{APP_ID}:{portal_id}"
    return errors.refusal(429, MESSAGES[policy], errorType="RATE_LIMIT", **rest)
