"""Of several rows that are one record: which one is kept."""

from __future__ import annotations

import pytest

from hubspot_import.model import ObjectType
from hubspot_import.validation.rules import rejected_rows
from support.sheets import a_mapping, checked

CONTACTS = ["a@example.com", "b@example.com", "A@example.com", "a@example.com"]
COMPANIES = [["Acme", "acme.com"], ["Other", "other.com"], ["ACME", ""], ["Acme", "acme.com"]]
TICKETS = [["Help", "me"], ["Other", "text"], ["Help ", "me"], ["Help", "me"]]
POLICIES = [("first", {4, 5}), ("last", {2, 4}), ("reject_all", {2, 4, 5})]


@pytest.mark.parametrize(("policy", "held_back"), POLICIES)
def test_contacts_of_one_address(policy, held_back):
    mapping = a_mapping(ObjectType.CONTACTS, duplicates=policy)
    assert rejected_rows(checked(mapping, ["email"], *([each] for each in CONTACTS))) == held_back


@pytest.mark.parametrize(("policy", "held_back"), POLICIES)
def test_companies_of_one_name_and_domain(policy, held_back):
    mapping = a_mapping(ObjectType.COMPANIES, duplicates=policy)
    assert rejected_rows(checked(mapping, ["name", "domain"], *COMPANIES)) == held_back


@pytest.mark.parametrize(("policy", "held_back"), POLICIES)
def test_tickets_of_one_content(policy, held_back):
    mapping = a_mapping(ObjectType.TICKETS, duplicates=policy)
    assert rejected_rows(checked(mapping, ["subject", "content"], *TICKETS)) == held_back


def test_the_row_that_is_kept_is_named():
    mapping = a_mapping(ObjectType.CONTACTS, duplicates="last")
    found = checked(mapping, ["email"], *([each] for each in CONTACTS))
    assert ["row 5" in each.message for each in found] == [True, True]


def test_an_invalid_row_at_the_end_never_costs_a_valid_one_its_place():
    mapping = a_mapping(ObjectType.CONTACTS, duplicates="last")
    rows = [["a@example.com", None], ["a@example.com", None], ["a@example.com", "12"]]
    assert rejected_rows(checked(mapping, ["email", "phone"], *rows)) == {2, 4}


def test_of_rows_that_are_all_held_back_each_is_told_once():
    mapping = a_mapping(ObjectType.CONTACTS, duplicates="reject_all")
    found = checked(mapping, ["email"], *([each] for each in CONTACTS))
    assert [each.row for each in found] == [2, 4, 5]
