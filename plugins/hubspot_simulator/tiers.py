"""What a subscription grants: requests per 10 seconds and per day (hubspot-api.md §6, §10; V DOC usage guidelines)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

MAX_ADD_ONS = 2


class Tier(StrEnum):
    """HubSpot's subscriptions."""

    FREE = "free"
    STARTER = "starter"
    PROFESSIONAL = "professional"
    ENTERPRISE = "enterprise"


@dataclass(frozen=True, slots=True, kw_only=True)
class Allowance:
    """Requests per 10 seconds and token, association requests per 10 seconds, requests per day and account."""

    per_10s: int
    associations_per_10s: int
    per_day: int


_ALLOWANCES: Mapping[Tier, Allowance] = {
    Tier.FREE: Allowance(per_10s=100, associations_per_10s=100, per_day=250_000),
    Tier.STARTER: Allowance(per_10s=100, associations_per_10s=100, per_day=250_000),
    Tier.PROFESSIONAL: Allowance(per_10s=190, associations_per_10s=150, per_day=625_000),
    Tier.ENTERPRISE: Allowance(per_10s=190, associations_per_10s=150, per_day=1_000_000),
}


def allowance(tier: Tier, add_ons: int = 0) -> Allowance:
    """Look up a tier with its API limit add-ons (at most MAX_ADD_ONS; each adds a million requests a day)."""
    own = _ALLOWANCES[tier]
    if not add_ons:
        return own
    return Allowance(per_10s=250, associations_per_10s=200, per_day=own.per_day + 1_000_000 * add_ons)
