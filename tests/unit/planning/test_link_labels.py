from __future__ import annotations

import pytest

from hubspot_import.client.wire import LinkType, LinkTypes
from hubspot_import.errors import SchemaError
from hubspot_import.model import ObjectType
from hubspot_import.planning.link_labels import StandingLinks, as_text, chosen_types, wanted_types

TO_COMPANY = (ObjectType.CONTACTS, ObjectType.COMPANIES)
TO_CONTACT = (ObjectType.TICKETS, ObjectType.CONTACTS)
PLAIN, FIRST = LinkType(type_id=279), LinkType(type_id=1)
BUYER = LinkType(type_id=37, category="USER_DEFINED")
TO_50 = ("20", "20", "50")


def chosen(
    *links: tuple[str, str | None, str | None], standing: StandingLinks | None = None, label: str | None = None
) -> list[tuple[LinkTypes, bool]]:
    return list(chosen_types(links, standing or {}, wanted_types(TO_COMPANY, label, {"Buyer": BUYER})))


def test_a_records_first_company_is_its_primary_one_and_the_second_is_not():
    assert chosen(("row 2", None, None), ("row 2", None, "51")) == [({PLAIN, FIRST}, False), ({PLAIN}, False)]


def test_a_record_that_had_a_company_keeps_its_primary_one():
    assert chosen(TO_50, standing={"20": {"49": frozenset({PLAIN, FIRST})}}) == [({PLAIN}, False)]


def test_the_mapping_may_move_primary():
    had = {"20": {"49": frozenset({PLAIN, FIRST})}}
    assert chosen(TO_50, standing=had, label="Primary") == [({PLAIN, FIRST}, False)]


def test_a_link_that_has_all_its_types_stands():
    assert chosen(TO_50, standing={"20": {"50": frozenset({PLAIN})}}) == [({PLAIN}, True)]


def test_a_label_colleagues_put_on_a_link_survives_the_one_that_is_added():
    decider = LinkType(type_id=39, category="USER_DEFINED")
    stands = {"20": {"50": frozenset({PLAIN, FIRST, decider})}}
    assert chosen(TO_50, standing=stands, label="buyer") == [({PLAIN, FIRST, decider, BUYER}, False)]


def test_a_label_the_account_lacks_is_an_error_that_names_those_it_has():
    with pytest.raises(SchemaError, match=r"no label 'Byer' for links to companies; it has: Buyer"):
        wanted_types(TO_COMPANY, "Byer", {"Buyer": BUYER})


def test_links_without_a_primary_type_cannot_be_primary():
    with pytest.raises(SchemaError, match="know no primary one"):
        wanted_types(TO_CONTACT, "primary", {})


def test_types_are_kept_as_text_in_one_order():
    assert as_text(frozenset({BUYER, FIRST})) == '[["HUBSPOT_DEFINED", 1], ["USER_DEFINED", 37]]'
