"""What a provocation of a documented body has at hand, and what it gives back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import requests

from hubspot_simulator.account import Account
from hubspot_simulator.server import SimulatorServer
from hubspot_simulator.switches import Switches
from support.clock import FakeClock
from support.simulator import Caller


@dataclass(frozen=True, slots=True, kw_only=True)
class Provoked:
    """An answer, or the part of it that is documented."""

    status: int
    body: Any
    headers: Mapping[str, str] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)
    """Names of ours that stand for theirs."""
    extra: frozenset[str] = frozenset()
    """Keys the document leaves out because it shows an excerpt."""


class Stage:
    """An empty account, somebody who calls it, and the means to make it stricter."""

    def __init__(self, server: SimulatorServer, clock: FakeClock) -> None:
        self.server = server
        self.caller = Caller(server)
        self._clock = clock

    @property
    def account(self) -> Account:
        """The account as it stands."""
        return self.server.account

    def switch(self, **switches: Any) -> None:
        """Begin anew with other switches."""
        self.server.reset(clock=self._clock, switches=Switches(**switches))

    def define(self, object_type: str, group: str, **definition: Any) -> None:
        """Create a property."""
        body = {"label": definition["name"], "groupName": group, **definition}
        made = self.caller.post(f"/crm/properties/2026-09/{object_type}", body)
        assert made.status_code == 201, made.text


def whole(answer: requests.Response, names: dict[str, str] | None = None, *extra: str) -> Provoked:
    """Take an answer as it is."""
    is_json = answer.headers["Content-Type"].startswith("application/json")
    return Provoked(
        status=answer.status_code,
        body=answer.json() if is_json else answer.text,
        headers=answer.headers,
        names=names or {},
        extra=frozenset(extra),
    )


def entry(answer: requests.Response) -> Provoked:
    """Take the one entry of a 207."""
    (found,) = answer.json()["errors"]
    return Provoked(status=answer.status_code, body=found)
