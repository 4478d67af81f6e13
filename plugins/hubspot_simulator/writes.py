"""Batch create, update and upsert: all inputs are judged first, then what may be written is written.

Without trace ids one bad input refuses the whole request; with a unique trace id on every input the good ones are
written and the answer is a 207 (hubspot-api.md §3.3).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from enum import StrEnum
from typing import Any

from hubspot_simulator import errors
from hubspot_simulator.account import Account
from hubspot_simulator.auto_association import associate_by_domain
from hubspot_simulator.batch_inputs import BatchInput, are_traced, refuse_duplicates, write_inputs
from hubspot_simulator.clock import iso
from hubspot_simulator.contact_values import forward_only, implied_of_contact, swapped_addresses
from hubspot_simulator.object_types import CONTACTS, ObjectType
from hubspot_simulator.property_values import PropertyValues
from hubspot_simulator.records import Record, indexed
from hubspot_simulator.replies import JsonObject, Reply
from hubspot_simulator.system_properties import computed_names, derived, on_create
from hubspot_simulator.write_checks import FaultKind, InputFault, Judge, Judged, Prepared, is_found_by


class Write(StrEnum):
    """The three batch writes."""

    CREATE = "create"
    UPDATE = "update"
    UPSERT = "upsert"


def batch_write(account: Account, kind: ObjectType, body: Any, write: Write, *, normalises_dates: bool) -> Reply:
    """Carry out one batch write and answer as HubSpot does."""
    drops = account.switches.drops_malformed
    inputs = write_inputs(body, with_ids=write is not Write.CREATE, drops_malformed=drops)
    if write is not Write.CREATE:
        _check_ids(account, kind, inputs, write)
    elif kind is CONTACTS:
        _refuse_repeated(account, inputs)
    judge = Judge(account, kind, normalises_dates=normalises_dates)
    judged = [_judge(judge, account, kind, asked, write) for asked in inputs]
    faults = [item for item in judged if isinstance(item, InputFault)]
    traced = are_traced(inputs)
    if faults and not traced:
        _refuse_whole(faults, account.portal_id)
    now = account.clock.now()
    results = [_apply(account, kind, item, write, now) for item in judged if isinstance(item, Prepared)]
    entries = [_traced_entry(fault) for fault in faults] if traced else _aggregated(faults, kind)
    reply = account.batch_reply.build(201 if write is Write.CREATE else 200, results, entries)
    if traced and not entries and account.switches.traced_is_multistatus and isinstance(reply.body, dict):
        return Reply(status=207, body={**reply.body, "errors": [], "numErrors": 0})
    return reply


def _refuse_repeated(account: Account, inputs: Sequence[BatchInput]) -> None:
    addresses = [asked.properties["email"].lower() for asked in inputs if asked.properties.get("email")]
    if account.switches.repeated_address_refuses_batch and len(set(addresses)) < len(addresses):
        raise errors.conflict(["Contact already exists"])


def _check_ids(account: Account, kind: ObjectType, inputs: Sequence[BatchInput], write: Write) -> None:
    for asked in inputs:
        if asked.id_property is None and write is Write.UPSERT:
            raise errors.non_unique_id_property(kind.type_id, "null")
        if asked.id_property not in (None, "hs_object_id") and not is_found_by(
            account, kind, str(asked.id_property), for_upsert=write is Write.UPSERT
        ):
            raise errors.non_unique_id_property(kind.type_id, str(asked.id_property))
    refuse_duplicates([indexed(asked.id_property or "", asked.id) for asked in inputs])


def find(account: Account, kind: ObjectType, record_id: str, id_property: str | None) -> Record | None:
    """Find a record by its id, or by the value of a unique property."""
    store = account.stores[kind.name]
    if id_property in (None, "hs_object_id"):
        return store.get(record_id)
    holder = store.holder(str(id_property), record_id)
    return None if holder is None else store.get(holder)


def _judge(judge: Judge, account: Account, kind: ObjectType, asked: BatchInput, write: Write) -> Judged:
    if write is Write.CREATE:
        return judge.judge_new(asked, asked.properties)
    record = find(account, kind, asked.id, asked.id_property)
    if record is not None:
        return judge.judge_change(asked, record)
    if write is Write.UPDATE or asked.id_property in (None, "hs_object_id"):
        return judge.not_found(asked)
    return judge.judge_new(asked, {asked.id_property: asked.id, **asked.properties})


def _refuse_whole(faults: Sequence[InputFault], portal_id: int) -> None:
    """Refuse an untraced batch, unless nothing but unknown ids is wrong with it."""
    values = [value for fault in faults for value in fault.values]
    if values:
        raise errors.invalid_values(values, portal_id)
    for fault in faults:
        if fault.kind in (FaultKind.REQUIRED, FaultKind.COLLISION, FaultKind.LINK):
            raise errors.invalid(fault.message, **({"context": fault.context} if fault.context else {}))
    conflicts = [fault.message for fault in faults if fault.kind is FaultKind.CONFLICT]
    if conflicts:
        raise errors.conflict(conflicts)


def _traced_entry(fault: InputFault) -> JsonObject:
    context = {"objectWriteTraceId": [str(fault.asked.trace_id)], **fault.context}
    rest = {"errors": errors.fault_entries(fault.values)} if fault.values else {}
    return errors.entry(fault.category, fault.message, context, **rest)


def _aggregated(faults: Sequence[InputFault], kind: ObjectType) -> list[JsonObject]:
    return [errors.missing_records(kind.legacy_name, [f.asked.id for f in faults], {})] if faults else []


def _apply(account: Account, kind: ObjectType, item: Prepared, write: Write, now: datetime) -> JsonObject:
    record = _create(account, kind, item, now) if item.record is None else _change(account, kind, item, write, now)
    if item.record is None:
        names = list(record.properties)
    else:
        told = {*item.values, *computed_names(kind), item.asked.id_property}
        names = [name for name in record.properties if name in told]
    result = record.body(names, account.url(kind, record.id))
    if item.record is None and kind is CONTACTS:
        result["properties"] |= implied_of_contact(record.properties)
    if item.warnings:
        result["warnings"] = item.warnings
    if write is Write.UPSERT:
        result["new"] = item.record is None
    if item.asked.trace_id is not None and account.switches.echo_trace_ids:
        result["objectWriteTraceId"] = item.asked.trace_id
    return result


def _create(account: Account, kind: ObjectType, item: Prepared, now: datetime) -> Record:
    values = on_create(kind, item.values, item.record_id, now)
    record = Record(id=item.record_id, properties=PropertyValues(values), created_at=now, updated_at=now)
    account.stores[kind.name].put(record, account.schemas[kind.name].unique)
    if kind.name == CONTACTS.name and account.switches.auto_associate_companies:
        associate_by_domain(account, record, now)
    for way, to_id, type_ids in item.links:
        account.link_store.associate(way, record.id, to_id, type_ids)
    return record


def _change(account: Account, kind: ObjectType, item: Prepared, write: Write, now: datetime) -> Record:
    record = item.record
    if record is None:
        raise TypeError("only a record that stands can be changed")
    asked = _kept_forward(account, kind, record, item.values)
    values = asked | derived(kind, asked, now) | {kind.modified_property: iso(now)}
    if kind is CONTACTS:
        values |= swapped_addresses(record.properties, asked)
    by_email = write is Write.UPSERT and item.asked.id_property == "email"
    if by_email and account.switches.email_upsert_replaces:
        values = _left_out(account, kind, record, item.values) | values
    account.stores[kind.name].change(record, values, account.schemas[kind.name].unique, now)
    return record


def _kept_forward(account: Account, kind: ObjectType, record: Record, values: dict[str, str]) -> dict[str, str]:
    if kind.lifecycle_pipeline is None or not account.switches.keeps_lifecycle_forward:
        return values
    stages = [stage.id for pipeline in account.pipelines[kind.name] for stage in pipeline.stages]
    return forward_only(stages, record.properties, values)


def _left_out(account: Account, kind: ObjectType, record: Record, values: Mapping[str, str]) -> dict[str, str]:
    """Blank every property of its own that a record has and an upsert left out; the e-mail it was found by stays."""
    properties = account.schemas[kind.name].properties
    system = {*computed_names(kind), "email"}
    return {
        name: ""
        for name in record.properties
        if name not in values and name not in system and name in properties and not properties[name].is_read_only
    }
