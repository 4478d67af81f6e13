"""Who is linked to whom in an account.

Every link is kept at both of its ends, each with the type ids of its own direction, so that either end answers at once.
"""

from __future__ import annotations

import heapq
from collections.abc import Callable, Iterable, Iterator, Mapping

from hubspot_simulator.association_types import AssociationSchema, Way

Ids = frozenset[int]
_NONE: Mapping[str, Ids] = {}
OnChange = Callable[[Way, str, str, Iterable[int]], None]


class LinkStore:
    """The links of an account. ``on_change(way, from_id, to_id, type_ids)``: no type ids means the link is gone."""

    def __init__(self, schema: AssociationSchema, on_change: OnChange) -> None:
        self._schema = schema
        self._links: dict[tuple[str, str], dict[str, dict[str, Ids]]] = {}
        self._shared: dict[Ids, Ids] = {}
        self._on_change = on_change

    def pairs(self, way: Way) -> set[tuple[str, str]]:
        """All links of a direction, as pairs of ids."""
        return {(from_id, to_id) for from_id, targets in self._of(way).items() for to_id in targets}

    def everything(self) -> Iterator[tuple[Way, str, str, Ids]]:
        """All links once, in the direction their pair is defined, with their type ids."""
        for way in self._schema.ways():
            is_within = way.from_type == way.to_type
            for from_id, targets in self._of(way).items():
                for to_id, type_ids in targets.items():
                    if not is_within or int(from_id) <= int(to_id):
                        yield way, from_id, to_id, type_ids

    def total(self, way: Way) -> int:
        """Count the links of a direction; between records of one object type each counts from both ends."""
        return sum(map(len, self._of(way).values()))

    def count(self, way: Way, from_id: str, type_id: int | None = None) -> int:
        """Count the records one is linked to, by one association type where it is given."""
        targets = self._of(way).get(from_id, _NONE)
        return len(targets) if type_id is None else sum(type_id in ids for ids in targets.values())

    def types(self, way: Way, from_id: str, to_id: str) -> Ids:
        """Say how two records are linked; no type ids: not at all."""
        return self._of(way).get(from_id, _NONE).get(to_id, frozenset())

    def types_in_use(self, way: Way) -> set[Ids]:
        """Name every combination of type ids that a link of a direction bears."""
        return {ids for targets in self._of(way).values() for ids in targets.values()}

    def linked(self, way: Way, from_id: str, after: int = 0, limit: int | None = None) -> list[tuple[str, Ids]]:
        """Name what a record is linked to beyond the id ``after``, in the order of ids, at most ``limit`` of them."""
        targets = self._of(way).get(from_id, _NONE)
        beyond = (to_id for to_id in targets if int(to_id) > after)
        chosen = sorted(beyond, key=int) if limit is None else heapq.nsmallest(limit, beyond, key=int)
        return [(to_id, targets[to_id]) for to_id in chosen]

    def associate(self, way: Way, from_id: str, to_id: str, type_ids: Iterable[int]) -> None:
        """Link two records; the labels asked for replace those that stand.

        Primary moves here from where it was; the first link of a record is its primary one, and it stays so when it
        is sent again without (both assumed: hubspot-api.md §6).
        """
        if not way.is_forward:
            way, from_id, to_id, type_ids = self._schema.back(way), to_id, from_id, way.mirrored(type_ids)
        wanted = frozenset({*type_ids, way.plain})
        targets = self._of(way).get(from_id, _NONE)
        if way.primary is not None:
            holder = next((held for held, ids in targets.items() if way.primary in ids), None)
            if way.primary in wanted and holder not in (None, to_id):
                self.set(way, from_id, str(holder), targets[str(holder)] - {way.primary})
            elif holder in (None, to_id):
                wanted |= {way.primary}
        if targets.get(to_id) != wanted:
            self.set(way, from_id, to_id, wanted)

    def unlabel(self, way: Way, from_id: str, to_id: str, type_ids: Iterable[int]) -> None:
        """Take labels off a link; the link itself stays."""
        standing = self.types(way, from_id, to_id)
        left = standing - (set(type_ids) - {way.plain})
        if left != standing:
            self.set(way, from_id, to_id, left)

    def separate(self, way: Way, from_id: str, to_id: str) -> None:
        """Remove a link; that it is not there is no fault."""
        if self.types(way, from_id, to_id):
            self.set(way, from_id, to_id, ())

    def forget(self, object_type_name: str, record_id: str) -> None:
        """Remove every link of a record that is archived."""
        for way in list(self._schema.ways_from(object_type_name)):
            for to_id in list(self._of(way).get(record_id, _NONE)):
                self.set(way, record_id, to_id, ())

    def set(self, way: Way, from_id: str, to_id: str, type_ids: Iterable[int]) -> None:
        """Write one link at both of its ends as it is to stand; no type ids remove it."""
        ids = frozenset(type_ids)
        self._write(way, from_id, to_id, ids)
        self._write(self._schema.back(way), to_id, from_id, way.mirrored(ids))
        self._on_change(way, from_id, to_id, ids)

    def _of(self, way: Way) -> dict[str, dict[str, Ids]]:
        return self._links.setdefault((way.from_type, way.to_type), {})

    def _write(self, way: Way, from_id: str, to_id: str, ids: Ids) -> None:
        links = self._of(way)
        if ids:
            links.setdefault(from_id, {})[to_id] = self._shared.setdefault(ids, ids)
            return
        targets = links.get(from_id, {})
        targets.pop(to_id, None)
        if not targets:
            links.pop(from_id, None)
