"""The simulator's own endpoints below ``/_simulator``: not counted, no token; for whoever runs it on loopback."""

from __future__ import annotations

from pydantic import ValidationError
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from hubspot_simulator.dumps import dump
from hubspot_simulator.fault_orders import FaultOrder
from hubspot_simulator.gateway import Gateway
from hubspot_simulator.json_bytes import write_json
from hubspot_simulator.limit_orders import LimitOrder


class Control:
    """The handlers, over the account a gateway serves and its faults."""

    def __init__(self, gateway: Gateway) -> None:
        self._gateway = gateway

    async def health(self, request: Request) -> Response:
        """Say that the simulator is up, and what the account holds."""
        account = self._gateway.account
        return JSONResponse(
            {
                "status": "ok",
                "portalId": account.portal_id,
                "records": {name: sum(1 for _ in store) for name, store in account.stores.items()},
                "links": {
                    f"{way.from_type}-{way.to_type}": account.link_store.total(way)
                    for way in account.association_types.ways()
                },
            }
        )

    async def requests(self, request: Request) -> Response:
        """Show the books."""
        return JSONResponse(self._gateway.account.requests.summary())

    async def dump(self, request: Request) -> Response:
        """Show everything the account holds."""
        return Response(write_json(dump(self._gateway.account)), media_type="application/json")

    async def reset_requests(self, request: Request) -> Response:
        """Begin the books anew."""
        self._gateway.account.requests.clear()
        return Response(status_code=204)

    async def order_fault(self, request: Request) -> Response:
        """Order a fault."""
        try:
            order = FaultOrder.model_validate_json(await request.body())
        except ValidationError as error:
            return _refused(error)
        self._gateway.faults.order(order.fault())
        return Response(status_code=204)

    async def clear_faults(self, request: Request) -> Response:
        """Call every fault off."""
        self._gateway.faults.clear()
        return Response(status_code=204)

    async def set_limits(self, request: Request) -> Response:
        """Change limits while the account is at work."""
        try:
            order = LimitOrder.model_validate_json(await request.body())
        except ValidationError as error:
            return _refused(error)
        with self._gateway.account.lock:
            order.apply(self._gateway.account.limits)
        return Response(status_code=204)

    def routes(self) -> list[Route]:
        """List the routes."""
        return [
            Route("/_simulator/health", self.health, methods=["GET"]),
            Route("/_simulator/dump", self.dump, methods=["GET"]),
            Route("/_simulator/requests", self.requests, methods=["GET"]),
            Route("/_simulator/requests/reset", self.reset_requests, methods=["POST"]),
            Route("/_simulator/faults", self.order_fault, methods=["POST"]),
            Route("/_simulator/faults", self.clear_faults, methods=["DELETE"]),
            Route("/_simulator/limits", self.set_limits, methods=["POST"]),
        ]


def _refused(error: ValidationError) -> Response:
    return JSONResponse({"errors": error.errors(include_url=False, include_context=False)}, status_code=422)
