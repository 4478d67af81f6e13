"""What the Test button says, without an account."""

from __future__ import annotations

import pytest

from hubspot_import.client.wire import Account, Usage
from hubspot_import.model import ObjectType
from hubspot_import.planning.scopes import READ_SCOPES, SCHEMA_SCOPES, WRITE_SCOPES
from hubspot_provider.hooks.account_words import missing_by_type, reached_words, scope_words, tier_words

ACCOUNT = Account(id="48000001", account_type="STANDARD", time_zone="Europe/Paris", ui_domain="app-eu1.hubspot.com")
EVERYTHING = {*READ_SCOPES.values(), *WRITE_SCOPES.values(), *SCHEMA_SCOPES.values()}


@pytest.mark.parametrize(
    ("daily_limit", "words"),
    [
        (250_000, "Free or Starter"),
        (625_000, "Professional"),
        (1_000_000, "Enterprise"),
        (1_625_000, "Professional with 1 API limit add-on"),
        (3_000_000, "Enterprise with 2 API limit add-ons"),
        (123, None),
    ],
)
def test_the_tier_is_told_by_the_requests_a_day(daily_limit: int, words: str | None) -> None:
    assert tier_words(daily_limit) == words


def test_the_account_the_tier_and_the_rest_of_today_are_said() -> None:
    text = reached_words(ACCOUNT, Usage(daily_limit=625_000, used_today=25_000, resets_at="2026-11-25T05:00:00Z"))
    assert text == (
        "HubSpot account 48000001 reached (STANDARD, app-eu1.hubspot.com, time zone Europe/Paris). Its limit is "
        "625,000 requests a day, which is Professional; 600,000 are left today until 2026-11-25T05:00:00Z."
    )


def test_a_limit_of_no_known_tier_and_unknown_use_are_said_plainly() -> None:
    text = reached_words(ACCOUNT, Usage(daily_limit=123, used_today=None, resets_at=None))
    assert text.endswith("Its limit is 123 requests a day.")


def test_more_used_than_granted_leaves_nothing() -> None:
    assert "; 0 are left today." in reached_words(ACCOUNT, Usage(daily_limit=100, used_today=101, resets_at=None))


def test_a_quota_nobody_tells_is_said_so() -> None:
    assert "cannot be asked" in reached_words(ACCOUNT, Usage(daily_limit=None, used_today=None, resets_at=None))


def test_missing_scopes_are_said_for_the_object_type_they_are_for() -> None:
    granted = EVERYTHING - {"tickets", "crm.objects.contacts.read"}
    assert missing_by_type(granted) == {
        ObjectType.CONTACTS: ["crm.objects.contacts.read"],
        ObjectType.TICKETS: ["tickets"],
    }
    assert "lacks scopes for contacts: crm.objects.contacts.read; tickets: tickets." in scope_words(granted)


def test_a_scope_only_a_first_import_needs_is_a_remark_and_no_fault() -> None:
    granted = EVERYTHING - {"crm.schemas.companies.write"}
    assert missing_by_type(granted) == {}
    assert "also need crm.schemas.companies.write" in scope_words(granted)
    assert "also need" not in scope_words(EVERYTHING)


def test_scopes_nobody_tells_are_said_so() -> None:
    assert "cannot be asked" in scope_words(None)
