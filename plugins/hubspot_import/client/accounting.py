"""Find out from an answer what became of every input of a batch write. Never by position: results come shuffled."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from hubspot_import.client.answer import Attempt, dicts
from hubspot_import.client.batching import identity, same_key
from hubspot_import.client.wire import InputOutcome, Operation, WriteInput

UNACCOUNTED = "UNACCOUNTED"
UNAVAILABLE = "UNAVAILABLE"


def account_for(operation: Operation, inputs: Sequence[WriteInput], body: Mapping[str, Any]) -> list[InputOutcome]:
    """Match the results and errors of a 2xx answer to the inputs; one outcome an input, in input order.

    Results are told by the trace id they echo, else by record id (update) or key (upsert), else by the values sent
    (create); errors by the trace ids or ids in their context. An input nothing names is UNACCOUNTED: HubSpot is known
    to drop malformed items silently.
    """
    pending = {each.trace_id: each for each in inputs}
    outcomes: dict[str, InputOutcome] = {}
    strangers: list[Mapping[str, Any]] = []
    for result in (each for each in dicts(body.get("results")) if each.get("id")):
        found = _named_by(operation, result, pending)
        if found is None:
            strangers.append(result)
        else:
            outcomes[found] = written(found, result)
            del pending[found]
    has_stray_error = False
    for error in dicts(body.get("errors")):
        blamed = _blamed_by(error, pending)
        has_stray_error |= not blamed
        for trace_id in blamed:
            outcomes[trace_id] = refused(trace_id, error)
            del pending[trace_id]
    if len(pending) == len(strangers) == 1 and not has_stray_error:
        # One of each left: a record merged into another, or found by its secondary e-mail, answers with other values.
        trace_id = pending.popitem()[0]
        outcomes[trace_id] = written(trace_id, strangers[0])
    for trace_id in pending:
        outcomes[trace_id] = InputOutcome(
            trace_id=trace_id, category=UNACCOUNTED, message="HubSpot's answer names the record nowhere."
        )
    return [outcomes[each.trace_id] for each in inputs]


def written(trace_id: str, result: Mapping[str, Any]) -> InputOutcome:
    """Give the outcome of an input with its result. ``is_new`` is what upsert says; None where it says nothing."""
    is_new = result.get("new")
    return InputOutcome(
        trace_id=trace_id, record_id=str(result["id"]), is_new=is_new if isinstance(is_new, bool) else None
    )


def refused(trace_id: str, error: Mapping[str, Any]) -> InputOutcome:
    """Give the outcome of an input with its error."""
    category = str(error.get("category") or "REFUSED")
    return InputOutcome(trace_id=trace_id, category=category, message=str(error.get("message") or category))


def refused_alone(each: WriteInput, attempt: Attempt) -> InputOutcome:
    """Give the outcome of an input that was refused when it was the only one of its batch."""
    category = attempt.category or f"HTTP_{attempt.status}"
    return InputOutcome(trace_id=each.trace_id, category=category, message=attempt.message or category)


def unavailable(inputs: Iterable[WriteInput], *, is_repeatable: bool) -> list[InputOutcome]:
    """Give the outcomes of a batch that kept failing. What may not be repeated may have been written all the same."""
    message = (
        "HubSpot did not take the batch in time."
        if is_repeatable
        else "HubSpot's answer was lost; look whether the record exists before creating it again."
    )
    return [
        InputOutcome(trace_id=each.trace_id, category=UNAVAILABLE, message=message, is_retryable=is_repeatable)
        for each in inputs
    ]


def _named_by(operation: Operation, result: Mapping[str, Any], pending: Mapping[str, WriteInput]) -> str | None:
    for trace_id in _texts(result.get("objectWriteTraceId")):
        if trace_id in pending:
            return trace_id
    if operation is Operation.CREATE:
        return _by_values(result, pending)
    for name in dict.fromkeys(each.id_property for each in pending.values()):
        keys = {identity(each.id or "", name): trace for trace, each in pending.items() if each.id_property == name}
        found = same_key(identity(_key_value(result, name), name), keys)
        if found is not None:
            return keys[found]
    return None


def _key_value(result: Mapping[str, Any], id_property: str | None) -> str:
    if id_property is None:
        return str(result["id"])
    properties = result.get("properties")
    value = properties.get(id_property) if isinstance(properties, dict) else None
    return "" if value is None else str(value)


def _by_values(result: Mapping[str, Any], pending: Mapping[str, WriteInput]) -> str | None:
    properties = result.get("properties")
    if not isinstance(properties, dict):
        return None
    fits = [trace_id for trace_id, each in pending.items() if agrees(each.properties, properties)]
    # Inputs that send the same values are interchangeable; other ties cannot be told apart.
    if fits and all(pending[fit].properties == pending[fits[0]].properties for fit in fits):
        return fits[0]
    return None


def agrees(sent: Mapping[str, str], stands: Mapping[str, Any]) -> bool:
    """Say whether a record that stands has the values that were sent, as far as it tells them."""
    shared = [name for name in sent if stands.get(name) is not None]
    return bool(shared) and all(_is_same(sent[name], str(stands[name])) for name in shared)


def _is_same(sent: str, stands: str) -> bool:
    return sent.strip().casefold() == stands.strip().casefold()


def _blamed_by(error: Mapping[str, Any], pending: Mapping[str, WriteInput]) -> list[str]:
    context = error.get("context")
    if not isinstance(context, dict):
        return []
    traces = [trace_id for trace_id in _texts(context.get("objectWriteTraceId")) if trace_id in pending]
    if traces:
        return list(dict.fromkeys(traces))
    ids = {identity(each) for name in ("ids", "id") for each in _texts(context.get(name))}
    return [trace_id for trace_id, each in pending.items() if each.id and identity(each.id) in ids]


def _texts(value: object) -> Iterator[str]:
    if isinstance(value, list):
        yield from (str(each) for each in value if each is not None)
    elif value is not None:
        yield str(value)
