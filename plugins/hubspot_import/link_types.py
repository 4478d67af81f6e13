"""The type ids of a link: unlabelled, and primary where the pair knows one (associations overview, HUBSPOT_DEFINED)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from hubspot_import.model import ObjectType

PRIMARY = "primary"
"""As a mapping's ``label``: the link becomes the record's primary one, wherever primary was before."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LabelTypes:
    """The type ids of one kind of link."""

    unlabelled: int
    primary: int | None = None


LABEL_TYPES: Mapping[tuple[ObjectType, ObjectType], LabelTypes] = {
    (ObjectType.CONTACTS, ObjectType.COMPANIES): LabelTypes(unlabelled=279, primary=1),
    (ObjectType.TICKETS, ObjectType.CONTACTS): LabelTypes(unlabelled=16),
    (ObjectType.TICKETS, ObjectType.COMPANIES): LabelTypes(unlabelled=339, primary=26),
}
