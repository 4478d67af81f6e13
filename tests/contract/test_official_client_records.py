"""HubSpot's own client writes, reads, finds and archives records, over a socket."""

from __future__ import annotations

from typing import Any

import pytest
from hubspot import HubSpot
from hubspot.crm.companies import PublicObjectSearchRequest as CompanySearch
from hubspot.crm.companies.exceptions import ApiException as CompanyRefusal
from hubspot.crm.contacts import (
    BatchInputSimplePublicObjectBatchInput,
    BatchInputSimplePublicObjectBatchInputForCreate,
    BatchInputSimplePublicObjectBatchInputUpsert,
    BatchInputSimplePublicObjectId,
    BatchReadInputSimplePublicObjectId,
    PublicMergeInput,
    SimplePublicObjectBatchInput,
    SimplePublicObjectBatchInputForCreate,
    SimplePublicObjectBatchInputUpsert,
    SimplePublicObjectId,
    SimplePublicObjectInput,
    SimplePublicObjectInputForCreate,
)
from hubspot.crm.contacts.exceptions import ApiException as ContactRefusal
from hubspot.crm.tickets.exceptions import ApiException as TicketRefusal

from hubspot_simulator.account import Account
from hubspot_simulator.server import SimulatorServer
from hubspot_simulator.tokens import DEFAULT_TOKEN
from support.official import refusal_body
from support.simulator import Caller, a_company, a_contact, a_link


def new(**properties: str) -> SimplePublicObjectInputForCreate:
    return SimplePublicObjectInputForCreate(properties=properties, associations=[])


def upserts(*emails: str, **properties: str) -> BatchInputSimplePublicObjectBatchInputUpsert:
    inputs = [SimplePublicObjectBatchInputUpsert(id=e, id_property="email", properties=properties) for e in emails]
    return BatchInputSimplePublicObjectBatchInputUpsert(inputs=inputs)


def reads(*ids: str) -> BatchReadInputSimplePublicObjectId:
    inputs = [SimplePublicObjectId(id=record_id) for record_id in ids]
    return BatchReadInputSimplePublicObjectId(inputs=inputs, properties=["email"], properties_with_history=[])


def test_a_contact_is_created_read_changed_and_archived(official: HubSpot, account: Account) -> None:
    api = official.crm.contacts.basic_api

    made = api.create(simple_public_object_input_for_create=new(email="Ada@Example.com", firstname="Ada"))
    api.update(made.id, simple_public_object_input=SimplePublicObjectInput(properties={"lastname": "Lovelace"}))
    read = api.get_by_id("ada@example.com", id_property="email", properties=["firstname", "lastname", "phone"])
    api.archive(made.id)

    assert made.properties["email"] == "ada@example.com"
    assert (read.id, read.properties["firstname"], read.properties["lastname"]) == (made.id, "Ada", "Lovelace")
    assert read.properties["phone"] is None
    assert account.records("contacts") == {}


def test_a_contact_is_changed_by_its_address(official: HubSpot, account: Account, caller: Caller) -> None:
    (contact,) = caller.created_ids("contacts", a_contact())

    official.crm.contacts.basic_api.update(
        "person1@example.com", SimplePublicObjectInput(properties={"city": "Lyon"}), id_property="email"
    )

    assert account.records("contacts")[contact]["city"] == "Lyon"


def test_a_batch_of_contacts_is_created_changed_and_archived(official: HubSpot, account: Account) -> None:
    api = official.crm.contacts.batch_api
    people = [
        SimplePublicObjectBatchInputForCreate(properties={"email": f"p{n}@example.com"}, associations=[])
        for n in range(3)
    ]

    made = api.create(BatchInputSimplePublicObjectBatchInputForCreate(inputs=people))
    changes = [SimplePublicObjectBatchInput(id=row.id, properties={"city": "Lyon"}) for row in made.results]
    changed = api.update(BatchInputSimplePublicObjectBatchInput(inputs=changes))
    cities = {values["city"] for values in account.records("contacts").values()}
    gone = [SimplePublicObjectId(id=row.id) for row in made.results]
    api.archive(BatchInputSimplePublicObjectId(inputs=gone))

    assert (made.status, changed.status, len(changed.results), cities) == ("COMPLETE", "COMPLETE", 3, {"Lyon"})
    assert account.records("contacts") == {}


def test_a_contact_is_read_with_its_companies_history_and_once_archived(official: HubSpot, caller: Caller) -> None:
    api = official.crm.contacts.basic_api
    (contact,), (company,) = caller.created_ids("contacts", a_contact()), caller.created_ids("companies", a_company())
    caller.links("contacts", "companies", "create", a_link(contact, company, 279))
    api.update(contact, SimplePublicObjectInput(properties={"firstname": "Grace"}))

    read = api.get_by_id(contact, properties_with_history=["firstname"], associations=["companies"])
    api.archive(contact)
    archived = api.get_by_id(contact, archived=True)

    assert [version.value for version in read.properties_with_history["firstname"]] == ["Grace", "Ada"]
    assert {link.id for link in read.associations["companies"].results} == {company}
    assert archived.archived is True


def test_two_contacts_are_merged_and_both_ids_answer(official: HubSpot, caller: Caller) -> None:
    api = official.crm.contacts.basic_api
    kept, merged = caller.created_ids("contacts", a_contact(1), a_contact(2))

    made = api.merge(PublicMergeInput(primary_object_id=kept, object_id_to_merge=merged))

    assert {api.get_by_id(record_id).id for record_id in (kept, merged)} == {made.id}
    assert api.get_by_id("person2@example.com", id_property="email").id == made.id


def test_an_upsert_says_which_contacts_are_new(official: HubSpot) -> None:
    api = official.crm.contacts.batch_api
    api.upsert(upserts("old@example.com"))

    rows = api.upsert(upserts("OLD@example.com", "new@example.com", firstname="Grace")).results

    assert {row.properties["email"]: row.new for row in rows} == {"old@example.com": False, "new@example.com": True}


def test_companies_are_upserted_on_a_unique_property_only(official: HubSpot, caller: Caller) -> None:
    batch = {"inputs": [{"id": "acme.example.com", "idProperty": "domain", "properties": {"name": "Acme"}}]}

    with pytest.raises(CompanyRefusal) as refusal:
        official.crm.companies.batch_api.upsert(batch)

    assert refusal.value.status == 400
    assert refusal_body(refusal.value)["message"] == (
        "Unable to perform update/upsert by non-unique 0-2 property domain"
    )


def test_a_batch_read_names_the_ids_nobody_knows(official: HubSpot, caller: Caller) -> None:
    (known,) = caller.created_ids("contacts", a_contact())

    answer = official.crm.contacts.batch_api.read(reads(known, "9993051"))

    assert [row.id for row in answer.results] == [known]
    assert (answer.num_errors, answer.errors[0].category) == (1, "OBJECT_NOT_FOUND")
    assert answer.errors[0].context == {"ids": ["9993051"]}


def test_its_paging_loop_gets_every_record_once(official: HubSpot, caller: Caller) -> None:
    made = [
        row["id"]
        for first in (0, 100, 200)
        for row in caller.batch("contacts", "create", *map(a_contact, range(first, first + 100))).json()["results"]
    ]

    found = [row.id for row in official.crm.contacts.get_all(properties=["email"])]

    assert sorted(found) == sorted(made)


def test_a_search_filters_sorts_and_pages(official: HubSpot, caller: Caller) -> None:
    caller.created_ids("companies", *(a_company(n, city="Lyon", numberofemployees=str(n)) for n in (9, 10, 2)))
    request: dict[str, Any] = {
        "filter_groups": [{"filters": [{"propertyName": "city", "operator": "EQ", "value": "lyon"}]}],
        "sorts": ["numberofemployees"],
        "properties": ["name"],
        "limit": 2,
    }

    first = official.crm.companies.search_api.do_search(CompanySearch(**request))
    second = official.crm.companies.search_api.do_search(CompanySearch(**request, after=first.paging.next.after))

    assert first.total == 3
    assert [row.properties["name"] for row in (*first.results, *second.results)] == ["Firm 2", "Firm 9", "Firm 10"]


def test_it_gets_the_refusal_of_values(official: HubSpot) -> None:
    with pytest.raises(ContactRefusal) as refusal:
        official.crm.contacts.basic_api.create(new(email="not-an-email", nosuch="1"))

    body = refusal_body(refusal.value)
    assert (refusal.value.status, body["category"]) == (400, "VALIDATION_ERROR")
    assert {entry["code"] for entry in body["errors"]} == {"INVALID_EMAIL", "PROPERTY_DOESNT_EXIST"}


def test_it_gets_the_conflict_with_a_contact_that_stands(official: HubSpot, caller: Caller) -> None:
    (standing,) = caller.created_ids("contacts", a_contact())

    with pytest.raises(ContactRefusal) as refusal:
        official.crm.contacts.basic_api.create(new(email="person1@example.com"))

    assert refusal.value.status == 409
    assert refusal_body(refusal.value)["message"] == f"Contact already exists. Existing ID: {standing}"


def test_it_gets_the_refusal_of_a_ticket_without_its_stage(official: HubSpot) -> None:
    with pytest.raises(TicketRefusal) as refusal:
        official.crm.tickets.basic_api.create({"properties": {"content": "Help"}, "associations": []})

    assert refusal.value.status == 400
    assert refusal_body(refusal.value)["context"] == {"properties": ["hs_pipeline_stage", "subject"]}


def test_a_record_that_is_not_there_is_a_web_page(official: HubSpot) -> None:
    with pytest.raises(ContactRefusal) as refusal:
        official.crm.contacts.basic_api.get_by_id("9993051")

    assert refusal.value.status == 404
    assert "<h2>HTTP ERROR 404</h2>" in refusal.value.body


def test_a_wrong_token_is_refused(server: SimulatorServer) -> None:
    with pytest.raises(ContactRefusal) as refusal:
        HubSpot(access_token=DEFAULT_TOKEN[:-1], host=server.url).crm.contacts.basic_api.get_page()

    assert (refusal.value.status, refusal_body(refusal.value)["category"]) == (401, "INVALID_AUTHENTICATION")


def test_too_many_requests_are_a_429_with_the_text_its_retry_knows(official: HubSpot, server: SimulatorServer) -> None:
    for _ in range(5):
        official.crm.companies.search_api.do_search(CompanySearch())

    with pytest.raises(CompanyRefusal) as refusal:
        official.crm.companies.search_api.do_search(CompanySearch())

    assert refusal.value.status == 429
    assert refusal_body(refusal.value)["message"] == "You have reached your secondly limit."
