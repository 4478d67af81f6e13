"""A session whose answers are written down: for bodies and failures a well-behaved server never gives.

It stands where ``requests`` has its own seam, the transport adapter; nothing of ours is replaced.
"""

from __future__ import annotations

import io
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import requests
from requests.adapters import BaseAdapter

from hubspot_import.client.client import HubSpotClient
from hubspot_import.client.session import open_session
from hubspot_import.clock import Clock
from hubspot_import.settings import ClientSettings

TOKEN = "pat-na1-11111111-1111-4111-8111-111111111111"


@dataclass(frozen=True, kw_only=True)
class Reply:
    """One answer. ``body`` is JSON unless it is text; ``error`` is raised instead."""

    status: int = 200
    body: Mapping[str, Any] | str = field(default_factory=dict)
    headers: Mapping[str, str] = field(default_factory=dict)
    error: Exception | None = None


class ScriptedAdapter(BaseAdapter):
    """Gives the replies in order and remembers what was asked."""

    def __init__(self, *replies: Reply) -> None:
        super().__init__()
        self.replies = list(replies)
        self.sent: list[requests.PreparedRequest] = []
        self.timeouts: list[object] = []

    def send(self, request, stream=False, timeout=None, verify=True, cert=None, proxies=None):
        self.sent.append(request)
        self.timeouts.append(timeout)
        reply = self.replies.pop(0)
        if reply.error is not None:
            raise reply.error
        response = requests.Response()
        response.status_code = reply.status
        response.headers.update(reply.headers)
        text = reply.body if isinstance(reply.body, str) else json.dumps(reply.body)
        response.raw = io.BytesIO(text.encode())
        response.request = request
        response.url = request.url
        return response

    def close(self) -> None:
        """Nothing is open."""

    def bodies(self) -> list[Any]:
        """What was sent, as JSON."""
        return [json.loads(request.body) if request.body else None for request in self.sent]


def scripted_client(clock: Clock, *replies: Reply, **settings: Any) -> tuple[HubSpotClient, ScriptedAdapter]:
    """Make a client that is answered from a script."""
    values = ClientSettings(**{"token": TOKEN, "base_url": "https://api.hubapi.com", "max_in_flight": 1, **settings})
    adapter = ScriptedAdapter(*replies)
    session = open_session(values)
    session.mount("https://", adapter)
    return HubSpotClient(session, values, clock=clock), adapter
