"""What an account in a file remembers beside its records: definitions, groups, pipelines."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from hubspot_simulator.server import SimulatorServer
from support.simulator import Caller, a_contact, a_key, a_record

PROPERTIES = "/crm/properties/2026-09/companies"
PIPELINES = "/crm/pipelines/2026-09/tickets"
SCHEMAS = "/crm-object-schemas/2026-09/schemas"
Kept = TypeVar("Kept")


def a_type(name: str) -> dict[str, object]:
    return {
        "name": name,
        "labels": {"singular": name},
        "requiredProperties": ["model"],
        "properties": [{"name": "model", "label": "Model"}],
        "associatedObjects": ["CONTACT"],
    }


def restarted(state: Path, change: Callable[[Caller], object], look: Callable[[Caller], Kept]) -> list[Kept]:
    """Make a change, then look after each of two restarts: from the appended lines, and from the file written whole."""
    seen = []
    with SimulatorServer(state) as server:
        change(Caller(server))
        appended = state.read_bytes()
    copy = state.with_suffix(".killed")
    copy.write_bytes(appended)
    for file in (copy, state):
        with SimulatorServer(file) as server:
            seen.append(look(Caller(server)))
    return seen


def test_groups_and_archived_properties_are_remembered(tmp_path: Path) -> None:
    def change(caller: Caller) -> None:
        caller.post(f"{PROPERTIES}/groups", {"name": "mine", "label": "Mine"})
        caller.post(f"{PROPERTIES}/groups", {"name": "other", "label": "Other"})
        caller.call("DELETE", f"{PROPERTIES}/groups/other")
        caller.post(PROPERTIES, a_key(groupName="mine"))
        caller.call("DELETE", f"{PROPERTIES}/source_key")

    def look(caller: Caller) -> list[int]:
        paths = ("groups/mine", "groups/other", "source_key", "source_key?archived=true")
        return [caller.get(f"{PROPERTIES}/{path}").status_code for path in paths]

    assert restarted(tmp_path / "account.jsonl", change, look) == [[200, 404, 404, 200]] * 2


def test_pipelines_are_remembered_and_removed_ones_stay_gone(tmp_path: Path) -> None:
    stage = {"label": "New", "displayOrder": 0, "stageId": "n", "metadata": {"ticketState": "CLOSED"}}

    def change(caller: Caller) -> None:
        caller.post(PIPELINES, {"label": "Mine", "displayOrder": 0, "pipelineId": "mine", "stages": [stage]})
        caller.call("DELETE", f"{PIPELINES}/0")

    def look(caller: Caller) -> list[tuple[str, str]]:
        found = caller.get(PIPELINES).json()["results"]
        return [(item["id"], item["stages"][0]["metadata"]["isClosed"]) for item in found]

    assert restarted(tmp_path / "account.jsonl", change, look) == [[("mine", "true")]] * 2


def test_custom_types_are_remembered_with_their_records_links_and_removal(tmp_path: Path) -> None:
    def change(caller: Caller) -> None:
        for name in ("car", "gone", "purged"):
            caller.post(SCHEMAS, a_type(name))
        (car,), (contact,) = caller.created_ids("car", a_record(model="T")), caller.created_ids("contacts", a_contact())
        caller.links("car", "contacts", "associate/default", {"from": {"id": car}, "to": {"id": contact}})
        caller.call("DELETE", f"{SCHEMAS}/gone")
        caller.call("DELETE", f"{SCHEMAS}/purged?archived=true")

    def look(caller: Caller) -> list[object]:
        archived = [item["name"] for item in caller.get(SCHEMAS, archived="true").json()["results"]]
        cars = caller.get("/crm/objects/2026-09/car").json()["results"]
        links = caller.links("car", "contacts", "read", {"id": cars[0]["id"]})
        refused = caller.batch("car", "create", a_record(hs_object_id="1")).status_code
        again = caller.post(SCHEMAS, a_type("purged")).status_code
        return [archived, len(cars), links.status_code, refused, again]

    assert restarted(tmp_path / "account.jsonl", change, look) == [[["gone"], 1, 200, 400, 201]] * 2
