"""Say in words why HubSpot refused a request that cannot succeed as it is."""

from __future__ import annotations

from hubspot_import.client.answer import Attempt, required_scopes
from hubspot_import.client.request import ApiRequest
from hubspot_import.errors import FatalError, RequestRefusedError, ScopeError, TokenError


def refusal(attempt: Attempt, request: ApiRequest) -> FatalError:
    """Make the exception for a refused request. Its text never quotes the answer: that may quote values."""
    if attempt.status == 401:
        return TokenError(
            "HubSpot does not accept the token (401); create a new private-app token or service key in HubSpot "
            "(Settings > Integrations) and put it into the connection's password field"
        )
    if attempt.status == 403:
        scopes = ", ".join(required_scopes(attempt.body)) or "that HubSpot did not name"
        return ScopeError(
            f"HubSpot refuses '{request.label}' (403): the token lacks the scope {scopes}; "
            "add it to the private app or service key in HubSpot, then run again"
        )
    status = attempt.status or 0
    category = attempt.category
    named = f"{status} {category}" if category else str(status)
    return RequestRefusedError(
        f"HubSpot refuses '{request.label}' ({named}); {_remedy(attempt)}", status=status, category=category
    )


def _remedy(attempt: Attempt) -> str:
    if attempt.status == 404:
        return "check the connection's host and api_version"
    if attempt.status is not None and 300 <= attempt.status < 400:
        return "the host redirects elsewhere; give the API's own address"
    if "by non-unique" in attempt.message:
        return "the key property does not have unique values; choose one that has"
    return "it cannot succeed as it is, and nothing of it was written"
