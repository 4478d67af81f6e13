"""Which records are at or near the limit of links, and how many labels there are."""

from __future__ import annotations

from typing import Any

import pytest

from hubspot_simulator.server import SimulatorServer
from hubspot_simulator.switches import Switches
from support.simulator import Caller, a_company, a_contact, a_link

PATH = "/crm/limits/2026-09/associations"


@pytest.fixture
def linked(server: SimulatorServer) -> Caller:
    """Up to five contacts a company: one company has all, one has four, one has one."""
    server.reset(switches=Switches(links_per_record=5))
    caller = Caller(server)
    full, near, free = caller.created_ids("companies", *[a_company(number) for number in range(3)])
    contacts = caller.created_ids("contacts", *[a_contact(number) for number in range(5)])
    pairs = [(full, 5), (near, 4), (free, 1)]
    links = [a_link(contact, company, 279) for company, count in pairs for contact in contacts[:count]]
    assert caller.links("contacts", "companies", "create", *links).status_code == 200
    return caller


def test_records_at_and_near_the_limit_are_shown(linked: Caller) -> None:
    body = linked.get(f"{PATH}/records/companies/0-1").json()

    assert (body["limit"], body["totalRecordsAtLimit"], body["totalRecordsNearLimit"]) == (5, 1, 1)
    assert [row["label"] for row in body["atLimitFromRecordSamples"]] == ["Firm 0"]
    assert [(row["label"], row["usage"], row["percentage"]) for row in body["nearLimitFromRecordSamples"]] == [
        ("Firm 1", 4, 80.0)
    ]


@pytest.mark.parametrize(("path", "types"), [("from", ["0-2"]), ("companies/to", ["0-1"]), ("tickets/to", [])])
def test_types_with_such_records_are_named(linked: Caller, path: str, types: list[str]) -> None:
    rows: list[dict[str, Any]] = linked.get(f"{PATH}/records/{path}").json()["results"]

    assert [row["objectTypeId"] for row in rows] == types
    assert all(row["hasRecordsAtLimit"] and row["hasRecordsNearLimit"] for row in rows)


def test_labels_are_counted_by_pair(caller: Caller) -> None:
    caller.post("/crm/associations/2026-09/contacts/companies/labels", {"name": "boss", "label": "Boss"})

    (pair,) = caller.get(f"{PATH}/labels", fromObjectTypeId="0-1", toObjectTypeId="0-2").json()["results"]
    every = caller.get(f"{PATH}/labels").json()["results"]

    assert (pair["allLabels"], pair["usage"], pair["limit"]) == (["Boss"], 1, 10)
    assert pair["fromObjectType"]["singularLabel"] == "Contact"
    assert len(every) > 1


def test_types_that_cannot_be_linked_have_no_records_at_a_limit(caller: Caller) -> None:
    schema = {
        "name": "car",
        "labels": {"singular": "Car"},
        "requiredProperties": [],
        "properties": [{"name": "model", "label": "Model"}],
        "associatedObjects": [],
    }
    caller.post("/crm-object-schemas/2026-09/schemas", schema)

    assert caller.get(f"{PATH}/records/car/contacts").json()["totalRecordsAtLimit"] == 0
