"""Deals: their own pipeline, their own required properties."""

from __future__ import annotations

import pytest

from hubspot_simulator.account import Account
from support.simulator import Caller, a_deal, by_id


def test_a_new_deal_stands_in_the_sales_pipeline(caller: Caller) -> None:
    answer = caller.batch("deals", "create", a_deal())

    (made,) = answer.json()["results"]
    assert answer.status_code == 201
    assert made["properties"]["pipeline"] == "default"
    assert made["properties"]["hs_createdate"] == made["properties"]["createdate"]
    assert "lifecyclestage" not in made["properties"]


@pytest.mark.parametrize("name", ["deals", "deal", "0-3"])
def test_deals_are_reached_by_every_name(caller: Caller, account: Account, name: str) -> None:
    (made,) = caller.created_ids(name, a_deal())

    assert account.records("deals").keys() == {made}
    assert caller.batch(name, "update", by_id(made, amount="12.5")).status_code == 200
    assert account.records("deals")[made]["amount"] == "12.5"


def test_the_stage_of_a_deal_belongs_to_its_pipeline(caller: Caller) -> None:
    answer = caller.batch("deals", "create", a_deal(dealstage="1"))

    (fault,) = answer.json()["errors"]
    assert fault["context"] == {"propertyName": ["dealstage"]}
    assert fault["message"].startswith(
        "1 is not a valid pipeline stage ID. Valid options are: pipelineId=default : [appointmentscheduled, "
    )


def test_a_deal_needs_its_name_and_stage(caller: Caller) -> None:
    answer = caller.batch("deals", "create", {"properties": {"amount": "1"}})

    assert answer.status_code == 400
    assert answer.json()["context"] == {"properties": ["dealname", "dealstage"]}


def test_closed_stages_of_a_deal_say_so_with_their_probability(caller: Caller) -> None:
    (pipeline,) = caller.get("/crm/pipelines/2026-09/deals").json()["results"]

    closed = {stage["id"]: stage["metadata"] for stage in pipeline["stages"] if stage["metadata"]["isClosed"] == "true"}
    assert closed == {
        "closedwon": {"isClosed": "true", "probability": "1.0"},
        "closedlost": {"isClosed": "true", "probability": "0.0"},
    }


@pytest.mark.parametrize("object_type", ["contacts", "companies"])
def test_lifecycle_stages_are_a_pipeline_too(caller: Caller, object_type: str) -> None:
    (pipeline,) = caller.get(f"/crm/pipelines/2026-09/{object_type}").json()["results"]

    assert pipeline["id"] == f"{object_type}-lifecycle-pipeline"
    assert [stage["id"] for stage in pipeline["stages"]][:2] == ["subscriber", "lead"]
