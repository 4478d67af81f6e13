"""How each documented refusal that is not of a write is provoked: access, forms, limits, associations, metadata."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import requests

from support.provoking import Provoked, Stage, entry, whole
from support.simulator import a_company, a_contact, a_deal, a_key, a_link, a_record, a_ticket

COMPANIES = "/crm/objects/2026-09/companies"
COMPANY_PROPERTIES = "/crm/properties/2026-09/companies"


def not_authenticated(stage: Stage) -> Provoked:
    return whole(requests.get(stage.server.url + COMPANIES, timeout=30))


def missing_scopes(stage: Stage) -> Provoked:
    stage.account.scopes.discard("crm.objects.companies.write")
    return whole(stage.caller.post(COMPANIES, a_company()))


def missing_scopes_schemas(stage: Stage) -> Provoked:
    stage.account.scopes.discard("crm.schemas.custom.read")
    answer = stage.caller.get("/crm-object-schemas/2026-09/schemas")
    return whole(answer, {"crm.schemas.custom.read": "custom-object-read"})


def properties_no_permission(stage: Stage) -> Provoked:
    stage.account.scopes = {scope for scope in stage.account.scopes if "companies" not in scope}
    return whole(stage.caller.get(COMPANY_PROPERTIES))


def missing_permission(stage: Stage) -> Provoked:
    stage.account.denied_permissions.add("Edit Associations")
    answer = stage.caller.links("contacts", "companies", "create", a_link("1", "2", 279))
    return whole(answer, None, "correlationId")


def invalid_json(stage: Stage) -> Provoked:
    return whole(stage.caller.post(f"{COMPANIES}/batch/create", {"inputs": [[]]}))


def missing_json_fields(stage: Stage) -> Provoked:
    asked = {"name": "x", "fieldType": "text", "groupName": "companyinformation"}
    return whole(stage.caller.post(COMPANY_PROPERTIES, asked))


def unknown_object_type(stage: Stage) -> Provoked:
    return whole(stage.caller.post("/crm/v3/objects/butterflies/search", {}))


def not_found_html(stage: Stage) -> Provoked:
    return whole(stage.caller.get(f"{COMPANIES}/404404"))


def not_found_json(stage: Stage) -> Provoked:
    stage.switch(not_found_as_json=True)
    return whole(stage.caller.get(f"{COMPANIES}/404404"))


def rate_daily(stage: Stage) -> Provoked:
    stage.switch(limit_per_day=0)
    return whole(stage.caller.get(COMPANIES))


def rate_ten_secondly(stage: Stage) -> Provoked:
    stage.switch(limit_per_10s=0)
    return whole(stage.caller.get(COMPANIES))


def rate_search_2022(stage: Stage) -> Provoked:
    stage.switch(searches_per_second=0, names_search_policy=False)
    return whole(stage.caller.search("companies"))


def rate_search_2026(stage: Stage) -> Provoked:
    stage.switch(searches_per_second=0)
    return whole(stage.caller.search("companies"))


def internal_error(stage: Stage) -> Provoked:
    stage.server.faults.next(1, 500)
    return whole(stage.caller.get(COMPANIES))


def assoc_not_found_read(stage: Stage) -> Provoked:
    (deal,) = stage.caller.created_ids("deals", a_deal())
    return entry(stage.caller.links("deals", "companies", "read", {"id": deal}))


def assoc_from_missing(stage: Stage) -> Provoked:
    (company,) = stage.caller.created_ids("companies", a_company())
    return entry(stage.caller.links("contacts", "companies", "create", a_link("9993051", company, 279)))


def assoc_type_invalid(stage: Stage) -> Provoked:
    return whole(stage.caller.links("contacts", "deals", "create", a_link("1", "2", -1)))


def inline_assoc_bad_direction(stage: Stage) -> Provoked:
    """The documented 0-190 is of notes (0-46), which the account has not: that of a ticket to a contact stands in."""
    (ticket,) = stage.caller.created_ids("tickets", a_ticket())
    return whole(stage.caller.batch("contacts", "create", {**a_contact(), **_linked_to(ticket, 16)}))


def inline_assoc_bad_target(stage: Stage) -> Provoked:
    asked = {**a_record(subject="S", hs_pipeline_stage="1"), **_linked_to("424242", 16)}
    return whole(stage.caller.batch("tickets", "create", asked))


def _linked_to(record_id: str, type_id: int) -> dict[str, object]:
    types = [{"associationCategory": "HUBSPOT_DEFINED", "associationTypeId": type_id}]
    return {"associations": [{"to": {"id": record_id}, "types": types}]}


def property_exists(stage: Stage) -> Provoked:
    stage.caller.post(COMPANY_PROPERTIES, a_key("x"))
    return whole(stage.caller.post(COMPANY_PROPERTIES, a_key("x")))


PROVOCATIONS: Mapping[str, Callable[[Stage], Provoked]] = {
    "auth_missing_or_invalid": not_authenticated,
    "missing_scopes": missing_scopes,
    "missing_scopes_schemas": missing_scopes_schemas,
    "properties_no_permission": properties_no_permission,
    "missing_permission_2026_09": missing_permission,
    "invalid_json": invalid_json,
    "missing_json_fields": missing_json_fields,
    "unknown_object_type": unknown_object_type,
    "not_found_single_html": not_found_html,
    "not_found_single_json": not_found_json,
    "rate_daily": rate_daily,
    "rate_ten_secondly": rate_ten_secondly,
    "rate_search_2022": rate_search_2022,
    "rate_search_2026": rate_search_2026,
    "internal_error": internal_error,
    "assoc_not_found_read": assoc_not_found_read,
    "assoc_from_missing": assoc_from_missing,
    "assoc_type_invalid": assoc_type_invalid,
    "inline_assoc_bad_direction": inline_assoc_bad_direction,
    "inline_assoc_bad_target": inline_assoc_bad_target,
    "property_exists": property_exists,
}
