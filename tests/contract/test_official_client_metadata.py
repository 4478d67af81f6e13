"""HubSpot's own client reads and makes properties, reads pipelines and owners, over a socket."""

from __future__ import annotations

import pytest
from hubspot import HubSpot
from hubspot.crm.properties import PropertyCreate
from hubspot.crm.properties.exceptions import ApiException

from hubspot_simulator.account import Account
from support.official import refusal_body


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
