"""Batch create: what a new record gets, and how a bad one is refused."""

from __future__ import annotations

import json

import pytest

from hubspot_simulator.account import Account
from hubspot_simulator.server import SimulatorServer
from hubspot_simulator.switches import Switches
from support.simulator import Caller, a_company, a_contact, a_record, a_ticket, by_id


def test_a_new_contact_is_a_lead_with_a_lower_case_address(caller: Caller) -> None:
    answer = caller.batch("contacts", "create", a_contact(email="Ada.Lovelace@Example.com"))

    properties = answer.json()["results"][0]["properties"]
    assert answer.status_code == 201
    assert properties["email"] == "ada.lovelace@example.com"
    assert properties["hs_email_domain"] == "example.com"
    assert properties["lifecyclestage"] == "lead"
    assert properties["hs_pipeline"] == "contacts-lifecycle-pipeline"


def test_a_new_company_takes_its_website_from_its_domain(caller: Caller) -> None:
    answer = caller.batch("companies", "create", a_company(domain="firm.example.com"))

    assert answer.json()["results"][0]["properties"]["website"] == "firm.example.com"


def test_a_website_that_is_sent_stays(caller: Caller) -> None:
    answer = caller.batch("companies", "create", a_company(website="https://www.firm.example.com"))

    assert answer.json()["results"][0]["properties"]["website"] == "https://www.firm.example.com"


def test_companies_of_one_domain_are_not_merged(caller: Caller, account: Account) -> None:
    caller.batch("companies", "create", a_company(), a_company())

    assert len(account.records("companies")) == 2


def test_a_new_ticket_stands_in_the_default_pipeline_and_keeps_its_create_date(caller: Caller) -> None:
    answer = caller.batch("tickets", "create", a_ticket(createdate="2024-02-01T08:00:00+01:00"))

    properties = answer.json()["results"][0]["properties"]
    assert properties["hs_pipeline"] == "0"
    assert properties["createdate"] == "2024-02-01T07:00:00.000Z"


def test_ids_are_numeric_text_and_times_have_milliseconds(caller: Caller) -> None:
    result = caller.batch("contacts", "create", a_contact()).json()["results"][0]

    assert result["id"].isdecimal()
    assert result["createdAt"] == "2026-11-23T08:00:00.000Z"
    assert result["archived"] is False


def test_results_are_out_of_order(caller: Caller) -> None:
    results = caller.batch("contacts", "create", *(a_contact(number) for number in range(30))).json()["results"]

    ids = [int(result["id"]) for result in results]
    assert len(ids) == 30
    assert ids != sorted(ids)


def test_one_bad_value_without_trace_ids_writes_nothing(caller: Caller, account: Account) -> None:
    answer = caller.batch("contacts", "create", a_contact(1), a_contact(2, testproperty="x"))

    body = answer.json()
    assert answer.status_code == 400
    assert body["category"] == "VALIDATION_ERROR"
    assert body["errors"] == [
        {
            "message": 'Property "testproperty" does not exist',
            "code": "PROPERTY_DOESNT_EXIST",
            "context": {"propertyName": ["testproperty"]},
        }
    ]
    assert account.records("contacts") == {}


def test_the_message_lists_the_faults_of_all_records_without_saying_which(caller: Caller) -> None:
    wrong = {"first000name": "x", "last000name": "y"}

    message = caller.batch("contacts", "create", a_contact(1, **wrong), a_contact(2, **wrong)).json()["message"]

    start = "Property values were not valid: "
    listed = json.loads(message.removeprefix(start))
    assert message.startswith(start)
    assert [fault["name"] for fault in listed] == ["first000name", "last000name"] * 2
    assert listed[0]["error"] == "PROPERTY_DOESNT_EXIST"
    assert listed[0]["isValid"] is False


def test_with_trace_ids_the_good_records_are_written(caller: Caller, account: Account) -> None:
    answer = caller.batch("contacts", "create", a_contact(1, "a"), a_contact(2, "b", testproperty="x"))

    body = answer.json()
    assert answer.status_code == 207
    assert len(account.records("contacts")) == len(body["results"]) == 1
    assert body["numErrors"] == 1
    assert body["errors"][0]["category"] == "VALIDATION_ERROR"
    assert body["errors"][0]["context"] == {"objectWriteTraceId": ["b"]}


@pytest.mark.parametrize("traces", [("a", None), ("a", "a")])
def test_trace_ids_count_only_when_every_input_has_one_of_its_own(
    caller: Caller, account: Account, traces: tuple[str | None, str | None]
) -> None:
    answer = caller.batch("contacts", "create", a_contact(1, traces[0]), a_contact(2, traces[1], testproperty="x"))

    assert answer.status_code == 400
    assert account.records("contacts") == {}


def test_trace_ids_are_not_echoed_on_written_records_unless_asked(server: SimulatorServer) -> None:
    silent = Caller(server).batch("contacts", "create", a_contact(1, "a")).json()["results"][0]
    server.reset(switches=Switches(echo_trace_ids=True))
    echoing = Caller(server).batch("contacts", "create", a_contact(1, "a")).json()["results"][0]

    assert "objectWriteTraceId" not in silent
    assert echoing["objectWriteTraceId"] == "a"


def test_an_existing_contact_is_named_in_the_conflict(caller: Caller) -> None:
    (existing,) = caller.created_ids("contacts", a_contact(1))

    answer = caller.batch("contacts", "create", a_contact(1, email="PERSON1@example.com"), a_contact(2))

    assert answer.status_code == 409
    assert answer.json()["message"] == f"Contact already exists. Existing ID: {existing}"
    assert answer.json()["category"] == "CONFLICT"


def test_several_existing_contacts_are_not_named(caller: Caller) -> None:
    caller.created_ids("contacts", a_contact(1), a_contact(2))

    answer = caller.batch("contacts", "create", a_contact(1), a_contact(2))

    assert (answer.status_code, answer.json()["message"]) == (409, "Contact already exists")


def test_with_trace_ids_each_conflict_names_its_contact(caller: Caller) -> None:
    (existing,) = caller.created_ids("contacts", a_contact(1))

    answer = caller.batch("contacts", "create", a_contact(1, "a"), a_contact(2, "b"))

    assert answer.status_code == 207
    assert answer.json()["errors"] == [
        {
            "status": "error",
            "category": "CONFLICT",
            "message": f"Contact already exists. Existing ID: {existing}",
            "context": {"objectWriteTraceId": ["a"], "existingId": [existing]},
        }
    ]


def test_one_address_twice_in_a_batch_is_a_conflict(caller: Caller, account: Account) -> None:
    whole = caller.batch("contacts", "create", a_contact(1), a_contact(1))
    traced = caller.batch("contacts", "create", a_contact(1, "a"), a_contact(1, "b"))

    assert whole.status_code == 409
    assert (traced.status_code, traced.json()["numErrors"]) == (207, 1)
    assert len(account.records("contacts")) == 1


def test_the_address_of_an_archived_contact_is_free_again(caller: Caller) -> None:
    (old,) = caller.created_ids("contacts", a_contact(1))
    caller.batch("contacts", "archive", {"id": old})

    (new,) = caller.created_ids("contacts", a_contact(1))

    assert new != old


@pytest.mark.parametrize(
    ("object_type", "properties", "missing"),
    [
        ("tickets", {"content": "x"}, ["hs_pipeline_stage", "subject"]),
        ("tickets", {"subject": "x"}, ["hs_pipeline_stage"]),
        ("companies", {"city": "Lyon"}, ["name", "domain"]),
        ("contacts", {"city": "Lyon"}, ["email", "firstname", "lastname"]),
    ],
)
def test_required_properties_are_required_on_create(
    caller: Caller, object_type: str, properties: dict[str, str], missing: list[str]
) -> None:
    answer = caller.batch(object_type, "create", a_record(**properties))

    assert answer.status_code == 400
    assert answer.json()["context"] == {"properties": missing}
    assert answer.json()["message"].endswith("Some required properties were not set.")


def test_a_hundred_inputs_are_taken_and_one_more_is_refused(caller: Caller) -> None:
    full = caller.batch("companies", "create", *(a_company(number) for number in range(100)))
    over = caller.batch("companies", "create", *(a_company(number) for number in range(101)))

    assert (full.status_code, len(full.json()["results"])) == (201, 100)
    assert over.status_code == 400
    assert over.json()["message"] == (
        "The maximum number of inputs supported in a batch is 100. Please reduce the number of items and try again"
    )


def test_a_create_can_link_to_records_that_stand(caller: Caller, account: Account) -> None:
    (company,) = caller.created_ids("companies", a_company())
    asked = {"to": {"id": company}, "types": [{"associationCategory": "HUBSPOT_DEFINED", "associationTypeId": 279}]}

    (contact,) = caller.created_ids("contacts", {**a_contact(), "associations": [asked]})

    assert account.links("contacts", "companies") == {(contact, company)}


def test_a_link_to_nobody_refuses_the_create(caller: Caller) -> None:
    asked = {"to": {"id": "424242"}, "types": [{"associationCategory": "HUBSPOT_DEFINED", "associationTypeId": 279}]}

    answer = caller.batch("contacts", "create", {**a_contact(), "associations": [asked]})

    assert answer.status_code == 400
    assert answer.json()["context"] == {"INVALID_OBJECT_IDS": ["COMPANY=424242 is not valid"]}


def test_a_unique_value_held_by_another_record_is_refused(caller: Caller) -> None:
    caller.post("/crm/properties/2026-09/contacts", {**_key_on_contacts(), "name": "badge"})
    (holder,) = caller.created_ids("contacts", a_contact(1, badge="7"))

    answer = caller.batch("contacts", "create", a_contact(2, badge="7"))

    assert answer.status_code == 400
    assert answer.json()["message"].startswith("Cannot set PropertyValueCoordinates{portalId=26892217, ")
    assert answer.json()["message"].endswith(f"{holder} already has that value.")


def test_an_address_held_by_another_contact_is_refused_in_an_update(caller: Caller) -> None:
    first, second = caller.created_ids("contacts", a_contact(1), a_contact(2))

    answer = caller.batch("contacts", "update", by_id(second, email="person1@example.com"))

    assert answer.status_code == 400
    assert answer.json()["message"].endswith(f" on {second}. {first} already has that value.")


def _key_on_contacts() -> dict[str, object]:
    return {
        "label": "Badge",
        "type": "string",
        "fieldType": "text",
        "groupName": "contactinformation",
        "hasUniqueValue": True,
    }
