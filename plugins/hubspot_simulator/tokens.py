"""The token the simulator accepts when nobody names another. It opens nothing but the simulator."""

from __future__ import annotations

DEFAULT_TOKEN = "pat-na1-00000000-0000-4000-8000-000000000000"  # noqa: S105


def masked(token: str) -> str:
    """Shorten a token for the screen: ``pat-na1-…``."""
    return f"{token[:8]}…"
