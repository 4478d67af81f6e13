"""What the properties of records were before: kept only for what has changed.

The first version of a value nobody changed follows from the record itself, so a million new records cost nothing. What
has changed is kept flat, one tuple a record: names and moments are shared, so a change costs little beyond its values.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime

from hubspot_simulator.clock import iso
from hubspot_simulator.replies import JsonObject
from hubspot_simulator.system_properties import APP_ID

Version = tuple[str, datetime, str]
"""A property, when, and its value from then on; an empty one where it was cleared."""


class PropertyHistory:
    """The versions of changed properties by record id, oldest first."""

    def __init__(self) -> None:
        self._versions: dict[str, tuple[str | datetime, ...]] = {}

    def note(
        self, record_id: str, standing: Mapping[str, str], values: Mapping[str, str], since: datetime, now: datetime
    ) -> None:
        """Take a change in; what does not change a value is none. ``since``: when the first version began."""
        changed = {name: value for name, value in values.items() if value != standing.get(name, "")}
        if not changed:
            return
        known = {name for name, _, _ in self.of(record_id)}
        added: list[str | datetime] = []
        for name, value in changed.items():
            if name in standing and name not in known:
                added += (name, since, standing[name])
            added += (name, now, value)
        self._versions[record_id] = (*self._versions.get(record_id, ()), *added)

    def put(self, record_id: str, versions: list[tuple[str, datetime, str]]) -> None:
        """Take the history of a record in as :meth:`of` gave it (a restored account)."""
        self._versions[record_id] = tuple(part for version in versions for part in version)

    def of(self, record_id: str) -> list[Version]:
        """List the versions of a record's changed properties."""
        return list(_unfolded(self._versions.get(record_id, ())))

    def forget(self, record_id: str) -> None:
        """Forget a record."""
        self._versions.pop(record_id, None)


def _unfolded(flat: tuple[str | datetime, ...]) -> Iterator[Version]:
    for place in range(0, len(flat), 3):
        name, at, value = flat[place : place + 3]
        if isinstance(name, str) and isinstance(at, datetime) and isinstance(value, str):
            yield name, at, value


def version_body(at: datetime, value: str) -> JsonObject:
    """Answer one version."""
    return {"value": value, "timestamp": iso(at), "sourceType": "INTEGRATION", "sourceId": APP_ID}
