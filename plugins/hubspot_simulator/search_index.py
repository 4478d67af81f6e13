"""What search sees: the account as it stood a while ago, and a register of values so that equality is found at once.

"It may take a few moments for newly created or updated CRM objects to appear in search results" (search guide).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import datetime, timedelta

from hubspot_simulator.clock import Clock
from hubspot_simulator.property_values import PropertyValues
from hubspot_simulator.records import Record, RecordStore

Version = tuple[datetime, PropertyValues | None]
"""What the index shows of a record from a moment on; nothing when it was archived."""


class SearchIndex:
    """The index of one account; it is told of every record that is written. ``lag`` is how far it is behind."""

    def __init__(self, clock: Clock, lag_seconds: float) -> None:
        self._clock = clock
        self._lag = timedelta(seconds=lag_seconds)
        self._versions: dict[str, list[Version]] = {}
        self._registers: dict[str, dict[str, dict[str, list[Record]]]] = {}

    def note(self, type_name: str, record: Record) -> None:
        """Take in a record that was written or archived just now."""
        self._registers.pop(type_name, None)
        if self._lag:
            now = self._clock.now()
            versions = self._versions.setdefault(record.id, [])
            _forget_old(versions, now)
            versions.append((now + self._lag, None if record.archived else record.properties))

    def forget(self, type_name: str, record_id: str) -> None:
        """Let go of a record that was removed for good."""
        self._registers.pop(type_name, None)
        self._versions.pop(record_id, None)

    def records(self, store: RecordStore) -> Iterator[Record]:
        """Show every record as the index has it, in the order of creation; archived ones are not in it."""
        if not self._lag:
            return iter(store)
        now = self._clock.now()
        seen = (self._seen(record, now) for record in store.everything())
        return (record for record in seen if record is not None)

    def holding(self, store: RecordStore, property_name: str, values: Iterable[str]) -> list[Record] | None:
        """Find records by the text of a property, without regard to case; nothing when the index lags behind."""
        if self._lag:
            return None
        registers = self._registers.setdefault(store.kind.name, {})
        register = registers.get(property_name)
        if register is None:
            register = registers[property_name] = {}
            for record in store:
                held = record.properties.get(property_name)
                if held is not None:
                    register.setdefault(held.lower(), []).append(record)
        found = {record.id: record for value in values for record in register.get(value.lower(), ())}
        return sorted(found.values(), key=lambda record: int(record.id))

    def _seen(self, record: Record, now: datetime) -> Record | None:
        """Show one record as it was when the index last looked; a restored account's records are all in it."""
        versions = self._versions.get(record.id)
        if versions is None or (versions[0][0] > now and record.created_at + self._lag <= now):
            return None if record.archived else record
        _forget_old(versions, now)
        moment, properties = versions[0]
        if moment > now or properties is None:
            return None
        return replace(record, properties=properties, archived=False)


def _forget_old(versions: list[Version], now: datetime) -> None:
    """Keep the newest version that is due, and those still to come."""
    due = sum(moment <= now for moment, _ in versions)
    del versions[: max(0, due - 1)]
