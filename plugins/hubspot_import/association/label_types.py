"""The type ids of a link: unlabelled, and primary where the pair knows one (associations overview, HUBSPOT_DEFINED)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from hubspot_import.model import ObjectType


@dataclass(frozen=True, slots=True, kw_only=True)
class LabelTypes:
    """The type ids of one kind of link."""

    unlabelled: int
    primary: int | None = None

    def ids(self, *, is_first: bool) -> tuple[int, ...]:
        """What to send. Sending primary moves the flag, so only a record's first link gets it."""
        if self.primary is None or not is_first:
            return (self.unlabelled,)
        return (self.primary, self.unlabelled)


LABEL_TYPES: Mapping[tuple[ObjectType, ObjectType], LabelTypes] = {
    (ObjectType.CONTACTS, ObjectType.COMPANIES): LabelTypes(unlabelled=279, primary=1),
    (ObjectType.TICKETS, ObjectType.CONTACTS): LabelTypes(unlabelled=16),
    (ObjectType.TICKETS, ObjectType.COMPANIES): LabelTypes(unlabelled=339, primary=26),
}
