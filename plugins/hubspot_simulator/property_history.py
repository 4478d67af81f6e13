"""What the properties of records were before: kept only for what has changed.

The first version of a value nobody changed follows from the record itself, so a million new records cost nothing.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from hubspot_simulator.clock import iso
from hubspot_simulator.replies import JsonObject
from hubspot_simulator.system_properties import APP_ID

Version = tuple[str, str]
"""When (ISO 8601), and the value from then on; an empty one where it was cleared."""


class PropertyHistory:
    """The versions of changed properties by record id, oldest first."""

    def __init__(self) -> None:
        self._versions: dict[str, dict[str, list[Version]]] = {}

    def note(
        self, record_id: str, standing: Mapping[str, str], values: Mapping[str, str], since: datetime, now: datetime
    ) -> None:
        """Take a change in; what does not change a value is none. ``since``: when the first version began."""
        for name, value in values.items():
            before = standing.get(name, "")
            if value == before:
                continue
            versions = self._versions.setdefault(record_id, {}).setdefault(name, [])
            if not versions and before:
                versions.append((iso(since), before))
            versions.append((iso(now), value))

    def put(self, record_id: str, versions: Mapping[str, list[list[str]]]) -> None:
        """Take the history of a record in as :meth:`of` gave it (a restored account)."""
        self._versions[record_id] = {name: [(at, value) for at, value in items] for name, items in versions.items()}

    def of(self, record_id: str) -> Mapping[str, list[Version]]:
        """Show the versions of a record's changed properties."""
        return self._versions.get(record_id, {})

    def forget(self, record_id: str) -> None:
        """Forget a record."""
        self._versions.pop(record_id, None)


def version_body(at: str, value: str) -> JsonObject:
    """Answer one version."""
    return {"value": value, "timestamp": at, "sourceType": "INTEGRATION", "sourceId": APP_ID}
