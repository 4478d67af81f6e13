from __future__ import annotations

import logging

import pytest
import requests

from hubspot_import.errors import (
    HubSpotUnavailableError,
    QuotaError,
    RequestRefusedError,
    ScopeError,
    SettingsError,
    TokenError,
)
from support.clock import FakeClock
from support.scripted_http import TOKEN, Reply, scripted_client

ACCOUNT = Reply(
    body={"portalId": 7, "accountType": "STANDARD", "timeZone": "Europe/Paris", "uiDomain": "app.hubspot.com"}
)
BUSY = Reply(status=429, body={"policyName": "TEN_SECONDLY_ROLLING", "message": "limit"})
DOWN = Reply(status=503, body="<html>Service unavailable</html>")
RESET = Reply(error=requests.ConnectionError("reset"))


@pytest.mark.parametrize("failure", [DOWN, RESET, Reply(error=requests.ReadTimeout()), Reply(body='{"portalId": ')])
def test_a_failure_that_passes_is_not_seen(failure):
    client, adapter = scripted_client(FakeClock(), failure, ACCOUNT)
    assert client.account().id == "7"
    assert len(adapter.sent) == 2


def test_a_throttled_request_is_sent_again_after_the_wait_it_is_told():
    clock = FakeClock()
    client, _ = scripted_client(clock, Reply(status=429, headers={"Retry-After": "2"}), ACCOUNT)
    client.account()
    assert clock.slept == [2]


def test_a_refused_request_keeps_its_place_in_the_window_to_be_on_the_safe_side():
    clock = FakeClock()
    headers = {"Retry-After": "2", "X-HubSpot-RateLimit-Max": "1", "X-HubSpot-RateLimit-Remaining": "0"}
    client, _ = scripted_client(clock, Reply(status=429, headers=headers), ACCOUNT)
    client.account()
    assert clock.slept == [2, 8.05]


def test_a_throttled_request_waits_for_the_window_of_the_account():
    clock = FakeClock()
    window = {"X-HubSpot-RateLimit-Interval-Milliseconds": "3000"}
    client, _ = scripted_client(clock, Reply(status=429, headers=window), ACCOUNT)
    client.account()
    assert clock.slept == [3]


def test_what_was_spent_is_counted():
    client, _ = scripted_client(FakeClock(), BUSY, DOWN, ACCOUNT)
    client.account()
    spent = client.stats
    assert (spent.requests, spent.writes, spent.retries, spent.rate_limited) == (3, 0, 2, 1)
    assert spent.seconds_waited_for_limit == 10


def test_a_write_counts_as_one_each_time_it_is_sent():
    client, _ = scripted_client(FakeClock(), DOWN, Reply(status=204, body=""))
    client.archive("contacts", ["1"])
    assert client.stats.writes == 2


def test_beyond_patience_the_host_the_fault_and_the_tries_are_named():
    client, adapter = scripted_client(FakeClock(), *[DOWN] * 4)
    with pytest.raises(HubSpotUnavailableError, match=r"api\.hubapi\.com .*503 after 4 tries") as caught:
        client.account()
    assert caught.value.status == 503
    assert len(adapter.sent) == 4


def test_every_request_has_a_timeout():
    client, adapter = scripted_client(FakeClock(), ACCOUNT, read_timeout=9.0)
    client.account()
    assert adapter.timeouts == [(5.0, 9.0)]


def test_the_token_goes_in_the_header():
    client, adapter = scripted_client(FakeClock(), ACCOUNT)
    client.account()
    assert adapter.sent[0].headers["Authorization"] == f"Bearer {TOKEN}"


def test_a_refused_token_is_not_tried_again_and_the_remedy_is_named():
    client, adapter = scripted_client(FakeClock(), Reply(status=401, body={"category": "INVALID_AUTHENTICATION"}))
    with pytest.raises(TokenError, match="password field"):
        client.account()
    assert len(adapter.sent) == 1


def test_a_missing_scope_is_named():
    body = {"category": "MISSING_SCOPES", "errors": [{"context": {"requiredGranularScopes": ["tickets"]}}]}
    client, _ = scripted_client(FakeClock(), Reply(status=403, body=body))
    with pytest.raises(ScopeError, match="lacks the scope tickets"):
        client.properties("tickets")


def test_the_spent_quota_says_when_it_resets():
    daily = Reply(status=429, body={"policyName": "DAILY", "message": "You have reached your daily limit."})
    usage = Reply(body={"results": [{"usageLimit": 1, "currentUsage": 1, "resetsAt": "2026-11-25T00:00:00Z"}]})
    client, _ = scripted_client(FakeClock(), daily, usage)
    with pytest.raises(QuotaError, match="resets at 2026-11-25T00:00:00Z"):
        client.account()


def test_the_spent_quota_says_the_rule_when_asking_is_refused_too():
    daily = Reply(status=429, body={"policyName": "DAILY"})
    client, _ = scripted_client(FakeClock(), daily, daily)
    with pytest.raises(QuotaError, match="midnight in the account's time zone"):
        client.account()


def test_a_refusal_tells_status_and_category_but_never_the_answer():
    body = {"category": "VALIDATION_ERROR", "message": "ada@x.org is no good"}
    client, _ = scripted_client(FakeClock(), Reply(status=400, body=body))
    with pytest.raises(RequestRefusedError) as caught:
        client.account()
    assert (caught.value.status, caught.value.category) == (400, "VALIDATION_ERROR")
    assert "@" not in str(caught.value)


def test_a_redirect_is_not_followed():
    client, adapter = scripted_client(FakeClock(), Reply(status=302, headers={"Location": "https://elsewhere.example"}))
    with pytest.raises(RequestRefusedError, match="redirects"):
        client.account()
    assert len(adapter.sent) == 1


def test_waits_are_logged_without_data(caplog):
    caplog.set_level(logging.INFO, "hubspot_import")
    ok = Reply(body={"results": [{"id": "1", "properties": {"email": "ada@x.org"}, "new": True}]})
    client, _ = scripted_client(FakeClock(), BUSY, DOWN, ok)
    client.upsert("contacts", [{"email": "ada@x.org"}])
    assert "429: waiting 10.0 s for the rate limit" in caplog.text
    assert "503: try 2 of 4 in " in caplog.text
    assert "@" not in caplog.text
    assert TOKEN not in caplog.text


def test_the_token_shows_in_no_repr():
    client, _ = scripted_client(FakeClock())
    assert TOKEN not in repr(client)


def test_plain_http_to_another_machine_is_refused():
    with pytest.raises(SettingsError, match="in the clear"):
        scripted_client(FakeClock(), base_url="http://hubspot.example")


@pytest.mark.parametrize("settings", [{"base_url": "http://127.0.0.1:1"}, {"base_url": "http://[::1]:1"}])
def test_plain_http_to_loopback_is_fine(settings):
    assert scripted_client(FakeClock(), **settings)


def test_plain_http_is_fine_where_it_is_meant():
    assert scripted_client(FakeClock(), base_url="http://simulator:8025", allow_http=True)


@pytest.mark.parametrize("base_url", ["ftp://x", "api.hubapi.com", "https://"])
def test_an_address_that_is_none_is_refused(base_url):
    with pytest.raises(SettingsError, match=r"must be like https://api\.hubapi\.com"):
        scripted_client(FakeClock(), base_url=base_url)


def test_a_token_with_a_line_break_is_refused_without_showing_it():
    with pytest.raises(SettingsError) as caught:
        scripted_client(FakeClock(), token="pat-secret\nX: y")
    assert "pat-secret" not in str(caught.value)
