from __future__ import annotations

import pytest

from hubspot_import.client.account_requests import scopes_request
from hubspot_import.client.record_requests import associate_request
from hubspot_import.client.request import Api, api_path


@pytest.mark.parametrize(
    ("version", "api", "path"),
    [
        ("2026-09", Api.OBJECTS, "/crm/objects/2026-09/x"),
        ("2026-03", Api.PIPELINES, "/crm/pipelines/2026-03/x"),
        ("2026-09", Api.ACCOUNT, "/account-info/2026-09/x"),
        ("v3", Api.OBJECTS, "/crm/v3/objects/x"),
        ("v3", Api.ASSOCIATIONS, "/crm/v4/associations/x"),
    ],
)
def test_each_version_has_its_own_paths(version, api, path):
    assert api_path(version, api, "x") == path


def test_a_strange_object_type_cannot_leave_its_place_in_the_path():
    assert api_path("v3", Api.OBJECTS, "a?b=c#d") == "/crm/v3/objects/a%3Fb%3Dc%23d"


def test_the_token_in_a_body_shows_in_no_repr():
    assert "pat-secret" not in repr(scopes_request("pat-secret"))


def test_associating_again_does_no_harm():
    assert associate_request("2026-09", "contacts", "companies", []).is_repeatable
