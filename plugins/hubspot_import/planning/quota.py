"""What a plan costs: requests, time and the share of the day's quota."""

from __future__ import annotations

import math
from collections.abc import Mapping

from hubspot_import.client.linking import MAX_LINKS
from hubspot_import.client.quota import reset_moment
from hubspot_import.client.wire import Usage
from hubspot_import.errors import QuotaError
from hubspot_import.model import ObjectType
from hubspot_import.settings import MAX_BATCH_SIZE

SECONDS_PER_REQUEST = 0.5
"""A full batch takes 0.3 s and more (recorded answers of 10 records); the rate limit allows ten a second."""


def write_requests(
    records: Mapping[ObjectType, Mapping[str, int]], links: Mapping[str, Mapping[str, int]], new_properties: int
) -> int:
    """Count the write requests of a plan: batches of creates and of updates, of links, and one for each new property.

    ``records`` counts actions by object type, ``links`` ``create`` and ``unchanged`` by kind of link.
    """
    batches = sum(
        math.ceil(counts.get(action, 0) / MAX_BATCH_SIZE)
        for counts in records.values()
        for action in ("create", "update")
    )
    return batches + sum(math.ceil(counts["create"] / MAX_LINKS) for counts in links.values()) + new_properties


def minutes(requests: int) -> float:
    """Estimate how long the writes take."""
    return round(requests * SECONDS_PER_REQUEST / 60, 1)


def quota_share(requests: int, usage: Usage) -> float | None:
    """The share of the account's daily quota a plan takes; None when the account does not say."""
    return round(requests / usage.daily_limit, 6) if usage.daily_limit else None


def check_quota(requests: int, usage: Usage) -> None:
    """Raise QuotaError when what is left today does not carry the plan; the account counts all apps together.

    It says when there is more, unless the plan needs more than any day has.
    """
    if usage.daily_limit is None or usage.used_today is None:
        return
    left = usage.daily_limit - usage.used_today
    if requests > left:
        resets = f"it resets at {usage.resets_at}" if usage.resets_at else "it resets at midnight of the account"
        raise QuotaError(
            f"the plan needs {requests} requests and {max(left, 0)} of {usage.daily_limit} are left today; {resets}. "
            "Nothing was written: run again then, or import fewer rows (param limit).",
            resets_at=reset_moment(usage.resets_at) if requests <= usage.daily_limit else None,
        )
