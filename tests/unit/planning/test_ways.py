from __future__ import annotations

from hubspot_import.client.wire import Record
from hubspot_import.model import ObjectType
from hubspot_import.planning.schema import ObjectSchema
from hubspot_import.planning.standing import Standing, by_text, match
from hubspot_import.planning.ways import Asking, Way, asked_texts, search_terms, ways
from hubspot_import.tables import KEY, OTHER_KEYS
from support.account_schema import a_definition, a_mapping, a_schema, some_records

BY_NAME = Way(asking=Asking.SEARCH, column="name", property_name="name")
BY_KEY = Way(asking=Asking.READ_BY_PROPERTY, column=OTHER_KEYS, property_name="bulk_import_key")


def a_company(record_id: str, **properties: str) -> Record:
    return Record(id=record_id, properties=properties)


def companies(*definitions, key: str = "bulk_import_key") -> ObjectSchema:
    return a_schema(a_mapping(ObjectType.COMPANIES, key, name="name", domain="domain"), *definitions)


def found_by_name(row: dict[str, str | None], *records: Record) -> Standing:
    rows = some_records(row, keys=["k"])
    return match(rows, asked_texts(rows, BY_NAME), by_text(records, BY_NAME), BY_NAME)


def test_a_company_is_looked_for_by_keys_then_domains_then_name_then_the_registry():
    key = a_definition("bulk_import_key", has_unique_value=True)
    more = a_definition("hs_additional_domains", "enumeration")
    assert [(way.asking, way.property_name) for way in ways(companies(key, more))] == [
        (Asking.READ_BY_PROPERTY, "bulk_import_key"),
        (Asking.READ_BY_PROPERTY, "bulk_import_key"),
        (Asking.SEARCH, "domain"),
        (Asking.SEARCH, "hs_additional_domains"),
        (Asking.SEARCH, "name"),
        (Asking.REGISTRY, "bulk_import_key"),
    ]


def test_a_key_property_that_is_still_to_be_made_is_not_asked_for():
    assert Asking.READ_BY_PROPERTY not in {way.asking for way in ways(companies())}


def test_a_contact_is_looked_for_by_email_too_when_its_key_is_another():
    schema = a_schema(a_mapping(key="crm_no", crm_no="n", email="email"))
    assert [way.property_name for way in ways(schema)] == ["crm_no", "crm_no", "email", "crm_no"]


def test_record_ids_that_are_no_numbers_are_not_asked_for():
    (way,) = ways(companies(key="hs_object_id"))
    rows = some_records({"name": "A"}, {"name": "B"}, keys=["12", "x12"])
    assert asked_texts(rows, way).tolist() == ["12"]


def test_all_other_keys_of_a_row_are_asked_for():
    rows = some_records({"name": "A"}, {"name": "B"}, keys=["k1", "k2"])
    rows[OTHER_KEYS] = ["default:domain:a\ndefault:name:a", None]
    texts = asked_texts(rows, BY_KEY)
    assert list(zip(texts.index, texts, strict=True)) == [(0, "default:domain:a"), (0, "default:name:a")]


def test_search_terms_are_lower_case_and_distinct():
    assert search_terms(["Straße", "straße", "A"]) == ["straße", "a"]


def test_a_name_is_the_same_whatever_its_case_and_blanks():
    assert found_by_name({"name": "Acme  Ltd"}, a_company("1", name="ACME Ltd")).records[2].id == "1"


def test_a_name_that_only_contains_the_other_is_not_the_same():
    assert found_by_name({"name": "Acme"}, a_company("1", name="Acme Holding")).records == {}


def test_a_company_of_the_same_name_with_another_domain_is_another_company():
    other = a_company("1", name="Acme", domain="other.example.com")
    assert found_by_name({"name": "Acme", "domain": "acme.example.com"}, other) == Standing()


def test_a_company_of_the_same_name_without_a_domain_is_the_same():
    assert found_by_name({"name": "Acme", "domain": "acme.example.com"}, a_company("1", name="Acme")).records


def test_several_candidates_are_a_question_that_names_their_ids():
    found = found_by_name({"name": "Acme"}, a_company("7", name="Acme"), a_company("12", name="acme"))
    assert found == Standing(records={}, ambiguous={2: ("12", "7")})


def test_a_record_answers_to_each_of_its_additional_domains():
    way = Way(asking=Asking.SEARCH, column="domain", property_name="hs_additional_domains")
    record = a_company("1", hs_additional_domains="a.example.com;B.example.com")
    assert set(by_text([record], way)) == {"a.example.com", "b.example.com"}


def test_what_an_earlier_way_found_stays():
    first = Standing(records={2: a_company("1")})
    later = Standing(records={2: a_company("2"), 3: a_company("3")})
    assert {row: record.id for row, record in first.and_then(later).records.items()} == {2: "1", 3: "3"}


def test_only_rows_nobody_found_are_still_open():
    rows = some_records({"name": "A"}, {"name": "B"}, {"name": "C"}, keys=["a", "b", "c"])
    standing = Standing(records={2: a_company("1")}, ambiguous={3: ("2", "3")})
    assert standing.still_open(rows)[KEY].tolist() == ["c"]
