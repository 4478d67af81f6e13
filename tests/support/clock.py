"""A clock that stands still until somebody sleeps."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

A_MONDAY = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)


class FakeClock:
    """The time of a test. ``sleep`` advances it at once; ``slept`` lists what was asked for."""

    def __init__(self, now: datetime = A_MONDAY) -> None:
        self._start = now
        self._passed = 0.0
        self.slept: list[float] = []

    def now(self) -> datetime:
        """The time of day, with zone UTC."""
        return self._start + timedelta(seconds=self._passed)

    def monotonic(self) -> float:
        """Seconds since the clock was made."""
        return self._passed

    def sleep(self, seconds: float) -> None:
        """Advance the clock, and remember it."""
        self.slept.append(seconds)
        self.advance(seconds)

    def advance(self, seconds: float) -> None:
        """Advance the clock without anybody having slept."""
        self._passed += seconds
