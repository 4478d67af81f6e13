"""The small form of a record's values reads like the dict it was made of."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from hubspot_simulator.property_values import PropertyValues

VALUES = st.dictionaries(st.sampled_from(["email", "city", "zip", "phone"]), st.text(max_size=4))


@given(VALUES, st.sampled_from(["email", "city", "zip", "phone", "nosuch"]))
def test_it_reads_like_the_dict_it_was_made_of(values: dict[str, str], name: str) -> None:
    kept = PropertyValues(values)

    assert list(kept.items()) == list(values.items())
    assert (name in kept, kept.get(name), kept.get(name, "-")) == (
        name in values,
        values.get(name),
        values.get(name, "-"),
    )
    assert (len(kept), kept.as_dict()) == (len(values), values)


@given(VALUES)
def test_it_equals_any_mapping_of_the_same_values(values: dict[str, str]) -> None:
    assert PropertyValues(values) == values
    assert PropertyValues(values) != {**values, "more": "1"}


def test_what_is_made_of_it_is_a_copy() -> None:
    kept = PropertyValues({"city": "Lyon"})

    kept.as_dict()["city"] = "Oslo"

    assert kept["city"] == "Lyon"
