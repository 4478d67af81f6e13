"""HubSpot's own client links, reads, labels and separates records, over a socket."""

from __future__ import annotations

import pytest
from hubspot import HubSpot
from hubspot.crm.associations.v4 import (
    AssociationSpec,
    BatchInputPublicAssociationMultiArchive,
    BatchInputPublicAssociationMultiPost,
    BatchInputPublicDefaultAssociationMultiPost,
    BatchInputPublicFetchAssociationsBatchRequest,
    PublicAssociationMultiArchive,
    PublicAssociationMultiPost,
    PublicDefaultAssociationMultiPost,
    PublicFetchAssociationsBatchRequest,
    PublicObjectId,
)
from hubspot.crm.associations.v4.exceptions import ApiException
from hubspot.crm.associations.v4.schema import PublicAssociationDefinitionCreateRequest
from hubspot.crm.tickets import AssociationSpec as InlineSpec
from hubspot.crm.tickets import PublicAssociationsForObject, SimplePublicObjectInputForCreate
from hubspot.crm.tickets import PublicObjectId as InlineId
from hubspot.crm.tickets.exceptions import ApiException as TicketRefusal

from hubspot_simulator.account import Account
from support.official import refusal_body
from support.simulator import Caller, a_company, a_contact


@pytest.fixture
def pair(caller: Caller) -> tuple[str, str]:
    (contact,), (company,) = caller.created_ids("contacts", a_contact()), caller.created_ids("companies", a_company())
    return contact, company


def spec(type_id: int, category: str = "HUBSPOT_DEFINED") -> AssociationSpec:
    return AssociationSpec(association_category=category, association_type_id=type_id)


def link(from_id: str, to_id: str, *specs: AssociationSpec) -> BatchInputPublicAssociationMultiPost:
    item = PublicAssociationMultiPost(_from=PublicObjectId(id=from_id), to=PublicObjectId(id=to_id), types=specs)
    return BatchInputPublicAssociationMultiPost(inputs=[item])


def reading(*ids: str) -> BatchInputPublicFetchAssociationsBatchRequest:
    inputs = [PublicFetchAssociationsBatchRequest(id=record_id) for record_id in ids]
    return BatchInputPublicFetchAssociationsBatchRequest(inputs=inputs)


def a_ticket_for(contact: str, type_id: int) -> SimplePublicObjectInputForCreate:
    inline = InlineSpec(association_category="HUBSPOT_DEFINED", association_type_id=type_id)
    association = PublicAssociationsForObject(to=InlineId(id=contact), types=[inline])
    properties = {"subject": "Help", "hs_pipeline_stage": "1"}
    return SimplePublicObjectInputForCreate(properties=properties, associations=[association])


def test_a_batch_links_and_reads_back(official: HubSpot, pair: tuple[str, str]) -> None:
    api = official.crm.associations.v4.batch_api

    made = api.create("contacts", "companies", link(*pair, spec(1)))
    (row,) = api.get_page("contacts", "companies", reading(pair[0])).results

    assert [(one.from_object_id, one.to_object_id, one.labels) for one in made.results] == [(*pair, ["Primary"])]
    assert [(kind.type_id, kind.label) for kind in row.to[0].association_types] == [(1, "Primary"), (279, None)]


def test_a_batch_without_labels_answers_both_directions(official: HubSpot, pair: tuple[str, str]) -> None:
    ends = PublicDefaultAssociationMultiPost(_from=PublicObjectId(id=pair[0]), to=PublicObjectId(id=pair[1]))

    made = official.crm.associations.v4.batch_api.create_default(
        "contacts", "companies", BatchInputPublicDefaultAssociationMultiPost(inputs=[ends])
    )

    assert {row.association_spec.association_type_id for row in made.results} == {279, 280}


def test_a_batch_separates(official: HubSpot, account: Account, pair: tuple[str, str]) -> None:
    api = official.crm.associations.v4.batch_api
    api.create("contacts", "companies", link(*pair, spec(279)))
    item = PublicAssociationMultiArchive(_from=PublicObjectId(id=pair[0]), to=[PublicObjectId(id=pair[1])])

    api.archive("contacts", "companies", BatchInputPublicAssociationMultiArchive(inputs=[item]))

    assert account.links("contacts", "companies") == set()


def test_one_record_is_linked_listed_and_separated(official: HubSpot, account: Account, pair: tuple[str, str]) -> None:
    api = official.crm.associations.v4.basic_api
    contact, company = pair

    api.create("contacts", contact, "companies", company, [spec(279)])
    listed = api.get_page("contacts", contact, "companies").results
    api.archive("contacts", contact, "companies", company)
    api.create_default("companies", company, "contacts", contact)

    assert [str(row.to_object_id) for row in listed] == [company]
    assert account.links("contacts", "companies") == {pair}


def test_a_label_is_made_borne_and_taken_off(official: HubSpot, pair: tuple[str, str]) -> None:
    labels, batches = official.crm.associations.v4.schema.definitions_api, official.crm.associations.v4.batch_api
    request = PublicAssociationDefinitionCreateRequest(label="Manages", name="manages", inverse_label="Managed by")

    made = labels.create("contacts", "companies", request).results[0]
    bearing = link(*pair, spec(made.type_id, "USER_DEFINED"))
    batches.create("contacts", "companies", bearing)
    (before,) = batches.get_page("contacts", "companies", reading(pair[0])).results
    batches.archive_labels("contacts", "companies", bearing)
    (after,) = batches.get_page("contacts", "companies", reading(pair[0])).results

    assert made.type_id in [kind.type_id for kind in labels.get_all("contacts", "companies").results]
    assert "Manages" in [kind.label for kind in before.to[0].association_types]
    assert "Manages" not in [kind.label for kind in after.to[0].association_types]


def test_a_record_without_links_is_an_error_that_means_none(official: HubSpot, pair: tuple[str, str]) -> None:
    answer = official.crm.associations.v4.batch_api.get_page("contacts", "companies", reading(pair[0]))

    assert answer.results == []
    assert answer.errors[0].sub_category == "crm.associations.NO_ASSOCIATIONS_FOUND"


def test_a_type_of_the_other_direction_is_refused(official: HubSpot, pair: tuple[str, str]) -> None:
    with pytest.raises(ApiException) as refusal:
        official.crm.associations.v4.batch_api.create("contacts", "companies", link(*pair, spec(280)))

    assert refusal.value.status == 400
    assert refusal_body(refusal.value)["subCategory"] == "crm.associations.INVALID_ASSOCIATION_TYPE"


def test_a_ticket_is_created_with_its_contact(official: HubSpot, account: Account, pair: tuple[str, str]) -> None:
    made = official.crm.tickets.basic_api.create(a_ticket_for(pair[0], 16))

    assert account.links("tickets", "contacts") == {(made.id, pair[0])}


def test_a_ticket_with_the_wrong_direction_or_contact_is_refused(official: HubSpot, pair: tuple[str, str]) -> None:
    with pytest.raises(TicketRefusal) as direction:
        official.crm.tickets.basic_api.create(a_ticket_for(pair[0], 15))
    with pytest.raises(TicketRefusal) as target:
        official.crm.tickets.basic_api.create(a_ticket_for("424242", 16))

    assert refusal_body(direction.value)["message"] == (
        "invalid from object type 0-5 for associations to be created. expected: 0-1. For definition 0-15"
    )
    assert refusal_body(target.value)["context"] == {"INVALID_OBJECT_IDS": ["CONTACT=424242 is not valid"]}
