"""What a mapping itself asks of its values."""

from __future__ import annotations

from typing import Any

import pytest
from pydantic import ValidationError

from hubspot_import.findings import Code
from hubspot_import.mapping.spec import PropertyMapping
from hubspot_import.model import Finding, ObjectType, Severity
from hubspot_import.validation.rules import rejected_rows
from support.sheets import a_mapping, checked, codes


def found_in(*values: str | None, **rule: Any) -> list[Finding]:
    """Check values of one column below a rule; the first stands in row 2."""
    properties = {"email": {"column": "email", "type": "email"}, "a": {"column": "a", **rule}}
    mapping = a_mapping(ObjectType.CONTACTS, properties=properties, associations=())
    rows = [[f"{n}@example.com", value] for n, value in enumerate(values)]
    return checked(mapping, ["email", "a"], *rows)


def test_a_value_that_does_not_have_the_form_is_an_error():
    (found,) = found_in("FR-123", "123", None, pattern="[A-Z]{2}-[0-9]+")
    assert (found.code, found.row, found.severity) == (Code.PATTERN_MISMATCH, 3, Severity.ERROR)
    assert "[A-Z]{2}-[0-9]+" in found.message


def test_a_rule_may_be_a_warning_that_keeps_the_row():
    found = found_in("123", pattern="x", severity="warning")
    assert [each.severity for each in found] == [Severity.WARNING]
    assert rejected_rows(found) == set()


def test_a_value_that_is_not_allowed_names_the_nearest_that_is():
    (found,) = found_in("gold", " SILVER ", "Golld", one_of=["Gold", "Silver"])
    assert (found.code, found.row, found.suggestion) == (Code.VALUE_NOT_ALLOWED, 4, "Gold")
    assert found.fix == "Type one of: Gold, Silver."


def test_a_value_like_none_of_the_allowed_has_no_suggestion():
    (found,) = found_in("xyz", one_of=["Gold", "Silver"])
    assert found.suggestion is None


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        ({"min": 1}, "'0' in a is not at least 1."),
        ({"max": -1}, "'0' in a is not at most -1."),
        ({"min": 1.5, "max": 10_000_000}, "'0' in a is not from 1.5 to 10000000."),
    ],
)
def test_a_number_out_of_range_says_the_range(rule, expected):
    (found,) = found_in("0", type="number", **rule)
    assert (found.code, found.message) == (Code.VALUE_OUT_OF_RANGE, expected)


def test_numbers_at_the_bounds_are_within():
    assert found_in("1", "5", "9", type="number", min=1, max=9) == []


def test_a_day_out_of_range_is_found_in_dates_and_moments():
    bounds = {"min": "2020-01-01", "max": "2020-12-31"}
    assert codes(found_in("2019-12-31", "2020-01-01", "2020-12-31", type="date", **bounds)) == [
        (2, Code.VALUE_OUT_OF_RANGE)
    ]
    assert codes(found_in("2020-12-31T23:59:59Z", "2021-01-01T00:00:00Z", type="datetime", **bounds)) == [
        (3, Code.VALUE_OUT_OF_RANGE)
    ]


def test_a_value_of_the_wrong_type_breaks_no_rule_besides():
    assert codes(found_in("many", type="number", min=1, pattern="[0-9]+")) == [(2, Code.COULD_NOT_PARSE_NUMBER)]


def test_a_property_the_mapping_calls_unique_is_used_once():
    found = found_in("x", "y", " X", unique=True)
    assert codes(found) == [(4, Code.DUPLICATE_UNIQUE_PROPERTY_VALUE)]


@pytest.mark.parametrize(
    "rule",
    [
        {"pattern": "("},
        {"min": 1},
        {"min": "2020-01-01", "type": "number"},
        {"min": 1, "type": "date"},
        {"min": 1, "max": "2020-01-01", "type": "date"},
    ],
)
def test_a_rule_that_cannot_be_meant_is_refused_with_the_mapping(rule):
    with pytest.raises(ValidationError):
        PropertyMapping.model_validate({"column": "a", **rule})
