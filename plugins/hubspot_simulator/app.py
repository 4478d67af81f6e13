"""The account as a web application."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

from fastapi import FastAPI
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from hubspot_simulator.clock import Clock
from hubspot_simulator.delivery import TRANSPORT, drop, hang, response, wait_until
from hubspot_simulator.endpoints import PREFIXES, Endpoint
from hubspot_simulator.errors import NOT_FOUND_PAGE
from hubspot_simulator.faults import DROPPED, FaultKind
from hubspot_simulator.gateway import Gateway, Incoming, Served
from hubspot_simulator.persistence import StateFile
from hubspot_simulator.routes import (
    account_info,
    association_limits,
    association_types,
    associations,
    batches,
    crm_limits,
    merging,
    objects,
    owners,
    pipelines,
    properties,
    record_links,
    schemas,
    search,
)
from hubspot_simulator.routes.control import Control
from hubspot_simulator.routes.front import Front

ENDPOINTS: tuple[Endpoint, ...] = (
    *batches.ENDPOINTS,
    *search.ENDPOINTS,
    *merging.ENDPOINTS,
    *objects.ENDPOINTS,
    *associations.ENDPOINTS,
    *association_types.ENDPOINTS,
    *record_links.ENDPOINTS,
    *properties.ENDPOINTS,
    *schemas.ENDPOINTS,
    *pipelines.ENDPOINTS,
    *owners.ENDPOINTS,
    *association_limits.ENDPOINTS,
    *crm_limits.ENDPOINTS,
    *account_info.ENDPOINTS,
)
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
    routes += Control(gateway).routes() + Front(gateway).routes()
    routes.append(Route("/{path:path}", _nothing_here, methods=["GET", "POST", "PUT", "PATCH", "DELETE"]))
    return Droppable(FastAPI(routes=list(routes), openapi_url=None))


def _handler(gateway: Gateway, endpoint: Endpoint, version: str, state: StateFile | None) -> Handler:
    async def handle(request: Request) -> Response:
        incoming = Incoming(
            method=request.method,
            path=request.url.path,
            path_values=request.path_params,
            query=_query(request),
            authorization=request.headers.get("authorization", ""),
            raw_body=await request.body(),
        )
        began = gateway.account.clock.monotonic()
        served = gateway.serve(endpoint, version, incoming)
        if state is not None:
            state.flush()
        return await _deliver(request, served, gateway.account.clock, began)

    return handle


def _query(request: Request) -> dict[str, str]:
    """Read the query; a parameter that stands several times (HubSpot's own client) is the list with commas."""
    params = request.query_params
    return {name: ",".join(params.getlist(name)) for name in params}


async def _deliver(request: Request, served: Served, clock: Clock, began: float) -> Response:
    """Answer when it is time to; the account has done its part by now, so requests in flight wait side by side."""
    fault = served.fault
    kind = None if fault is None else fault.kind
    if fault is not None and kind is FaultKind.HANG:
        await hang(request, clock, fault.seconds)
    if served.reply.status == DROPPED:
        return await drop(request)
    wait = fault.seconds if fault is not None and kind is FaultKind.SLOW else served.seconds
    if wait > 0:
        await wait_until(clock, began + wait)
    return response(served.reply, kind)


async def _nothing_here(request: Request) -> Response:
    return Response(NOT_FOUND_PAGE, status_code=404, headers={"Content-Type": "text/html;charset=iso-8859-1"})


class Droppable:
    """Hands the connection itself to the handlers: uvicorn keeps it on the object whose method ``receive`` is."""

    def __init__(self, app: Callable[[Scope, Receive, Send], Awaitable[None]]) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on."""
        if scope["type"] == "http":
            scope[TRANSPORT] = receive.__self__.transport
        await self._app(scope, receive, send)
