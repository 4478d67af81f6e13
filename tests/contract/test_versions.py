"""Every endpoint of the checklist under every version, with the statuses of each (hubspot-api.md §1.1, §1.2)."""

from __future__ import annotations

from typing import Any

import pytest

from support.simulator import Caller, a_company, a_contact, a_deal, a_key, a_link, a_record, a_ticket, by_id

DATED = ("2026-09", "2026-03")
VERSIONS = (*DATED, "v3")


def path(area: str, version: str, rest: str = "") -> str:
    """Spell a path as its version does: the date behind the area, v3 and v4 before it."""
    if area in {"crm-object-schemas", "account-info"}:
        return f"/{area}/{version}{rest}"
    spelled = f"{area}/{version}" if version in DATED else f"{version}/{area}"
    return f"/crm/{spelled}{rest}"


def records(version: str, object_type: str = "contacts", rest: str = "") -> str:
    return path("objects", version, f"/{object_type}{rest}")


@pytest.mark.parametrize("version", VERSIONS)
@pytest.mark.parametrize(
    ("object_type", "new"),
    [("contacts", a_contact()), ("0-2", a_company()), ("tickets", a_ticket()), ("0-3", a_deal())],
)
def test_a_batch_has_the_status_of_what_it_did(
    caller: Caller, version: str, object_type: str, new: dict[str, Any]
) -> None:
    made = caller.post(records(version, object_type, "/batch/create"), {"inputs": [new]})
    known = {"id": made.json()["results"][0]["id"]}
    read, updated, archived = (
        caller.post(records(version, object_type, f"/batch/{operation}"), {"inputs": [{**known, **rest}]})
        for operation, rest in (("read", {}), ("update", {"properties": {}}), ("archive", {}))
    )

    assert [answer.status_code for answer in (made, read, updated, archived)] == [201, 200, 200, 204]
    assert archived.content == b""


@pytest.mark.parametrize("version", VERSIONS)
def test_an_upsert_and_its_faults_have_one_status_in_every_version(caller: Caller, version: str) -> None:
    upsert = records(version, rest="/batch/upsert")
    good, bad = a_record("1", firstname="A"), a_record("2", email="no")
    key = {"idProperty": "email"}

    whole = caller.post(upsert, {"inputs": [{**good, **key, "id": "a@b.com"}]})
    partial = caller.post(upsert, {"inputs": [{**good, **key, "id": "a@b.com"}, {**bad, **key, "id": "c@d.com"}]})

    assert [whole.status_code, partial.status_code] == [200, 207]
    assert [whole.json()["results"][0]["new"], partial.json()["results"][0]["new"]] == [True, False]


@pytest.mark.parametrize("version", VERSIONS)
def test_a_single_record_is_made_read_changed_found_and_archived(caller: Caller, version: str) -> None:
    made = caller.post(records(version), a_contact())
    one = records(version, rest=f"/{made.json()['id']}")

    assert (made.status_code, one.rpartition("/")[0] in made.headers["Location"]) == (201, True)
    assert caller.get(one).status_code == 200
    assert caller.call("PATCH", one, json={"properties": {"city": "Lyon"}}).status_code == 200
    assert caller.get(records(version)).json()["results"][0]["id"] == made.json()["id"]
    assert caller.post(records(version, rest="/search"), {}).json()["total"] == 1
    assert caller.call("DELETE", one).status_code == 204
    assert caller.get(one).status_code == 404


@pytest.mark.parametrize("version", VERSIONS)
def test_records_are_merged_and_removed_for_good(caller: Caller, version: str) -> None:
    first, second = caller.created_ids("contacts", a_contact(1), a_contact(2))

    merged = caller.post(records(version, rest="/merge"), {"primaryObjectId": first, "objectIdToMerge": second})
    gone = caller.post(records(version, rest="/gdpr-delete"), {"objectId": merged.json()["id"]})

    assert [merged.status_code, gone.status_code] == [200, 204]


@pytest.mark.parametrize(
    ("version", "made", "removed"), [("2026-09", 200, 200), ("2026-03", 201, 200), ("v4", 201, 204)]
)
def test_links_have_the_statuses_of_their_version(caller: Caller, version: str, made: int, removed: int) -> None:
    (contact,), (company,) = caller.created_ids("contacts", a_contact()), caller.created_ids("companies", a_company())
    batch = path("associations", version, "/contacts/companies/batch")
    end = {"from": {"id": contact}, "to": [{"id": company}]}

    answers = [
        caller.post(f"{batch}/create", {"inputs": [a_link(contact, company, 279)]}),
        caller.post(f"{batch}/read", {"inputs": [{"id": contact}]}),
        caller.post(f"{batch}/archive", {"inputs": [end]}),
    ]

    assert [answer.status_code for answer in answers] == [made, 200, removed]


@pytest.mark.parametrize("version", VERSIONS)
@pytest.mark.parametrize(
    ("area", "rest"),
    [
        ("properties", "/contacts"),
        ("properties", "/contacts/email"),
        ("properties", "/contacts/groups"),
        ("pipelines", "/tickets"),
        ("pipelines", "/deals/default/stages"),
        ("owners", ""),
        ("owners", "/70001"),
        ("limits", "/records"),
        ("limits", "/associations/labels"),
        ("crm-object-schemas", "/schemas"),
        ("account-info", "/details"),
        ("account-info", "/api-usage/daily/private-apps"),
    ],
)
def test_what_is_only_read_answers_in_every_version(caller: Caller, version: str, area: str, rest: str) -> None:
    assert caller.get(path(area, version, rest)).status_code == 200


@pytest.mark.parametrize(("version", "made"), [("2026-09", 200), ("2026-03", 200), ("v3", 201)])
def test_a_batch_of_properties_has_the_status_of_its_version(caller: Caller, version: str, made: int) -> None:
    batch = path("properties", version, "/companies/batch")
    named = {"inputs": [{"name": "one"}], "archived": False}

    answers = [
        caller.post(f"{batch}/create", {"inputs": [a_key("one")]}),
        caller.post(f"{batch}/create", {"inputs": [a_key("one")]}),
        caller.post(f"{batch}/read", named),
        caller.post(f"{batch}/archive", named),
    ]

    assert [answer.status_code for answer in answers] == [made, 207, 200, 204]


@pytest.mark.parametrize(
    ("raw", "kept", "stamp"),
    [
        ("1990-01-01T00:00:00Z", "1990-01-01", "631152000000"),
        ("1990-01-01T23:30:00-02:00", "1990-01-02", "631238400000"),
        ("631152005000", "1990-01-01", "631152000000"),
        ("631152000", "1990-01-01", "631152000000"),
    ],
)
def test_a_date_is_brought_into_form_by_the_newest_version_only(
    caller: Caller, raw: str, kept: str, stamp: str
) -> None:
    definition = a_key("my_date", type="date", fieldType="date", hasUniqueValue=False, groupName="contactinformation")
    caller.post(path("properties", "v3", "/contacts"), definition)
    (known,) = caller.created_ids("contacts", a_contact())
    change = {"inputs": [by_id(known, my_date=raw)]}

    old = [caller.post(records(version, rest="/batch/update"), change) for version in ("v3", "2026-03")]
    (told,) = caller.post(records("2026-09", rest="/batch/update"), change).json()["results"]

    refusals = [fault["code"] for answer in old for fault in answer.json().get("errors", ())]
    assert refusals == ["INVALID_DATE"] * 2
    assert told["properties"]["my_date"] == kept
    context = {"normalizedValue": stamp, "propertyName": "my_date", "rawValue": raw}
    assert told["warnings"] == [
        {"category": "PROPERTY_VALUE_NORMALIZED", "context": context, "message": "my_date was normalized"}
    ]


@pytest.mark.parametrize(
    "unknown", ["/crm/objects/2025-03/contacts", "/crm/v5/objects/contacts", "/crm/v4/properties/contacts"]
)
def test_a_version_that_does_not_exist_is_a_web_page(caller: Caller, unknown: str) -> None:
    assert caller.get(unknown).headers["Content-Type"].startswith("text/html")
