"""What a parser makes of one value."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple


class Reading(NamedTuple):
    """``wire`` is the string HubSpot takes, None when the text is invalid; then ``reason`` says why.

    ``reason`` is a clause without a full stop. ``suggestion`` is what to type instead, when that can be told.
    """

    wire: str | None
    reason: str | None = None
    suggestion: str | None = None


Parser = Callable[[str], Reading]
"""A parser takes text that is not blank and never raises."""


def refused(reason: str, suggestion: str | None = None) -> Reading:
    """The reading of an invalid value."""
    return Reading(None, reason, suggestion)
