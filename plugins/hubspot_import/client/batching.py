"""Cut inputs into batches, and set aside what would make HubSpot refuse a whole batch."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import TypeVar

from hubspot_import.client.wire import InputOutcome, Operation, WriteInput
from hubspot_import.errors import InvariantError

DUPLICATE_ID = "DUPLICATE_ID"
MISSING_KEY = "MISSING_KEY"

Item = TypeVar("Item")


def batches(items: Iterable[Item], size: int) -> Iterator[list[Item]]:
    """Cut what an iterator gives into lists of at most ``size``, in order, taking no more than is asked for."""
    rest = iter(items)
    while part := list(islice(rest, size)):
        yield part


def batch_name(number: int, size: int, total: int | None) -> str:
    """Name a batch in a log line: ``batch 3/7``, or ``batch 3`` where nobody knows how many there will be."""
    return f"batch {number}" if total is None else f"batch {number}/{math.ceil(total / size)}"


def identity(value: str, id_property: str | None = None) -> str:
    """Give the form in which HubSpot tells key values apart: e-mails ignore case, other keys may be case-sensitive."""
    return value.strip().casefold() if id_property == "email" else value.strip()


def same_key(value: str, keys: Iterable[str]) -> str | None:
    """Find a value HubSpot gave among keys we sent: as it is, else the only one that differs by case alone."""
    candidates = [key for key in keys if key.casefold() == value.casefold()]
    if value in candidates:
        return value
    return candidates[0] if len(candidates) == 1 else None


def set_aside(object_type: str, operation: Operation, inputs: Sequence[WriteInput]) -> dict[str, InputOutcome]:
    """Find the inputs of a batch that are not to be sent, with their outcome by trace id.

    A repeated id makes HubSpot refuse the whole batch (400), trace ids or not, so only the first goes; so does the
    same e-mail twice in one create, whose outcome is undocumented. Raises InvariantError on a repeated trace id.
    """
    refused: dict[str, InputOutcome] = {}
    seen: set[tuple[str | None, str]] = set()
    if len({each.trace_id for each in inputs}) < len(inputs):
        raise InvariantError("two inputs of one batch have the same trace id")
    for each in inputs:
        key = _key(object_type, operation, each)
        if key is None:
            continue
        if not key[1]:
            refused[each.trace_id] = _refused(each, MISSING_KEY, "The record has no value for its key.")
        elif key in seen:
            refused[each.trace_id] = _refused(each, DUPLICATE_ID, "Another input of this batch has the same key.")
        seen.add(key)
    return refused


def _key(object_type: str, operation: Operation, each: WriteInput) -> tuple[str | None, str] | None:
    if operation is not Operation.CREATE:
        return each.id_property, identity(each.id or "", each.id_property)
    email = each.properties.get("email") if object_type == "contacts" else None
    return ("email", identity(email, "email")) if email else None


def _refused(each: WriteInput, category: str, message: str) -> InputOutcome:
    return InputOutcome(trace_id=each.trace_id, category=category, message=message)
