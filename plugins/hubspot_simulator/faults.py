"""Faults on order: the next n matching requests, or a share of them, fail before or after they have taken effect."""

from __future__ import annotations

import random
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from fnmatch import fnmatchcase
from typing import Any, Self, TypedDict, Unpack

from hubspot_simulator import errors
from hubspot_simulator.limits import PREFIX, throttled
from hubspot_simulator.replies import Reply

DROPPED = 0
"""The status of a request whose connection is dropped instead of answered."""
GATEWAY_PAGE = "<html>\n<head><title>{status}</title></head>\n<body><h1>Error {status}</h1></body>\n</html>\n"
EXHAUSTED: Mapping[str, Mapping[str, str]] = {
    "TEN_SECONDLY_ROLLING": {f"{PREFIX}Remaining": "0", f"{PREFIX}Secondly-Remaining": "0"},
    "DAILY": {f"{PREFIX}Daily-Remaining": "0"},
}
"""What the headers say while a limit refuses."""
STATUS_HEADERS: Mapping[int, Mapping[str, str]] = {477: {"Retry-After": "60"}}
"""Headers that belong to a status (hubspot-api.md §10: a migration in progress says when to come back)."""


class FaultKind(StrEnum):
    """What goes wrong."""

    ANSWER = "answer"
    """The status that was ordered, instead of the account's own answer; status 0 is a reset."""
    RESET = "reset"
    """The connection is dropped without an answer."""
    HANG = "hang"
    """No answer until the client gives up, or ``seconds`` have passed; then the connection is dropped."""
    SLOW = "slow"
    """The account's own answer, ``seconds`` late."""
    TRUNCATED = "truncated"
    """The account's own answer breaks off in the middle of its body."""
    MALFORMED = "malformed"
    """The account's own answer, cut off and sent as if it were whole: it is no JSON."""
    GZIP = "gzip"
    """The account's own answer, compressed: no fault, but an answer of that kind."""


TAKES_EFFECT = frozenset({FaultKind.SLOW, FaultKind.TRUNCATED, FaultKind.MALFORMED, FaultKind.GZIP})
"""Kinds that change how the account's own answer arrives."""


class FaultOptions(TypedDict, total=False):
    """What :class:`Fault` takes besides count, share, seed and status."""

    kind: FaultKind | str
    path_contains: str
    method: str | None
    operation: str
    headers: Mapping[str, str]
    body: Any
    html: bool
    after_commit: bool
    policy: str
    seconds: float


@dataclass(slots=True, kw_only=True)
class Fault:
    """One order.

    It is for requests whose path contains ``path_contains``, with this ``method``, and with an operation (as the books
    name it, ``contacts.batch.upsert``) that fits the pattern ``operation``; of those it strikes a ``share``, drawn by
    ``seed``, ``count`` times in all (None: without end). ``after_commit`` lets the request take effect first.
    ``body``: an object (JSON) or text; without one 429 and 500 have HubSpot's own and the others none, or a page with
    ``html``. ``policy`` chooses the body of a 429 (DAILY, SECONDLY, TEN_SECONDLY_ROLLING). ``seconds``: of a hang or
    a slow answer.
    """

    count: int | None = 1
    share: float = 1.0
    seed: int = 0
    status: int = 503
    kind: FaultKind = FaultKind.ANSWER
    path_contains: str = ""
    method: str | None = None
    operation: str = "*"
    headers: Mapping[str, str] = field(default_factory=dict)
    body: Any = None
    html: bool = False
    after_commit: bool = False
    policy: str = "TEN_SECONDLY_ROLLING"
    seconds: float = 60.0
    _rng: random.Random = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        self.kind = FaultKind(self.kind)
        if self.kind is FaultKind.ANSWER and self.status == DROPPED:
            self.kind = FaultKind.RESET
        self._rng = random.Random(self.seed)  # noqa: S311 - a share of requests, no secret

    @property
    def takes_effect(self) -> bool:
        """Say whether the request is carried out."""
        return self.after_commit or self.kind in TAKES_EFFECT

    def strikes(self, method: str, path: str, operation: str) -> bool:
        """Say whether a request is meant; a share is drawn for matching requests only."""
        fits = self.path_contains in path and self.method in (None, method) and fnmatchcase(operation, self.operation)
        return fits and (self.share >= 1 or self._rng.random() < self.share)

    def reply(self, own: Reply | None, portal_id: int) -> Reply:
        """Answer in the fault's way; ``own`` is the account's answer where the request was carried out."""
        if self.kind in TAKES_EFFECT and own is not None:
            return own
        if self.kind in {FaultKind.RESET, FaultKind.HANG}:
            return Reply(status=DROPPED)
        exhausted = EXHAUSTED.get(self.policy, {}) if self.status == 429 else {}
        headers = {**exhausted, **STATUS_HEADERS.get(self.status, {}), **self.headers}
        return Reply(status=self.status, body=self._body(portal_id), headers=headers, shows_limits=self.status < 502)

    def _body(self, portal_id: int) -> Any:
        if self.body is not None:
            return self.body
        if self.html:
            return GATEWAY_PAGE.format(status=self.status)
        if self.status == 429:
            return throttled(self.policy, portal_id).reply.body
        return errors.refusal(500, "internal error").reply.body if self.status == 500 else None


class Faults:
    """The orders that are still open, first come first served."""

    def __init__(self) -> None:
        self._open: list[Fault] = []

    def order(self, fault: Fault) -> Self:
        """Take an order."""
        self._open.append(fault)
        return self

    def next(self, count: int = 1, status: int = 503, **options: Unpack[FaultOptions]) -> None:
        """Let the next ``count`` matching requests fail; the options are those of :class:`Fault`."""
        self.order(Fault(count=count, status=status, **_typed(options)))

    def rate(
        self,
        share: float,
        status: int = 503,
        *,
        seed: int = 0,
        count: int | None = None,
        **options: Unpack[FaultOptions],
    ) -> None:
        """Let a share (0 to 1) of the matching requests fail, the same ones for the same seed and order of requests."""
        self.order(Fault(count=count, share=share, seed=seed, status=status, **_typed(options)))

    def take(self, method: str, path: str, operation: str) -> Fault | None:
        """Take the fault that is due for a request."""
        for fault in self._open:
            if fault.strikes(method, path, operation):
                if fault.count is not None:
                    fault.count -= 1
                    if fault.count <= 0:
                        self._open.remove(fault)
                return fault
        return None

    def clear(self) -> None:
        """Call all orders off."""
        self._open.clear()

    def open_orders(self) -> tuple[Fault, ...]:
        """Show the orders."""
        return tuple(self._open)

    def __len__(self) -> int:
        """How many requests are still to fail; an order without end counts as one."""
        return sum(1 if fault.count is None else fault.count for fault in self._open)


def _typed(options: FaultOptions) -> dict[str, Any]:
    return {**options}
