"""Rolling windows, exactly: when may the next request go, so that no window ever holds more than its limit.

Pure. Who keeps the state between requests, and for how many processes, is ``budget.py``'s affair; HubSpot's windows are
rolling ones (usage guidelines: ``TEN_SECONDLY_ROLLING``).
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

MARGIN_SECONDS = 0.05
"""Added to each window: two requests may travel for different times."""
FARTHEST_SECONDS = 900.0
"""A grant farther ahead than this was written before the machine's clock started anew."""


class Lane(StrEnum):
    """The limits HubSpot counts apart."""

    BURST = "burst"
    SEARCH = "search"
    ASSOCIATIONS = "associations"


@dataclass(frozen=True, slots=True, kw_only=True)
class Window:
    """At most ``limit`` requests in any ``seconds``, and ``spacing`` seconds between two of them at least."""

    limit: int
    seconds: float
    spacing: float = 0.0


@dataclass(slots=True, kw_only=True)
class Grants:
    """What was granted in one lane: the moments in order, and until when nobody may send."""

    taken: list[float] = field(default_factory=list)
    closed_until: float = 0.0


def reserve(lanes: Mapping[str, Grants], windows: Mapping[str, Window], now: float) -> float:
    """Grant the next request in all the named lanes at once; write the moment down and return it."""
    at = now
    for name, window in windows.items():
        grants = lanes[name]
        _forget(grants, window, now)
        at = max(at, _opens(grants, window), grants.closed_until)
    for name in windows:
        lanes[name].taken.append(at)
    return at


def note_spent(grants: Grants, window: Window, *, spent: int, since: float, now: float) -> None:
    """Take over that the account counted ``spent`` requests in its window: what we did not send, others did.

    ``since``: when the request that says so was sent. Ours are counted from a window before that, those on their way
    included, so that nobody else is blamed for them.
    """
    _forget(grants, window, now)
    ours = sum(since - window.seconds - MARGIN_SECONDS <= moment <= now for moment in grants.taken)
    position = bisect_left(grants.taken, now)
    grants.taken[position:position] = [now] * max(spent - ours, 0)


def close(grants: Grants, until: float) -> None:
    """Let nobody send before a moment: the account has just said that it is too fast."""
    grants.closed_until = max(grants.closed_until, until)


def _opens(grants: Grants, window: Window) -> float:
    if not grants.taken:
        return float("-inf")
    after_last = grants.taken[-1] + window.spacing if window.spacing else float("-inf")
    if len(grants.taken) < window.limit:
        return after_last
    return max(after_last, grants.taken[-window.limit] + window.seconds + MARGIN_SECONDS)


def _forget(grants: Grants, window: Window, now: float) -> None:
    """Drop what left the window; a second window is kept because an answer may speak of the one before."""
    oldest = now - 2 * window.seconds - MARGIN_SECONDS
    grants.taken = [moment for moment in grants.taken if oldest < moment < now + FARTHEST_SECONDS]
    if grants.closed_until > now + FARTHEST_SECONDS:
        grants.closed_until = 0.0
