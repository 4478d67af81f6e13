"""One pooled, authenticated HTTP session for an account."""

from __future__ import annotations

import re
from pathlib import Path
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
    """Open a session with connections that are kept and reused.

    Raises SettingsError when the token cannot be a token or would travel in the clear, and when proxy or certificates
    make no sense.
    """
    base_url = checked_base_url(settings)
    session = requests.Session()
    _choose_way(session, settings, base_url)
    session.auth = BearerAuth(_checked_token(settings.token))
    session.headers["User-Agent"] = USER_AGENT
    # The adapter itself never retries: policy.py alone decides that.
    adapter = HTTPAdapter(pool_connections=2, pool_maxsize=settings.max_in_flight, pool_block=True)
    session.mount("https://", adapter)
    session.mount("http://", adapter)
    return session


def _choose_way(session: requests.Session, settings: ClientSettings, base_url: str) -> None:
    """Set proxy and certificates. requests lets the environment win over a session: here the settings have the say."""
    found = session.merge_environment_settings(base_url, {}, None, None, None)
    session.proxies, session.verify = found["proxies"], found["verify"]
    session.trust_env = False
    if settings.proxy:
        session.proxies = dict.fromkeys(("http", "https"), _checked_proxy(settings.proxy))
    if settings.ca_bundle:
        session.verify = _checked_bundle(settings.ca_bundle)


def _checked_proxy(proxy: str) -> str:
    url = urlsplit(proxy)
    if url.scheme not in {"http", "https"} or not url.hostname:
        raise SettingsError("PROXY must be an address like http://proxy.example.com:3128")
    return proxy


def _checked_bundle(path: str) -> str:
    if not Path(path).exists():
        raise SettingsError(f"CA_BUNDLE {path} does not exist; give a PEM file, or a folder of hashed certificates")
    return path


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
