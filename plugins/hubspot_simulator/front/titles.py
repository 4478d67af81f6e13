"""What a record is called, and how a value reads."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from hubspot_simulator.account import Account
from hubspot_simulator.front.document import moment
from hubspot_simulator.front.markup import Markup, joined, tag
from hubspot_simulator.object_types import ObjectType
from hubspot_simulator.records import Record
from hubspot_simulator.schema import PropertyDefinition

NAMES: Mapping[str, tuple[str, ...]] = {
    "contacts": ("firstname", "lastname"),
    "companies": ("name",),
    "tickets": ("subject",),
    "deals": ("dealname",),
}
"""The properties HubSpot's interface calls a record by."""
SECOND_NAMES = ("email", "domain", "name", "hs_object_id")


def naming(account: Account, kind: ObjectType) -> tuple[str, ...]:
    """Name the properties a record is called by; of a custom object the one its definition displays."""
    custom = account.custom_types.get(kind.name)
    return NAMES.get(kind.name, ()) if custom is None else (str(custom["primaryDisplayProperty"]),)


def title(account: Account, kind: ObjectType, record: Record) -> str:
    """Call a record by its name; where it has none by e-mail, domain or id."""
    parts = [record.properties.get(name, "") for name in naming(account, kind)]
    named = " ".join(part for part in parts if part)
    return named or next((record.properties[name] for name in SECOND_NAMES if name in record.properties), record.id)


def shown_value(account: Account, kind: ObjectType, name: str, value: str, *, in_full: bool = True) -> Markup:
    """Show a value: an option, a stage, an owner by its label (``in_full``: and the value), a moment as one."""
    definition = account.schemas[kind.name].properties.get(name)
    if definition is not None and definition.type == "datetime":
        return _moment(value)
    words = _label(account, kind, name, value, definition)
    if words in (None, value):
        return joined(value)
    return joined(words, " ", tag("small", value, class_="soft")) if in_full else joined(words)


def _moment(value: str) -> Markup:
    try:
        return moment(datetime.fromisoformat(value))
    except ValueError:
        return joined(value)


def _label(
    account: Account, kind: ObjectType, name: str, value: str, definition: PropertyDefinition | None
) -> str | None:
    if name == "hubspot_owner_id":
        return next((f"{o.first_name} {o.last_name}" for o in account.owners if o.id == value), None)
    pipelines = account.pipelines.get(kind.name, [])
    if name in (kind.pipeline_property, "hs_pipeline"):
        return next((pipeline.label for pipeline in pipelines if pipeline.id == value), None)
    if name == kind.stage_property:
        stages = (stage for pipeline in pipelines for stage in pipeline.stages)
        return next((stage.label for stage in stages if stage.id == value), None)
    options = definition.body["options"] if definition is not None else []
    return next((str(option["label"]) for option in options if option["value"] == value), None)
