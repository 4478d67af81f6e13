"""When the account's daily quota begins anew: as it says itself, else the next midnight of its time zone."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError


def reset_moment(text: str | None) -> datetime | None:
    """Read the moment the usage endpoint names (ISO 8601, UTC without a zone); None when there is none."""
    try:
        moment = datetime.fromisoformat(text or "")
    except ValueError:
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


class QuotaClock:
    """What answers told of the quota's reset. Once the quota is gone the account does not say it any more."""

    def __init__(self) -> None:
        self._reset: datetime | None = None
        self._zone: ZoneInfo | None = None

    def learn_reset(self, text: str | None) -> None:
        """Take over the moment the usage endpoint names; anything else tells nothing."""
        self._reset = reset_moment(text) or self._reset

    def learn_zone(self, name: str) -> None:
        """Take over the account's time zone (tz database); an unknown one tells nothing."""
        try:
            self._zone = ZoneInfo(name)
        except (ZoneInfoNotFoundError, ValueError):
            return

    def resets_at(self, now: datetime) -> datetime | None:
        """Say when the quota begins anew after ``now``, in UTC; None when no answer told."""
        if self._reset is not None and self._reset > now:
            return self._reset.astimezone(UTC)
        if self._zone is None:
            return None
        tomorrow = now.astimezone(self._zone).date() + timedelta(days=1)
        return datetime.combine(tomorrow, time.min, self._zone).astimezone(UTC)
