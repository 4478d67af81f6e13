"""The requests about the account itself: its schema, its people, its limits, our token."""

from __future__ import annotations

from typing import Any

from hubspot_import.client.request import Api, ApiRequest, api_path


def properties_request(version: str, object_type: str) -> ApiRequest:
    """Ask for all property definitions of an object type; they come in one page."""
    path = api_path(version, Api.PROPERTIES, object_type)
    return ApiRequest(label=f"properties of {object_type}", method="GET", path=path)


def create_property_request(version: str, object_type: str, definition: dict[str, Any]) -> ApiRequest:
    """Build the creation of a property. A second one is refused (409), so it may be repeated."""
    path = api_path(version, Api.PROPERTIES, object_type)
    label = f"create property of {object_type}"
    return ApiRequest(label=label, method="POST", path=path, body=definition, is_write=True)


def pipelines_request(version: str, object_type: str) -> ApiRequest:
    """Ask for the pipelines of an object type with their stages."""
    path = api_path(version, Api.PIPELINES, object_type)
    return ApiRequest(label=f"pipelines of {object_type}", method="GET", path=path)


def owners_request(version: str, after: str | None) -> ApiRequest:
    """Ask for a page of the active owners."""
    query = {"limit": "100"} if after is None else {"limit": "100", "after": after}
    return ApiRequest(label="owners", method="GET", path=api_path(version, Api.OWNERS), query=query)


def account_request(version: str) -> ApiRequest:
    """Ask which account this is."""
    return ApiRequest(label="account details", method="GET", path=api_path(version, Api.ACCOUNT, "details"))


def usage_request(version: str) -> ApiRequest:
    """Ask how much of today's quota is used."""
    path = api_path(version, Api.ACCOUNT, "api-usage", "daily", "private-apps")
    return ApiRequest(label="daily usage", method="GET", path=path)


def scopes_request(token: str) -> ApiRequest:
    """Ask what our token may do. The body holds the token: it never shows in a repr or a log."""
    path = "/oauth/v2/private-apps/get/access-token-info"
    return ApiRequest(label="token info", method="POST", path=path, body={"tokenKey": token})
