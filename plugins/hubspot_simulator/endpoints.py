"""What an endpoint is: a path under every version that has it, and the function that answers."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from hubspot_simulator import errors
from hubspot_simulator.account import Account
from hubspot_simulator.batch_inputs import wrong_type
from hubspot_simulator.limits import Lane
from hubspot_simulator.object_types import ObjectType
from hubspot_simulator.replies import JsonObject, Reply


class Area(StrEnum):
    """A part of the API that shares a path prefix."""

    OBJECTS = "objects"
    ASSOCIATIONS = "associations"
    ASSOCIATION_TYPES = "association types"
    LINKS = "links"
    LINK_LISTS = "link lists"
    PROPERTIES = "properties"
    PIPELINES = "pipelines"
    OWNERS = "owners"
    ACCOUNT = "account"
    OAUTH = "oauth"
    SCHEMAS = "schemas"
    LIMITS = "limits"


PREFIXES: Mapping[Area, Mapping[str, str]] = {
    Area.OBJECTS: {v: f"/crm/objects/{v}" for v in ("2026-09", "2026-03")} | {"v3": "/crm/v3/objects"},
    Area.ASSOCIATIONS: {v: f"/crm/associations/{v}" for v in ("2026-09", "2026-03")} | {"v4": "/crm/v4/associations"},
    Area.ASSOCIATION_TYPES: {
        **{v: f"/crm/associations/{v}" for v in ("2026-09", "2026-03")},
        "v4": "/crm/v4/associations",
        "v4, as the specification spells it": "/crm/associations/v4",
    },
    Area.LINKS: {v: f"/crm/objects/{v}" for v in ("2026-09", "2026-03")} | {"v4": "/crm/v4/objects"},
    Area.LINK_LISTS: {"2026-03": "/crm/objects/2026-03", "v4": "/crm/v4/objects"},
    Area.PROPERTIES: {v: f"/crm/properties/{v}" for v in ("2026-09", "2026-03")} | {"v3": "/crm/v3/properties"},
    Area.PIPELINES: {v: f"/crm/pipelines/{v}" for v in ("2026-09", "2026-03")} | {"v3": "/crm/v3/pipelines"},
    Area.OWNERS: {v: f"/crm/owners/{v}" for v in ("2026-09", "2026-03")} | {"v3": "/crm/v3/owners"},
    Area.ACCOUNT: {v: f"/account-info/{v}" for v in ("2026-09", "2026-03")} | {"v3": "/account-info/v3"},
    Area.OAUTH: {"v2": "/oauth/v2"},
    Area.SCHEMAS: {v: f"/crm-object-schemas/{v}/schemas" for v in ("2026-09", "2026-03", "v3")}
    | {"v3-crm": "/crm/v3/schemas"},
    Area.LIMITS: {v: f"/crm/limits/{v}" for v in ("2026-09", "2026-03")} | {"v3": "/crm/v3/limits"},
}
"""Where each area lives, by version (hubspot-api.md §1.1)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """One request on its way to an endpoint."""

    account: Account
    version: str
    path: Mapping[str, str]
    query: Mapping[str, str]
    body: Any
    body_length: int

    @property
    def kind(self) -> ObjectType:
        """The object type the path names."""
        return self.account.types.find(self.path["object_type"])

    @property
    def normalises_dates(self) -> bool:
        """Say whether this version brings dates into form rather than refusing them."""
        return self.version == "2026-09"

    @property
    def fields(self) -> JsonObject:
        """The body, when it is an object; otherwise a refusal."""
        if not isinstance(self.body, dict):
            raise wrong_type(self.body)
        return self.body

    def asks(self, name: str) -> bool:
        """Say whether the query's switch is on; HubSpot's Python client writes ``True``."""
        return self.query.get(name, "").lower() == "true"

    def limit(self, default: int, most: int) -> int:
        """Read the query's ``limit``."""
        text = self.query.get("limit", str(default))
        if not text.isdecimal() or not 0 < int(text) <= most:
            raise errors.invalid(f"limit must be a number from 1 to {most}")
        return int(text)

    def after(self) -> int:
        """Read the query's ``after``: the last id of the page before."""
        text = self.query.get("after") or "0"
        if not text.isdecimal():
            raise errors.invalid(f"{text} is not a valid paging cursor")
        return int(text)


@dataclass(frozen=True, slots=True, kw_only=True)
class Endpoint:
    """One endpoint. ``scopes`` names what a call needs; ``is_write`` is what the books count as a write."""

    area: Area
    method: str
    path: str
    operation: str
    answer: Callable[[Call], Reply]
    scopes: Callable[[Call], list[str]] = lambda call: []
    is_write: bool = False
    is_search: bool = False
    is_open: bool = False
    """Neither bearer check nor limits."""

    @property
    def lane(self) -> Lane:
        """Which window its requests are counted in."""
        if self.is_search:
            return Lane.SEARCH
        return Lane.ASSOCIATIONS if self.area is Area.ASSOCIATIONS else Lane.BURST


def reads(call: Call) -> list[str]:
    """The scope to read the object type."""
    return [call.kind.read_scope]


def writes(call: Call) -> list[str]:
    """The scope to write the object type."""
    return [call.kind.write_scope]


def reads_both(call: Call) -> list[str]:
    """The scopes to read both ends of an association."""
    return [call.account.types.find(call.path[name]).read_scope for name in ("from_type", "to_type")]


def writes_both(call: Call) -> list[str]:
    """The scopes to write both ends of an association."""
    return [call.account.types.find(call.path[name]).write_scope for name in ("from_type", "to_type")]
