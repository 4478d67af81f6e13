"""A draft as a mapping file (YAML), with a remark wherever somebody must decide."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

import yaml

from hubspot_import.mapping.draft import REQUIRED, Column, Draft
from hubspot_import.mapping.labels import normalize_header
from hubspot_import.mapping.spec import BULK_IMPORT_KEY, OnExisting
from hubspot_import.model import ObjectType

_CAREFUL: Mapping[str, OnExisting] = {
    "lifecyclestage": OnExisting.FILL_EMPTY,  # a weekly run must not push a customer back to lead
    "hs_pipeline_stage": OnExisting.NEVER,  # a run never reopens or closes a ticket that stands
}
_TICKET_LINKS = (
    {"to": "contacts", "match": {"mined_email": "email"}},
    {"to": "contacts", "match": {"mined_phone": "phone"}},
    {"to": "companies", "through": "contacts"},
    {"to": "companies", "match": {"mined_email_domain": "domain"}},
)


def draft_text(draft: Draft) -> str:
    """Write a draft as a mapping file."""
    return "\n".join([*_head(draft), *_properties(draft), *_rest(draft)]) + "\n"


def _head(draft: Draft) -> Iterator[str]:
    yield "# A draft, made from the file's header and values. Look it through; docs/mappings.md has all keys."
    yield f"object_type: {draft.object_type}"
    yield f"source: {_inline(draft.source)}"
    yield f"key: {'email' if draft.object_type is ObjectType.CONTACTS else BULK_IMPORT_KEY}"
    if draft.id_column is not None:
        yield f"id_column: {_inline(draft.id_column)}"
    elif draft.object_type is ObjectType.TICKETS:
        yield "# id_column: no column tells every row apart; without one a ticket is known by its content"


def _properties(draft: Draft) -> Iterator[str]:
    yield "properties:"
    for column in draft.columns:
        if column.property_name is not None:
            yield f"  {column.property_name}: {_inline(_spec(draft, column))}"
    unknown = [column for column in draft.columns if column.property_name is None]
    if unknown:
        yield "  # No property of HubSpot's own has these names: give yours, or leave the lines out."
    for column in unknown:
        yield f"  # {_inline(normalize_header(column.header))}: {_inline(_spec(draft, column))}"


def _spec(draft: Draft, column: Column) -> Any:
    spec: dict[str, Any] = {"column": column.header}
    if column.property_name == REQUIRED[draft.object_type]:
        spec["required"] = True
    if column.kind is not None:
        spec["type"] = str(column.kind)
    if careful := _CAREFUL.get(column.property_name or ""):
        spec["on_existing"] = str(careful)
    return spec if len(spec) > 1 else column.header


def _rest(draft: Draft) -> Iterator[str]:
    headers = {c.property_name: c.header for c in draft.columns if c.property_name is not None}
    if draft.object_type is ObjectType.TICKETS:
        yield f"mine: {_inline([headers[name] for name in ('subject', 'content') if name in headers])}"
    links = list(_links(draft.object_type, headers))
    if links:
        yield "associations:"
    for link in links:
        yield f"  - {_inline(link)}"


def _links(object_type: ObjectType, headers: Mapping[str, str]) -> Iterator[Mapping[str, Any]]:
    if object_type is ObjectType.TICKETS:
        yield from _TICKET_LINKS
    if object_type is ObjectType.CONTACTS:
        if "company" in headers:
            yield {"to": "companies", "match": {"company": "name"}}
        yield {"to": "companies", "match": {"email_domain": "domain"}}


def _inline(value: Any) -> str:
    """Write a value as YAML on one line."""
    text = yaml.safe_dump(value, default_flow_style=True, sort_keys=False, allow_unicode=True, width=1_000_000)
    line = text.removesuffix("...\n").strip()
    return json.dumps(value, ensure_ascii=False) if "\n" in line else line  # a header of two lines; JSON is YAML too
