"""The way of a request through the account: fault, token, scopes, limits, body, endpoint, books, headers."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any
from uuid import uuid4

from hubspot_simulator import errors
from hubspot_simulator.account import Account
from hubspot_simulator.endpoints import PREFIXES, Area, Call, Endpoint
from hubspot_simulator.faults import DROPPED, Fault, Faults
from hubspot_simulator.invariants import broken_invariants
from hubspot_simulator.json_bytes import read_json
from hubspot_simulator.replies import ApiError, Reply
from hubspot_simulator.request_log import RequestRecord

EDIT_ASSOCIATIONS = "Edit Associations"


@dataclass(frozen=True, slots=True, kw_only=True)
class Incoming:
    """A request as it came in."""

    method: str
    path: str
    path_values: Mapping[str, str]
    query: Mapping[str, str]
    authorization: str
    raw_body: bytes

    @property
    def token(self) -> str:
        """The bearer token; empty when there is none."""
        return self.authorization.removeprefix("Bearer ") if self.authorization.startswith("Bearer ") else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Served:
    """What became of a request. A reply of status 0 means: drop the connection."""

    reply: Reply
    seconds: float
    """How long the account takes for it."""
    fault: Fault | None = None


class Gateway:
    """Answers requests out of one account, one at a time."""

    def __init__(self, account: Account, faults: Faults) -> None:
        self.account = account
        self.faults = faults
        self.watch: Callable[[Endpoint, str, Served], None] = unwatched
        """Told of every answer before it goes out, with its endpoint and version; for tests."""

    def serve(self, endpoint: Endpoint, version: str, incoming: Incoming) -> Served:
        """Answer one request, or let it fail as ordered."""
        with self.account.lock:
            operation = _operation(endpoint, incoming)
            fault = self.faults.take(incoming.method, incoming.path, operation)
            granted = self.account.limits.granted
            body = parsed(incoming)
            call = self._call(version, incoming, body)
            if fault is None:
                reply = self._answer(endpoint, call, incoming)
            else:
                own = self._answer(endpoint, call, incoming) if fault.takes_effect else None
                reply = fault.reply(own, self.account.portal_id)
            entry = self._entry(endpoint, version, incoming, operation, _input_count(body))
            was_granted = self.account.limits.granted > granted
            self.account.requests.append(replace(entry, status=reply.status, granted=was_granted))
            if self.account.switches.check_invariants:
                found = broken_invariants(self.account)
                self.account.broken += [f"after {incoming.method} {incoming.path}: {what}" for what in found]
            seconds = self.account.latency.seconds(entry.inputs)
            dressed = reply if reply.status == DROPPED else self._dressed(endpoint, reply, incoming)
            served = Served(reply=dressed, seconds=seconds, fault=fault)
            self.watch(endpoint, version, served)
            return served

    def _call(self, version: str, incoming: Incoming, body: Any) -> Call:
        return Call(
            account=self.account,
            version=version,
            path=incoming.path_values,
            query=incoming.query,
            body=body,
            body_length=len(incoming.raw_body.decode("utf-8", "replace")),
        )

    def _answer(self, endpoint: Endpoint, call: Call, incoming: Incoming) -> Reply:
        try:
            if not endpoint.is_open:
                self._admit(endpoint, call, incoming)
            if isinstance(call.body, ApiError):
                raise call.body
            return endpoint.answer(call)
        except ApiError as refusal:
            return refusal.reply

    def _admit(self, endpoint: Endpoint, call: Call, incoming: Incoming) -> None:
        if incoming.token not in self.account.tokens:
            raise errors.not_authenticated()
        needed = endpoint.scopes(call)
        if not self.account.scopes.issuperset(needed):
            raise errors.missing_scopes(needed)
        self.account.limits.take(incoming.token, endpoint.lane)
        is_linking = endpoint.area is Area.ASSOCIATIONS and endpoint.is_write
        if is_linking and call.version == "2026-09" and EDIT_ASSOCIATIONS in self.account.denied_permissions:
            raise errors.missing_permission(EDIT_ASSOCIATIONS)

    def _entry(
        self, endpoint: Endpoint, version: str, incoming: Incoming, operation: str, inputs: int
    ) -> RequestRecord:
        return RequestRecord(
            method=incoming.method,
            path=incoming.path,
            route=PREFIXES[endpoint.area][version] + endpoint.path,
            operation=operation,
            status=DROPPED,
            is_write=endpoint.is_write,
            inputs=inputs,
            at=self.account.clock.monotonic(),
            lane=endpoint.lane,
            granted=False,
        )

    def _dressed(self, endpoint: Endpoint, reply: Reply, incoming: Incoming) -> Reply:
        correlation_id = str(uuid4())
        body = reply.body
        if isinstance(body, dict) and "correlationId" in body:
            body = {**body, "correlationId": correlation_id}
        headers = {"X-HubSpot-Correlation-Id": correlation_id}
        if reply.shows_limits and not endpoint.is_open:
            headers |= self.account.limits.headers(incoming.token, endpoint.lane)
        return replace(reply, body=body, headers={**headers, **reply.headers})


def unwatched(endpoint: Endpoint, version: str, served: Served) -> None:
    """Look at no answer."""


def _operation(endpoint: Endpoint, incoming: Incoming) -> str:
    if endpoint.area is Area.OBJECTS and "object_type" in incoming.path_values:
        return f"{incoming.path_values['object_type']}.{endpoint.operation}"
    return endpoint.operation


def parsed(incoming: Incoming) -> Any:
    """Read the JSON body, or give the refusal that says where it breaks off. GET and DELETE have none, PUT may."""
    if incoming.method in {"GET", "DELETE"} or (incoming.method == "PUT" and not incoming.raw_body):
        return None
    try:
        return read_json(incoming.raw_body)
    except UnicodeDecodeError as error:
        return errors.invalid_json(1, error.start + 1, "Invalid UTF-8")
    except json.JSONDecodeError as error:
        return errors.invalid_json(error.lineno, error.colno, error.msg)


def _input_count(body: Any) -> int:
    inputs = body.get("inputs") if isinstance(body, dict) else None
    return len(inputs) if isinstance(inputs, list) else 0
