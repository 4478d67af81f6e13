"""The account as a web application."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable, Callable
from typing import Any

from fastapi import FastAPI
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from hubspot_simulator.endpoints import PREFIXES, Endpoint
from hubspot_simulator.errors import NOT_FOUND_PAGE
from hubspot_simulator.faults import DROPPED
from hubspot_simulator.gateway import Gateway, Incoming
from hubspot_simulator.persistence import StateFile
from hubspot_simulator.replies import Reply
from hubspot_simulator.routes import account_info, associations, batches, objects, properties, search
from hubspot_simulator.routes.control import Control

ENDPOINTS: tuple[Endpoint, ...] = (
    *batches.ENDPOINTS,
    *search.ENDPOINTS,
    *objects.ENDPOINTS,
    *associations.ENDPOINTS,
    *properties.ENDPOINTS,
    *account_info.ENDPOINTS,
)
TRANSPORT = "hubspot_simulator.transport"
Handler = Callable[[Request], Awaitable[Response]]
Scope = Any
Receive = Any
Send = Any


def create_app(gateway: Gateway, state: StateFile | None = None) -> Callable[[Scope, Receive, Send], Awaitable[None]]:
    """Build the ASGI application: every endpoint under every version it has, and the control endpoints."""
    routes = [
        Route(prefix + endpoint.path, _handler(gateway, endpoint, version, state), methods=[endpoint.method])
        for endpoint in ENDPOINTS
        for version, prefix in PREFIXES[endpoint.area].items()
    ]
    routes += Control(gateway).routes()
    routes.append(Route("/{path:path}", _nothing_here, methods=["GET", "POST", "PUT", "PATCH", "DELETE"]))
    return Droppable(FastAPI(routes=list(routes), openapi_url=None))


def _handler(gateway: Gateway, endpoint: Endpoint, version: str, state: StateFile | None) -> Handler:
    async def handle(request: Request) -> Response:
        incoming = Incoming(
            method=request.method,
            path=request.url.path,
            path_values=request.path_params,
            query=request.query_params,
            authorization=request.headers.get("authorization", ""),
            raw_body=await request.body(),
        )
        reply = gateway.serve(endpoint, version, incoming)
        if state is not None:
            state.flush()
        if reply.status == DROPPED:
            return await _drop(request)
        return response(reply)

    return handle


def response(reply: Reply) -> Response:
    """Turn a reply into HTTP."""
    headers = dict(reply.headers)
    if isinstance(reply.body, dict):
        text = json.dumps(reply.body, separators=(",", ":"), ensure_ascii=False)
        headers.setdefault("Content-Type", "application/json;charset=utf-8")
        return Response(text, status_code=reply.status, headers=headers)
    if isinstance(reply.body, str):
        headers.setdefault("Content-Type", "text/html;charset=utf-8")
        return Response(reply.body, status_code=reply.status, headers=headers)
    return Response(status_code=reply.status, headers=headers)


async def _nothing_here(request: Request) -> Response:
    return Response(NOT_FOUND_PAGE, status_code=404, headers={"Content-Type": "text/html;charset=iso-8859-1"})


async def _drop(request: Request) -> Response:
    """Cut the connection without an answer; the response returned here reaches nobody."""
    request.scope[TRANSPORT].abort()
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    return Response(status_code=503)


class Droppable:
    """Hands the connection itself to the handlers: uvicorn keeps it on the object whose method ``receive`` is."""

    def __init__(self, app: Callable[[Scope, Receive, Send], Awaitable[None]]) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on."""
        if scope["type"] == "http":
            scope[TRANSPORT] = receive.__self__.transport
        await self._app(scope, receive, send)
