from __future__ import annotations

import io

import pytest
import requests
from hypothesis import given
from hypothesis import strategies as st
from urllib3.connection import HTTPConnection
from urllib3.exceptions import MaxRetryError, NewConnectionError

from hubspot_import.client.answer import attempt_of, failed_attempt, required_scopes


def a_response(status: int, content: bytes) -> requests.Response:
    response = requests.Response()
    response.status_code = status
    response.raw = io.BytesIO(content)
    return response


def test_a_page_of_html_from_a_gateway_is_an_empty_body():
    attempt = attempt_of(a_response(502, b"<html><h1>Bad gateway</h1>"), is_answered=True)
    assert (attempt.status, attempt.body, attempt.is_whole) == (502, {}, True)


def test_a_success_whose_json_is_torn_is_not_whole():
    assert not attempt_of(a_response(200, b'{"results": [{"id"'), is_answered=True).is_whole


def test_an_empty_success_is_whole_where_no_answer_is_due():
    assert attempt_of(a_response(204, b""), is_answered=False).is_whole


@given(st.binary(), st.sampled_from([200, 400, 500]))
def test_any_bytes_are_read_without_raising(content, status):
    attempt = attempt_of(a_response(status, content), is_answered=True)
    assert isinstance(attempt.body, dict)


def test_a_refused_connection_surely_did_not_arrive():
    reason = NewConnectionError(HTTPConnection("127.0.0.1"), "refused")
    attempt = failed_attempt(requests.ConnectionError(MaxRetryError(None, "/", reason)))
    assert (attempt.fault, attempt.may_have_arrived) == ("the connection was refused", False)


def test_a_read_that_timed_out_may_have_arrived():
    attempt = failed_attempt(requests.ReadTimeout("https://host/path?email=a@b.org"))
    assert (attempt.fault, attempt.may_have_arrived) == ("no answer in time", True)


@pytest.mark.parametrize(
    "body",
    [
        {"errors": [{"context": {"requiredGranularScopes": ["companies-read"]}}]},
        {"context": {"requiredGranularScopes": ["companies-read"]}},
        {"message": "You do not have permissions to view (requires one of [companies-read])"},
    ],
)
def test_the_missing_scope_is_found_in_each_shape_hubspot_gives(body):
    assert required_scopes(body) == ("companies-read",)


def test_a_refusal_that_names_no_scope_gives_none():
    assert required_scopes({"message": "no", "errors": [None], "context": 3}) == ()
