"""What a batch request asks for, read strictly: the form is HubSpot's, or the request is refused."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from hubspot_simulator import errors
from hubspot_simulator.replies import ApiError, JsonObject

MAX_INPUTS = 100
MAX_INPUTS_WITH_HISTORY = 50
_TYPE = "com.hubspot.inbounddb.publicobject.core.v2.SimplePublicObjectBatchInput$Json"

JSON_TOKENS = {
    "list": ("Array", "START_ARRAY"),
    "dict": ("Object", "START_OBJECT"),
    "str": ("String", "VALUE_STRING"),
    "NoneType": ("Null", "VALUE_NULL"),
    "bool": ("Boolean", "VALUE_TRUE"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedLink:
    """An association asked for with a create: the record to link to, and the type ids."""

    to_id: str
    type_ids: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class BatchInput:
    """One input of a batch write."""

    id: str
    id_property: str | None
    properties: dict[str, str]
    trace_id: str | None
    links: tuple[AskedLink, ...] = ()


def input_objects(body: Any, limit: int = MAX_INPUTS, *, has_history: bool = False) -> list[JsonObject]:
    """Take the ``inputs`` out of a body: a list of at most ``limit`` objects."""
    if not isinstance(body, dict):
        raise wrong_type(body)
    if "inputs" not in body:
        raise errors.missing_json_fields(["inputs"])
    inputs = body["inputs"]
    if not isinstance(inputs, list) or not all(isinstance(item, dict) for item in inputs):
        raise wrong_type(inputs)
    if len(inputs) > limit:
        raise errors.batch_too_large(limit, has_history=has_history)
    return inputs


def write_inputs(body: Any, *, with_ids: bool, drops_malformed: bool = False) -> list[BatchInput]:
    """Read the inputs of a create (no ids), an update or an upsert; one malformed refuses the request or is dropped."""
    if drops_malformed and isinstance(body, dict) and isinstance(body.get("inputs"), list):
        body = {"inputs": [item for item in body["inputs"] if _is_well_formed(item, with_ids=with_ids)]}
    return [_write_input(item, with_ids=with_ids) for item in input_objects(body)]


def _is_well_formed(item: Any, *, with_ids: bool) -> bool:
    """Say whether an input can be read. A record id that is no number cannot: it finds nothing and says nothing."""
    if not isinstance(item, dict):
        return False
    try:
        asked = _write_input(item, with_ids=with_ids)
    except ApiError:
        return False
    return not with_ids or asked.id_property is not None or asked.id.isdecimal()


def ids(body: Any, *, has_history: bool = False) -> list[str]:
    """Read the inputs of a read or an archive; numbers are taken as ids too."""
    limit = MAX_INPUTS_WITH_HISTORY if has_history else MAX_INPUTS
    return [_id(item) for item in input_objects(body, limit, has_history=has_history)]


def refuse_duplicates(values: Sequence[str]) -> None:
    """Refuse the whole batch when an id stands twice (trace ids do not help)."""
    twice = [value for value, count in Counter(values).items() if count > 1]
    if twice:
        raise errors.duplicate_ids(twice)


def are_traced(inputs: Sequence[BatchInput]) -> bool:
    """Say whether every input carries a trace id of its own: only then one bad record does not stop the others."""
    traces = {item.trace_id for item in inputs}
    return None not in traces and len(traces) == len(inputs)


def wrong_type(value: Any) -> ApiError:
    """400: this part of the body has another type."""
    kind, token = JSON_TOKENS.get(type(value).__name__, ("Integer", "VALUE_NUMBER_INT"))
    detail = f"Cannot deserialize value of type `{_TYPE}` from {kind} value (token `JsonToken.{token}`)"
    return errors.invalid_json(1, 12, detail)


def need_types(body: JsonObject, kinds: Mapping[str, type]) -> None:
    """Refuse a body whose fields, where they are set, have another type."""
    for name, kind in kinds.items():
        value = body.get(name)
        if value is not None and (not isinstance(value, kind) or (kind is int and isinstance(value, bool))):
            raise wrong_type(value)


def need_elements(values: Iterable[Any], kind: type) -> None:
    """Refuse a list with an element of another type."""
    for value in values:
        if not isinstance(value, kind):
            raise wrong_type(value)


def _write_input(item: JsonObject, *, with_ids: bool) -> BatchInput:
    properties = item.get("properties")
    if properties is None:
        raise errors.missing_json_fields(["properties"])
    if not isinstance(properties, dict):
        raise wrong_type(properties)
    trace_id = item.get("objectWriteTraceId")
    return BatchInput(
        id=_id(item) if with_ids else "",
        id_property=item.get("idProperty") if with_ids else None,
        properties={name: value if type(value) is str else _text(value) for name, value in properties.items()},
        trace_id=None if trace_id is None else str(trace_id),
        links=() if with_ids else _links(item),
    )


def _id(item: JsonObject) -> str:
    value = item.get("id")
    if value is None or value == "":
        raise errors.missing_json_fields(["id"])
    if isinstance(value, str | int) and not isinstance(value, bool):
        return str(value)
    raise wrong_type(value)


def _text(value: Any) -> str:
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    if value is None:
        return ""
    if isinstance(value, int | float):
        return str(value)
    raise wrong_type(value)


def _links(item: JsonObject) -> tuple[AskedLink, ...]:
    need_types(item, {"associations": list})
    return tuple(_link(link) for link in item.get("associations") or ())


def _link(item: Any) -> AskedLink:
    try:
        types = tuple(int(kind["associationTypeId"]) for kind in item["types"] if kind["associationCategory"])
        return AskedLink(to_id=str(item["to"]["id"]), type_ids=types)
    except (TypeError, KeyError, ValueError) as error:
        raise wrong_type(item) from error
