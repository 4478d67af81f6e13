from __future__ import annotations

from datetime import UTC, datetime

from hubspot_import.client.quota import QuotaClock

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)


def test_what_the_account_says_is_taken():
    clock = QuotaClock()
    clock.learn_zone("America/New_York")
    clock.learn_reset("2026-11-24T23:00:00.000Z")
    assert clock.resets_at(NOW) == datetime(2026, 11, 24, 23, tzinfo=UTC)


def test_a_reset_that_has_passed_gives_way_to_the_next_midnight_of_the_zone():
    clock = QuotaClock()
    clock.learn_zone("America/New_York")
    clock.learn_reset("2026-11-24T05:00:00.000Z")
    assert clock.resets_at(NOW) == datetime(2026, 11, 25, 5, tzinfo=UTC)


def test_nothing_is_claimed_that_no_answer_told():
    clock = QuotaClock()
    clock.learn_reset("soon")
    clock.learn_zone("Nowhere/At_All")
    assert clock.resets_at(NOW) is None
