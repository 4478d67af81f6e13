"""Read what HubSpot says about an account and its records into values. Pure; tolerant of absent fields."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from hubspot_import.client.answer import dicts
from hubspot_import.client.wire import (
    Account,
    Owner,
    Pipeline,
    PipelineStage,
    PropertyDefinition,
    PropertyOption,
    Record,
    Usage,
)


def record(wire: Mapping[str, Any]) -> Record:
    """Read a record; properties that are not set come as null and are left out."""
    properties = wire.get("properties")
    values = properties if isinstance(properties, dict) else {}
    return Record(
        id=str(wire["id"]),
        properties={name: str(value) for name, value in values.items() if value is not None},
        archived=wire.get("archived") is True,
    )


def property_definition(wire: Mapping[str, Any]) -> PropertyDefinition:
    """Read a property definition. A missing ``modificationMetadata`` means writable."""
    modification = wire.get("modificationMetadata") or {}
    options = (
        PropertyOption(value=str(each["value"]), label=str(each["label"])) for each in dicts(wire.get("options"))
    )
    return PropertyDefinition(
        name=str(wire["name"]),
        label=str(wire.get("label") or wire["name"]),
        type=str(wire.get("type") or "string"),
        field_type=str(wire.get("fieldType") or "text"),
        has_unique_value=wire.get("hasUniqueValue") is True,
        is_read_only=modification.get("readOnlyValue") is True,
        external_options=wire.get("externalOptions") is True,
        options=tuple(options),
        calculated=wire.get("calculated") is True,
    )


def pipeline(wire: Mapping[str, Any]) -> Pipeline:
    """Read a pipeline, its stages in display order, archived ones left out."""
    stages = [_stage(each) for each in dicts(wire.get("stages")) if each.get("archived") is not True]
    return Pipeline(
        id=str(wire["id"]),
        label=str(wire.get("label") or wire["id"]),
        display_order=_order(wire),
        stages=tuple(sorted(stages, key=lambda stage: stage.display_order)),
    )


def _stage(wire: Mapping[str, Any]) -> PipelineStage:
    metadata = wire.get("metadata") or {}
    # The API gives these as text: "true", "CLOSED".
    is_closed = str(metadata.get("isClosed")).lower() == "true" or metadata.get("ticketState") == "CLOSED"
    return PipelineStage(
        id=str(wire["id"]),
        label=str(wire.get("label") or wire["id"]),
        display_order=_order(wire),
        is_open=not is_closed,
    )


def _order(wire: Mapping[str, Any]) -> int:
    order = wire.get("displayOrder")
    return order if isinstance(order, int) else 0


def owner(wire: Mapping[str, Any]) -> Owner:
    """Read an owner; a queue has no address."""
    return Owner(id=str(wire["id"]), email=str(wire.get("email") or ""))


def account(wire: Mapping[str, Any]) -> Account:
    """Read the account's details."""
    return Account(
        id=str(wire.get("portalId") or ""),
        account_type=str(wire.get("accountType") or ""),
        time_zone=str(wire.get("timeZone") or ""),
        ui_domain=str(wire.get("uiDomain") or ""),
    )


def usage(wire: Mapping[str, Any]) -> Usage:
    """Read today's quota; what the account does not say is None."""
    first = next(dicts(wire.get("results")), {})
    limit, used, resets_at = first.get("usageLimit"), first.get("currentUsage"), first.get("resetsAt")
    return Usage(
        daily_limit=limit if isinstance(limit, int) else None,
        used_today=used if isinstance(used, int) else None,
        resets_at=str(resets_at) if resets_at else None,
    )
