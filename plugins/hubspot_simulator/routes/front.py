"""The pages for a browser: not counted, no token; for whoever runs the simulator on loopback."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from importlib import resources
from typing import TypeVar

from pydantic import BaseModel, ValidationError
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import Route

from hubspot_simulator.account import Account
from hubspot_simulator.fault_orders import FaultOrder
from hubspot_simulator.front.account_page import account_page, live_part
from hubspot_simulator.front.document import CONTENT_POLICY, LIVE_PATH, SCRIPT_PATH, STYLE_PATH, document
from hubspot_simulator.front.forms import CLEAR_FORM, FAULTS_FORM, LIMITS_FORM, complaint, read_form
from hubspot_simulator.front.markup import tag
from hubspot_simulator.front.record_page import record_page
from hubspot_simulator.front.records_page import Asked, records_page
from hubspot_simulator.gateway import Gateway
from hubspot_simulator.limit_orders import LimitOrder
from hubspot_simulator.object_types import ObjectType
from hubspot_simulator.replies import ApiError

HEADERS = {
    "Content-Security-Policy": CONTENT_POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",  # with no-referrer a browser sends its own forms with "Origin: null"
    "Cache-Control": "no-store",
}
FROM_ELSEWHERE = "That form was sent by a page of another site; nothing was changed."
Form = TypeVar("Form", bound=BaseModel)


class Front:
    """The handlers, over the account a gateway serves."""

    def __init__(self, gateway: Gateway) -> None:
        self._gateway = gateway

    @property
    def _account(self) -> Account:
        return self._gateway.account

    async def home(self, request: Request) -> Response:
        """Show the account at a glance."""
        with self._account.lock:
            return page(account_page(self._account, self._gateway.faults))

    async def live(self, request: Request) -> Response:
        """Show the part of the front page that its script renews."""
        with self._account.lock:
            return page(live_part(self._account, self._gateway.faults))

    async def records(self, request: Request) -> Response:
        """Show the records of a type."""
        with self._account.lock:
            kind = self._kind(request)
            if kind is None:
                return self._nothing("There is no such object type in this account.")
            return page(records_page(self._account, kind, Asked.of(request.query_params)))

    async def record(self, request: Request) -> Response:
        """Show one record, archived or not."""
        with self._account.lock:
            kind = self._kind(request)
            if kind is None:
                return self._nothing("There is no such object type in this account.")
            store = self._account.stores[kind.name]
            record_id = request.path_params["record_id"]
            record = store.get(record_id) or store.get_archived(record_id)
            if record is None:
                return self._nothing(f"There is no {kind.singular} with the id {record_id}.")
            return page(record_page(self._account, kind, record))

    async def order_fault(self, request: Request) -> Response:
        """Order the fault of the form."""
        return await self._carry_out(request, FaultOrder, lambda order: self._gateway.faults.order(order.fault()))

    async def set_limits(self, request: Request) -> Response:
        """Set the limits of the form."""
        return await self._carry_out(request, LimitOrder, lambda order: order.apply(self._account.limits))

    async def clear_faults(self, request: Request) -> Response:
        """Call every fault off."""
        if _is_from_elsewhere(request):
            return self._complaint(FROM_ELSEWHERE, 403)
        self._gateway.faults.clear()
        return RedirectResponse("/", 303)

    async def _carry_out(self, request: Request, form: type[Form], act: Callable[[Form], object]) -> Response:
        sent = read_form(await request.body())
        if _is_from_elsewhere(request):
            return self._complaint(FROM_ELSEWHERE, 403)
        try:
            with self._account.lock:
                act(form.model_validate(sent))
        except ValidationError as error:
            return self._complaint(complaint(error), 422)
        return RedirectResponse("/", 303)

    def _complaint(self, words: str, status: int) -> Response:
        with self._account.lock:
            return page(account_page(self._account, self._gateway.faults, words), status)

    def _kind(self, request: Request) -> ObjectType | None:
        if request.path_params["portal_id"] != str(self._account.portal_id):
            return None
        try:
            return self._account.types.find(request.path_params["object_type"])
        except ApiError:
            return None

    def _nothing(self, words: str) -> Response:
        content = [tag("h1", "Not found"), tag("p", words)]
        return page(document(self._account, "Not found", *content, here="nowhere"), 404)

    def routes(self) -> list[Route]:
        """List the routes."""
        return [
            Route("/", self.home, methods=["GET"]),
            Route(LIVE_PATH, self.live, methods=["GET"]),
            Route(STYLE_PATH, style, methods=["GET"]),
            Route(SCRIPT_PATH, script, methods=["GET"]),
            Route(FAULTS_FORM, self.order_fault, methods=["POST"]),
            Route(CLEAR_FORM, self.clear_faults, methods=["POST"]),
            Route(LIMITS_FORM, self.set_limits, methods=["POST"]),
            Route("/contacts/{portal_id}/objects/{object_type}", self.records, methods=["GET"]),
            Route("/contacts/{portal_id}/record/{object_type}/{record_id}", self.record, methods=["GET"]),
        ]


def _is_from_elsewhere(request: Request) -> bool:
    """Say whether a page of another site sent the form: the account obeys without a token."""
    origin = request.headers.get("origin")
    return origin is not None and origin.partition("://")[2] != request.headers.get("host")


def page(html: str, status: int = 200) -> Response:
    """Answer with a page no script or style of others runs in."""
    return HTMLResponse(html, status_code=status, headers=HEADERS)


async def style(request: Request) -> Response:
    """Answer with the style sheet."""
    return Response(_file("front.css"), media_type="text/css", headers=HEADERS)


async def script(request: Request) -> Response:
    """Answer with the front page's script."""
    return Response(_file("front.js"), media_type="text/javascript", headers=HEADERS)


@cache
def _file(name: str) -> bytes:
    return resources.files("hubspot_simulator.front").joinpath(name).read_bytes()
