"""Faults on order: the next n matching requests fail, before or after they have taken effect."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from hubspot_simulator import errors
from hubspot_simulator.limits import PREFIX, throttled
from hubspot_simulator.replies import Reply

DROPPED = 0
"""The status of a fault that drops the connection instead of answering."""
GATEWAY_PAGE = "<html>\n<head><title>{status}</title></head>\n<body><h1>Error {status}</h1></body>\n</html>\n"
EXHAUSTED: Mapping[str, Mapping[str, str]] = {
    "TEN_SECONDLY_ROLLING": {f"{PREFIX}Remaining": "0", f"{PREFIX}Secondly-Remaining": "0"},
    "DAILY": {f"{PREFIX}Daily-Remaining": "0"},
}
"""What the headers say while a limit refuses."""


@dataclass(slots=True, kw_only=True)
class Fault:
    """One order. ``status`` 0 drops the connection; ``after_commit`` lets the request take effect first."""

    count: int = 1
    status: int = 503
    path_contains: str = ""
    method: str | None = None
    headers: Mapping[str, str] = field(default_factory=dict)
    body: Any = None
    html: bool = False
    after_commit: bool = False
    policy: str = "TEN_SECONDLY_ROLLING"

    def matches(self, method: str, path: str) -> bool:
        """Say whether a request is meant."""
        return self.path_contains in path and self.method in (None, method)

    def reply(self, portal_id: int) -> Reply:
        """Answer in the fault's way: the body asked for, HubSpot's own for 429 and 500, else an empty one."""
        body = self.body
        if body is None and self.html:
            body = GATEWAY_PAGE.format(status=self.status)
        elif body is None and self.status == 429:
            body = throttled(self.policy, portal_id).reply.body
        elif body is None and self.status == 500:
            body = errors.refusal(500, "internal error").reply.body
        headers = {**(EXHAUSTED.get(self.policy, {}) if self.status == 429 else {}), **self.headers}
        return Reply(status=self.status, body=body, headers=headers, shows_limits=self.status < 502)


class Faults:
    """The orders that are still open, first come first served."""

    def __init__(self) -> None:
        self._open: list[Fault] = []

    def next(
        self,
        count: int = 1,
        status: int = 503,
        *,
        path_contains: str = "",
        method: str | None = None,
        headers: Mapping[str, str] | None = None,
        body: Any = None,
        html: bool = False,
        after_commit: bool = False,
        policy: str = "TEN_SECONDLY_ROLLING",
    ) -> None:
        """Let the next ``count`` matching requests fail.

        ``status`` 0 drops the connection. ``body``: an object (JSON) or text; without one 429 and 500 have HubSpot's
        own and the others none. ``policy`` chooses the body of a 429 (DAILY, SECONDLY, TEN_SECONDLY_ROLLING).
        """
        self._open.append(
            Fault(
                count=count,
                status=status,
                path_contains=path_contains,
                method=method,
                headers=headers or {},
                body=body,
                html=html,
                after_commit=after_commit,
                policy=policy,
            )
        )

    def take(self, method: str, path: str) -> Fault | None:
        """Take the fault that is due for a request."""
        for fault in self._open:
            if fault.matches(method, path):
                fault.count -= 1
                if fault.count <= 0:
                    self._open.remove(fault)
                return fault
        return None

    def clear(self) -> None:
        """Call all orders off."""
        self._open.clear()

    def __len__(self) -> int:
        return sum(fault.count for fault in self._open)
