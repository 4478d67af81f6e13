"""How many requests the account takes, and the headers and refusals that tell so (hubspot-api.md §10)."""

from __future__ import annotations

from collections import deque
from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from uuid import uuid4
from zoneinfo import ZoneInfo

from hubspot_simulator import errors
from hubspot_simulator.clock import Clock
from hubspot_simulator.replies import ApiError
from hubspot_simulator.switches import Switches
from hubspot_simulator.system_properties import APP_ID

PREFIX = "X-HubSpot-RateLimit-"


class Lane(StrEnum):
    """Requests that are limited apart from each other."""

    BURST = "burst"
    SEARCH = "search"
    ASSOCIATIONS = "associations"


LANE_SECONDS: Mapping[Lane, float] = {Lane.BURST: 10.0, Lane.SEARCH: 1.0, Lane.ASSOCIATIONS: 10.0}
"""The length of each lane's window (hubspot-api.md §6, §10)."""


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
    """The limits of one account: burst by token, associations and searches by account, and the day's quota.

    A refused request counts for nothing. The day begins at midnight of the account's time zone.
    """

    def __init__(self, switches: Switches, clock: Clock, portal_id: int) -> None:
        self.per_day = switches.limit_per_day
        self.used_today = 0
        self.granted = 0
        """Requests counted in since the account was made."""
        self.zone = ZoneInfo(switches.time_zone)
        self._per_10s = switches.limit_per_10s
        self._bursts: dict[str, Window] = {}
        per_10s = switches.associations_per_10s
        self._shared = {
            Lane.SEARCH: Window(switches.searches_per_second, LANE_SECONDS[Lane.SEARCH]),
            Lane.ASSOCIATIONS: Window(self._per_10s if per_10s is None else per_10s, LANE_SECONDS[Lane.ASSOCIATIONS]),
        }
        self._clock = clock
        self._portal_id = portal_id
        self._names_search_policy = switches.names_search_policy
        self._day = self._today()

    def take(self, token: str, lane: Lane) -> None:
        """Count a request in, or refuse it with 429."""
        self._turn_day()
        if self.used_today >= self.per_day:
            raise throttled("DAILY", self._portal_id)
        policy = "SECONDLY" if lane is Lane.SEARCH else "TEN_SECONDLY_ROLLING"
        window = self._shared.get(lane) or self.burst(token)
        if not window.take(self._clock.monotonic()):
            raise self._refused(policy)
        self.used_today += 1
        self.granted += 1

    def _refused(self, policy: str) -> ApiError:
        if policy == "SECONDLY" and not self._names_search_policy:
            return errors.refusal(429, MESSAGES[policy], "RATE_LIMITS")
        return throttled(policy, self._portal_id)

    def burst(self, token: str) -> Window:
        """Give the window of a token: bursts are counted by app."""
        return self._bursts.setdefault(token, Window(self._per_10s, LANE_SECONDS[Lane.BURST]))

    def limit(self, lane: Lane) -> int:
        """Say how many requests a window of a lane takes (a burst: of each token)."""
        return self._shared[lane].limit if lane in self._shared else self._per_10s

    def set_limit(self, lane: Lane, limit: int) -> None:
        """Change what a lane takes from now on; what is in its window stays in it."""
        if lane is Lane.BURST:
            self._per_10s = limit
        for window in [self._shared[lane]] if lane in self._shared else self._bursts.values():
            window.limit = limit

    def headers(self, token: str, lane: Lane) -> dict[str, str]:
        """Tell the limits; a search tells the daily ones only. Associations tell the burst ones, as all others do."""
        self._turn_day()
        told = {
            f"{PREFIX}Daily": str(self.per_day),
            f"{PREFIX}Daily-Remaining": str(max(0, self.per_day - self.used_today)),
        }
        if lane is Lane.SEARCH:
            return told
        burst = self.burst(token)
        remaining = burst.remaining(self._clock.monotonic())
        secondly = burst.limit // 10
        return told | {
            f"{PREFIX}Interval-Milliseconds": "10000",
            f"{PREFIX}Max": str(burst.limit),
            f"{PREFIX}Remaining": str(remaining),
            f"{PREFIX}Secondly": str(secondly),
            f"{PREFIX}Secondly-Remaining": str(min(secondly, remaining)),
        }

    def resets_at(self) -> datetime:
        """Say when the day's quota begins anew."""
        tomorrow = self._today() + timedelta(days=1)
        return datetime.combine(tomorrow, time.min, self.zone)

    def _today(self) -> date:
        return self._clock.now().astimezone(self.zone).date()

    def _turn_day(self) -> None:
        today = self._today()
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
