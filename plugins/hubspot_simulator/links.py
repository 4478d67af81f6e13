"""The associations of an account: which types exist, and who is linked to whom.

Type ids: hubspot-api.md §6 (HubSpot's associations overview). A link is kept once, seen from the side that owns the
primary label (contact → company, ticket → contact, ticket → company), and answered from both.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkKind:
    """A pair of object types that can be associated, with the type ids of both directions."""

    from_type: str
    to_type: str
    plain: int
    plain_back: int
    primary: int | None = None
    primary_back: int | None = None

    def mirrored(self, type_ids: Iterable[int]) -> set[int]:
        """Turn type ids of one direction into those of the other."""
        return {self._mirrors()[type_id] for type_id in type_ids}

    def _mirrors(self) -> dict[int, int]:
        pairs = {self.plain: self.plain_back, self.plain_back: self.plain}
        if self.primary is not None and self.primary_back is not None:
            pairs |= {self.primary: self.primary_back, self.primary_back: self.primary}
        return pairs


LINK_KINDS = (
    LinkKind(from_type="contacts", to_type="companies", plain=279, plain_back=280, primary=1, primary_back=2),
    LinkKind(from_type="tickets", to_type="contacts", plain=16, plain_back=15),
    LinkKind(from_type="tickets", to_type="companies", plain=339, plain_back=340, primary=26, primary_back=25),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Direction:
    """A link kind read in one direction."""

    kind: LinkKind
    is_reverse: bool

    @property
    def type_ids(self) -> tuple[int, ...]:
        """The type ids valid in this direction, primary first."""
        kind = self.kind
        ids = (kind.primary_back, kind.plain_back) if self.is_reverse else (kind.primary, kind.plain)
        return tuple(type_id for type_id in ids if type_id is not None)

    @property
    def plain(self) -> int:
        """The unlabelled type id of this direction."""
        return self.kind.plain_back if self.is_reverse else self.kind.plain

    def label(self, type_id: int) -> str | None:
        """Name the label of a type id."""
        return None if type_id == self.plain else "Primary"


def direction(from_type: str, to_type: str) -> Direction | None:
    """Find the link kind between two object types."""
    for kind in LINK_KINDS:
        if (kind.from_type, kind.to_type) == (from_type, to_type):
            return Direction(kind=kind, is_reverse=False)
        if (kind.to_type, kind.from_type) == (from_type, to_type):
            return Direction(kind=kind, is_reverse=True)
    return None


class LinkStore:
    """Who is linked to whom. ``on_change(kind, from_id, to_id, type_ids)``: no type ids means the link is gone."""

    def __init__(self, on_change: Callable[[LinkKind, str, str, set[int]], None]) -> None:
        self._forward: dict[LinkKind, dict[str, dict[str, set[int]]]] = {kind: {} for kind in LINK_KINDS}
        self._backward: dict[LinkKind, dict[str, set[str]]] = {kind: {} for kind in LINK_KINDS}
        self._on_change = on_change

    def pairs(self, way: Direction) -> set[tuple[str, str]]:
        """All links of a direction, as pairs of ids."""
        found = {(f, t) for f, targets in self._forward[way.kind].items() for t in targets}
        return {(t, f) for f, t in found} if way.is_reverse else found

    def everything(self, kind: LinkKind) -> Iterator[tuple[str, str, set[int]]]:
        """All links of a kind with their type ids."""
        for from_id, targets in self._forward[kind].items():
            for to_id, type_ids in targets.items():
                yield from_id, to_id, type_ids

    def linked(self, way: Direction, from_id: str) -> Iterator[tuple[str, list[int]]]:
        """What a record is linked to, each with the type ids of this direction, primary first."""
        forward = self._forward[way.kind]
        if way.is_reverse:
            found = {f: way.kind.mirrored(forward[f][from_id]) for f in self._backward[way.kind].get(from_id, ())}
        else:
            found = forward.get(from_id, {})
        for to_id in sorted(found, key=int):
            yield to_id, [type_id for type_id in way.type_ids if type_id in found[to_id]]

    def associate(self, way: Direction, from_id: str, to_id: str, type_ids: Iterable[int]) -> None:
        """Link two records. Primary moves here from where it was; the first link of a record is its primary one."""
        kind = way.kind
        if way.is_reverse:
            from_id, to_id, type_ids = to_id, from_id, kind.mirrored(type_ids)
        targets = self._forward[kind].get(from_id, {})
        wanted = set(type_ids) | {kind.plain}
        if kind.primary is not None:
            holder = next((t for t, ids in targets.items() if kind.primary in ids), None)
            if kind.primary in wanted and holder not in (None, to_id):
                self.set(kind, from_id, str(holder), targets[str(holder)] - {kind.primary})
            elif holder in (None, to_id):
                wanted.add(kind.primary)
        if targets.get(to_id) != wanted:
            self.set(kind, from_id, to_id, wanted)

    def separate(self, way: Direction, from_id: str, to_id: str) -> None:
        """Remove a link; that it is not there is no fault."""
        if way.is_reverse:
            from_id, to_id = to_id, from_id
        if to_id in self._forward[way.kind].get(from_id, {}):
            self.set(way.kind, from_id, to_id, set())

    def forget(self, object_type_name: str, record_id: str) -> None:
        """Remove every link of a record that is archived."""
        for kind in LINK_KINDS:
            if kind.from_type == object_type_name:
                for to_id in list(self._forward[kind].get(record_id, {})):
                    self.set(kind, record_id, to_id, set())
            if kind.to_type == object_type_name:
                for from_id in list(self._backward[kind].get(record_id, ())):
                    self.set(kind, from_id, record_id, set())

    def set(self, kind: LinkKind, from_id: str, to_id: str, type_ids: set[int]) -> None:
        """Write one link as it is to stand; no type ids remove it."""
        targets = self._forward[kind].setdefault(from_id, {})
        sources = self._backward[kind].setdefault(to_id, set())
        if type_ids:
            targets[to_id] = type_ids
            sources.add(from_id)
        else:
            targets.pop(to_id, None)
            sources.discard(from_id)
        self._on_change(kind, from_id, to_id, type_ids)
