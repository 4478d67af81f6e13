"""What HubSpot sets by itself on a record (recorded creates and updates: hubspot-api.md §3.2)."""

from __future__ import annotations

from datetime import datetime

from hubspot_simulator.clock import iso
from hubspot_simulator.object_types import COMPANIES, CONTACTS, TICKETS, ObjectType
from hubspot_simulator.pipelines import DEFAULT_PIPELINES

APP_ID = "1512050"
SOURCE = {
    "hs_object_source": "INTEGRATION",
    "hs_object_source_id": APP_ID,
    "hs_object_source_label": "INTEGRATION",
}


def on_create(kind: ObjectType, values: dict[str, str], record_id: str, now: datetime) -> dict[str, str]:
    """Complete the properties of a new record."""
    stamp = iso(now)
    known = {**SOURCE, kind.modified_property: stamp, "hs_object_id": record_id}
    if not kind.is_custom:
        known["createdate"] = stamp
    if kind.lifecycle_pipeline is not None:
        known |= {"hs_pipeline": kind.lifecycle_pipeline, "lifecyclestage": "lead"}
    if kind is not CONTACTS:
        known["hs_createdate"] = stamp
    if kind.pipeline_property is not None:
        known[kind.pipeline_property] = DEFAULT_PIPELINES[kind.name]
    if kind is TICKETS:
        known["hs_ticket_id"] = record_id
    if kind is CONTACTS:
        known |= {"hs_all_contact_vids": record_id, "hs_is_contact": "true", "hs_is_unworked": "true"}
    if kind is COMPANIES and "domain" in values:
        known["website"] = values["domain"]
    complete = known | {name: value for name, value in values.items() if value != ""}
    return complete | derived(kind, complete, now)


def derived(kind: ObjectType, values: dict[str, str], now: datetime) -> dict[str, str]:
    """Compute what follows from other values; written with every change of them."""
    found: dict[str, str] = {}
    if kind is CONTACTS and values.get("email"):
        found["hs_email_domain"] = values["email"].rpartition("@")[2]
    if kind is CONTACTS and values.get("lifecyclestage") == "lead":
        found["hs_lifecyclestage_lead_date"] = str(int(now.timestamp() * 1000))
    return found


def computed_names(kind: ObjectType) -> tuple[str, ...]:
    """Name what an update answers beside the properties it touched."""
    created = "hs_createdate" if kind.is_custom else "createdate"
    names = (created, "hs_object_id", *SOURCE, kind.modified_property)
    if kind.pipeline_property is not None:
        return (*names, kind.pipeline_property)
    if kind.lifecycle_pipeline is None:
        return names
    names = (*names, "hs_pipeline", "lifecyclestage")
    return (*names, "hs_is_unworked") if kind is CONTACTS else names
