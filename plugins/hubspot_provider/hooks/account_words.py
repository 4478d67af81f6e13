"""The Test button's answer in words: which account, what its token lacks for which object type, what is left of today.

Nothing here holds the token, and of the account only what identifies it.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping

from hubspot_import.client.wire import Account, Usage
from hubspot_import.model import ObjectType
from hubspot_import.planning.scopes import READ_SCOPES, SCHEMA_SCOPES, WRITE_SCOPES

_TIERS: Mapping[int, str] = {250_000: "Free or Starter", 625_000: "Professional", 1_000_000: "Enterprise"}
"""Requests a day of private apps by subscription (HubSpot's usage guidelines)."""
_ADD_ON = 1_000_000
_MAX_ADD_ONS = 2


def tier_words(daily_limit: int) -> str | None:
    """Guess the subscription from the requests a day it grants; None for a limit no subscription has."""
    for add_ons in range(_MAX_ADD_ONS + 1):
        if tier := _TIERS.get(daily_limit - add_ons * _ADD_ON):
            return tier if not add_ons else f"{tier} with {add_ons} API limit add-on{'s' * (add_ons > 1)}"
    return None


def reached_words(account: Account, usage: Usage) -> str:
    """Say which account answered, its tier by its limits, and what is left of today's quota."""
    domain = f", {account.ui_domain}" if account.ui_domain else ""
    who = f"HubSpot account {account.id} reached ({account.account_type}{domain}, time zone {account.time_zone})"
    return f"{who}. {_quota_words(usage)}"


def missing_by_type(granted: Collection[str]) -> dict[ObjectType, list[str]]:
    """List for each object type the scopes for reading and writing it that the token lacks; complete types are absent.

    Links need the scopes of both ends, and no others.
    """
    needed = {kind: dict.fromkeys((READ_SCOPES[kind], WRITE_SCOPES[kind])) for kind in ObjectType}
    missing = {kind: [scope for scope in scopes if scope not in granted] for kind, scopes in needed.items()}
    return {kind: scopes for kind, scopes in missing.items() if scopes}


def scope_words(granted: Collection[str] | None) -> str:
    """Say what the token may do; None: HubSpot does not tell of this kind of token."""
    if granted is None:
        return "Which scopes the token has cannot be asked."
    if missing := missing_by_type(granted):
        lacking = "; ".join(f"{kind}: {', '.join(scopes)}" for kind, scopes in missing.items())
        return f"The token lacks scopes for {lacking}. Add them in HubSpot, or import the other object types only."
    return f"The token has the scopes an import needs.{_key_words(granted)}"


def _key_words(granted: Collection[str]) -> str:
    lacking = [scope for scope in SCHEMA_SCOPES.values() if scope not in granted]
    if not lacking:
        return ""
    return f" Only to create a missing key property it would also need {', '.join(lacking)}."


def _quota_words(usage: Usage) -> str:
    if usage.daily_limit is None:
        return "Today's quota cannot be asked."
    tier = tier_words(usage.daily_limit)
    limit = f"{usage.daily_limit:,} requests a day{f', which is {tier}' if tier else ''}"
    if usage.used_today is None:
        return f"Its limit is {limit}."
    until = f" until {usage.resets_at}" if usage.resets_at else ""
    return f"Its limit is {limit}; {max(0, usage.daily_limit - usage.used_today):,} are left today{until}."
