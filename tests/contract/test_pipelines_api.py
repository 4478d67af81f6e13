"""Pipelines and stages: made, changed, removed."""

from __future__ import annotations

from typing import Any

import pytest

from support.simulator import Caller, a_deal, a_ticket

PATH = "/crm/pipelines/2026-09/tickets"


def a_stage(label: str, order: int = 0, **rest: Any) -> dict[str, Any]:
    return {"label": label, "displayOrder": order, "metadata": {"ticketState": "OPEN"}} | rest


def a_pipeline(*stages: dict[str, Any], **rest: Any) -> dict[str, Any]:
    return {"label": "Returns", "displayOrder": 0, "stages": list(stages)} | rest


def test_a_pipeline_is_made_with_stages_in_their_order_and_takes_tickets(caller: Caller) -> None:
    made = caller.post(PATH, a_pipeline(a_stage("Second", 1), a_stage("First", 0)))

    pipeline = made.json()
    assert made.status_code == 201
    assert [stage["label"] for stage in pipeline["stages"]] == ["First", "Second"]
    assert [item["id"] for item in caller.get(PATH).json()["results"]] == [pipeline["id"], "0"]
    ticket = a_ticket(hs_pipeline=pipeline["id"], hs_pipeline_stage=pipeline["stages"][0]["id"])
    assert caller.batch("tickets", "create", ticket).status_code == 201
    assert caller.batch("tickets", "create", a_ticket(hs_pipeline=pipeline["id"])).status_code == 400


def test_ids_a_request_brings_are_kept_and_stand_once(caller: Caller) -> None:
    asked = a_pipeline(a_stage("New", stageId="returns_new"), pipelineId="returns")

    made = caller.post(PATH, asked).json()

    assert (made["id"], made["stages"][0]["id"]) == ("returns", "returns_new")
    assert caller.post(PATH, asked).status_code == 409


@pytest.mark.parametrize("missing", ["label", "displayOrder", "stages"])
def test_a_pipeline_needs_all_its_fields(caller: Caller, missing: str) -> None:
    asked = a_pipeline(a_stage("New"))
    del asked[missing]

    answer = caller.post(PATH, asked)

    assert (answer.status_code, f"[{missing}]" in answer.json()["message"]) == (400, True)


def test_a_stage_is_added_changed_and_removed(caller: Caller) -> None:
    added = caller.post(f"{PATH}/0/stages", a_stage("Triage", 1))
    stage = f"{PATH}/0/stages/{added.json()['id']}"
    closed = caller.call("PATCH", stage, json={"label": "Done", "metadata": {"ticketState": "CLOSED"}})

    assert (added.status_code, added.json()["displayOrder"]) == (201, 1)
    assert closed.json()["metadata"] == {"ticketState": "CLOSED", "isClosed": "true"}
    assert caller.get(stage).json() == closed.json()
    assert caller.call("DELETE", stage).status_code == 204
    assert [item["id"] for item in caller.get(f"{PATH}/0/stages").json()["results"]] == ["1", "2", "3", "4"]


def test_a_stage_that_is_not_there_is_removed_without_a_fault(caller: Caller) -> None:
    assert caller.call("DELETE", f"{PATH}/0/stages/nosuch").status_code == 204
    assert caller.get(f"{PATH}/0/stages/nosuch").status_code == 404


def test_a_stage_is_replaced_under_its_id(caller: Caller) -> None:
    replaced = caller.call("PUT", f"{PATH}/0/stages/2", json=a_stage("Waiting", 0))

    assert (replaced.json()["id"], replaced.json()["displayOrder"]) == ("2", 0)
    assert caller.get(f"{PATH}/0").json()["stages"][0]["label"] == "Waiting"


def test_a_pipeline_is_changed_replaced_and_removed(caller: Caller) -> None:
    pipeline = f"{PATH}/{caller.post(PATH, a_pipeline(a_stage('New'))).json()['id']}"

    changed = caller.call("PATCH", pipeline, json={"label": "Complaints"}).json()
    replaced = caller.call("PUT", pipeline, json=a_pipeline(a_stage("Other"), displayOrder=1)).json()

    assert (changed["label"], changed["displayOrder"]) == ("Complaints", 0)
    assert (replaced["id"], replaced["label"], replaced["displayOrder"]) == (changed["id"], "Returns", 1)
    assert caller.call("DELETE", pipeline).status_code == 204
    assert caller.get(pipeline).status_code == 404


def test_a_stage_records_stand_in_stays_when_the_check_is_asked_for(caller: Caller) -> None:
    caller.created_ids("tickets", a_ticket())
    stage = f"{PATH}/0/stages/1"

    assert caller.call("DELETE", stage, params={"validateReferencesBeforeDelete": "true"}).status_code == 400
    assert caller.get(stage).status_code == 200


def test_a_deal_stage_closes_by_its_probability_and_needs_one(caller: Caller) -> None:
    path = "/crm/pipelines/2026-09/deals/default/stages"

    lost = caller.post(path, a_stage("Abandoned", 9, metadata={"probability": "0.0"}))

    assert lost.json()["metadata"] == {"probability": "0.0", "isClosed": "true"}
    assert caller.batch("deals", "create", a_deal(dealstage=lost.json()["id"])).status_code == 201
    assert caller.post(path, a_stage("Odd", 9, metadata={"color": "red"})).status_code == 400
