"""How each documented refusal of a write is provoked."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from hubspot_simulator.pipelines import Pipeline
from hubspot_simulator.pipelines import Stage as PipelineStage
from hubspot_simulator.write_rules import ConditionalRule, WriteRules
from support.provoking import Provoked, Stage, whole
from support.simulator import a_company, a_contact, a_deal, a_record, a_ticket, by_id

CONTACTS = "/crm/objects/2026-09/contacts"


def batch_too_large(stage: Stage) -> Provoked:
    return whole(stage.caller.batch("contacts", "create", *[a_contact(n) for n in range(101)]))


def batch_too_large_history(stage: Stage) -> Provoked:
    ids = [{"id": str(n)} for n in range(51)]
    return whole(stage.caller.batch("contacts", "read", *ids, propertiesWithHistory=["email"]))


def unknown_property(stage: Stage) -> Provoked:
    return whole(stage.caller.batch("contacts", "create", a_contact(testproperty="x")))


def invalid_email(stage: Stage) -> Provoked:
    return whole(stage.caller.batch("contacts", "create", a_contact(email="not-an-email")))


def invalid_option(stage: Stage) -> Provoked:
    return whole(stage.caller.batch("tickets", "create", a_ticket(hs_ticket_priority="NOPE")))


def invalid_stage(stage: Stage) -> Provoked:
    stages = tuple(PipelineStage(id=name, label=name) for name in ("appointmentscheduled", "qualifiedtobuy"))
    stage.account.pipelines["deals"] = [Pipeline(id="default", label="Sales", stages=stages)]
    return whole(stage.caller.batch("deals", "create", a_deal(dealstage="registered")))


def invalid_date_not_midnight(stage: Stage) -> Provoked:
    stage.define("contacts", "contactinformation", name="my_date", type="date", fieldType="date")
    body = {"inputs": [a_contact(my_date="1496643178000")]}
    return whole(stage.caller.post("/crm/v3/objects/contacts/batch/create", body))


def invalid_number(stage: Stage) -> Provoked:
    return whole(stage.caller.batch("companies", "create", a_company(numberofemployees="thisstring")))


def read_only_value(stage: Stage) -> Provoked:
    return whole(stage.caller.batch("contacts", "create", a_contact(hs_email_domain="b.com")))


def required_properties_missing(stage: Stage) -> Provoked:
    return whole(stage.caller.batch("tickets", "create", a_record(content="no subject")))


def missing_required(stage: Stage) -> Provoked:
    stage.account.write_rules["contacts"] = WriteRules(required_on_create=("firstname",))
    return whole(stage.caller.post(CONTACTS, a_record(email="a@b.com")), None, "correlationId")


def missing_conditional_required(stage: Stage) -> Provoked:
    stage.define("contacts", "contactinformation", name="my_property", type="string", fieldType="text")
    rule = ConditionalRule(property_name="country", values=frozenset({"France"}), required="my_property")
    stage.account.write_rules["contacts"] = WriteRules(conditional=(rule,))
    answer = stage.caller.post(CONTACTS, a_contact(country="France"))
    return whole(answer, None, "status", "message", "correlationId")


def date_normalised(stage: Stage) -> Provoked:
    stage.define("contacts", "contactinformation", name="my_date", type="date", fieldType="date")
    answer = stage.caller.post(CONTACTS, a_contact(my_date="1990-01-01T00:00:00Z"))
    return whole(answer, {"my_date": "date_of_birth"}, "url")


def conflict_single(stage: Stage) -> Provoked:
    stage.caller.created_ids("contacts", a_contact())
    return whole(stage.caller.post(CONTACTS, a_contact()))


def conflict_batch_many(stage: Stage) -> Provoked:
    stage.caller.created_ids("contacts", a_contact(1), a_contact(2))
    return whole(stage.caller.batch("contacts", "create", a_contact(1), a_contact(2)))


def conflict_multistatus(stage: Stage) -> Provoked:
    stage.caller.created_ids("contacts", a_contact(1))
    new = a_contact(2, trace="1", lastname="Dyer")
    return whole(stage.caller.batch("contacts", "create", a_contact(1, trace="0"), new))


def update_missing_ids(stage: Stage) -> Provoked:
    (known,) = stage.caller.created_ids("contacts", a_contact())
    change = by_id(known, firstname="Siena (updated)", lastname="Dyer (updated)")
    return whole(stage.caller.batch("contacts", "update", change, by_id("unknownIdentifier888", firstname="x")))


def duplicate_ids(stage: Stage) -> Provoked:
    twice = by_id("12877907025", firstname="x")
    return whole(stage.caller.batch("contacts", "update", twice, twice))


def unique_value_collision(stage: Stage) -> Provoked:
    _, other = stage.caller.created_ids("contacts", a_contact(email="a@b.com"), a_contact(2))
    return whole(stage.caller.batch("contacts", "update", by_id(other, email="a@b.com")))


def upsert_non_unique_idproperty(stage: Stage) -> Provoked:
    return whole(stage.caller.batch("companies", "upsert", by_id("b.com", "domain", name="B")))


def silent_empty(stage: Stage) -> Provoked:
    stage.switch(drops_malformed=True)
    return whole(stage.caller.batch("contacts", "create", {"email": "a@b.com"}))


PROVOCATIONS: Mapping[str, Callable[[Stage], Provoked]] = {
    "batch_too_large": batch_too_large,
    "batch_too_large_history": batch_too_large_history,
    "unknown_property": unknown_property,
    "invalid_email": invalid_email,
    "invalid_option": invalid_option,
    "invalid_stage": invalid_stage,
    "invalid_date_not_midnight": invalid_date_not_midnight,
    "invalid_number": invalid_number,
    "read_only_value": read_only_value,
    "required_properties_missing": required_properties_missing,
    "missing_required_2026_09": missing_required,
    "missing_conditional_required_2026_09": missing_conditional_required,
    "date_normalised_2026_09": date_normalised,
    "conflict_single": conflict_single,
    "conflict_batch_many": conflict_batch_many,
    "conflict_multistatus": conflict_multistatus,
    "update_missing_ids": update_missing_ids,
    "duplicate_ids": duplicate_ids,
    "unique_value_collision": unique_value_collision,
    "upsert_non_unique_idproperty": upsert_non_unique_idproperty,
    "silent_empty": silent_empty,
}
