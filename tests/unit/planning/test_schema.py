from __future__ import annotations

import pytest

from hubspot_import.errors import SchemaError
from hubspot_import.model import ObjectType
from hubspot_import.planning.schema import ObjectSchema, check_properties, key_is_missing
from support.account_schema import a_definition, a_mapping, a_schema

COMPANIES = ObjectType.COMPANIES


def companies(*definitions, key: str = "bulk_import_key") -> ObjectSchema:
    return a_schema(a_mapping(COMPANIES, key, name="name", crm_no="crm_no"), *definitions)


def test_a_property_the_account_lacks_is_named_with_column_and_remedy():
    schema = ObjectSchema(mapping=a_mapping(COMPANIES, "bulk_import_key", shoe_size="Shoe size"), definitions={})
    (fault,) = check_properties(schema, ["shoe_size"], {"shoe_size": "Shoe size"})
    assert fault == (
        "companies.csv: The account has no property shoe_size on companies (column Shoe size). "
        "Create the property in HubSpot, or correct or remove it in the mapping companies.yaml."
    )


@pytest.mark.parametrize("trait", ["is_read_only", "calculated"])
def test_a_property_nobody_may_write_is_a_fault(trait):
    schema = companies(a_definition("name", **{trait: True}))
    assert "name on companies is read-only" in check_properties(schema, ["name"], {})[0]


def test_a_property_without_values_is_not_asked_for():
    schema = ObjectSchema(mapping=a_mapping(COMPANIES, "bulk_import_key", shoe_size="s"), definitions={})
    assert check_properties(schema, [], {}) == []


def test_the_key_property_has_to_be_made_when_the_account_lacks_it():
    assert key_is_missing(companies())


def test_a_unique_key_property_that_stands_is_used():
    assert not key_is_missing(companies(a_definition("bulk_import_key", has_unique_value=True)))


def test_a_namesake_that_is_not_unique_names_the_other_way_out():
    with pytest.raises(SchemaError, match=r"'bulk_import_key' is not unique .* key: <a unique property of yours>"):
        key_is_missing(companies(a_definition("bulk_import_key")))


def test_a_key_of_ones_own_has_to_be_unique():
    with pytest.raises(SchemaError, match="'crm_no' is not unique"):
        key_is_missing(companies(key="crm_no"))


def test_ten_unique_properties_leave_no_room():
    taken = [a_definition(f"u{number}", has_unique_value=True) for number in range(10)]
    with pytest.raises(SchemaError, match="has 10 unique properties"):
        key_is_missing(companies(*taken))


def test_hubspots_own_unique_properties_take_no_room():
    taken = [a_definition(f"hs_{number}", has_unique_value=True) for number in range(10)]
    assert key_is_missing(companies(*taken))


def test_a_contacts_email_is_a_key_although_its_definition_says_otherwise():
    assert not key_is_missing(a_schema(a_mapping(), a_definition("email", has_unique_value=False)))


def test_rows_that_name_records_by_id_need_no_key_property():
    assert not key_is_missing(companies(key="hs_object_id"))
