"""HubSpot's own client reads and makes properties, reads pipelines and owners, over a socket."""

from __future__ import annotations

import pytest
from hubspot import HubSpot
from hubspot.crm.objects import SimplePublicObjectInputForCreate
from hubspot.crm.pipelines import PipelineInput, PipelineStageInput
from hubspot.crm.properties import BatchInputPropertyCreate, PropertyCreate, PropertyGroupCreate, PropertyUpdate
from hubspot.crm.properties.exceptions import ApiException
from hubspot.crm.schemas import ObjectSchemaEgg, ObjectTypeDefinitionLabels, ObjectTypePropertyCreate

from hubspot_simulator.account import Account
from support.official import refusal_body
from support.simulator import Caller, a_contact


def a_property(name: str) -> PropertyCreate:
    return PropertyCreate(
        name=name,
        label="Source key",
        type="string",
        field_type="text",
        group_name="companyinformation",
        has_unique_value=True,
    )


def test_properties_are_listed_with_their_options(official: HubSpot) -> None:
    found = {item.name: item for item in official.crm.properties.core_api.get_all("tickets").results}

    assert [option.value for option in found["hs_ticket_priority"].options] == ["LOW", "MEDIUM", "HIGH", "URGENT"]
    assert found["hs_object_id"].modification_metadata.read_only_value is True


def test_a_unique_property_is_made_and_read_back(official: HubSpot) -> None:
    api = official.crm.properties.core_api

    made = api.create("companies", a_property("source_key"))
    read = api.get_by_name("companies", "source_key")

    assert (made.name, made.has_unique_value) == ("source_key", True)
    assert (read.label, read.has_unique_value) == ("Source key", True)


def test_a_property_that_exists_is_refused(official: HubSpot) -> None:
    official.crm.properties.core_api.create("companies", a_property("source_key"))

    with pytest.raises(ApiException) as refusal:
        official.crm.properties.core_api.create("companies", a_property("source_key"))

    assert refusal.value.status == 409
    assert refusal_body(refusal.value)["subCategory"] == "Properties.PROPERTY_WITH_NAME_EXISTS"


def test_a_missing_scope_is_named(official: HubSpot, account: Account) -> None:
    account.scopes.discard("crm.schemas.companies.write")

    with pytest.raises(ApiException) as refusal:
        official.crm.properties.core_api.create("companies", a_property("source_key"))

    assert (refusal.value.status, refusal_body(refusal.value)["category"]) == (403, "MISSING_SCOPES")


def test_the_ticket_pipeline_has_its_four_stages(official: HubSpot) -> None:
    (pipeline,) = official.crm.pipelines.pipelines_api.get_all("tickets").results

    assert (pipeline.id, pipeline.label) == ("0", "Support Pipeline")
    assert [(stage.id, stage.label) for stage in pipeline.stages] == [
        ("1", "New"),
        ("2", "Waiting on contact"),
        ("3", "Waiting on us"),
        ("4", "Closed"),
    ]


def test_owners_are_found_by_e_mail_and_paged(official: HubSpot) -> None:
    api = official.crm.owners.owners_api

    (known,) = api.get_page(email="jonas.weber@hubspot.example.com").results
    first = api.get_page(limit=1)
    second = api.get_page(limit=1, after=first.paging.next.after)

    assert (known.id, known.last_name) == ("70002", "Weber")
    assert [owner.id for page in (first, second) for owner in page.results] == ["70001", "70002"]


def test_an_owner_is_read_by_its_id(official: HubSpot) -> None:
    assert official.crm.owners.owners_api.get_by_id(70002).email == "jonas.weber@hubspot.example.com"


def test_properties_are_made_in_a_batch_in_a_group_of_the_accounts_own_changed_and_archived(official: HubSpot) -> None:
    groups, batches, core = (
        official.crm.properties.groups_api,
        official.crm.properties.batch_api,
        official.crm.properties.core_api,
    )
    groups.create("companies", PropertyGroupCreate(name="imported", label="Imported"))
    wanted = [a_property(name) for name in ("first_key", "second_key")]
    for item in wanted:
        item.group_name = "imported"

    made = batches.create("companies", BatchInputPropertyCreate(inputs=wanted))
    core.update("companies", "first_key", PropertyUpdate(label="First"))
    core.archive("companies", "second_key")

    standing = {item.name: item.label for item in core.get_all("companies").results if item.group_name == "imported"}
    assert {item.name for item in made.results} == {"first_key", "second_key"}
    assert standing == {"first_key": "First"}


def test_a_pipeline_is_made_and_a_ticket_stands_in_it(official: HubSpot) -> None:
    stages = [
        PipelineStageInput(label=label, display_order=place, metadata={"ticketState": state})
        for place, (label, state) in enumerate([("Open", "OPEN"), ("Done", "CLOSED")])
    ]

    made = official.crm.pipelines.pipelines_api.create(
        "tickets", PipelineInput(label="Returns", display_order=1, stages=stages)
    )
    properties = {"subject": "Help", "hs_pipeline": made.id, "hs_pipeline_stage": made.stages[0].id}
    ticket = official.crm.tickets.basic_api.create({"properties": properties, "associations": []})

    assert [stage.label for stage in made.stages] == ["Open", "Done"]
    assert ticket.properties["hs_pipeline_stage"] == made.stages[0].id


def test_a_custom_object_is_defined_and_its_records_are_linked(official: HubSpot, caller: Caller) -> None:
    (contact,) = caller.created_ids("contacts", a_contact())
    model = ObjectTypePropertyCreate(name="model", label="Model", type="string", field_type="text")
    egg = ObjectSchemaEgg(
        name="car",
        labels=ObjectTypeDefinitionLabels(singular="Car", plural="Cars"),
        primary_display_property="model",
        required_properties=["model"],
        properties=[model],
        associated_objects=["CONTACT"],
    )

    schema = official.crm.schemas.core_api.create(egg)
    car = official.crm.objects.basic_api.create(
        schema.object_type_id, SimplePublicObjectInputForCreate(properties={"model": "T"}, associations=[])
    )
    official.crm.associations.v4.basic_api.create_default(schema.object_type_id, car.id, "contacts", contact)

    links = official.crm.associations.v4.basic_api.get_page("contacts", contact, schema.object_type_id).results
    assert official.crm.schemas.core_api.get_by_id("car").id == schema.id
    assert [str(link.to_object_id) for link in links] == [car.id]
