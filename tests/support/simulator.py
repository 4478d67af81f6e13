"""Talking to the simulator in a test: plain requests, and builders for what is sent."""

from __future__ import annotations

from typing import Any

import requests

from hubspot_simulator.server import SimulatorServer

VERSION = "2026-09"


class Caller:
    """Sends requests to a simulator with its token."""

    def __init__(self, server: SimulatorServer) -> None:
        self._server = server
        self._session = requests.Session()
        self._session.headers["Authorization"] = f"Bearer {server.token}"

    def call(self, method: str, path: str, **rest: Any) -> requests.Response:
        """Send one request to a path of the account."""
        return self._session.request(method, self._server.url + path, timeout=30, **rest)

    def get(self, path: str, **query: Any) -> requests.Response:
        """Read a path."""
        return self.call("GET", path, params=query)

    def post(self, path: str, body: Any) -> requests.Response:
        """Send a JSON body to a path."""
        return self.call("POST", path, json=body)

    def batch(self, object_type: str, operation: str, *inputs: dict[str, Any], **rest: Any) -> requests.Response:
        """Send a batch of one object type."""
        path = f"/crm/objects/{VERSION}/{object_type}/batch/{operation}"
        return self.post(path, {"inputs": list(inputs), **rest})

    def created_ids(self, object_type: str, *inputs: dict[str, Any]) -> list[str]:
        """Create records and give their ids in the order of the inputs."""
        ids = []
        for item in inputs:
            answer = self.batch(object_type, "create", item)
            assert answer.status_code == 201, answer.text
            ids.append(answer.json()["results"][0]["id"])
        return ids

    def links(self, from_type: str, to_type: str, operation: str, *inputs: dict[str, Any]) -> requests.Response:
        """Send an association batch."""
        path = f"/crm/associations/{VERSION}/{from_type}/{to_type}/batch/{operation}"
        return self.post(path, {"inputs": list(inputs)})

    def search(self, object_type: str, *filters: dict[str, Any], **rest: Any) -> requests.Response:
        """Search with one group of filters."""
        groups = [{"filters": list(filters)}] if filters else []
        return self.post(f"/crm/objects/{VERSION}/{object_type}/search", {"filterGroups": groups, **rest})


def a_record(trace: str | None = None, **properties: Any) -> dict[str, Any]:
    """One input of a create."""
    item: dict[str, Any] = {"properties": properties}
    return item if trace is None else {**item, "objectWriteTraceId": trace}


def a_contact(number: int = 1, trace: str | None = None, **properties: Any) -> dict[str, Any]:
    """A contact to create."""
    return a_record(trace, **({"email": f"person{number}@example.com", "firstname": "Ada"} | properties))


def a_company(number: int = 1, trace: str | None = None, **properties: Any) -> dict[str, Any]:
    """A company to create."""
    return a_record(trace, **({"name": f"Firm {number}", "domain": f"firm{number}.example.com"} | properties))


def a_ticket(number: int = 1, trace: str | None = None, **properties: Any) -> dict[str, Any]:
    """A ticket to create."""
    return a_record(trace, **({"subject": f"Ticket {number}", "hs_pipeline_stage": "1"} | properties))


def a_deal(number: int = 1, trace: str | None = None, **properties: Any) -> dict[str, Any]:
    """A deal to create."""
    return a_record(trace, **({"dealname": f"Deal {number}", "dealstage": "appointmentscheduled"} | properties))


def by_id(
    record_id: str, id_property: str | None = None, trace: str | None = None, **properties: Any
) -> dict[str, Any]:
    """One input of an update or an upsert."""
    item: dict[str, Any] = {"id": record_id, **a_record(trace, **properties)}
    return item if id_property is None else {**item, "idProperty": id_property}


def a_link(from_id: str, to_id: str, *type_ids: int) -> dict[str, Any]:
    """One input of an association create."""
    types = [{"associationCategory": "HUBSPOT_DEFINED", "associationTypeId": type_id} for type_id in type_ids]
    return {"from": {"id": from_id}, "to": {"id": to_id}, "types": types}


def labelled(pair: tuple[str, str], *type_ids: int) -> dict[str, Any]:
    """One input of an association create with labels of the account's own."""
    link = a_link(*pair, *type_ids)
    return link | {"types": [{**kind, "associationCategory": "USER_DEFINED"} for kind in link["types"]]}


def a_label(name: str = "manages", label: str = "Manages", **rest: Any) -> dict[str, Any]:
    """A label to create for a pair of object types."""
    return {"name": name, "label": label, **rest}


def a_key(name: str = "source_key", **rest: Any) -> dict[str, Any]:
    """A property definition with unique values."""
    return {
        "name": name,
        "label": name,
        "type": "string",
        "fieldType": "text",
        "groupName": "companyinformation",
        "hasUniqueValue": True,
        **rest,
    }
