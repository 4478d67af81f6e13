from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from hubspot_import.client.wire import Owner
from hubspot_import.planning.options import options_of, owner_options, property_options
from support.account_schema import a_definition

PRIORITIES = options_of([("LOW", "Low"), ("HIGH", "High"), ("URGENT", "Very urgent")])


def test_an_option_is_found_by_value_or_label_whatever_the_case():
    assert [PRIORITIES.read(text).wire for text in ("HIGH", "high", "Low", "very  URGENT")] == [
        "HIGH",
        "HIGH",
        "LOW",
        "URGENT",
    ]


def test_an_unknown_option_is_refused_with_the_nearest_label():
    reading = PRIORITIES.read("hihg")
    assert reading.wire is None
    assert reading.suggestion == "High"


def test_nothing_is_suggested_for_what_is_like_no_option():
    assert PRIORITIES.read("zzzzzzz").suggestion is None


def test_a_spelling_that_is_a_value_and_another_options_label_is_the_value():
    options = options_of([("1", "2"), ("2", "3")])
    assert options.read("2").wire == "2"


def test_values_that_differ_in_case_only_stay_two_options():
    options = options_of([("a", "first"), ("A", "second")])
    assert (options.read("a").wire, options.read("A").wire) == ("a", "A")


def test_several_options_come_out_once_each_without_blanks():
    assert PRIORITIES.read_many("Low; HIGH ;low;").wire == "LOW;HIGH"


def test_one_wrong_option_among_several_is_named_and_the_whole_cell_suggested():
    reading = PRIORITIES.read_many("Low;hihg")
    assert reading.wire is None
    assert reading.reason == "not an option: hihg"
    assert reading.suggestion == "Low;High"


def test_a_cell_with_a_piece_like_no_option_gets_no_suggestion():
    assert PRIORITIES.read_many("Low;zzzzzzz").suggestion is None


def test_a_long_list_of_options_is_cut_and_counted():
    shown = options_of([(str(n), f"Option {n}") for n in range(148)]).shown()
    assert shown.endswith("Option 24 … (148 in all)")


def test_an_enumeration_without_listed_options_has_none_to_check():
    assert property_options(a_definition("lifecyclestage", "enumeration", external_options=True)) is None


def test_a_string_has_no_options():
    assert property_options(a_definition("industry", "string", options={"A": "a"})) is None


def test_an_owner_is_found_by_address_or_id():
    owners = owner_options([Owner(id="7", email="Sam@example.com")])
    assert [owners.read(text).wire for text in ("sam@EXAMPLE.com", "7")] == ["7", "7"]


@given(st.dictionaries(st.text(min_size=1), st.text(), min_size=1))
def test_every_value_is_read_as_itself(labels):
    options = options_of(labels.items())
    assert [options.read(value).wire for value in labels] == list(labels)
