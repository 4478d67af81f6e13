"""Numbers in words."""

from __future__ import annotations

import pytest

from hubspot_import.reporting.wording import duration, moment, percent, share


@pytest.mark.parametrize(
    ("seconds", "words"),
    [(0.04, "0.0 s"), (12.34, "12.3 s"), (59.7, "1 min 00 s"), (65, "1 min 05 s"), (3725, "1 h 02 min")],
)
def test_durations_read_naturally(seconds: float, words: str) -> None:
    assert duration(seconds) == words


@pytest.mark.parametrize(
    ("rate", "words"), [(1, "100%"), (0.9999, "99.9%"), (0.873, "87.3%"), (0.0001, "under 0.1%"), (0.0, "0.0%")]
)
def test_only_all_is_a_hundred_percent_and_only_nothing_is_none(rate: float, words: str) -> None:
    assert percent(rate) == words


def test_a_share_of_nothing_is_a_dash() -> None:
    assert (share(0, 0), share(145, 166)) == ("–", "87.3%")


def test_moments_are_told_in_utc() -> None:
    assert moment("2026-11-24T09:00:00+01:00") == "2026-11-24 08:00:00 UTC"


def test_what_is_no_moment_stays() -> None:
    assert moment("") == ""
