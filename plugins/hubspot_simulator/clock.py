"""The time, as something that is handed in: a test shares one clock between the simulator and its client."""

from __future__ import annotations

import time
from datetime import UTC, datetime
from functools import lru_cache
from typing import Protocol


class Clock(Protocol):
    """What the simulator asks of time."""

    def now(self) -> datetime:
        """The time of day, with zone UTC."""

    def monotonic(self) -> float:
        """Seconds since some fixed moment; never goes back."""


class SystemClock:
    """The machine's own clock."""

    def now(self) -> datetime:
        """The time of day, with zone UTC."""
        return datetime.now(UTC)

    def monotonic(self) -> float:
        """Seconds since some fixed moment; never goes back."""
        return time.monotonic()


@lru_cache(maxsize=256)
def iso(moment: datetime) -> str:
    """Write a moment as HubSpot does: milliseconds and ``Z``."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.") + f"{moment.microsecond // 1000:03d}Z"
