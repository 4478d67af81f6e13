from __future__ import annotations

import pytest

from hubspot_import.mapping.columns import required_properties, resolve_columns
from hubspot_import.mapping.labels import DEFAULT_LABELS
from hubspot_import.model import ObjectType
from support.sheets import a_mapping

CONTACTS, COMPANIES, TICKETS = ObjectType.CONTACTS, ObjectType.COMPANIES, ObjectType.TICKETS


def test_columns_are_found_whatever_their_case_blanks_underscores_and_bom():
    columns = resolve_columns(a_mapping(CONTACTS), ["\ufeffE-Mail", "FIRST_NAME", " last  name ", "JobTitle"])
    assert columns.found == {
        "email": "\ufeffE-Mail",
        "firstname": "FIRST_NAME",
        "lastname": " last  name ",
        "jobtitle": "JobTitle",
    }


def test_hubspots_labels_stand_for_contact_properties():
    labels = ["First Name", "Last Name", "Email", "Phone Number", "Company Name", "Job Title", "City", "Postal Code",
              "Country/Region", "Lifecycle Stage"]  # fmt: skip
    columns = resolve_columns(a_mapping(CONTACTS), labels)
    assert columns.unmapped == ()
    assert columns.found["zip"] == "Postal Code"
    assert columns.found["country"] == "Country/Region"


def test_hubspots_labels_stand_for_company_properties():
    labels = ["Company name", "Company Domain Name", "Industry", "Phone Number", "Website URL", "City", "Postal Code",
              "Country/Region", "Number of Employees", "Description"]  # fmt: skip
    assert resolve_columns(a_mapping(COMPANIES), labels).unmapped == ()


def test_hubspots_labels_stand_for_ticket_properties():
    labels = ["Ticket ID", "Ticket name", "Ticket description", "Create Date", "Priority", "Ticket status", "Category",
              "Source"]  # fmt: skip
    columns = resolve_columns(a_mapping(TICKETS), labels)
    assert columns.unmapped == ()
    assert columns.found["ticket_id"] == "Ticket ID"
    assert columns.found["created_date"] == "Create Date"


def test_a_property_answers_to_its_internal_name_when_the_mapped_column_is_absent():
    mapping = a_mapping(CONTACTS, properties={"email": {"column": "Courriel", "type": "email"}})
    assert resolve_columns(mapping, ["email"]).found == {"Courriel": "email"}


def test_the_mapped_column_wins_over_internal_name_and_label():
    mapping = a_mapping(CONTACTS, properties={"email": {"column": "Courriel"}})
    columns = resolve_columns(mapping, ["email", "courriel"])
    assert columns.found == {"Courriel": "courriel"}
    assert columns.unmapped == ("email",)


def test_columns_nobody_maps_are_listed_in_file_order():
    assert resolve_columns(a_mapping(CONTACTS), ["Zeta", "email", "Alpha"]).unmapped == ("Zeta", "Alpha")


def test_a_required_property_without_a_column_is_missing():
    assert resolve_columns(a_mapping(CONTACTS), ["First Name"]).missing_required == ("email",)


def test_a_default_makes_up_for_a_missing_column():
    mapping = a_mapping(TICKETS, properties={"subject": {"column": "subject", "required": True, "default": "none"}})
    assert resolve_columns(mapping, ["content"]).missing_required == ()


def test_the_record_id_column_is_required_when_it_is_the_key():
    mapping = a_mapping(CONTACTS, key="hs_object_id", properties={"firstname": "firstname"}, associations=())
    assert resolve_columns(mapping, ["Record ID", "firstname"]).found["hs_object_id"] == "Record ID"
    assert resolve_columns(mapping, ["firstname"]).missing_required == ("hs_object_id",)


def test_a_mapped_key_is_required_without_saying_so():
    assert required_properties(a_mapping(CONTACTS, properties={"email": "email"})) == ("email",)


@pytest.mark.parametrize("object_type", list(ObjectType))
def test_no_label_of_an_object_type_means_two_properties(object_type):
    labels = [label for labels in DEFAULT_LABELS[object_type].values() for label in labels]
    assert len({label.casefold() for label in labels}) == len(labels)
