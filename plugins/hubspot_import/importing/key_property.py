"""The unique property of ours that records without a natural key carry, as it is created in an account."""

from __future__ import annotations

from collections.abc import Mapping

from hubspot_import.model import ObjectType

LABEL = "Bulk import key"
DESCRIPTION = "Written by HubSpot CRM Bulk Import: what a source row is known by. Do not edit it."
TYPE, FIELD_TYPE = "string", "text"
GROUPS: Mapping[ObjectType, str] = {
    ObjectType.COMPANIES: "companyinformation",
    ObjectType.CONTACTS: "contactinformation",
    ObjectType.TICKETS: "ticketinformation",
}
"""HubSpot's own property groups, there in every account."""


def other_way(object_type: ObjectType, name: str) -> str:
    """Say what a user can do when the property may not be created."""
    return (
        f"{object_type}: the key property '{name}' could not be created; give the token the scope, or name a unique "
        f"property of yours in {object_type}.yaml: key: <a unique property of yours>"
    )
