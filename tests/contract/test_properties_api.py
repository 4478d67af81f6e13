"""Property definitions and their groups: changed, archived, restored, and in batches."""

from __future__ import annotations

import pytest

from hubspot_simulator.server import SimulatorServer
from hubspot_simulator.switches import Switches
from support.simulator import Caller, a_company, a_contact, a_key, by_id

PATH = "/crm/properties/2026-09/companies"
OPTIONS = [{"label": "Gold", "value": "gold"}, {"label": "Iron", "value": "iron", "displayOrder": 4}]


def a_choice(name: str = "grade", **rest: object) -> dict[str, object]:
    return a_key(name, type="enumeration", fieldType="select", hasUniqueValue=False, options=OPTIONS) | rest


def test_options_without_an_order_stand_behind_those_that_have_one(caller: Caller) -> None:
    made = caller.post(PATH, a_choice()).json()

    assert [(option["value"], option["displayOrder"]) for option in made["options"]] == [("gold", 5), ("iron", 4)]


def test_a_change_of_options_replaces_them_all(caller: Caller) -> None:
    caller.post(PATH, a_choice())

    changed = caller.call("PATCH", f"{PATH}/grade", json={"options": [{"label": "New", "value": "new"}]})

    assert changed.status_code == 200
    assert [option["value"] for option in changed.json()["options"]] == ["new"]
    assert caller.batch("companies", "create", a_company(grade="new")).status_code == 201
    assert caller.batch("companies", "create", a_company(grade="gold")).status_code == 400


def test_a_change_never_makes_values_unique(caller: Caller) -> None:
    caller.post(PATH, a_key("plain", hasUniqueValue=False))

    changed = caller.call("PATCH", f"{PATH}/plain", json={"label": "Plain", "hasUniqueValue": True}).json()

    assert (changed["label"], changed["hasUniqueValue"]) == ("Plain", False)


@pytest.mark.parametrize("change", [{"label": "Firm"}, {"type": "number", "fieldType": "number"}])
def test_hubspots_own_definitions_are_not_changed(caller: Caller, change: dict[str, str]) -> None:
    assert caller.call("PATCH", f"{PATH}/name", json=change).status_code == 400


@pytest.mark.parametrize("change", [{"fieldType": "date"}, {"groupName": "nosuch"}])
def test_a_change_may_not_contradict_the_definition(caller: Caller, change: dict[str, str]) -> None:
    caller.post(PATH, a_key())

    assert caller.call("PATCH", f"{PATH}/source_key", json=change).status_code == 400


def test_an_archived_property_takes_no_values_and_is_seen_only_when_asked(caller: Caller) -> None:
    caller.post(PATH, a_key())

    assert caller.call("DELETE", f"{PATH}/source_key").status_code == 204
    assert caller.get(f"{PATH}/source_key").status_code == 404
    assert caller.get(f"{PATH}/source_key", archived="true").json()["archived"] is True
    assert [item["name"] for item in caller.get(PATH, archived="true").json()["results"]] == ["source_key"]
    refused = caller.batch("companies", "create", a_company(source_key="k1"))
    assert refused.json()["errors"][0]["code"] == "PROPERTY_DOESNT_EXIST"


def test_an_archived_property_is_restored_by_creating_it_again_with_its_values(caller: Caller) -> None:
    caller.post(PATH, a_key())
    (made,) = caller.created_ids("companies", a_company(source_key="k1"))
    caller.call("DELETE", f"{PATH}/source_key")

    restored = caller.post(PATH, a_key(label="Again", hasUniqueValue=False))

    found = caller.batch("companies", "read", {"id": "k1"}, properties=["source_key"], idProperty="source_key").json()
    assert (restored.status_code, restored.json()["label"]) == (201, "Again")
    assert restored.json()["hasUniqueValue"] is True
    assert "archivedAt" not in restored.json()
    assert found["results"][0]["id"] == made


def test_an_archived_unique_property_finds_nothing(caller: Caller) -> None:
    caller.post(PATH, a_key())
    caller.created_ids("companies", a_company(source_key="k1"))
    caller.call("DELETE", f"{PATH}/source_key")

    assert caller.batch("companies", "upsert", by_id("k1", "source_key", name="x")).status_code == 400


def test_hubspots_own_properties_are_not_archived(caller: Caller) -> None:
    answer = caller.call("DELETE", f"{PATH}/name")

    assert answer.json()["subCategory"] == "PropertyValidationError.CANNOT_DELETE_PROPERTY_IN_USE"
    assert caller.get(f"{PATH}/name").status_code == 200


@pytest.mark.parametrize(("version", "status"), [("v3", 201), ("2026-03", 200), ("2026-09", 200)])
def test_the_status_of_a_batch_create_depends_on_the_version(caller: Caller, version: str, status: int) -> None:
    prefix = "/crm/v3/properties" if version == "v3" else f"/crm/properties/{version}"

    answer = caller.post(f"{prefix}/companies/batch/create", {"inputs": [a_key("one"), a_key("two")]})

    assert (answer.status_code, len(answer.json()["results"])) == (status, 2)


def test_a_batch_reads_what_is_there_and_names_what_is_not(caller: Caller) -> None:
    caller.post(PATH, a_key())

    answer = caller.post(f"{PATH}/batch/read", {"archived": False, "inputs": [{"name": "source_key"}, {"name": "no"}]})

    assert answer.status_code == 207
    assert [item["name"] for item in answer.json()["results"]] == ["source_key"]
    assert answer.json()["errors"][0]["context"] == {"name": ["no"]}


def test_a_batch_archives(caller: Caller) -> None:
    caller.post(PATH, a_key())

    answer = caller.post(f"{PATH}/batch/archive", {"inputs": [{"name": "source_key"}, {"name": "no"}]})

    archived = caller.post(f"{PATH}/batch/read", {"archived": True, "inputs": [{"name": "source_key"}]})
    assert answer.status_code == 204
    assert archived.json()["results"][0]["archived"] is True


def test_a_batch_of_names_needs_names(caller: Caller) -> None:
    answer = caller.post(f"{PATH}/batch/read", {"inputs": [{}]})

    assert (answer.status_code, "name" in answer.json()["message"]) == (400, True)


def test_a_group_is_made_changed_and_removed(caller: Caller) -> None:
    made = caller.post(f"{PATH}/groups", {"name": "mine", "label": "Mine"})
    changed = caller.call("PATCH", f"{PATH}/groups/mine", json={"label": "Ours"})

    assert made.status_code == 201
    assert changed.json() == {**made.json(), "label": "Ours"}
    assert changed.json() in caller.get(f"{PATH}/groups").json()["results"]
    assert caller.call("DELETE", f"{PATH}/groups/mine").status_code == 204
    assert caller.get(f"{PATH}/groups/mine").status_code == 404


def test_a_group_stands_once_and_needs_a_label(caller: Caller) -> None:
    caller.post(f"{PATH}/groups", {"name": "mine", "label": "Mine"})

    assert caller.post(f"{PATH}/groups", {"name": "mine", "label": "Mine"}).status_code == 409
    assert caller.post(f"{PATH}/groups", {"name": "other"}).status_code == 400


def test_a_group_with_properties_stays(caller: Caller) -> None:
    assert caller.call("DELETE", f"{PATH}/groups/companyinformation").status_code == 400


def test_a_property_may_stand_in_a_new_group(caller: Caller) -> None:
    caller.post(f"{PATH}/groups", {"name": "mine", "label": "Mine"})

    assert caller.post(PATH, a_key(groupName="mine")).json()["groupName"] == "mine"


def test_an_upsert_that_blanks_leaves_values_of_archived_properties(server: SimulatorServer) -> None:
    server.reset(switches=Switches(email_upsert_replaces=True))
    caller = Caller(server)
    path = "/crm/properties/2026-09/contacts"
    caller.post(path, a_key(groupName="contactinformation", hasUniqueValue=False))
    (known,) = caller.created_ids("contacts", a_contact(source_key="k1", city="Lyon"))
    caller.call("DELETE", f"{path}/source_key")

    answer = caller.batch("contacts", "upsert", by_id("person1@example.com", "email", firstname="Grace"))

    held = server.account.records("contacts")[known]
    assert answer.status_code == 200
    assert (held["source_key"], held["firstname"], "city" in held) == ("k1", "Grace", False)
