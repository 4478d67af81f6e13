"""One try of a request, as a value: what came back, or why nothing did. Never raises on a strange body."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import requests
from urllib3.exceptions import NameResolutionError, NewConnectionError

NETWORK_ERRORS = (
    requests.ConnectionError,
    requests.Timeout,
    requests.exceptions.ChunkedEncodingError,
    requests.exceptions.ContentDecodingError,
)
"""What ``requests`` raises when the network, not the request, is at fault."""

_FAULTS: tuple[tuple[type[Exception], str], ...] = (
    (requests.ConnectTimeout, "no connection in time"),
    (requests.Timeout, "no answer in time"),
    (requests.exceptions.SSLError, "the certificate is not trusted or TLS failed"),
    (requests.exceptions.ProxyError, "the proxy refused"),
    (NameResolutionError, "the host name is unknown"),
    (NewConnectionError, "the connection was refused"),
)
"""In order: the first kind that fits the error, or the reason inside it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Attempt:
    """One try. ``status`` is None when nothing came back; ``fault`` then says why in a few words.

    ``body`` is empty unless a JSON object came; ``is_whole`` is False for a success whose JSON is missing or torn.
    ``may_have_arrived``: HubSpot may have carried the request out.
    """

    status: int | None
    headers: Mapping[str, str] = field(default_factory=dict)
    body: Mapping[str, Any] = field(default_factory=dict, repr=False)
    fault: str = ""
    is_whole: bool = True
    may_have_arrived: bool = True
    response: requests.Response | None = field(default=None, repr=False)

    @property
    def is_success(self) -> bool:
        """Any 2xx is transport success; which records were written is for the body to say."""
        return self.status is not None and 200 <= self.status < 300

    @property
    def category(self) -> str | None:
        """HubSpot's word for what is wrong."""
        return _text(self.body.get("category"))

    @property
    def message(self) -> str:
        """HubSpot's sentence, for files only: it may quote values."""
        details = [_text(error.get("message")) for error in dicts(self.body.get("errors"))]
        return "; ".join(detail for detail in details if detail) or _text(self.body.get("message")) or ""

    @property
    def retry_after(self) -> str | None:
        """The Retry-After header."""
        return self.headers.get("Retry-After")


def attempt_of(response: requests.Response, *, is_answered: bool) -> Attempt:
    """Read a response. ``is_answered``: its success must carry a JSON object."""
    body = _json_object(response.content)
    is_torn = body is None and is_answered and response.ok
    return Attempt(
        status=response.status_code,
        headers=response.headers,
        body=body or {},
        fault="the answer is not JSON" if is_torn else str(response.status_code),
        is_whole=not is_torn,
        response=response,
    )


def failed_attempt(error: Exception) -> Attempt:
    """Put a network error into words. Its own text holds addresses and is left out."""
    reason = getattr(error.args[0], "reason", None) if error.args else None
    never_sent = isinstance(error, requests.ConnectTimeout) or isinstance(reason, NewConnectionError)
    return Attempt(status=None, fault=_network_fault(error, reason), may_have_arrived=not never_sent)


def _network_fault(error: Exception, reason: object) -> str:
    for kind, fault in _FAULTS:
        if isinstance(error, kind) or isinstance(reason, kind):
            return fault
    return "the connection broke"


def required_scopes(body: Mapping[str, Any]) -> tuple[str, ...]:
    """Find the scopes a 403 asks for. Real answers have three shapes: in errors[], at the top, in the text."""
    contexts = [body.get("context"), *(error.get("context") for error in dicts(body.get("errors")))]
    for context in contexts:
        names = context.get("requiredGranularScopes") if isinstance(context, Mapping) else None
        if isinstance(names, list) and names:
            return tuple(str(name) for name in names)
    named = re.search(r"requires one of \[([\w., :-]+)\]", _text(body.get("message")) or "")
    return tuple(name.strip() for name in named[1].split(",")) if named else ()


def dicts(value: object) -> Iterator[Mapping[str, Any]]:
    """Give the JSON objects of what should be a list of them."""
    if isinstance(value, list):
        yield from (each for each in value if isinstance(each, dict))


def _json_object(content: bytes) -> Mapping[str, Any] | None:
    try:
        value = json.loads(content)
    except ValueError:
        return None
    return value if isinstance(value, dict) else None


def _text(value: object) -> str | None:
    return value if isinstance(value, str) and value else None
