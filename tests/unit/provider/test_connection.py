from __future__ import annotations

import json

import pytest

from hubspot_provider.commands.connection import account_mark, connection_json, has_connection, with_connection

TOKEN = "pat-na1-11111111-1111-4111-8111-111111111111"
NAME = "AIRFLOW_CONN_HUBSPOT_DEFAULT"


def test_the_token_of_the_environment_becomes_the_default_connection() -> None:
    built = json.loads(with_connection({"HUBSPOT_API_KEY": TOKEN})[NAME])
    assert built == {"conn_type": "hubspot", "host": "https://api.hubapi.com", "password": TOKEN, "extra": {}}


def test_a_host_and_plain_http_can_be_asked_for() -> None:
    asked = {"HUBSPOT_API_KEY": TOKEN, "HUBSPOT_API_BASE": "http://simulator:8025", "HUBSPOT_ALLOW_HTTP": "true"}
    built = json.loads(with_connection(asked)[NAME])
    assert (built["host"], built["extra"]) == ("http://simulator:8025", {"allow_http": True})


def test_a_connection_that_is_given_stays() -> None:
    assert with_connection({NAME: "given", "HUBSPOT_API_KEY": TOKEN})[NAME] == "given"


@pytest.mark.parametrize("name", [NAME, "HUBSPOT_API_KEY"])
def test_a_connection_or_a_token_counts_as_given(name: str) -> None:
    assert has_connection({name: "x"})
    assert not has_connection({name: ""})


def test_the_mark_of_an_account_depends_on_host_and_token_and_does_not_hold_the_token() -> None:
    marks = {
        account_mark({NAME: connection_json(host, token)}, "hubspot_default")
        for host in ("http://127.0.0.1:1", "http://127.0.0.1:2")
        for token in (TOKEN, TOKEN.replace("1111", "2222"))
    }
    assert len(marks) == 4
    assert not any(TOKEN[8:16] in mark for mark in marks)


def test_a_connection_url_is_understood() -> None:
    assert account_mark({NAME: f"hubspot://:{TOKEN}@127.0.0.1:8025"}, "hubspot_default").startswith("127.0.0.1:8025 ")


def test_a_connection_that_only_airflow_knows_is_told_by_its_id() -> None:
    assert account_mark({}, "other_account") == "connection other_account"
