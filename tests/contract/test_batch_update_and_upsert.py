"""Batch update and upsert: who is found, what is answered, what is refused."""

from __future__ import annotations

from hubspot_simulator.account import Account
from hubspot_simulator.server import SimulatorServer
from hubspot_simulator.switches import Switches
from support.simulator import Caller, a_company, a_contact, a_key, by_id

PROPERTIES = "/crm/properties/2026-09/companies"


def test_an_update_answers_what_it_touched_and_what_is_computed(caller: Caller) -> None:
    (contact,) = caller.created_ids("contacts", a_contact(city="Lyon"))

    answer = caller.batch("contacts", "update", by_id(contact, firstname="Grace"))

    properties = answer.json()["results"][0]["properties"]
    assert answer.status_code == 200
    assert properties["firstname"] == "Grace"
    assert "lastmodifieddate" in properties
    assert "city" not in properties
    assert "email" not in properties


def test_an_update_leaves_the_other_properties_alone(caller: Caller, account: Account) -> None:
    (contact,) = caller.created_ids("contacts", a_contact(city="Lyon"))

    caller.batch("contacts", "update", by_id(contact, firstname="Grace"))

    assert account.records("contacts")[contact]["city"] == "Lyon"


def test_an_empty_value_clears_a_property(caller: Caller, account: Account) -> None:
    (contact,) = caller.created_ids("contacts", a_contact(city="Lyon"))

    caller.batch("contacts", "update", by_id(contact, city=""))

    assert "city" not in account.records("contacts")[contact]


def test_unknown_ids_do_not_stop_an_update(caller: Caller, account: Account) -> None:
    (contact,) = caller.created_ids("contacts", a_contact())

    answer = caller.batch(
        "contacts", "update", by_id("111", city="A"), by_id(contact, city="B"), by_id("222", city="C")
    )

    assert answer.status_code == 207
    assert account.records("contacts")[contact]["city"] == "B"
    assert answer.json()["numErrors"] == 1
    assert answer.json()["errors"] == [
        {
            "status": "error",
            "category": "OBJECT_NOT_FOUND",
            "message": "Could not get some CONTACT objects, they may be deleted or not exist. "
            "Check that ids are valid.",
            "context": {"ids": ["111", "222"]},
        }
    ]


def test_an_invalid_value_stops_an_update_without_trace_ids(caller: Caller, account: Account) -> None:
    first, second = caller.created_ids("companies", a_company(1), a_company(2))

    answer = caller.batch("companies", "update", by_id(first, city="A"), by_id(second, numberofemployees="many"))

    assert answer.status_code == 400
    assert "city" not in account.records("companies")[first]


def test_an_id_twice_refuses_the_whole_batch_even_with_trace_ids(caller: Caller, account: Account) -> None:
    first, second = caller.created_ids("companies", a_company(1), a_company(2))

    answer = caller.batch(
        "companies", "update", by_id(first, None, "a", city="A"), by_id(first, None, "b", city="B"), by_id(second)
    )

    assert answer.status_code == 400
    assert answer.json()["message"] == f"Duplicate IDs found in batch input: [{first}]. IDs must be unique"
    assert answer.json()["context"] == {"ids": [first]}
    assert "city" not in account.records("companies")[first]


def test_contacts_are_not_updated_by_address(caller: Caller) -> None:
    caller.created_ids("contacts", a_contact(1))

    answer = caller.batch("contacts", "update", by_id("person1@example.com", "email", city="Lyon"))

    assert answer.status_code == 400
    assert answer.json()["message"] == "Unable to perform update/upsert by non-unique 0-1 property email"


def test_an_upsert_creates_and_changes_and_says_which(caller: Caller) -> None:
    (known,) = caller.created_ids("contacts", a_contact(1))

    answer = caller.batch(
        "contacts",
        "upsert",
        by_id("Person1@Example.com", "email", firstname="Grace"),
        by_id("person2@example.com", "email", firstname="Alan"),
    )

    told = {result["properties"]["email"]: result for result in answer.json()["results"]}
    assert answer.status_code == 200
    assert (told["person1@example.com"]["id"], told["person1@example.com"]["new"]) == (known, False)
    assert told["person2@example.com"]["new"] is True


def test_a_company_is_not_upserted_by_domain(caller: Caller) -> None:
    answer = caller.batch("companies", "upsert", by_id("firm1.example.com", "domain", name="Firm"))

    assert answer.status_code == 400
    assert answer.json()["message"] == "Unable to perform update/upsert by non-unique 0-2 property domain"


def test_a_company_is_upserted_by_a_unique_property_of_the_account(caller: Caller, account: Account) -> None:
    caller.post(PROPERTIES, a_key())
    first = caller.batch("companies", "upsert", by_id("k1", "source_key", name="Firm")).json()["results"][0]

    second = caller.batch("companies", "upsert", by_id("k1", "source_key", city="Lyon")).json()["results"][0]

    assert (first["new"], second["new"]) == (True, False)
    assert second["properties"]["source_key"] == "k1"
    assert account.records("companies")[first["id"]]["city"] == "Lyon"


def test_one_address_twice_refuses_the_upsert_whatever_its_case(caller: Caller) -> None:
    answer = caller.batch(
        "contacts",
        "upsert",
        by_id("person1@example.com", "email", "a", city="A"),
        by_id("PERSON1@example.com", "email", "b", city="B"),
    )

    assert answer.status_code == 400
    assert "Duplicate IDs found in batch input" in answer.json()["message"]


def test_an_upsert_with_trace_ids_writes_the_good_records(caller: Caller, account: Account) -> None:
    answer = caller.batch(
        "contacts",
        "upsert",
        by_id("person1@example.com", "email", "a", city="A"),
        by_id("not-an-address", "email", "b", city="B"),
    )

    assert answer.status_code == 207
    assert len(account.records("contacts")) == 1
    assert answer.json()["errors"][0]["context"]["objectWriteTraceId"] == ["b"]


def test_an_additional_address_finds_its_contact(caller: Caller, account: Account) -> None:
    (contact,) = caller.created_ids("contacts", a_contact(1))
    account.add_email(contact, "Other@example.com")

    result = caller.batch("contacts", "upsert", by_id("other@example.com", "email", city="Lyon")).json()["results"][0]

    assert (result["id"], result["new"]) == (contact, False)


def test_an_upsert_by_address_can_blank_what_it_leaves_out(server: SimulatorServer) -> None:
    server.reset(switches=Switches(email_upsert_replaces=True))
    caller = Caller(server)
    (contact,) = caller.created_ids("contacts", a_contact(1, city="Lyon"))

    caller.batch("contacts", "upsert", by_id("person1@example.com", "email", firstname="Grace"))

    properties = server.account.records("contacts")[contact]
    assert "city" not in properties
    assert properties["email"] == "person1@example.com"


def test_a_read_answers_asked_properties_with_null_where_unset(caller: Caller) -> None:
    (contact,) = caller.created_ids("contacts", a_contact(1))

    answer = caller.batch("contacts", "read", {"id": contact}, properties=["email", "city", "nonsense"])

    properties = answer.json()["results"][0]["properties"]
    assert answer.status_code == 200
    assert properties["city"] is None
    assert "nonsense" not in properties
    assert properties["hs_object_id"] == contact


def test_a_read_by_address_ignores_case_and_names_the_missing(caller: Caller) -> None:
    (contact,) = caller.created_ids("contacts", a_contact(1))

    answer = caller.batch(
        "contacts", "read", {"id": "PERSON1@example.com"}, {"id": "nobody@example.com"}, idProperty="email"
    )

    assert answer.status_code == 207
    assert [result["id"] for result in answer.json()["results"]] == [contact]
    assert answer.json()["errors"][0]["context"] == {"ids": ["nobody@example.com"]}


def test_a_read_with_history_takes_fifty(caller: Caller) -> None:
    asked = [{"id": str(number)} for number in range(51)]

    answer = caller.batch("contacts", "read", *asked, propertiesWithHistory=["city"])

    assert answer.status_code == 400


def test_archiving_is_answered_204_for_unknown_ids_too(caller: Caller, account: Account) -> None:
    (contact,) = caller.created_ids("contacts", a_contact(1))

    answer = caller.batch("contacts", "archive", {"id": int(contact)}, {"id": "111"})

    assert (answer.status_code, answer.content) == (204, b"")
    assert account.records("contacts") == {}
    assert caller.get(f"/crm/objects/2026-09/contacts/{contact}").status_code == 404
