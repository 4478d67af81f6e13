from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hubspot_import.client.accounting import account_for, unavailable
from hubspot_import.client.wire import InputOutcome, Operation, WriteInput


def an_upsert(number: int) -> WriteInput:
    email = f"p{number}@x.org"
    return WriteInput(trace_id=str(number), id=email, id_property="email", properties={"email": email})


def a_result(number: int, *, trace: bool = False, email: str | None = None, **values: Any) -> dict[str, Any]:
    properties = {"email": email or f"P{number}@X.org"}
    echoed = {"objectWriteTraceId": str(number)} if trace else {}
    return {"id": str(1000 + number), "properties": properties, "new": True, **echoed, **values}


def an_error(*numbers: int) -> dict[str, Any]:
    context = {"objectWriteTraceId": [str(number) for number in numbers]}
    return {"status": "error", "category": "VALIDATION_ERROR", "message": "no", "context": context}


def ids_of(outcomes: list[InputOutcome]) -> list[str | None]:
    return [outcome.record_id for outcome in outcomes]


def categories_of(outcomes: list[InputOutcome]) -> list[str | None]:
    return [outcome.category for outcome in outcomes]


@given(st.data(), st.integers(1, 40), st.booleans())
def test_every_input_is_accounted_for_whatever_the_order_of_the_answer(data, count, trace):
    numbers = list(range(count))
    good = data.draw(st.sets(st.sampled_from(numbers)))
    bad = data.draw(st.sets(st.sampled_from(numbers))) - good
    shuffled = data.draw(st.permutations(sorted(good)))
    body = {"results": [a_result(n, trace=trace) for n in shuffled], "errors": [an_error(n) for n in bad]}
    outcomes = account_for(Operation.UPSERT, [an_upsert(n) for n in numbers], body)
    expected = [str(1000 + n) if n in good else "VALIDATION_ERROR" if n in bad else "UNACCOUNTED" for n in numbers]
    assert [outcome.record_id or outcome.category for outcome in outcomes] == expected


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(["id", "properties", "context", "email", "objectWriteTraceId", "ids"]), inner)
    ),
    max_leaves=12,
)


@given(st.fixed_dictionaries({"results": json_values, "errors": json_values}), st.sampled_from(Operation))
def test_no_json_whatever_makes_accounting_fail(body, operation):
    inputs = [an_upsert(n) for n in range(3)]
    assert [outcome.trace_id for outcome in account_for(operation, inputs, body)] == ["0", "1", "2"]


def test_an_update_is_told_by_its_record_id():
    inputs = [WriteInput(trace_id=f"row{n}", id=str(n)) for n in (1, 2)]
    outcomes = account_for(Operation.UPDATE, inputs, {"results": [{"id": "2"}, {"id": "1"}]})
    assert ids_of(outcomes) == ["1", "2"]


def test_keys_that_differ_by_case_alone_are_not_mixed_up():
    inputs = [WriteInput(trace_id=key, id=key, id_property="key") for key in ("aB", "Ab")]
    results = [{"id": "1", "properties": {"key": "Ab"}}, {"id": "2", "properties": {"key": "aB"}}]
    assert ids_of(account_for(Operation.UPSERT, inputs, {"results": results})) == ["2", "1"]


def test_one_error_for_several_unknown_ids_is_the_outcome_of_each():
    inputs = [WriteInput(trace_id=f"row{n}", id=str(n)) for n in (1, 2, 3)]
    error = {"category": "OBJECT_NOT_FOUND", "message": "no", "context": {"ids": ["1", "3"]}}
    outcomes = account_for(Operation.UPDATE, inputs, {"results": [{"id": "2"}], "errors": [error]})
    assert categories_of(outcomes) == ["OBJECT_NOT_FOUND", None, "OBJECT_NOT_FOUND"]


def test_creates_without_an_echo_are_told_by_the_values_they_sent():
    inputs = [WriteInput(trace_id=name, properties={"name": name}) for name in ("Acme", "Null")]
    results = [{"id": "9", "properties": {"name": "Null"}}, {"id": "8", "properties": {"name": "Acme"}}]
    assert ids_of(account_for(Operation.CREATE, inputs, {"results": results})) == ["8", "9"]


def test_creates_of_equal_values_are_interchangeable():
    inputs = [WriteInput(trace_id=each, properties={"name": "Acme"}) for each in "ab"]
    results = [{"id": each, "properties": {"name": "Acme"}} for each in "89"]
    assert sorted(map(str, ids_of(account_for(Operation.CREATE, inputs, {"results": results})))) == ["8", "9"]


def test_creates_the_answer_cannot_tell_apart_are_not_guessed():
    inputs = [WriteInput(trace_id=each, properties={"name": "Acme", "city": each}) for each in "ab"]
    results = [{"id": each, "properties": {"name": "Acme"}} for each in "89"]
    assert categories_of(account_for(Operation.CREATE, inputs, {"results": results})) == ["UNACCOUNTED"] * 2


def test_the_only_stranger_answers_the_only_input_left():
    body = {"results": [a_result(0), a_result(1, email="primary@x.org")]}
    assert ids_of(account_for(Operation.UPSERT, [an_upsert(0), an_upsert(1)], body)) == ["1000", "1001"]


def test_a_stranger_beside_an_error_nobody_owns_is_not_guessed():
    body = {"results": [a_result(1, email="primary@x.org")], "errors": [{"category": "INTERNAL", "message": "?"}]}
    assert categories_of(account_for(Operation.UPSERT, [an_upsert(1)], body)) == ["UNACCOUNTED"]


def test_an_empty_success_leaves_every_input_unaccounted():
    outcomes = account_for(Operation.UPSERT, [an_upsert(0), an_upsert(1)], {"results": []})
    assert categories_of(outcomes) == ["UNACCOUNTED", "UNACCOUNTED"]
    assert not any(outcome.is_written for outcome in outcomes)


@pytest.mark.parametrize("is_new", [True, False])
def test_upsert_says_whether_the_record_is_new(is_new):
    outcomes = account_for(Operation.UPSERT, [an_upsert(0)], {"results": [a_result(0, new=is_new)]})
    assert outcomes[0].is_new is is_new


def test_a_create_that_may_have_been_committed_is_not_offered_for_retry():
    assert not unavailable([an_upsert(0)], is_repeatable=False)[0].is_retryable
