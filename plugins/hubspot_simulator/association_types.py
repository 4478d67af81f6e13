"""How records of an account may belong to each other: pairs of object types, each with its association types.

Type ids: hubspot-api.md §6 (HubSpot's associations overview). An association type has an id and a label from either
end; what an account adds (labels, pairs of custom objects) gets ids of its own.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from enum import StrEnum

FIRST_CUSTOM_TYPE_ID = 1001


class Category(StrEnum):
    """Who defined an association type. Messages name it by its place in this list."""

    HUBSPOT_DEFINED = "HUBSPOT_DEFINED"
    USER_DEFINED = "USER_DEFINED"
    INTEGRATOR_DEFINED = "INTEGRATOR_DEFINED"
    WORK = "WORK"


@dataclass(frozen=True, slots=True, kw_only=True)
class AssociationType:
    """An association type seen from one end, with what it is from the other."""

    type_id: int
    back_id: int
    label: str | None = None
    back_label: str | None = None
    category: Category = Category.HUBSPOT_DEFINED
    name: str | None = None
    """The internal name of a label of the account's own."""
    is_gone: bool = False

    def mirrored(self) -> AssociationType:
        """See the type from the other end."""
        return replace(self, type_id=self.back_id, back_id=self.type_id, label=self.back_label, back_label=self.label)


class Way:
    """A pair of object types in one direction, and the association types it has."""

    def __init__(self, from_type: str, to_type: str, *, is_forward: bool, plain: int, primary: int | None) -> None:
        self.from_type = from_type
        self.to_type = to_type
        self.is_forward = is_forward
        self.plain = plain
        self.primary = primary
        self.types: dict[int, AssociationType] = {}
        self.limits: dict[int, int] = {}
        """By type id: to how many records one may be linked, where the account lowered it."""

    def mirrored(self, type_ids: Iterable[int]) -> frozenset[int]:
        """Turn type ids of this direction into those of the other."""
        return frozenset(self.types[type_id].back_id for type_id in type_ids)

    def in_order(self, type_ids: Iterable[int] | None = None) -> list[AssociationType]:
        """List association types as HubSpot was recorded to: primary, labels, the unlabelled one."""
        wanted = self.types.keys() if type_ids is None else type_ids
        ranks = {self.primary: 0, self.plain: 2}
        return [self.types[type_id] for type_id in sorted(wanted, key=lambda type_id: (ranks.get(type_id, 1), type_id))]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Pair:
    from_type: str
    to_type: str
    plain: int
    plain_back: int
    primary: int | None = None
    primary_back: int | None = None
    labels: tuple[AssociationType, ...] = ()


_FAMILY = AssociationType(type_id=14, back_id=13, label="Child Company", back_label="Parent Company")
_BILLING = AssociationType(type_id=931, back_id=930, label="Billing contact", back_label="Billing contact")
DEFAULT_PAIRS = (
    _Pair(
        from_type="contacts",
        to_type="companies",
        plain=279,
        plain_back=280,
        primary=1,
        primary_back=2,
        labels=(_BILLING,),
    ),
    _Pair(from_type="tickets", to_type="contacts", plain=16, plain_back=15),
    _Pair(from_type="tickets", to_type="companies", plain=339, plain_back=340, primary=26, primary_back=25),
    _Pair(from_type="deals", to_type="contacts", plain=3, plain_back=4),
    _Pair(from_type="deals", to_type="companies", plain=341, plain_back=342, primary=5, primary_back=6),
    _Pair(from_type="deals", to_type="tickets", plain=27, plain_back=28),
    _Pair(from_type="companies", to_type="companies", plain=450, plain_back=450, labels=(_FAMILY,)),
    _Pair(from_type="contacts", to_type="contacts", plain=449, plain_back=449),
    _Pair(from_type="deals", to_type="deals", plain=451, plain_back=451),
    _Pair(from_type="tickets", to_type="tickets", plain=452, plain_back=452),
)


class AssociationSchema:
    """The association types of one account. ``on_change(way, item)`` is told what the account adds or changes."""

    def __init__(self, on_change: Callable[[Way, AssociationType], None]) -> None:
        self._ways: dict[tuple[str, str], Way] = {}
        self._next_id = FIRST_CUSTOM_TYPE_ID
        self._on_change = on_change
        for pair in DEFAULT_PAIRS:
            self._add_pair(pair)

    def way(self, from_type: str, to_type: str) -> Way | None:
        """Find the way between two object types."""
        return self._ways.get((from_type, to_type))

    def back(self, way: Way) -> Way:
        """Turn a way round. Between records of one object type it is the same way."""
        return self._ways[way.to_type, way.from_type]

    def ways(self) -> Iterator[Way]:
        """Every pair of object types once, in the direction it is defined."""
        return (way for way in self._ways.values() if way.is_forward)

    def every_way(self) -> Iterator[Way]:
        """Every pair of object types in either direction, the defined one first."""
        return iter(self._ways.values())

    def ways_from(self, from_type: str) -> Iterator[Way]:
        """Every way that begins at an object type."""
        return (way for way in self._ways.values() if way.from_type == from_type)

    def way_of(self, type_id: int, from_type: str | None = None) -> Way | None:
        """Find the way an association type belongs to, of those that begin at an object type where one is given."""
        ways = self._ways.values() if from_type is None else self.ways_from(from_type)
        return next((way for way in ways if type_id in way.types), None)

    def define(self, from_type: str, to_type: str) -> Way:
        """Make two object types linkable (a custom object's); they get ids of the account's own."""
        known = self.way(from_type, to_type)
        if known is not None:
            return known
        plain = self._new_id()
        plain_back = plain if from_type == to_type else self._new_id()
        self._add_pair(
            _Pair(from_type=from_type, to_type=to_type, plain=plain, plain_back=plain_back), Category.USER_DEFINED
        )
        return self._ways[from_type, to_type]

    def add_label(self, way: Way, name: str, label: str, inverse_label: str | None) -> AssociationType:
        """Give a pair a label; without an inverse one both ends bear the same."""
        type_id = self._new_id()
        same = way.from_type == way.to_type and inverse_label is None
        made = AssociationType(
            type_id=type_id,
            back_id=type_id if same else self._new_id(),
            label=label,
            back_label=inverse_label or label,
            category=Category.USER_DEFINED,
            name=name,
        )
        self.put(way, made)
        return made

    def put(self, way: Way, item: AssociationType) -> None:
        """Take an association type in as it stands, seen from either end."""
        self._next_id = max(self._next_id, item.type_id + 1, item.back_id + 1)
        way.types[item.type_id] = item
        self.back(way).types[item.back_id] = item.mirrored()
        self._on_change(way, item)

    def restore(self, from_type: str, to_type: str, item: AssociationType) -> None:
        """Take an association type in that an account once had; the first of a pair is its unlabelled one."""
        if self.way(from_type, to_type) is None:
            pair = _Pair(from_type=from_type, to_type=to_type, plain=item.type_id, plain_back=item.back_id)
            self._add_pair(pair, item.category)
        else:
            self.put(self._ways[from_type, to_type], item)

    def remove(self, way: Way, type_id: int) -> None:
        """Take an association type away at both ends."""
        item = way.types.pop(type_id)
        way.limits.pop(type_id, None)
        self.back(way).types.pop(item.back_id, None)
        self.back(way).limits.pop(item.back_id, None)
        self._on_change(way, replace(item, is_gone=True))

    def _new_id(self) -> int:
        self._next_id += 1
        return self._next_id - 1

    def _add_pair(self, pair: _Pair, category: Category = Category.HUBSPOT_DEFINED) -> None:
        there = Way(pair.from_type, pair.to_type, is_forward=True, plain=pair.plain, primary=pair.primary)
        self._ways[pair.from_type, pair.to_type] = there
        if pair.from_type != pair.to_type:
            self._ways[pair.to_type, pair.from_type] = Way(
                pair.to_type, pair.from_type, is_forward=False, plain=pair.plain_back, primary=pair.primary_back
            )
        items = [AssociationType(type_id=pair.plain, back_id=pair.plain_back, category=category), *pair.labels]
        if pair.primary is not None and pair.primary_back is not None:
            items.append(
                AssociationType(type_id=pair.primary, back_id=pair.primary_back, label="Primary", back_label="Primary")
            )
        for item in items:
            self.put(there, item)
