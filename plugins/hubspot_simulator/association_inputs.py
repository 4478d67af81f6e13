"""What an association request asks for, read strictly, and the entries of what cannot be done."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from hubspot_simulator import errors
from hubspot_simulator.association_types import AssociationType, Category, Way
from hubspot_simulator.batch_inputs import wrong_type
from hubspot_simulator.endpoints import Call
from hubspot_simulator.object_types import ObjectType
from hubspot_simulator.replies import ApiError, JsonObject

MAX_CREATES, MAX_READS, MAX_ARCHIVES = 2_000, 1_000, 100
MAX_LINKS_SHOWN = 500
"""How many links of one record an answer shows; the rest is behind ``paging.next.after``."""
_CATEGORY_PLACES = {category.value: place for place, category in enumerate(Category)}


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """Two records to be linked or separated, and the association types asked for."""

    from_id: str
    to_id: str
    type_ids: tuple[int, ...] = ()


class Ends:
    """The two object types of a call, and the way between them."""

    def __init__(self, call: Call) -> None:
        self.account = call.account
        self.from_kind = call.account.types.find(call.path["from_type"])
        self.to_kind = call.account.types.find(call.path["to_type"])
        self._way = call.account.association_types.way(self.from_kind.name, self.to_kind.name)

    @property
    def way(self) -> Way:
        """The way between the object types, or a refusal when the account has none."""
        if self._way is None:
            raise self.invalid_type(Category.HUBSPOT_DEFINED, 0)
        return self._way

    def checked_types(self, types: Any) -> tuple[int, ...]:
        """Read a list of association types; refuse one that is not of this pair and direction."""
        if not types:
            raise errors.missing_json_fields(["types"])
        if not isinstance(types, list) or not all(isinstance(item, dict) for item in types):
            raise wrong_type(types)
        return tuple(self._checked_type(item) for item in types)

    def _checked_type(self, item: JsonObject) -> int:
        type_id, name = item.get("associationTypeId"), item.get("associationCategory")
        if not isinstance(type_id, int) or isinstance(type_id, bool):
            raise wrong_type(type_id)
        if name not in _CATEGORY_PLACES:
            raise errors.missing_json_fields(["associationCategory"]) if name is None else wrong_type(name)
        known = self.way.types.get(type_id)
        if known is None or known.category != name:
            raise self.invalid_type(Category(name), type_id)
        return type_id

    def invalid_type(self, category: Category, type_id: int) -> ApiError:
        """400: the association type does not belong to this pair and direction."""
        return errors.invalid(
            f"{_CATEGORY_PLACES[category]}-{type_id} is not a valid association type between "
            f"{self.from_kind.legacy_name} and {self.to_kind.legacy_name}",
            subCategory="crm.associations.INVALID_ASSOCIATION_TYPE",
        )

    def from_id(self, record_id: str) -> str:
        """Give the id of the record that stands for this one, which may have been merged (assumed of associations)."""
        return self._standing_id(self.from_kind, record_id)

    def to_id(self, record_id: str) -> str:
        """The same at the other end."""
        return self._standing_id(self.to_kind, record_id)

    def _standing_id(self, kind: ObjectType, record_id: str) -> str:
        record = self.account.stores[kind.name].get(record_id)
        return record_id if record is None else record.id

    def pair(self, item: JsonObject, type_ids: Sequence[int] = ()) -> Pair:
        """Read both ends of an input."""
        return self.pair_of(end_id(item, "from"), end_id(item, "to"), type_ids)

    def pair_of(self, from_id: str, to_id: str, type_ids: Sequence[int] = ()) -> Pair:
        """Name two records by the ids they stand under."""
        return Pair(from_id=self.from_id(from_id), to_id=self.to_id(to_id), type_ids=tuple(type_ids))

    def obstacle(self, pair: Pair) -> JsonObject | None:
        """Say why two records cannot be linked: an end that is not there, or one that has all it may have."""
        return self._missing(pair) or self._full(pair)

    def _missing(self, pair: Pair) -> JsonObject | None:
        for kind, record_id, word in ((self.from_kind, pair.from_id, "FROM"), (self.to_kind, pair.to_id, "TO")):
            if self.account.stores[kind.name].get(record_id) is None:
                return errors.entry(
                    "OBJECT_NOT_FOUND",
                    f"No {kind.singular} with ID {record_id} exists",
                    {"objectType": [kind.singular], "id": [record_id]},
                    subCategory=f"crm.associations.{word}_OBJECT_NOT_FOUND",
                )
        return None

    def _full(self, pair: Pair) -> JsonObject | None:
        back = self.account.association_types.back(self.way)
        mirrored = self.way.mirrored(pair.type_ids)
        for way, kind, record_id, type_ids, other in (
            (self.way, self.from_kind, pair.from_id, pair.type_ids, pair.to_id),
            (back, self.to_kind, pair.to_id, mirrored, pair.from_id),
        ):
            if self._has_room(way, record_id, other, type_ids):
                continue
            return errors.entry(
                "VALIDATION_ERROR",
                f"The {kind.singular} with ID {record_id} has as many associations of this type as it may have",
                {"objectType": [kind.singular], "id": [record_id]},
                subCategory="crm.associations.ASSOCIATION_LIMIT_EXCEEDED",
            )
        return None

    def _has_room(self, way: Way, record_id: str, other: str, type_ids: Iterable[int]) -> bool:
        store = self.account.link_store
        standing = store.types(way, record_id, other)
        if not standing and store.count(way, record_id) >= self.account.switches.links_per_record:
            return False
        return not way.limits or all(
            type_id in standing or store.count(way, record_id, type_id) < way.limits[type_id]
            for type_id in {*type_ids, way.plain}
            if type_id in way.limits
        )

    def link(self, pair: Pair) -> JsonObject:
        """Link two records and answer what came of it."""
        self.account.link_store.associate(self.way, pair.from_id, pair.to_id, pair.type_ids)
        labels = [self.way.types[type_id].label for type_id in pair.type_ids]
        return {
            "fromObjectTypeId": self.from_kind.type_id,
            "fromObjectId": pair.from_id,
            "toObjectTypeId": self.to_kind.type_id,
            "toObjectId": pair.to_id,
            "labels": [label for label in labels if label is not None],
        }

    def link_plainly(self, pair: Pair) -> list[JsonObject]:
        """Link two records without a label; both directions are answered."""
        way = self.way
        self.account.link_store.associate(way, pair.from_id, pair.to_id, [way.plain])
        back = self.account.association_types.back(way)
        return [_default_row(way, pair.from_id, pair.to_id), _default_row(back, pair.to_id, pair.from_id)]

    def targets(self, from_id: str, after: int, limit: int) -> tuple[list[JsonObject], JsonObject | None]:
        """Show what a record is linked to, and the ``paging`` that goes on from there.

        Recorded answers give ``toObjectId`` as a number though the specification says text.
        """
        found = self.account.link_store.linked(self.way, from_id, after, limit + 1)
        rows: list[JsonObject] = [
            {"toObjectId": int(to_id), "associationTypes": typed(self.way.in_order(ids))}
            for to_id, ids in found[:limit]
        ]
        return rows, {"next": {"after": found[limit - 1][0]}} if len(found) > limit else None


def typed(items: Iterable[AssociationType]) -> list[JsonObject]:
    """Answer association types."""
    return [{"category": item.category, "typeId": item.type_id, "label": item.label} for item in items]


def end_id(item: JsonObject, name: str) -> str:
    """Read one end of an input."""
    end = item.get(name)
    if not isinstance(end, dict):
        raise errors.missing_json_fields([name])
    return text_id(end.get("id"))


def text_id(value: Any) -> str:
    """Read an id: text, or a number as some callers send it."""
    if value is None or isinstance(value, bool) or not isinstance(value, str | int):
        raise errors.missing_json_fields(["id"])
    return str(value)


def no_links(from_kind: ObjectType, to_kind: ObjectType, from_id: str) -> JsonObject:
    """The entry that only means: none."""
    return errors.entry(
        "OBJECT_NOT_FOUND",
        f"No {to_kind.singular} is associated with {from_kind.singular} {from_id}.",
        {"fromObjectId": [from_id], "fromObjectType": [from_kind.singular], "toObjectType": [to_kind.singular]},
        subCategory="crm.associations.NO_ASSOCIATIONS_FOUND",
    )


def _default_row(way: Way, from_id: str, to_id: str) -> JsonObject:
    spec = {"associationCategory": way.types[way.plain].category, "associationTypeId": way.plain}
    return {"from": {"id": from_id}, "to": {"id": to_id}, "associationSpec": spec}
