"""Whatever JSON an endpoint is sent, it answers with a refusal of its own, never with a fault of the simulator."""

from __future__ import annotations

import re
from typing import Any

import pytest

from hubspot_simulator.app import ENDPOINTS
from hubspot_simulator.endpoints import PREFIXES, Endpoint
from support.simulator import Caller, a_contact

PATH_VALUES = {
    "object_type": "contacts",
    "from_type": "contacts",
    "to_type": "companies",
    "from_id": "1",
    "to_id": "2",
    "property_name": "city",
    "group_name": "contactinformation",
    "pipeline_id": "0",
    "stage_id": "1",
    "type_id": "279",
    "owner_id": "70001",
}
MALFORMED: tuple[Any, ...] = (
    None,
    [],
    "text",
    7,
    {},
    {"inputs": None},
    {"inputs": {}},
    {"inputs": [None]},
    {"inputs": [[]]},
    {"inputs": ["text"]},
    {"inputs": [{}]},
    {"inputs": [{"id": {}}]},
    {"inputs": [{"id": "1", "properties": []}]},
    {"inputs": [{"id": "1", "properties": {"city": {}}}]},
    {"inputs": [{"id": "1", "idProperty": []}]},
    {"inputs": [{"properties": {}, "associations": 7}]},
    {"inputs": [{"properties": {}, "associations": [{"to": 7, "types": 7}]}]},
    {"inputs": [{"from": 7, "to": 7, "types": 7}]},
    {"inputs": [{"from": {"id": []}, "to": {"id": "1"}, "types": [7]}]},
    {"inputs": [{"name": {}}]},
    {"inputs": [{"name": 7, "label": 7, "type": 7, "fieldType": 7, "groupName": 7, "options": 7}]},
    {"inputs": [{"id": "1"}], "properties": 7, "propertiesWithHistory": 7, "idProperty": 7},
    {"properties": []},
    {"properties": {"city": []}, "associations": 7},
    {"name": [], "label": {}, "type": [], "fieldType": {}, "groupName": []},
    {"name": "x", "label": "x", "type": "enumeration", "fieldType": "select", "groupName": "g", "options": 7},
    {"options": 7},
    {"options": [7]},
    {"label": 7, "displayOrder": "x", "stages": 7, "metadata": 7},
    {"label": "x", "displayOrder": 0, "stages": [{}], "metadata": {"isClosed": []}},
    {"label": "x", "displayOrder": 0, "stages": [None], "metadata": []},
    {"metadata": 7},
    {"name": 7, "labels": 7, "properties": 7, "requiredProperties": 7, "associatedObjects": 7},
    {"name": "x", "labels": {}, "properties": [7], "requiredProperties": [], "associatedObjects": []},
    {"name": "x", "labels": {}, "properties": [], "requiredProperties": 7, "associatedObjects": [7]},
    {"filterGroups": 7, "sorts": 7, "query": 7, "properties": 7},
    {"filterGroups": [7], "sorts": [7]},
    {"filterGroups": [{"filters": [7]}], "sorts": [[]]},
    {"name": "x", "labels": {}, "properties": [], "requiredProperties": [{}], "associatedObjects": []},
    {"requiredProperties": [[]], "labels": []},
    {"primaryObjectId": [], "objectIdToMerge": {}},
    {"objectId": {}, "idProperty": []},
    {"fromObjectTypeId": 7, "toObjectTypeId": []},
)
WRITING = [endpoint for endpoint in ENDPOINTS if endpoint.method in {"POST", "PUT", "PATCH"}]


@pytest.mark.parametrize("endpoint", WRITING, ids=lambda one: f"{one.method} {one.area}{one.path}")
def test_a_malformed_body_is_refused_by_the_endpoint(caller: Caller, endpoint: Endpoint) -> None:
    (known,) = caller.created_ids("contacts", a_contact())
    values = {**PATH_VALUES, "record_id": known}
    prefix = next(iter(PREFIXES[endpoint.area].values()))
    path = prefix + re.sub(r"\{(\w+)\}", lambda name: values[name[1]], endpoint.path)

    answers = {repr(body): caller.call(endpoint.method, path, json=body).status_code for body in MALFORMED}

    assert {body: status for body, status in answers.items() if status >= 500} == {}
