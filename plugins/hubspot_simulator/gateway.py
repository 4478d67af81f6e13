"""The way of a request through the account: fault, token, scopes, limits, body, endpoint, books, headers."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any
from uuid import uuid4

from hubspot_simulator import errors
from hubspot_simulator.account import Account
from hubspot_simulator.endpoints import Area, Call, Endpoint
from hubspot_simulator.faults import DROPPED, Faults
from hubspot_simulator.replies import ApiError, Reply
from hubspot_simulator.request_log import RequestRecord


@dataclass(frozen=True, slots=True, kw_only=True)
class Incoming:
    """A request as it came in."""

    method: str
    path: str
    path_values: Mapping[str, str]
    query: Mapping[str, str]
    authorization: str
    raw_body: bytes


class Gateway:
    """Answers requests out of one account, one at a time."""

    def __init__(self, account: Account, faults: Faults) -> None:
        self.account = account
        self.faults = faults

    def serve(self, endpoint: Endpoint, version: str, incoming: Incoming) -> Reply:
        """Answer one request. Status 0 means: drop the connection."""
        with self.account.lock:
            fault = self.faults.take(incoming.method, incoming.path)
            call = self._call(version, incoming)
            if fault is not None and not fault.after_commit:
                reply = fault.reply(self.account.portal_id)
            else:
                reply = self._answer(endpoint, call, incoming)
            if fault is not None and fault.after_commit:
                reply = fault.reply(self.account.portal_id)
            self._enter(endpoint, call, incoming, reply)
            return reply if reply.status == DROPPED else self._dressed(endpoint, reply)

    def _call(self, version: str, incoming: Incoming) -> Call:
        return Call(
            account=self.account,
            version=version,
            path=incoming.path_values,
            query=incoming.query,
            body=None,
            body_length=len(incoming.raw_body.decode("utf-8", "replace")),
        )

    def _answer(self, endpoint: Endpoint, call: Call, incoming: Incoming) -> Reply:
        try:
            if not endpoint.is_open:
                self._admit(endpoint, call, incoming)
            return endpoint.answer(replace(call, body=parsed(incoming)))
        except ApiError as refusal:
            return refusal.reply

    def _admit(self, endpoint: Endpoint, call: Call, incoming: Incoming) -> None:
        if incoming.authorization != f"Bearer {self.account.token}":
            raise errors.not_authenticated()
        needed = endpoint.scopes(call)
        if not self.account.scopes.issuperset(needed):
            raise errors.missing_scopes(needed)
        self.account.limits.take(is_search=endpoint.is_search)

    def _enter(self, endpoint: Endpoint, call: Call, incoming: Incoming, reply: Reply) -> None:
        operation = endpoint.operation
        if endpoint.area is Area.OBJECTS:
            operation = f"{incoming.path_values['object_type']}.{operation}"
        self.account.requests.append(
            RequestRecord(
                method=incoming.method,
                path=incoming.path,
                operation=operation,
                status=reply.status,
                is_write=endpoint.is_write,
                inputs=_input_count(incoming.raw_body),
            )
        )

    def _dressed(self, endpoint: Endpoint, reply: Reply) -> Reply:
        correlation_id = str(uuid4())
        body = reply.body
        if isinstance(body, dict) and "correlationId" in body:
            body = {**body, "correlationId": correlation_id}
        headers = {"X-HubSpot-Correlation-Id": correlation_id}
        if reply.shows_limits and not endpoint.is_open:
            headers |= self.account.limits.headers(is_search=endpoint.is_search)
        return replace(reply, body=body, headers={**headers, **reply.headers})


def parsed(incoming: Incoming) -> Any:
    """Read the JSON body, or refuse it where it breaks off. GET and DELETE have none."""
    if incoming.method in {"GET", "DELETE"}:
        return None
    try:
        return json.loads(incoming.raw_body)
    except UnicodeDecodeError as error:
        raise errors.invalid_json(1, error.start + 1, "Invalid UTF-8") from error
    except json.JSONDecodeError as error:
        raise errors.invalid_json(error.lineno, error.colno, error.msg) from error


def _input_count(raw_body: bytes) -> int:
    try:
        body = json.loads(raw_body or b"null")
    except ValueError:
        return 0
    inputs = body.get("inputs") if isinstance(body, dict) else None
    return len(inputs) if isinstance(inputs, list) else 0
