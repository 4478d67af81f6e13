"""The hook in Airflow's own surroundings, against a simulated account in real time (waits scaled down)."""

from __future__ import annotations

import inspect
import json
import logging
import re
from collections.abc import Iterator, Mapping
from dataclasses import fields
from typing import Any

import jsonschema
import pytest
from airflow.models.connection import Connection
from airflow.providers.http.hooks.http import HttpHook

from hubspot_import.client.wire import Link
from hubspot_import.errors import SettingsError, TokenError
from hubspot_import.settings import ClientSettings
from hubspot_provider.hooks.account_words import tier_words
from hubspot_provider.hooks.hubspot import HubSpotHook, client_settings
from hubspot_provider.provider_info import get_provider_info
from hubspot_simulator.server import SimulatorServer

QUICK = {"retry_delay": 0.01}


@pytest.fixture
def server() -> Iterator[SimulatorServer]:
    with SimulatorServer() as running:
        yield running


@pytest.fixture
def connect(monkeypatch: pytest.MonkeyPatch, server: SimulatorServer):
    """Point ``hubspot_default`` at the server."""

    def connect(*, token: str = server.token, host: str = server.url, **extra: Any) -> HubSpotHook:
        connection = {"conn_type": "hubspot", "host": host, "password": token, "extra": {**QUICK, **extra}}
        monkeypatch.setenv("AIRFLOW_CONN_HUBSPOT_DEFAULT", json.dumps(connection))
        return HubSpotHook()

    return connect


def people(count: int) -> list[dict[str, str]]:
    return [{"email": f"person{number}@example.org", "firstname": f"P{number}"} for number in range(count)]


def settings_of(environment: Mapping[str, str] | None = None, **connection: Any):
    values = {"password": "pat-x", **connection}
    return client_settings(Connection(conn_type="hubspot", **values), environment or {})


def test_250_contacts_are_three_requests_and_survive_a_429_and_a_503(connect, server):
    server.faults.next(status=429, headers={"Retry-After": "0"}, path_contains="upsert")
    server.faults.next(status=503, path_contains="upsert", html=True)
    hook = connect()
    outcomes = hook.upsert("contacts", people(250))
    assert all(outcome.is_written and outcome.is_new for outcome in outcomes)
    assert len(server.account.records("contacts")) == 250
    statuses = [request.status for request in server.account.requests]
    assert sorted(statuses) == [200, 200, 200, 429, 503]


def test_the_second_upsert_of_the_same_people_creates_nobody(connect, server):
    hook = connect()
    hook.upsert("contacts", people(3))
    assert [outcome.is_new for outcome in hook.upsert("contacts", people(3))] == [False] * 3
    assert len(server.account.records("contacts")) == 3


def test_each_verb_reaches_the_account(connect, server):
    hook = connect()
    company = hook.create("companies", [{"name": "Null & Sons", "domain": "null.example.com"}])[0]
    contact = hook.upsert("contacts", people(1))[0]
    assert company.record_id
    assert contact.record_id
    assert hook.update("companies", [{"id": company.record_id, "city": "Lyon"}])[0].is_written
    link = Link(from_id=contact.record_id, to_id=company.record_id, type_ids=(279,))
    assert [outcome.is_written for outcome in hook.associate("contacts", "companies", [link])] == [True]
    assert (
        hook.read("companies", [company.record_id], properties=["city"])[company.record_id].properties["city"] == "Lyon"
    )
    assert "email" in hook.properties("contacts")
    assert hook.pipelines("tickets")[0].stages
    assert hook.usage().daily_limit
    assert isinstance(hook.owners(), list)
    hook.archive("contacts", [contact.record_id])
    assert hook.read("contacts", [contact.record_id], properties=["email"]) == {}


def test_a_good_connection_says_which_account_it_reaches(connect):
    hook = connect()
    account = hook.account()
    is_good, text = hook.test_connection()
    assert is_good, text
    assert account.id in text
    assert account.time_zone in text
    assert hook.settings.token not in text


def test_a_good_connection_says_its_tier_and_what_is_left_of_today(connect):
    hook = connect()
    usage = hook.usage()
    text = hook.test_connection()[1]
    assert f"{usage.daily_limit:,} requests a day, which is {tier_words(usage.daily_limit)}" in text
    left = int(re.search(r"; ([\d,]+) are left today until", text)[1].replace(",", ""))
    assert usage.daily_limit - usage.used_today - left == 2  # this usage() and the button's account(), then its own


def test_a_wrong_token_is_said_in_words(connect):
    is_good, text = connect(token="pat-na1-wrong").test_connection()
    assert (is_good, "does not accept the token" in text) == (False, True)
    assert "pat-na1-wrong" not in text


def test_a_missing_scope_is_said_by_name(connect, server):
    server.account.scopes.discard("crm.objects.companies.write")
    is_good, text = connect().test_connection()
    assert (is_good, "companies: crm.objects.companies.write." in text) == (False, True)
    assert server.token not in text


def test_an_unreachable_host_is_said_in_words_and_tried_once(connect):
    is_good, text = connect(host="http://127.0.0.1:9", retry_delay=60).test_connection()
    assert (is_good, "127.0.0.1:9" in text, "refused" in text) == (False, True, True)


def test_a_connection_without_a_token_is_said_in_words(connect):
    is_good, text = connect(token="").test_connection()
    assert (is_good, "password field" in text) == (False, True)


def test_run_goes_through_the_client(connect, server):
    server.faults.next(status=503)
    hook = connect()
    hook.method = "GET"
    response = hook.run("/crm/objects/2026-09/contacts", {"limit": "1"})
    assert response.json()["results"] == []
    assert hook.client.stats.retries == 1


def test_run_raises_our_errors_and_not_airflows(connect):
    with pytest.raises(TokenError):
        connect(token="pat-na1-wrong").run("/crm/objects/2026-09/contacts/batch/read", json={"inputs": []})


def test_run_refuses_what_it_would_not_use(connect):
    with pytest.raises(SettingsError, match="files"):
        connect().run("/x", files={})


def test_the_connection_is_looked_up_once_and_its_extra_is_no_header(connect, monkeypatch):
    hook = connect(batch_size=50)
    session = hook.get_conn()
    monkeypatch.delenv("AIRFLOW_CONN_HUBSPOT_DEFAULT")
    assert hook.get_conn() is session
    assert hook.client.account().id
    assert {"batch_size", "retry_delay"}.isdisjoint(session.headers)


def test_headers_of_ones_own_do_not_stay_in_the_shared_session(connect):
    hook = connect()
    assert hook.get_conn({"X-One": "1"}).headers["X-One"] == "1"
    assert "X-One" not in hook.get_conn().headers


def test_get_conn_can_be_called_as_httphook_calls_it():
    ours, theirs = (inspect.signature(hook.get_conn).parameters for hook in (HubSpotHook, HttpHook))
    assert list(ours) == list(theirs)


def test_nothing_personal_and_no_token_is_logged(connect, server, caplog):
    caplog.set_level(logging.DEBUG, "hubspot_import")
    server.faults.next(status=503)
    connect().upsert("contacts", people(2))
    assert "batch 1/1" in caplog.text
    assert "@" not in caplog.text
    assert server.token not in caplog.text


@pytest.mark.parametrize(
    ("connection", "base_url"),
    [
        ({}, "https://api.hubapi.com"),
        ({"host": "api.hubapi.com", "port": 443}, "https://api.hubapi.com:443"),
        ({"host": "api.hubapi.com", "port": 0}, "https://api.hubapi.com"),
        ({"host": "https://api.hubapi.com/"}, "https://api.hubapi.com"),
        ({"host": "http://127.0.0.1:8025"}, "http://127.0.0.1:8025"),
        ({"host": "http://127.0.0.1:8025", "port": 443}, "http://127.0.0.1:8025"),
        ({"host": "localhost", "schema": "http", "port": 8025}, "http://localhost:8025"),
    ],
)
def test_the_host_may_carry_scheme_and_port_or_not(connection, base_url):
    assert settings_of(**connection).base_url == base_url


def test_an_extra_comes_before_the_environment():
    assert settings_of({"BATCH_SIZE": "20", "MAX_RETRIES": "7"}, extra=json.dumps({"batch_size": 10})).batch_size == 10


def test_a_field_left_empty_in_the_form_leaves_the_environment_its_say():
    assert settings_of({"MAX_RETRIES": "7"}, extra=json.dumps({"max_retries": None})).max_retries == 7


def test_a_setting_that_makes_no_sense_is_named():
    with pytest.raises(SettingsError, match="BATCH_SIZE"):
        settings_of(extra=json.dumps({"batch_size": 500}))


def test_airflow_knows_the_connection_type():
    from airflow.providers_manager import ProvidersManager

    assert get_provider_info()["package-name"] in ProvidersManager().providers
    hook = Connection(conn_id="hubspot_default", conn_type="hubspot", password="pat-x").get_hook()
    assert isinstance(hook, HubSpotHook)


def test_every_field_of_the_form_is_a_setting_of_the_client():
    [connection_type] = get_provider_info()["connection-types"]
    sample = {"batch_size": 50, "max_retries": 1, "retry_delay": 0.5, "requests_per_second": 5.0}
    sample |= {"delay_between_batches": 0.1, "api_version": "v3", "allow_http": True}
    sample |= {"max_in_flight": 4, "reserve_percent": 10.0, "ca_bundle": "/etc/ca.pem", "proxy": "http://proxy:3128"}
    sample |= {"rate_limit_url": "memory:", "connect_timeout": 2.5, "read_timeout": 30.0}
    assert set(connection_type["conn-fields"]) == set(sample)
    assert set(sample) | {"base_url", "token"} == {setting.name for setting in fields(ClientSettings)}
    for name, value in sample.items():
        jsonschema.validate(value, connection_type["conn-fields"][name]["schema"])
    settings = settings_of(extra=json.dumps(sample))
    assert {name: getattr(settings, name) for name in sample} == sample


def test_every_field_of_the_form_may_be_left_empty_and_says_what_it_is_for():
    [connection_type] = get_provider_info()["connection-types"]
    for name, field in connection_type["conn-fields"].items():
        assert field["label"], name
        assert field["description"].rstrip().endswith("."), name
        jsonschema.validate(None, field["schema"])


def test_the_form_keeps_the_port_because_airflows_test_button_needs_it():
    [connection_type] = get_provider_info()["connection-types"]
    behaviour = connection_type["ui-field-behaviour"]
    assert "port" not in behaviour["hidden-fields"]
    assert behaviour["placeholders"]["port"] == "443"
    assert "443" in behaviour["relabeling"]["port"]
