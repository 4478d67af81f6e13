from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hubspot_import.client.batching import batches, identity, same_key, set_aside
from hubspot_import.client.wire import Operation, WriteInput
from hubspot_import.errors import InvariantError

keys = st.lists(st.sampled_from(["a@x.org", "A@X.org ", "b@x.org", "c@x.org", ""]), max_size=30)


def upserts(values: list[str]) -> list[WriteInput]:
    return [WriteInput(trace_id=str(n), id=value, id_property="email") for n, value in enumerate(values)]


@given(st.lists(st.integers(), max_size=500), st.integers(1, 100))
def test_batches_hold_every_item_once_and_in_order(items, size):
    cut = list(batches(items, size))
    assert [item for part in cut for item in part] == items
    assert all(1 <= len(part) <= size for part in cut)


@given(keys)
def test_what_is_left_to_send_never_repeats_a_key_and_never_lacks_one(values):
    inputs = upserts(values)
    aside = set_aside("contacts", Operation.UPSERT, inputs)
    sent = [identity(each.id or "", "email") for each in inputs if each.trace_id not in aside]
    assert len(sent) == len(set(sent)) == len({identity(value, "email") for value in values if value})


def test_the_second_of_two_equal_keys_is_set_aside():
    aside = set_aside("contacts", Operation.UPSERT, upserts(["a@x.org", "A@x.org"]))
    assert {trace_id: outcome.category for trace_id, outcome in aside.items()} == {"1": "DUPLICATE_ID"}


def test_keys_that_differ_by_case_are_two_keys_unless_they_are_emails():
    inputs = [WriteInput(trace_id=each, id=each, id_property="salesforce_id") for each in ("0015aB", "0015Ab")]
    assert set_aside("companies", Operation.UPSERT, inputs) == {}


@given(st.lists(st.sampled_from(["ab", "aB", "AB", "c"]), unique=True), st.sampled_from(["ab", "AB", "C", "d"]))
def test_a_value_never_finds_one_of_several_keys_by_luck(keys, value):
    found = same_key(value, keys)
    expected = value if value in keys else None
    similar = [key for key in keys if key.casefold() == value.casefold()]
    assert found == (expected or (similar[0] if len(similar) == 1 else None))


def test_one_value_of_two_key_properties_is_no_repeat():
    inputs = [WriteInput(trace_id="0", id="7", id_property="a"), WriteInput(trace_id="1", id="7", id_property="b")]
    assert set_aside("contacts", Operation.UPSERT, inputs) == {}


def test_the_same_email_twice_in_one_create_is_sent_once():
    inputs = [WriteInput(trace_id=each, properties={"email": "a@x.org"}) for each in "01"]
    assert list(set_aside("contacts", Operation.CREATE, inputs)) == ["1"]


def test_companies_of_one_name_are_two_companies():
    inputs = [WriteInput(trace_id=each, properties={"name": "Acme"}) for each in "01"]
    assert set_aside("companies", Operation.CREATE, inputs) == {}


def test_a_trace_id_used_twice_is_our_own_fault():
    with pytest.raises(InvariantError, match="trace id"):
        set_aside("contacts", Operation.UPSERT, [WriteInput(trace_id="1", id="a"), WriteInput(trace_id="1", id="b")])
