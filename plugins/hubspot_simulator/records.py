"""The records of one object type, and the index that finds them by a unique value."""

from __future__ import annotations

from bisect import bisect_left, bisect_right, insort
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from hubspot_simulator.clock import iso
from hubspot_simulator.object_types import ObjectType
from hubspot_simulator.property_history import PropertyHistory
from hubspot_simulator.property_values import PropertyValues
from hubspot_simulator.replies import JsonObject


@dataclass(slots=True, kw_only=True)
class Record:
    """One record as it stands. ``properties`` holds set values only; they change by :meth:`RecordStore.change`."""

    id: str
    properties: PropertyValues
    created_at: datetime
    updated_at: datetime
    archived: bool = False

    def body(self, names: Iterable[str], url: str) -> JsonObject:
        """Answer the record with these properties; an unset one is null."""
        held = self.properties.as_dict()
        body = {
            "id": self.id,
            "properties": {name: held.get(name) for name in names},
            "createdAt": iso(self.created_at),
            "updatedAt": iso(self.updated_at),
            "archived": self.archived,
            "url": url,
        }
        return {**body, "archivedAt": iso(self.updated_at)} if self.archived else body


class RecordStore:
    """The records of one object type by id, with an index for each unique property.

    ``on_change`` is called with every record that was written, for whoever keeps the account in a file.
    """

    def __init__(self, kind: ObjectType, on_change: Callable[[ObjectType, Record], None]) -> None:
        self.kind = kind
        self._records: dict[str, Record] = {}
        self._in_order: list[str] = []
        self._index: dict[str, dict[str, str]] = {}
        self.history = PropertyHistory()
        self.aliases: dict[str, str] = {}
        """Ids of records that were merged: to the id of the one that stands for them."""
        self._on_change = on_change

    def __len__(self) -> int:
        return len(self._records)

    def __iter__(self) -> Iterator[Record]:
        """All records that are not archived, in the order of their creation."""
        return (record for record in self._records.values() if not record.archived)

    def after(self, record_id: int, *, archived: bool = False) -> Iterator[Record]:
        """All records beyond an id, in the order of their ids; a page begins where the one before it ended."""
        first = bisect_right(self._in_order, record_id, key=int)
        found = (self._records[self._in_order[place]] for place in range(first, len(self._in_order)))
        return (record for record in found if record.archived is archived)

    def get(self, record_id: str) -> Record | None:
        """Find a record that is not archived; the id of a merged one finds the record that stands for it."""
        record = self._records.get(record_id)
        while record is None and record_id in self.aliases:
            record_id = self.aliases[record_id]
            record = self._records.get(record_id)
        return None if record is None or record.archived else record

    def get_archived(self, record_id: str) -> Record | None:
        """Find an archived record."""
        record = self._records.get(record_id)
        return record if record is not None and record.archived else None

    def holder(self, property_name: str, value: str) -> str | None:
        """Name the record that holds a unique value. E-mail addresses are compared without regard to case."""
        return self._index.get(property_name, {}).get(indexed(property_name, value))

    def archived_holder(self, property_name: str, value: str) -> str | None:
        """Name the archived record that held a unique value; every archived record is looked at."""
        wanted = indexed(property_name, value)
        archived = (record for record in self._records.values() if record.archived)
        return next((record.id for record in archived if wanted in self.unique_values(record, property_name)), None)

    def holders(self, property_name: str) -> Mapping[str, str]:
        """Show the index of a unique property: compared form of the value to record id."""
        return self._index.get(property_name, {})

    @staticmethod
    def unique_values(record: Record, property_name: str) -> list[str]:
        """Name the values a record is found by, in the form they are compared in."""
        return [indexed(property_name, value) for value in _held(record, property_name)]

    def put(self, record: Record, unique: set[str]) -> None:
        """Take a new record in."""
        self._keep(record)
        self._enter(record, unique)
        self._on_change(self.kind, record)

    def replace(self, record: Record, unique: set[str]) -> None:
        """Take a record in as it stands, whether or not there is one of its id (a restored account)."""
        standing = self._records.get(record.id)
        if standing is not None and not standing.archived:
            self._leave(standing, unique)
        self._keep(record)
        self._enter(record, unique)

    def everything(self) -> Iterator[Record]:
        """All records, archived ones too."""
        return iter(self._records.values())

    def change(self, record: Record, values: Mapping[str, str], unique: set[str], now: datetime) -> None:
        """Set values; an empty one clears its property."""
        touched = unique if "hs_additional_emails" in values else unique & values.keys()
        self._leave(record, touched)
        told = {name: value for name, value in values.items() if name != self.kind.modified_property}
        self.history.note(record.id, record.properties, told, record.created_at, now)
        changed = {**record.properties.as_dict(), **values}
        if "" in values.values():
            changed = {name: value for name, value in changed.items() if value != ""}
        record.properties = PropertyValues(changed)
        record.updated_at = now
        self._enter(record, touched)
        self._on_change(self.kind, record)

    def archive(self, record: Record, unique: set[str], now: datetime) -> None:
        """Archive a record; its unique values are free again."""
        self._leave(record, unique)
        record.archived = True
        record.updated_at = now
        self._on_change(self.kind, record)

    def remove(self, record: Record, unique: set[str]) -> None:
        """Remove a record for good."""
        if not record.archived:
            self._leave(record, unique)
        del self._records[record.id]
        del self._in_order[bisect_left(self._in_order, int(record.id), key=int)]
        self.history.forget(record.id)

    def _keep(self, record: Record) -> None:
        if record.id not in self._records:
            if self._in_order and int(record.id) < int(self._in_order[-1]):
                insort(self._in_order, record.id, key=int)
            else:
                self._in_order.append(record.id)
        self._records[record.id] = record

    def _enter(self, record: Record, unique: set[str]) -> None:
        if record.archived:
            return
        for name in unique:
            for value in _held(record, name):
                self._index.setdefault(name, {})[indexed(name, value)] = record.id

    def _leave(self, record: Record, unique: set[str]) -> None:
        for name in unique:
            for value in _held(record, name):
                self._index.get(name, {}).pop(indexed(name, value), None)


def _held(record: Record, name: str) -> list[str]:
    """Name the values a record is found by; a contact also by its additional addresses."""
    held = [record.properties[name]] if name in record.properties else []
    if name == "email":
        held += [address for address in record.properties.get("hs_additional_emails", "").split(";") if address]
    return held


def indexed(property_name: str, value: str) -> str:
    """Give the form a unique value is compared in."""
    if property_name != "email":
        return value
    lowered = value.lower()
    return value if lowered == value else lowered  # mostly it is kept so: then there is one string, not two
