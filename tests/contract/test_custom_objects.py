"""Custom object types: defined through the schemas endpoint, then used by every name."""

from __future__ import annotations

from typing import Any

import pytest

from hubspot_simulator.account import Account
from support.simulator import Caller, a_contact, a_key, a_link, a_record, by_id

PATH = "/crm-object-schemas/2026-09/schemas"
FULL_NAME = "p26892217_car"


def a_car_type(**rest: Any) -> dict[str, Any]:
    return {
        "name": "car",
        "labels": {"singular": "Car", "plural": "Cars"},
        "primaryDisplayProperty": "model",
        "requiredProperties": ["model"],
        "searchableProperties": ["model"],
        "properties": [
            {"name": "model", "label": "Model", "type": "string", "fieldType": "text"},
            {"name": "vin", "label": "VIN", "type": "string", "fieldType": "text", "hasUniqueValue": True},
        ],
        "associatedObjects": ["CONTACT"],
    } | rest


@pytest.fixture
def car_type(caller: Caller) -> dict[str, Any]:
    answer = caller.post(PATH, a_car_type())
    assert answer.status_code == 201, answer.text
    return dict(answer.json())


def test_a_new_type_has_ids_names_and_associations_either_way(car_type: dict[str, Any]) -> None:
    assert car_type["objectTypeId"] == f"2-{car_type['id']}"
    assert car_type["fullyQualifiedName"] == FULL_NAME
    assert {item["name"] for item in car_type["properties"]} >= {"model", "vin", "hs_object_id", "hs_createdate"}
    pairs = {(item["fromObjectTypeId"], item["toObjectTypeId"]) for item in car_type["associations"]}
    assert pairs == {(car_type["objectTypeId"], "0-1"), ("0-1", car_type["objectTypeId"])}
    assert len({item["id"] for item in car_type["associations"]}) == 2


@pytest.mark.parametrize("version", ["/crm-object-schemas/2026-03", "/crm-object-schemas/v3", "/crm/v3"])
def test_a_type_is_read_under_every_version(caller: Caller, car_type: dict[str, Any], version: str) -> None:
    assert caller.get(f"{version}/schemas/{FULL_NAME}").json() == car_type
    assert caller.get(f"{version}/schemas").json()["results"] == [car_type]


@pytest.mark.parametrize("name", ["car", "CAR", FULL_NAME, "p_car", "2-41000001"])
def test_records_are_reached_by_every_name_of_their_type(
    caller: Caller, account: Account, car_type: dict[str, Any], name: str
) -> None:
    (made,) = caller.created_ids(name, a_record(model="T", vin="v1"))

    assert caller.batch(name, "upsert", by_id("v1", "vin", model="S")).json()["results"][0]["id"] == made
    assert caller.batch(name, "read", {"id": made}, properties=["model"]).json()["results"][0]["id"] == made
    assert caller.search(name, {"propertyName": "vin", "operator": "EQ", "value": "v1"}).json()["total"] == 1
    assert caller.get(f"/crm/objects/2026-09/{name}/{made}").json()["properties"]["model"] == "S"
    assert account.records("car")[made]["vin"] == "v1"


def test_a_new_record_has_the_system_properties_of_a_custom_object(caller: Caller, car_type: dict[str, Any]) -> None:
    (made,) = caller.batch("car", "create", a_record(model="T")).json()["results"]

    assert made["properties"].keys() == {
        "hs_createdate",
        "hs_lastmodifieddate",
        "hs_object_id",
        "hs_object_source",
        "hs_object_source_id",
        "hs_object_source_label",
        "model",
    }
    assert f"/record/{car_type['objectTypeId']}/" in made["url"]


def test_required_properties_are_required(caller: Caller, car_type: dict[str, Any]) -> None:
    answer = caller.batch("car", "create", a_record(vin="v1"))

    assert answer.status_code == 400
    assert answer.json()["context"] == {"properties": ["model"]}


def test_records_are_linked_with_the_types_ids_of_their_own(
    caller: Caller, account: Account, car_type: dict[str, Any]
) -> None:
    (car,), (contact,) = caller.created_ids("car", a_record(model="T")), caller.created_ids("contacts", a_contact())
    type_id = next(int(a["id"]) for a in car_type["associations"] if a["toObjectTypeId"] == "0-1")

    asked = a_link(car, contact) | {"types": [{"associationCategory": "USER_DEFINED", "associationTypeId": type_id}]}
    linked = caller.links(FULL_NAME, "contacts", "create", asked)

    assert linked.status_code == 200, linked.text
    assert account.links("contacts", "car") == {(contact, car)}


def test_another_type_can_be_made_linkable_later(caller: Caller, account: Account, car_type: dict[str, Any]) -> None:
    asked = {"fromObjectTypeId": car_type["objectTypeId"], "toObjectTypeId": "0-2", "name": "car_to_company"}

    made = caller.post(f"{PATH}/car/associations", asked)

    assert (made.status_code, made.json()["toObjectTypeId"]) == (201, "0-2")
    assert made.json() in caller.get(f"{PATH}/car").json()["associations"]
    assert account.links("car", "companies") == set()


def test_required_and_shown_properties_can_change(caller: Caller, car_type: dict[str, Any]) -> None:
    changed = caller.call("PATCH", f"{PATH}/car", json={"requiredProperties": [], "labels": {"plural": "Autos"}})

    assert changed.json()["labels"] == {"plural": "Autos"}
    assert caller.batch("car", "create", a_record(vin="v1")).status_code == 201
    assert caller.call("PATCH", f"{PATH}/car", json={"requiredProperties": ["no"]}).status_code == 400


def test_a_property_the_type_needs_is_in_use(caller: Caller, car_type: dict[str, Any]) -> None:
    path = "/crm/properties/2026-09/car"

    assert caller.post(path, a_key("color", groupName="car_information")).status_code == 201
    refused = caller.call("DELETE", f"{path}/model")
    assert refused.json()["subCategory"] == "PropertyValidationError.CANNOT_DELETE_PROPERTY_IN_USE"
    assert caller.call("DELETE", f"{path}/color").status_code == 204


@pytest.mark.parametrize(
    ("wrong", "status"),
    [
        ({"name": "no-hyphens"}, 400),
        ({"name": "contacts"}, 409),
        ({"requiredProperties": ["nosuch"]}, 400),
        ({"associatedObjects": ["BUTTERFLY"]}, 400),
        ({"properties": [{"label": "Nameless"}]}, 400),
        ({"labels": None}, 400),
    ],
)
def test_a_definition_that_does_not_hold_leaves_nothing_behind(
    caller: Caller, wrong: dict[str, Any], status: int
) -> None:
    assert caller.post(PATH, a_car_type(**wrong)).status_code == status
    assert caller.get(PATH).json()["results"] == []
    assert caller.get("/crm/objects/2026-09/car").status_code == 400


def test_a_type_stands_once(caller: Caller, car_type: dict[str, Any]) -> None:
    assert caller.post(PATH, a_car_type()).status_code == 409


def test_ten_types_are_all_an_account_may_have(caller: Caller) -> None:
    made = [caller.post(PATH, a_car_type(name=f"car{number}")).status_code for number in range(11)]

    assert made == [201] * 10 + [400]
    assert caller.get("/crm/limits/2026-09/custom-object-types").json()["percentage"] == 100


def test_a_type_with_records_stays(caller: Caller, car_type: dict[str, Any]) -> None:
    (made,) = caller.created_ids("car", a_record(model="T"))

    assert caller.call("DELETE", f"{PATH}/car").status_code == 400
    caller.batch("car", "archive", {"id": made})
    assert caller.call("DELETE", f"{PATH}/car").status_code == 204
    assert caller.batch("car", "create", a_record(model="T")).json()["message"] == (
        "Unable to infer object type from: car"
    )


def test_the_name_of_a_type_is_free_when_it_is_removed_for_good(caller: Caller, car_type: dict[str, Any]) -> None:
    caller.call("DELETE", f"{PATH}/car")

    assert [item["name"] for item in caller.get(PATH, archived="true").json()["results"]] == ["car"]
    assert caller.post(PATH, a_car_type()).status_code == 409
    assert caller.call("DELETE", f"{PATH}/car", params={"archived": "true"}).status_code == 204
    assert caller.post(PATH, a_car_type()).status_code == 201


def test_schemas_need_their_own_scopes(caller: Caller, account: Account) -> None:
    account.scopes.discard("crm.schemas.custom.write")

    answer = caller.post(PATH, a_car_type())

    assert answer.status_code == 403
    assert answer.json()["context"]["requiredGranularScopes"] == ["crm.schemas.custom.write"]


def test_hubspots_own_types_have_no_custom_schema(caller: Caller) -> None:
    assert caller.get(f"{PATH}/contacts").status_code == 400
