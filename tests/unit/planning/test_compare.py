from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hubspot_import.client.wire import PropertyDefinition
from hubspot_import.planning.compare import differs
from support.account_schema import a_definition

TEXT = a_definition("city")
NUMBER = a_definition("numberofemployees", "number")
DATE = a_definition("closedate", "date")
DATETIME = a_definition("createdate", "datetime")
OPTIONS = a_definition("hs_ticket_category", "enumeration", field_type="checkbox")


def differ(wire: str | None, present: str | None, definition: PropertyDefinition | None) -> bool:
    one, other = pd.Series([wire], dtype="str"), pd.Series([present], dtype="str")
    return bool(differs(one, other, definition).iloc[0])


@pytest.mark.parametrize(
    ("definition", "wire", "present"),
    [
        (a_definition("email"), "ada@example.com", "Ada@Example.com"),
        (a_definition("domain"), "firm.example.com", "Firm.example.com"),
        (NUMBER, "5", "5.0"),
        (NUMBER, "1200", "1.2E3"),
        (DATE, "2026-01-02", "1767312000000"),
        (DATE, "2026-01-02", "2026-01-02T00:00:00Z"),
        (DATETIME, "2026-01-02T10:00:00Z", "2026-01-02T10:00:00.000Z"),
        (DATETIME, "2026-01-02T11:00:00+01:00", "2026-01-02T10:00:00Z"),
        (DATETIME, "2026-01-02T10:00:00.123456Z", "1767348000123"),
        (OPTIONS, "A;B", "B;A"),
        (TEXT, "one\r\ntwo", "one\ntwo"),
        (TEXT, " Lyon ", "Lyon"),
        (a_definition("is_public", "bool"), "true", "True"),
        (None, "as it is", "as it is"),
    ],
)
def test_what_hubspot_normalises_is_the_same(definition, wire, present):
    assert not differ(wire, present, definition)


@pytest.mark.parametrize(
    ("definition", "wire", "present"),
    [
        (TEXT, "Lyon", "lyon"),
        (NUMBER, "5", "5.5"),
        (NUMBER, "5", "five"),
        (DATE, "2026-01-02", "2026-01-03"),
        (DATETIME, "2026-01-02T10:00:00Z", "2026-01-02T10:00:01Z"),
        (DATETIME, "2026-01-02T10:00:00Z", "soon"),
        (OPTIONS, "A;B", "A"),
        (a_definition("phone", field_type="phonenumber"), "+33 1", "+331"),
        (a_definition("hs_ticket_priority", "enumeration"), "HIGH", "high"),
        (TEXT, "Lyon", None),
        (TEXT, "Lyon", ""),
    ],
)
def test_what_a_person_would_call_another_value_differs(definition, wire, present):
    assert differ(wire, present, definition)


def test_null_and_empty_are_both_nothing():
    assert not differ(None, "", TEXT)


@given(st.decimals(allow_nan=False, allow_infinity=False, places=4), st.integers(0, 3))
def test_trailing_zeros_never_make_another_number(value, zeros):
    assert not differ(f"{value:f}", f"{value:f}{'0' * zeros}", NUMBER)


@given(st.lists(st.sampled_from("ABCDE"), min_size=1), st.randoms())
def test_the_order_of_options_never_matters(options, random):
    shuffled = list(options)
    random.shuffle(shuffled)
    assert not differ(";".join(options), ";".join(shuffled), OPTIONS)


@given(st.lists(st.tuples(st.none() | st.text(), st.none() | st.text())))
def test_a_column_is_judged_as_its_values_are(pairs):
    wire, present = (pd.Series([pair[side] for pair in pairs], dtype="str") for side in (0, 1))
    together = differs(wire, present, TEXT).tolist()
    assert together == [differ(one, other, TEXT) for one, other in pairs]
