"""New limits for a running account, as JSON or from the front page's form; what is not named stays as it is."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict, Field

from hubspot_simulator.limits import Lane, Limits


class LimitOrder(BaseModel):
    """Requests per window, requests a day, and how many of today's count as made."""

    model_config = ConfigDict(extra="forbid")

    per_10s: int | None = Field(default=None, ge=1)
    associations_per_10s: int | None = Field(default=None, ge=1)
    searches_per_second: int | None = Field(default=None, ge=1)
    per_day: int | None = Field(default=None, ge=0)
    used_today: int | None = Field(default=None, ge=0)

    def apply(self, limits: Limits) -> None:
        """Change the limits of an account."""
        by_lane = {
            Lane.BURST: self.per_10s,
            Lane.ASSOCIATIONS: self.associations_per_10s,
            Lane.SEARCH: self.searches_per_second,
        }
        for lane, limit in by_lane.items():
            if limit is not None:
                limits.set_limit(lane, limit)
        if self.per_day is not None:
            limits.per_day = self.per_day
        if self.used_today is not None:
            limits.used_today = self.used_today
