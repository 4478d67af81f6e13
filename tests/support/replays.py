"""The requests behind recorded answers, as far as they are known."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from support.provoking import Stage
from support.simulator import a_company, a_contact, a_link, a_record, by_id

PROPERTIES = "/crm/v3/properties/contacts"
GROUP = "integrationcreatedproperties"
AGE = {
    "name": "age__c",
    "label": "Age",
    "groupName": GROUP,
    "type": "number",
    "fieldType": "number",
    "description": "How many years you lived.",
    "formField": True,
    "dataSensitivity": "non_sensitive",
}
HOBBY = {**AGE, "name": "hobby__c", "label": "Hobby", "type": "string", "fieldType": "text", "hasUniqueValue": True}


def a_choice(name: str, kind: str, field: str, *values: str) -> dict[str, Any]:
    """A property with options; the first has no display order, as in the recorded request."""
    ordered = [
        {"label": value, "value": value, "description": value, "displayOrder": n} for n, value in enumerate(values)
    ]
    del ordered[0]["displayOrder"]
    return {**AGE, "name": name, "label": name, "type": kind, "fieldType": field, "options": ordered}


INTERESTS = a_choice("interests__c", "enumeration", "select", "art", "travel", "swimming")
IS_READY = a_choice("isready__c", "bool", "booleancheckbox", "true", "false")


def group_created(stage: Stage) -> Any:
    return stage.caller.post(f"{PROPERTIES}/groups", {"name": GROUP, "label": "Integration Created Properties"}).json()


def group_read(stage: Stage) -> Any:
    group_created(stage)
    return stage.caller.get(f"{PROPERTIES}/groups/{GROUP}").json()


def properties_created(stage: Stage) -> Any:
    group_created(stage)
    return stage.caller.post(f"{PROPERTIES}/batch/create", {"inputs": [AGE, INTERESTS]}).json()


def properties_created_in_part(stage: Stage) -> Any:
    properties_created(stage)
    return stage.caller.post(f"{PROPERTIES}/batch/create", {"inputs": [HOBBY, AGE, INTERESTS, IS_READY]}).json()


def property_updated(stage: Stage) -> Any:
    properties_created(stage)
    change = {**AGE, "description": "How old are you?"}
    return stage.caller.call("PATCH", f"{PROPERTIES}/age__c", json=change).json()


def contacts_created(stage: Stage) -> Any:
    return stage.caller.batch("contacts", "create", a_contact(1, lastname="A"), a_contact(2, lastname="B")).json()


def contacts_updated(stage: Stage) -> Any:
    ids = stage.caller.created_ids("contacts", a_contact(1, lastname="A"), a_contact(2, lastname="B"))
    changes = [by_id(known, firstname="C", lastname="D") for known in ids]
    return stage.caller.batch("contacts", "update", *changes).json()


def contacts_updated_in_part(stage: Stage) -> Any:
    (known,) = stage.caller.created_ids("contacts", a_contact(1))
    changes = [by_id(known, firstname="C", lastname="D"), by_id("unknownIdentifier888", firstname="C")]
    return stage.caller.batch("contacts", "update", *changes).json()


def contacts_in_conflict(stage: Stage) -> Any:
    contacts_created(stage)
    return contacts_created(stage)


def contacts_with_unknown_properties(stage: Stage) -> Any:
    wrong = [a_record(first000name="A", last000name="B", email=f"p{n}@example.com") for n in range(2)]
    return stage.caller.batch("contacts", "create", *wrong).json()


def updates_with_unknown_properties(stage: Stage) -> Any:
    ids = stage.caller.created_ids("contacts", a_contact(1), a_contact(2))
    changes = [by_id(known, first000name="A", last000name="B") for known in ids]
    return stage.caller.batch("contacts", "update", *changes).json()


def updates_of_one_record(stage: Stage) -> Any:
    change = by_id("123456", firstname="A")
    return stage.caller.batch("contacts", "update", change, change).json()


def contacts_read(stage: Stage) -> Any:
    ids = stage.caller.created_ids("contacts", a_contact(1, lastname="A"), a_contact(2, lastname="B"))
    return stage.caller.batch("contacts", "read", *[{"id": known} for known in ids]).json()


def contacts_found(stage: Stage) -> Any:
    stage.caller.created_ids("contacts", a_contact(1, lastname="A"), a_contact(2, lastname="B"))
    return stage.caller.search("contacts", limit=1).json()


def links_read(stage: Stage) -> Any:
    linked, alone = stage.caller.created_ids("contacts", a_contact(1), a_contact(2))
    (company,) = stage.caller.created_ids("companies", a_company())
    stage.caller.links("contacts", "companies", "create", a_link(linked, company, 279))
    return stage.caller.links("contacts", "companies", "read", {"id": linked}, {"id": alone}).json()


def schemas_refused(stage: Stage) -> Any:
    stage.account.scopes.discard("crm.schemas.custom.read")
    return stage.caller.get("/crm-object-schemas/v3/schemas").json()


def deal_stage_properties(stage: Stage) -> Any:
    listed = {item["name"]: item for item in stage.caller.get("/crm/v3/properties/deals").json()["results"]}
    return {"results": [listed["pipeline"], listed["dealstage"]]}


REPLAYS: Mapping[str, Callable[[Stage], Any]] = {
    "batch_create_contacts_err-conflict.json": contacts_in_conflict,
    "batch_create_contacts_err-many-invalid-properties.json": contacts_with_unknown_properties,
    "batch_create_contacts_success.json": contacts_created,
    "batch_update_contacts_err-duplicate-ids.json": updates_of_one_record,
    "batch_update_contacts_err-many-invalid-properties.json": updates_with_unknown_properties,
    "batch_update_contacts_err-partial-success.json": contacts_updated_in_part,
    "batch_update_contacts_success.json": contacts_updated,
    "custom_create_2-response-create-property-group.json": group_created,
    "custom_create_4-response-batch-create-properties.json": properties_created,
    "custom_update_1-read-property-group.json": group_read,
    "custom_update_3-response-batch-create-properties.json": properties_created_in_part,
    "custom_update_5-response-update-property-age.json": property_updated,
    "metadata-contacts-external-pipelines.json": lambda stage: stage.caller.get("/crm/v3/pipelines/contacts").json(),
    "metadata-deals-external-pipelines.json": lambda stage: stage.caller.get("/crm/v3/pipelines/deals").json(),
    "metadata-deals-properties-sampled.json": deal_stage_properties,
    "metadata-err-schemas-scope.json": schemas_refused,
    "post-auth_account-info.json": lambda stage: stage.caller.get("/account-info/v3/details").json(),
    "read_objects-api_contacts-batch.json": contacts_read,
    "search_contacts_1-first-page.json": contacts_found,
    "search_contacts_contacts-to-companies.json": links_read,
    "search_error-invalid-object.json": lambda stage: stage.caller.post(
        "/crm/v3/objects/butterflies/search", {}
    ).json(),
}
