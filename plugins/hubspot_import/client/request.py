"""What a request to HubSpot is, and where each API lives in the versions we speak.

Paths: HubSpot's OpenAPI specs of 2026-03 and 2026-09; v3 has its associations under v4. The bodies are the same.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any
from urllib.parse import quote

from hubspot_import.client.windows import Lane


class Api(StrEnum):
    """The APIs an import needs."""

    OBJECTS = "objects"
    ASSOCIATIONS = "associations"
    PROPERTIES = "properties"
    PIPELINES = "pipelines"
    OWNERS = "owners"
    ACCOUNT = "account"


_DATED: Mapping[Api, str] = {
    Api.OBJECTS: "/crm/objects/{version}",
    Api.ASSOCIATIONS: "/crm/associations/{version}",
    Api.PROPERTIES: "/crm/properties/{version}",
    Api.PIPELINES: "/crm/pipelines/{version}",
    Api.OWNERS: "/crm/owners/{version}",
    Api.ACCOUNT: "/account-info/{version}",
}
_V3: Mapping[Api, str] = {
    Api.OBJECTS: "/crm/v3/objects",
    Api.ASSOCIATIONS: "/crm/v4/associations",
    Api.PROPERTIES: "/crm/v3/properties",
    Api.PIPELINES: "/crm/v3/pipelines",
    Api.OWNERS: "/crm/v3/owners",
    Api.ACCOUNT: "/account-info/v3",
}


def api_path(version: str, api: Api, *parts: str) -> str:
    """Give the path of an endpoint, e.g. ``/crm/objects/2026-09/contacts/batch/upsert``."""
    root = (_V3 if version == "v3" else _DATED)[api].format(version=version)
    return "/".join((root, *(quote(part, safe="/") for part in parts)))


@dataclass(frozen=True, slots=True, kw_only=True)
class ApiRequest:
    """One request, ready to be sent, and how it may be treated when it fails.

    ``label`` names it in logs and messages and holds no data, e.g. ``upsert contacts``.
    ``is_repeatable``: sending it again after its answer was lost does no harm.
    ``is_splittable``: it holds several inputs, and a 400 or 409 may be the fault of one of them.
    ``lane``: which of the account's limits it is counted in.
    ``is_answered``: a success carries a JSON object.
    """

    label: str
    method: str
    path: str
    query: Mapping[str, str] = field(default_factory=dict)
    body: Mapping[str, Any] | None = field(default=None, repr=False)
    headers: Mapping[str, str] = field(default_factory=dict, repr=False)
    is_write: bool = False
    lane: Lane = Lane.BURST
    is_repeatable: bool = True
    is_splittable: bool = False
    is_answered: bool = True

    @property
    def is_search(self) -> bool:
        """Say whether it is limited as a search."""
        return self.lane is Lane.SEARCH
