"""How an answer reaches the client: whole, late, compressed, broken off, or not at all."""

from __future__ import annotations

import asyncio
import gzip
from collections.abc import Callable
from typing import Any, Protocol, runtime_checkable

from starlette.requests import Request
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from hubspot_simulator.clock import Clock
from hubspot_simulator.faults import FaultKind
from hubspot_simulator.json_bytes import write_json
from hubspot_simulator.replies import Reply

TRANSPORT = "hubspot_simulator.transport"
TURNS = 4
"""How often the event loop turns until what waits on sockets has come in, or a closed connection is known."""


@runtime_checkable
class Advanceable(Protocol):
    """A clock of a test: it stands still until it is advanced."""

    def advance(self, seconds: float) -> None:
        """Move the time on."""


async def wait_until(clock: Clock, due: float) -> None:
    """Let time pass until ``due`` (of ``clock.monotonic``); a clock that stands still is advanced.

    Requests in flight together wait together: the clock is advanced to the latest of them, not by their sum.
    """
    if isinstance(clock, Advanceable):
        await turns()
        clock.advance(max(0.0, due - clock.monotonic()))
    elif due > clock.monotonic():
        await asyncio.sleep(due - clock.monotonic())


async def hang(request: Request, clock: Clock, seconds: float) -> None:
    """Leave a request without an answer: until the client hangs up or ``seconds`` have passed.

    A clock that stands still is advanced by ``seconds`` at once, as if the client had waited that long.
    """
    if isinstance(clock, Advanceable):
        clock.advance(seconds)
        return
    try:
        await asyncio.wait_for(_client_left(request), seconds)
    except TimeoutError:
        return


async def _client_left(request: Request) -> None:
    while (await request.receive())["type"] != "http.disconnect":
        pass


async def turns() -> None:
    """Let everything else that is ready run."""
    for _ in range(TURNS):
        await asyncio.sleep(0)


async def drop(request: Request) -> Response:
    """Cut the connection without an answer; the response returned here reaches nobody."""
    request.scope[TRANSPORT].abort()
    await turns()
    return Response(status_code=503)


def response(reply: Reply, kind: FaultKind | None = None) -> Response:
    """Turn a reply into HTTP, damaged as the fault wants it."""
    headers = dict(reply.headers)
    content = b""
    if isinstance(reply.body, str):
        content = reply.body.encode()
        headers.setdefault("Content-Type", "text/html;charset=utf-8")
    elif reply.body is not None:
        content = write_json(reply.body)
        headers.setdefault("Content-Type", "application/json;charset=utf-8")
    return RESPONSES.get(kind, Response)(content, status_code=reply.status, headers=headers)


class Truncated(Response):
    """An answer that breaks off: the length says more than there is, and then the connection ends."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Send half of it."""
        await send({"type": "http.response.start", "status": self.status_code, "headers": self.raw_headers})
        half = bytes(self.body)[: len(self.body) // 2]
        await send({"type": "http.response.body", "body": half, "more_body": True})
        scope[TRANSPORT].close()
        await turns()


def malformed(content: bytes, **rest: Any) -> Response:
    """An answer that is whole to HTTP and no JSON."""
    return Response(content[: len(content) // 2], **rest)


def compressed(content: bytes, **rest: Any) -> Response:
    """An answer in gzip."""
    answer = Response(gzip.compress(content), **rest)
    answer.headers["Content-Encoding"] = "gzip"
    return answer


RESPONSES: dict[FaultKind | None, Callable[..., Response]] = {
    FaultKind.TRUNCATED: Truncated,
    FaultKind.MALFORMED: malformed,
    FaultKind.GZIP: compressed,
}
