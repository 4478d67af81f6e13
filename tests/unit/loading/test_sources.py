from __future__ import annotations

import pytest

from hubspot_import.errors import MappingError, SourceError
from hubspot_import.loading.sources import choose_files
from hubspot_import.mapping.loader import load_mappings
from hubspot_import.model import ObjectType
from support.sheets import SHIPPED_MAPPINGS

MAPPINGS = load_mappings(SHIPPED_MAPPINGS)
COMPANIES, CONTACTS, TICKETS = ObjectType


def test_every_object_type_whose_file_is_there_is_in_the_run():
    choice = choose_files(MAPPINGS, (), ["contacts.csv", "notes.txt"], "in")
    assert choice.files == {CONTACTS: "contacts.csv"}
    assert choice.absent == (COMPANIES, TICKETS)


def test_file_names_match_whatever_their_case():
    assert choose_files(MAPPINGS, (), ["Contacts.CSV"], "in").files == {CONTACTS: "Contacts.CSV"}


def test_the_exact_name_wins_over_another_case():
    assert choose_files(MAPPINGS, (), ["CONTACTS.csv", "contacts.csv"], "in").files == {CONTACTS: "contacts.csv"}


def test_only_what_is_asked_for_is_in_the_run():
    choice = choose_files(MAPPINGS, (CONTACTS,), ["contacts.csv", "companies.csv"], "in")
    assert choice.files == {CONTACTS: "contacts.csv"}
    assert choice.absent == ()


def test_an_object_type_that_is_asked_for_and_absent_is_refused():
    with pytest.raises(SourceError, match=r"in holds no tickets\.csv; it holds contacts\.csv"):
        choose_files(MAPPINGS, (CONTACTS, TICKETS), ["contacts.csv"], "in")


def test_a_folder_without_any_mapped_file_is_refused_with_what_was_looked_for():
    with pytest.raises(SourceError, match=r"no companies\.csv, contacts\.csv, tickets\.csv; it holds nothing"):
        choose_files(MAPPINGS, (), [], "in")


def test_an_object_type_without_a_mapping_is_refused():
    with pytest.raises(MappingError, match="tickets"):
        choose_files({CONTACTS: MAPPINGS[CONTACTS]}, (TICKETS,), ["tickets.csv"], "in")


def test_another_format_of_the_same_name_is_read_when_the_named_file_is_absent():
    names = ["Contacts.XLSX", "companies.xlsx", "companies.csv"]
    assert choose_files(MAPPINGS, (), names, "in").files == {CONTACTS: "Contacts.XLSX", COMPANIES: "companies.csv"}


def test_several_other_formats_of_the_same_name_are_refused():
    with pytest.raises(SourceError, match=r"contacts\.csv could be any of contacts\.tsv, contacts\.xlsx; keep one"):
        choose_files(MAPPINGS, (), ["contacts.xlsx", "contacts.tsv"], "in")


@pytest.mark.parametrize("name", ["contacts.csv.gz", "contacts.zip", "Contacts.xlsx.ZIP"])
def test_a_packed_file_of_the_same_name_is_read_too(name):
    assert choose_files(MAPPINGS, (), [name], "in").files == {CONTACTS: name}
