from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hubspot_import.findings import Code
from hubspot_import.model import ObjectType, Severity
from hubspot_import.validation.rules import rejected_rows
from support.sheets import a_mapping, checked, codes

CONTACTS = a_mapping(ObjectType.CONTACTS)
COMPANIES = a_mapping(ObjectType.COMPANIES)
TICKETS = a_mapping(ObjectType.TICKETS)

INVALID_EMAIL, INVALID_PHONE = Code.INVALID_EMAIL, Code.INVALID_PHONE
MISSING, DATE = Code.MISSING_REQUIRED_PROPERTY, Code.COULD_NOT_PARSE_DATE
REPEATED_VALUE, REPEATED_ROW = Code.DUPLICATE_UNIQUE_PROPERTY_VALUE, Code.DUPLICATE_ROW_CONTENT


def test_clean_rows_have_no_findings():
    header = ["email", "lastname", "phone", "zip"]
    assert (
        checked(
            CONTACTS,
            header,
            ["a@example.com", "Null", "+33612345678", "01718"],
            ["b@example.com", "O'Brien", None, "NA"],
        )
        == []
    )


def test_an_empty_required_value_is_reported_in_the_files_own_column():
    (found,) = checked(TICKETS, ["Ticket name", "content"], ["  ", "text"])
    assert (found.code, found.row, found.line, found.column) == (MISSING, 2, 2, "Ticket name")


def test_a_phone_without_country_code_says_what_to_type():
    (found,) = checked(CONTACTS, ["email", "phone", "country"], ["a@example.com", "0612345678", "Netherlands"])
    assert (found.code, found.severity, found.value) == (INVALID_PHONE, Severity.ERROR, "0612345678")
    assert "country code is missing" in found.message
    assert found.suggestion == "+31612345678 (if it is a number in Netherlands)"


def test_a_default_region_reads_phones_without_country_code():
    assert checked(CONTACTS, ["email", "phone"], ["a@example.com", "0612345678"], region="FR") == []


def test_an_impossible_date_says_why():
    (found,) = checked(TICKETS, ["subject", "created_date"], ["Help", "2025-02-30"])
    assert "February has 28 days in 2025" in found.message


def test_every_fault_of_a_row_is_reported():
    found = checked(CONTACTS, ["email", "phone"], ["bad", "worse"])
    assert codes(found) == [(2, INVALID_EMAIL), (2, INVALID_PHONE)]


def test_options_are_left_to_the_account():
    assert checked(TICKETS, ["subject", "priority", "status"], ["Help", "Whatever", "Somewhere"]) == []


def test_a_value_that_may_be_dropped_is_a_warning_and_keeps_its_row():
    mapping = a_mapping(
        ObjectType.CONTACTS,
        properties={
            "email": {"column": "email", "type": "email"},
            "phone": {"column": "phone", "type": "phone", "on_invalid": "drop_value"},
        },
    )
    found = checked(mapping, ["email", "phone", "company"], ["a@example.com", "0612345678", None])
    assert codes(found) == [(2, Code.VALUE_DROPPED)]
    assert rejected_rows(found) == set()


def test_a_required_value_cannot_be_dropped():
    mapping = a_mapping(
        ObjectType.CONTACTS, properties={"email": {"column": "email", "type": "email", "on_invalid": "drop_value"}}
    )
    assert rejected_rows(checked(mapping, ["email"], ["bad"])) == {2}


def test_a_second_contact_of_one_address_names_the_first():
    found = checked(CONTACTS, ["email"], ["a@example.com"], ["b@example.com"], ["A@Example.com "])
    assert codes(found) == [(4, REPEATED_VALUE)]
    assert "is also in row 2" in found[0].message
    assert found[0].value == "A@Example.com"


def test_the_first_of_the_duplicates_that_is_valid_stays():
    found = checked(
        CONTACTS, ["email", "phone"], ["a@example.com", "bad"], ["a@example.com", None], ["a@example.com", None]
    )
    assert codes(found) == [(2, INVALID_PHONE), (4, REPEATED_VALUE)]
    assert "row 3" in found[1].message


def test_duplicates_that_are_all_invalid_are_reported_as_duplicates_too():
    found = checked(CONTACTS, ["email", "phone"], ["a@example.com", "bad"], ["a@example.com", "bad"])
    assert codes(found) == [(2, INVALID_PHONE), (3, INVALID_PHONE), (3, REPEATED_VALUE)]


def test_contacts_known_by_record_id_are_one_when_their_ids_are():
    mapping = a_mapping(ObjectType.CONTACTS, key="hs_object_id", properties={"firstname": "firstname"}, associations=())
    found = checked(mapping, ["Record ID", "firstname"], ["7", "Ann"], ["7", "Bob"])
    assert [(each.row, each.code, each.column) for each in found] == [(3, REPEATED_VALUE, "Record ID")]


@pytest.mark.parametrize("second", [("ACME  inc", "acme.example.com"), ("Acme Inc", None)])
def test_two_companies_of_one_name_are_one_when_domains_are_equal_or_one_is_empty(second):
    found = checked(COMPANIES, ["name", "domain"], ["Acme Inc", "acme.example.com"], second)
    assert codes(found) == [(3, REPEATED_ROW)]
    assert "row 2" in found[0].message


def test_a_company_with_a_domain_repeats_a_namesake_without_one():
    assert codes(checked(COMPANIES, ["name", "domain"], ["Acme", None], ["Acme", "acme.example.com"])) == [
        (3, REPEATED_ROW)
    ]


def test_two_companies_of_one_name_with_different_domains_are_a_warning():
    found = checked(COMPANIES, ["name", "domain"], ["Acme", "a.example.com"], ["Acme", "b.example.com"])
    assert codes(found) == [(3, Code.SAME_NAME_DIFFERENT_DOMAIN)]
    assert rejected_rows(found) == set()


def test_two_companies_of_one_domain_are_one_whatever_their_names():
    found = checked(COMPANIES, ["name", "domain"], ["Acme", "acme.example.com"], ["Acme France", "ACME.example.com"])
    assert [(each.row, each.code, each.column) for each in found] == [(3, REPEATED_VALUE, "domain")]


def test_company_names_are_compared_in_one_unicode_form():
    assert codes(checked(COMPANIES, ["name"], ["Café"], ["Cafe\u0301"])) == [(3, REPEATED_ROW)]


def test_an_invalid_company_does_not_take_the_place_of_a_valid_one():
    found = checked(COMPANIES, ["name", "phone"], ["Acme", "bad"], ["Acme", None])
    assert codes(found) == [(2, INVALID_PHONE)]


def test_a_second_ticket_of_one_id_is_a_duplicate():
    found = checked(TICKETS, ["ticket_id", "subject"], ["T-1", "a"], ["t-1 ", "b"], ["T-2", "a"])
    assert [(each.row, each.code, each.column) for each in found] == [(3, REPEATED_VALUE, "ticket_id")]


def test_tickets_without_ids_are_one_when_their_content_is():
    header = ["subject", "content", "created_date"]
    same = ["Help", "a\r\nb", "2025-01-01"]
    found = checked(TICKETS, header, same, ["Help", " a\nb ", "2025-01-01"], ["Help", "a\r\nb", "2025-01-02"])
    assert codes(found) == [(3, REPEATED_ROW)]


def test_tickets_with_different_ids_may_have_one_content():
    assert checked(TICKETS, ["ticket_id", "subject"], ["1", "Help"], ["2", "Help"]) == []


def test_no_rows_have_no_findings():
    assert checked(COMPANIES, ["name", "domain"]) == []


_EMAIL = st.sampled_from(["a@example.com", "A@example.com", "b@example.com", "bad", None])
_PHONE = st.sampled_from([None, "+33612345678", "bad"])


@given(st.lists(st.tuples(_EMAIL, _PHONE), max_size=8))
def test_of_rows_with_one_address_at_most_one_stays_and_one_does_when_any_is_valid(records):
    rejected = rejected_rows(checked(CONTACTS, ["email", "phone"], *records))
    kept = [email.lower() for row, (email, _) in enumerate(records, start=2) if row not in rejected]
    possible = {email.lower() for email, phone in records if email and "@" in email and phone != "bad"}
    assert sorted(kept) == sorted(possible)


_NAME = st.sampled_from(["Acme", "ACME", "Beta"])
_DOMAIN = st.sampled_from([None, "a.example.com", "b.example.com"])


@given(st.lists(st.tuples(_NAME, _DOMAIN), max_size=8))
def test_companies_that_stay_share_no_domain_and_no_name_without_domain(records):
    rejected = rejected_rows(checked(COMPANIES, ["name", "domain"], *records))
    kept = [(name.lower(), domain) for row, (name, domain) in enumerate(records, start=2) if row not in rejected]
    domains = [domain for _, domain in kept if domain]
    assert len(domains) == len(set(domains))
    for name, domain in kept:
        namesakes = [other for other in kept if other[0] == name]
        assert domain is not None or len(namesakes) == 1
