"""One pooled, authenticated HTTP session for an account."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

import requests
from requests.adapters import HTTPAdapter
from requests.auth import AuthBase

from hubspot_import.errors import SettingsError
from hubspot_import.settings import LOOPBACK_HOSTS, ClientSettings

USER_AGENT = "hubspot-crm-bulk-import"


class BearerAuth(AuthBase):
    """Sends the token with each request of a session."""

    def __init__(self, token: str) -> None:
        self._token = token

    def __call__(self, request: requests.PreparedRequest) -> requests.PreparedRequest:
        """Add the header."""
        request.headers["Authorization"] = f"Bearer {self._token}"
        return request

    def __repr__(self) -> str:
        """Keep the token out of logs."""
        return "BearerAuth(...)"


def open_session(settings: ClientSettings) -> requests.Session:
    """Open a session with connections that are kept and reused. Proxies and certificates are requests' own ways.

    Raises SettingsError when the token cannot be a token or would travel in the clear.
    """
    checked_base_url(settings)
    session = requests.Session()
    session.auth = BearerAuth(_checked_token(settings.token))
    session.headers["User-Agent"] = USER_AGENT
    # The adapter itself never retries: policy.py alone decides that.
    adapter = HTTPAdapter(pool_connections=2, pool_maxsize=settings.max_in_flight, pool_block=True)
    session.mount("https://", adapter)
    session.mount("http://", adapter)
    return session


def checked_base_url(settings: ClientSettings) -> str:
    """Give the account's address without a final slash. Plain http is for loopback, or where the settings allow it."""
    url = urlsplit(settings.base_url)
    if url.scheme not in {"https", "http"} or not url.hostname:
        raise SettingsError(f"the connection's host must be like https://api.hubapi.com, not {url.hostname or 'empty'}")
    if url.scheme == "http" and url.hostname not in LOOPBACK_HOSTS and not settings.allow_http:
        raise SettingsError(
            f"plain http to {url.hostname} would send the token in the clear; use https, or set allow_http in the "
            "connection's extra if that is meant"
        )
    return settings.base_url.rstrip("/")


def _checked_token(token: str) -> str:
    if not re.fullmatch(r"[!-~]+", token.strip()):
        raise SettingsError(
            "the HubSpot token in the connection's password field holds a blank or a character no token has; "
            "copy it again"
        )
    return token.strip()
