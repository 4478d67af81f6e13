"""Values are checked against the property definitions."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from email_validator import validate_email
from hypothesis import given
from hypothesis import strategies as st

from hubspot_simulator.account import Account
from hubspot_simulator.errors import ValueFault
from hubspot_simulator.pipelines import Pipeline, Stage
from hubspot_simulator.schema import PropertyDefinition, default_definitions
from hubspot_simulator.values import MAX_TEXT_LENGTH, Accepted, ValueRules, check_value, is_plain_address
from support.simulator import Caller, a_company, a_contact, a_ticket

RULES = ValueRules(normalises_dates=True, owner_ids=frozenset())
OLDER = ValueRules(normalises_dates=False, owner_ids=frozenset())


def a_date_property() -> PropertyDefinition:
    closed = next(item for item in default_definitions("tickets") if item.name == "closed_date")
    return PropertyDefinition(
        **{name: getattr(closed, name) for name in PropertyDefinition.__slots__} | {"type": "date", "name": "my_date"}
    )


@pytest.mark.parametrize(
    ("value", "code", "message"),
    [
        ({"numberofemployees": "thisstring"}, "INVALID_INTEGER", "thisstring was not a valid number."),
        ({"numberofemployees": "1,200"}, "INVALID_INTEGER", "1,200 was not a valid number."),
        ({"is_public": "Yes"}, "INVALID_OPTION", "Yes was not one of the allowed options: [true, false]"),
        (
            {"type": "Partner"},
            "INVALID_OPTION",
            "Partner was not one of the allowed options: [PROSPECT, PARTNER, RESELLER, VENDOR, OTHER]",
        ),
        ({"hubspot_owner_id": "Jonas"}, "INVALID_LONG", "Jonas was not a valid long."),
        ({"hubspot_owner_id": "70003"}, "INVALID_OWNER_ID", "The owner with ID 70003 does not exist"),
        ({"closedate": "2024-02-30T10:00:00Z"}, "INVALID_DATE", "2024-02-30T10:00:00Z was not a valid date."),
        ({"closedate": "2024-02-03 10:00"}, "INVALID_DATE", "2024-02-03 10:00 was not a valid date."),
        ({"hs_object_id": "5"}, "READ_ONLY_VALUE", '"hs_object_id" is a read only property; its value cannot be set.'),
        (
            {"total_revenue": "5"},
            "READ_ONLY_VALUE",
            '"total_revenue" is a calculated property; its value cannot be set.',
        ),
        ({"nosuch": "5"}, "PROPERTY_DOESNT_EXIST", 'Property "nosuch" does not exist'),
    ],
)
def test_a_value_the_property_does_not_take_is_refused(
    caller: Caller, value: dict[str, str], code: str, message: str
) -> None:
    answer = caller.batch("companies", "create", a_company(**value))

    (name,) = value
    assert answer.status_code == 400
    assert answer.json()["errors"] == [{"message": message, "code": code, "context": {"propertyName": [name]}}]


@pytest.mark.parametrize("address", ["not-an-email", "a@b", "a b@example.com", "@example.com"])
def test_an_invalid_address_is_refused(caller: Caller, address: str) -> None:
    answer = caller.batch("contacts", "create", a_contact(email=address))

    assert answer.json()["errors"][0]["code"] == "INVALID_EMAIL"
    assert answer.json()["errors"][0]["message"] == f"Email address {address} is invalid"


@pytest.mark.parametrize(("sent", "kept"), [("70001", "70001"), ("", None)])
def test_an_owner_of_the_account_is_taken(caller: Caller, account: Account, sent: str, kept: str | None) -> None:
    (company,) = caller.created_ids("companies", a_company(hubspot_owner_id=sent))

    assert account.records("companies")[company].get("hubspot_owner_id") == kept


def test_text_may_be_65536_characters_long_and_no_longer(caller: Caller) -> None:
    fits = caller.batch("companies", "create", a_company(description="é" * 65_536))
    over = caller.batch("companies", "create", a_company(description="é" * 65_537))

    assert (fits.status_code, over.status_code) == (201, 400)


def test_several_options_are_taken_where_the_property_takes_several(caller: Caller) -> None:
    several = "PRODUCT_ISSUE;BILLING_ISSUE"

    many = caller.batch("tickets", "create", a_ticket(hs_ticket_category=several))
    spaced = caller.batch("tickets", "create", a_ticket(hs_ticket_category="PRODUCT_ISSUE; BILLING_ISSUE"))
    single = caller.batch("tickets", "create", a_ticket(hs_ticket_priority="LOW;HIGH"))

    assert (many.status_code, spaced.status_code, single.status_code) == (201, 400, 400)


def test_a_leading_semicolon_adds_options(caller: Caller, account: Account) -> None:
    (ticket,) = caller.created_ids("tickets", a_ticket(hs_ticket_category="PRODUCT_ISSUE"))

    caller.batch("tickets", "update", {"id": ticket, "properties": {"hs_ticket_category": ";BILLING_ISSUE"}})

    assert account.records("tickets")[ticket]["hs_ticket_category"] == "PRODUCT_ISSUE;BILLING_ISSUE"


def test_a_stage_must_belong_to_the_tickets_pipeline(caller: Caller, account: Account) -> None:
    account.pipelines["tickets"].append(Pipeline(id="77", label="Repairs", stages=(Stage(id="771", label="In"),)))

    wrong = caller.batch("tickets", "create", a_ticket(hs_pipeline_stage="771"))
    right = caller.batch("tickets", "create", a_ticket(hs_pipeline="77", hs_pipeline_stage="771"))

    assert right.status_code == 201
    assert wrong.json()["errors"][0] == {
        "message": "771 is not a valid pipeline stage ID. Valid options are: pipelineId=0 : [1, 2, 3, 4]",
        "code": "INVALID_OPTION",
        "context": {"propertyName": ["hs_pipeline_stage"]},
    }


def test_numbers_and_booleans_of_json_are_kept_as_text(caller: Caller, account: Account) -> None:
    (company,) = caller.created_ids("companies", a_company(numberofemployees=12, is_public=True))

    assert account.records("companies")[company]["numberofemployees"] == "12"
    assert account.records("companies")[company]["is_public"] == "true"


def test_every_fault_of_a_record_is_listed(caller: Caller) -> None:
    answer = caller.batch("companies", "create", a_company(numberofemployees="x", industry="BANK"))

    assert [error["code"] for error in answer.json()["errors"]] == ["INVALID_INTEGER", "INVALID_OPTION"]


def test_a_date_that_is_not_midnight_is_refused_by_older_versions_and_normalised_since() -> None:
    older = check_value(a_date_property(), "1496643178000", OLDER)
    newer = check_value(a_date_property(), "1496643178000", RULES)

    assert isinstance(older, ValueFault)
    assert older.message == "1496643178000 is at 6:12:58.0 UTC, not midnight!"
    assert newer == Accepted(value="2017-06-05", normalised=True)


def test_a_normalised_date_comes_with_a_warning(caller: Caller) -> None:
    definition = {
        "name": "my_date",
        "label": "My",
        "type": "date",
        "fieldType": "date",
        "groupName": "companyinformation",
    }
    caller.post("/crm/properties/2026-09/companies", definition)

    result = caller.batch("companies", "create", a_company(my_date="1990-01-01T00:00:00Z")).json()["results"][0]

    assert result["properties"]["my_date"] == "1990-01-01"
    assert result["warnings"][0]["category"] == "PROPERTY_VALUE_NORMALIZED"
    assert result["warnings"][0]["context"]["rawValue"] == "1990-01-01T00:00:00Z"


@given(st.datetimes(min_value=datetime(1980, 1, 1), max_value=datetime(2100, 1, 1), timezones=st.just(UTC)))
def test_epoch_milliseconds_and_iso_text_mean_the_same_moment(moment: datetime) -> None:
    closedate = next(item for item in default_definitions("companies") if item.name == "closedate")
    whole = moment.replace(microsecond=moment.microsecond // 1000 * 1000)
    stamp = str(round(whole.timestamp() * 1000))

    assert check_value(closedate, stamp, OLDER) == check_value(closedate, whole.isoformat(), OLDER)


@given(st.text(max_size=60))
def test_whatever_text_is_sent_a_check_decides(text: str) -> None:
    for object_type in ("contacts", "companies", "tickets"):
        for item in default_definitions(object_type):
            assert isinstance(check_value(item, text, RULES), Accepted | ValueFault)


ATOMS = st.text("aZ0_+-.%!é ", min_size=1, max_size=8) | st.sampled_from(
    ["x" * 64, "x" * 65, ".a", "a.", "a..b", '"a"']
)
LABELS = st.text("aZ0-é", min_size=1, max_size=5) | st.sampled_from(
    ["test", "xn--p1ai", "ab--cd", "x" * 63, "x" * 64, "LOCAL", "arpa", "com"]
)


@given(local=ATOMS, domain=st.lists(LABELS, min_size=1, max_size=4), at=st.sampled_from(["@", "@@", "@."]))
def test_an_address_taken_for_plain_is_one_the_slow_check_takes(local: str, domain: list[str], at: str) -> None:
    address = f"{local}{at}{'.'.join(domain)}"

    if is_plain_address(address):
        assert validate_email(address, check_deliverability=False).original == address


@pytest.mark.parametrize("address", ["ada@example.com", "Ada.L+news@mail-1.example.co.uk"])
def test_everyday_addresses_are_plain(address: str) -> None:
    assert is_plain_address(address)


@pytest.mark.parametrize("address", ["ada@example.test", "ada@firm.LOCAL", "ada@a--b.com", f"ada@{'x' * 64}.com"])
def test_reserved_and_odd_domains_are_not_plain(address: str) -> None:
    assert not is_plain_address(address)


FREE_TEXT = [
    item for kind in ("companies", "contacts", "tickets") for item in default_definitions(kind) if item.takes_any_text
]


@given(item=st.sampled_from(FREE_TEXT), value=st.text() | st.just("x" * MAX_TEXT_LENGTH))
def test_what_takes_any_text_has_no_check_that_would_find_something(item: PropertyDefinition, value: str) -> None:
    assert check_value(item, value, OLDER) == Accepted(value=value)


def test_names_and_cities_take_any_text_and_addresses_stages_and_calculated_values_do_not() -> None:
    free = {item.name for item in FREE_TEXT}

    assert {"firstname", "city", "subject", "domain"} <= free
    assert not {"email", "hs_pipeline_stage", "numberofemployees", "hs_object_id", "closedate"} & free
