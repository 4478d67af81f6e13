"""May this input be written? Each is judged by itself and comes out prepared, or with what is wrong with it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from enum import StrEnum

from hubspot_simulator.account import Account
from hubspot_simulator.association_types import Way
from hubspot_simulator.batch_inputs import BatchInput
from hubspot_simulator.errors import ValueFault, values_message
from hubspot_simulator.object_types import CONTACTS, ObjectType
from hubspot_simulator.pipelines import check_stage
from hubspot_simulator.records import Record, indexed
from hubspot_simulator.replies import JsonObject
from hubspot_simulator.values import MAX_TEXT_LENGTH, ValueRules, check_value, unknown_property


class FaultKind(StrEnum):
    """What is wrong with an input; in an untraced batch it decides how the whole request is refused."""

    VALUES = "values"
    REQUIRED = "required"
    COLLISION = "collision"
    LINK = "link"
    CONFLICT = "conflict"
    NOT_FOUND = "not_found"


@dataclass(frozen=True, slots=True, kw_only=True)
class InputFault:
    """An input that is not written, and why."""

    asked: BatchInput
    kind: FaultKind
    category: str
    message: str
    context: Mapping[str, list[str]] = field(default_factory=dict)
    values: tuple[ValueFault, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Prepared:
    """An input that may be written: onto ``record``, or as a new one with id ``record_id``."""

    asked: BatchInput
    record: Record | None
    record_id: str
    values: dict[str, str]
    warnings: list[JsonObject]
    links: tuple[tuple[Way, str, tuple[int, ...]], ...] = ()


Judged = Prepared | InputFault


class Judge:
    """Judges the inputs of one batch, in order: a unique value claimed by one is taken for the next."""

    def __init__(self, account: Account, kind: ObjectType, *, normalises_dates: bool) -> None:
        self._account = account
        self._kind = kind
        self._schema = account.schemas[kind.name]
        self._store = account.stores[kind.name]
        self._rules = ValueRules(normalises_dates=normalises_dates, owner_ids=account.owner_ids())
        # 2026-09 began to bring dates into form and to enforce the administrator's rules at once
        self._write_rules = account.write_rules.get(kind.name) if normalises_dates else None
        self._claims: dict[tuple[str, str], str] = {}

    def judge_new(self, asked: BatchInput, properties: Mapping[str, str]) -> Judged:
        """Judge a record that is not there yet."""
        checked = self._check_values(asked, properties, {}, is_new=True)
        if isinstance(checked, InputFault):
            return checked
        values, warnings = checked
        record_id = self._account.new_id()
        fault = self._missing_required(asked, values) or self._taken(asked, values, record_id, is_new=True)
        if fault is not None:
            return fault
        links = self._links(asked)
        if isinstance(links, InputFault):
            return links
        self._claim(values, record_id)
        return Prepared(asked=asked, record=None, record_id=record_id, values=values, warnings=warnings, links=links)

    def judge_change(self, asked: BatchInput, record: Record) -> Judged:
        """Judge a change of a record that stands."""
        checked = self._check_values(asked, asked.properties, record.properties, is_new=False)
        if isinstance(checked, InputFault):
            return checked
        values, warnings = checked
        fault = self._taken(asked, values, record.id, is_new=False)
        if fault is not None:
            return fault
        self._claim(values, record.id)
        return Prepared(asked=asked, record=record, record_id=record.id, values=values, warnings=warnings)

    def not_found(self, asked: BatchInput) -> InputFault:
        """Say that there is no such record."""
        message = (
            f"Could not get some {self._kind.legacy_name} objects, they may be deleted or not exist. "
            "Check that ids are valid."
        )
        return InputFault(
            asked=asked,
            kind=FaultKind.NOT_FOUND,
            category="OBJECT_NOT_FOUND",
            message=message,
            context={"ids": [asked.id]},
        )

    def _check_values(
        self, asked: BatchInput, properties: Mapping[str, str], standing: Mapping[str, str], *, is_new: bool
    ) -> tuple[dict[str, str], list[JsonObject]] | InputFault:
        values: dict[str, str] = {}
        warnings: list[JsonObject] = []
        faults: list[ValueFault] = []
        for name, text in properties.items():
            item = self._schema.properties.get(name)
            if item is not None and item.takes_any_text and len(text) <= MAX_TEXT_LENGTH:
                values[name] = text
                continue
            verdict = unknown_property(name) if item is None else check_value(item, text, self._rules)
            if isinstance(verdict, ValueFault):
                faults.append(verdict)
                continue
            values[name] = verdict.value
            if item is not None and item.takes_several and verdict.value.startswith(";"):
                values[name] = appended(standing.get(name, ""), verdict.value)
            if verdict.normalised:
                warnings.append(normalised_warning(name, text, verdict.value))
        faults += check_stage(self._kind, self._account.pipelines.get(self._kind.name, []), values, standing)
        if self._write_rules is not None and not faults:
            faults += self._write_rules.faults(values, standing, is_new=is_new)
        if faults:
            return self._values_fault(asked, tuple(faults))
        return values, warnings

    def _values_fault(self, asked: BatchInput, faults: tuple[ValueFault, ...]) -> InputFault:
        return InputFault(
            asked=asked,
            kind=FaultKind.VALUES,
            category="VALIDATION_ERROR",
            message=values_message(faults, self._account.portal_id),
            values=faults,
        )

    def _missing_required(self, asked: BatchInput, values: Mapping[str, str]) -> InputFault | None:
        needed = [name for name in self._kind.needs_all_of if not values.get(name)]
        if not self._account.switches.tickets_need_stage:
            needed = [name for name in needed if name != "hs_pipeline_stage"]
        if self._kind.needs_one_of and not any(values.get(name) for name in self._kind.needs_one_of):
            needed = list(self._kind.needs_one_of)
        if not needed:
            return None
        return InputFault(
            asked=asked,
            kind=FaultKind.REQUIRED,
            category="VALIDATION_ERROR",
            message=f"Error creating {self._kind.legacy_name}. Some required properties were not set.",
            context={"properties": needed},
        )

    def _taken(
        self, asked: BatchInput, values: Mapping[str, str], record_id: str, *, is_new: bool
    ) -> InputFault | None:
        for name in self._schema.unique & values.keys():
            value = values[name]
            holder = self._store.holder(name, value) or self._claims.get((name, indexed(name, value)))
            if holder is None and name == "email" and self._account.switches.archived_address_is_taken:
                holder = self._store.archived_holder(name, value)
            if value == "" or holder in (None, record_id):
                continue
            if is_new and name == "email":
                return InputFault(
                    asked=asked,
                    kind=FaultKind.CONFLICT,
                    category="CONFLICT",
                    message=f"Contact already exists. Existing ID: {holder}",
                    context={"existingId": [str(holder)]},
                )
            return self._collision(asked, name, value, record_id, str(holder))
        return None

    def _collision(self, asked: BatchInput, name: str, value: str, record_id: str, holder: str) -> InputFault:
        place = (
            f"PropertyValueCoordinates{{portalId={self._account.portal_id}, "
            f"objectTypeId=ObjectTypeId{{legacyObjectType={self._kind.legacy_name}}}, "
            f"propertyName={name}, value={value}}}"
        )
        return InputFault(
            asked=asked,
            kind=FaultKind.COLLISION,
            category="VALIDATION_ERROR",
            message=f"Cannot set {place} on {record_id}. {holder} already has that value.",
        )

    def _claim(self, values: Mapping[str, str], record_id: str) -> None:
        for name in self._schema.unique & values.keys():
            if values[name] != "":
                self._claims[name, indexed(name, values[name])] = record_id

    def _links(self, asked: BatchInput) -> tuple[tuple[Way, str, tuple[int, ...]], ...] | InputFault:
        found = []
        for link in asked.links:
            ways = {t: self._account.association_types.way_of(t, self._kind.name) for t in link.type_ids}
            wrong = next((type_id for type_id, way in ways.items() if way is None), None)
            if wrong is not None:
                return self._link_fault(asked, self._wrong_end(wrong), {})
            way = ways[link.type_ids[0]] if len(set(ways.values())) == 1 else None
            if way is None:
                return self._link_fault(asked, "One or more associations are not valid", {})
            target = self._account.stores[way.to_type].get(link.to_id)
            if target is None:
                singular = self._account.schemas[way.to_type].kind.legacy_name
                context = {"INVALID_OBJECT_IDS": [f"{singular}={link.to_id} is not valid"]}
                return self._link_fault(asked, "One or more associations are not valid", context)
            found.append((way, target.id, link.type_ids))
        return tuple(found)

    def _wrong_end(self, type_id: int) -> str:
        """Say that an association type does not begin at this object type, and where it does."""
        way = self._account.association_types.way_of(type_id)
        schema = None if way is None else self._account.schemas.get(way.from_type)
        expected = "" if schema is None else f"expected: {schema.kind.type_id}. "
        return (
            f"invalid from object type {self._kind.type_id} for associations to be created. "
            f"{expected}For definition 0-{type_id}"
        )

    def _link_fault(self, asked: BatchInput, message: str, context: Mapping[str, list[str]]) -> InputFault:
        return InputFault(
            asked=asked, kind=FaultKind.LINK, category="VALIDATION_ERROR", message=message, context=context
        )


def appended(standing: str, value: str) -> str:
    """Add options (a value with a leading semicolon) to those that stand."""
    options = [option for option in standing.split(";") if option]
    options += [option for option in value.split(";") if option and option not in options]
    return ";".join(options)


def normalised_warning(name: str, raw: str, value: str) -> JsonObject:
    """The warning of a date that was brought into form (2026-09); it tells it in epoch milliseconds."""
    moment = datetime.fromisoformat(value).replace(tzinfo=UTC)
    stamp = str(int(moment.timestamp()) * 1000)
    return {
        "category": "PROPERTY_VALUE_NORMALIZED",
        "context": {"normalizedValue": stamp, "propertyName": name, "rawValue": raw},
        "message": f"{name} was normalized",
    }


def is_found_by(account: Account, kind: ObjectType, property_name: str, *, for_upsert: bool) -> bool:
    """Say whether records can be addressed by a property: a unique one, and e-mail for an upsert of contacts."""
    if kind is CONTACTS and property_name == "email":
        return for_upsert
    schema = account.schemas[kind.name]
    return property_name in schema.unique and property_name in schema.properties
