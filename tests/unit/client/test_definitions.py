from __future__ import annotations

import pytest

from hubspot_import.client.wire import Owner, PropertyOption, Usage
from hubspot_import.errors import RequestRefusedError
from support.clock import FakeClock
from support.scripted_http import Reply, scripted_client

KEY = {
    "name": "bulk_import_key",
    "label": "Bulk import key",
    "type": "string",
    "field_type": "text",
    "group_name": "companyinformation",
    "has_unique_value": True,
    "description": "ours",
}
EXISTS = Reply(status=409, body={"category": "OBJECT_ALREADY_EXISTS"})


def a_property(**values: object) -> dict[str, object]:
    return {"name": "bulk_import_key", "label": "Key", "type": "string", "fieldType": "text", **values}


def properties_of(*wires: dict[str, object]) -> Reply:
    return Reply(body={"results": list(wires)})


def test_a_property_says_what_may_be_written():
    wire = a_property(
        options=[{"value": "LOW", "label": "Low"}],
        externalOptions=True,
        modificationMetadata={"readOnlyValue": True},
        calculated=True,
    )
    client, _ = scripted_client(FakeClock(), properties_of(wire))
    found = client.properties("tickets")["bulk_import_key"]
    assert found.options == (PropertyOption(value="LOW", label="Low"),)
    assert (found.is_read_only, found.external_options, found.calculated, found.has_unique_value) == (
        True,
        True,
        True,
        False,
    )


def test_a_property_without_metadata_may_be_written():
    client, _ = scripted_client(FakeClock(), properties_of(a_property()))
    assert not client.properties("tickets")["bulk_import_key"].is_read_only


def test_pipelines_and_stages_come_in_display_order_with_their_state():
    stages = [
        {"id": "4", "label": "Closed", "displayOrder": 3, "metadata": {"ticketState": "CLOSED", "isClosed": "true"}},
        {"id": "1", "label": "New", "displayOrder": 0, "metadata": {"ticketState": "OPEN", "isClosed": "false"}},
        {"id": "5", "label": "Gone", "displayOrder": 1, "archived": True},
    ]
    late = {"id": "9", "label": "Late", "displayOrder": 2, "stages": []}
    body = {"results": [late, {"id": "0", "label": "Support", "displayOrder": 0, "stages": stages}]}
    client, _ = scripted_client(FakeClock(), Reply(body=body))
    pipelines = client.pipelines("tickets")
    assert [pipeline.id for pipeline in pipelines] == ["0", "9"]
    assert [(stage.id, stage.is_open) for stage in pipelines[0].stages] == [("1", True), ("4", False)]


def test_owners_come_from_all_pages():
    first = Reply(body={"results": [{"id": 1, "email": "a@x.org"}], "paging": {"next": {"after": "1"}}})
    client, _ = scripted_client(FakeClock(), first, Reply(body={"results": [{"id": "2"}]}))
    assert client.owners() == [Owner(id="1", email="a@x.org"), Owner(id="2", email="")]


def test_the_usage_of_today_is_read():
    usage = {"usageLimit": 250000, "currentUsage": 10, "resetsAt": "2026-11-25T00:00:00Z"}
    client, _ = scripted_client(FakeClock(), Reply(body={"results": [usage]}))
    assert client.usage() == Usage(daily_limit=250000, used_today=10, resets_at="2026-11-25T00:00:00Z")


@pytest.mark.parametrize("status", [403, 404])
def test_an_account_that_does_not_tell_its_usage_is_no_fault(status):
    client, _ = scripted_client(FakeClock(), Reply(status=status))
    assert client.usage() == Usage(daily_limit=None, used_today=None, resets_at=None)


def test_the_scopes_of_the_token_are_read():
    client, _ = scripted_client(FakeClock(), Reply(body={"hubId": 1, "scopes": ["tickets"]}))
    assert client.scopes() == {"tickets"}


def test_scopes_that_cannot_be_asked_are_none():
    client, _ = scripted_client(FakeClock(), Reply(status=404, body="<html>"))
    assert client.scopes() is None


def test_a_property_is_created_with_what_it_was_given():
    client, adapter = scripted_client(FakeClock(), Reply(status=201, body=a_property(hasUniqueValue=True)))
    assert client.create_property("companies", **KEY).has_unique_value
    sent = adapter.bodies()[0]
    assert (sent["fieldType"], sent["groupName"], sent["hasUniqueValue"]) == ("text", "companyinformation", True)


def test_a_property_whose_creation_was_answered_too_late_is_found():
    client, _ = scripted_client(FakeClock(), EXISTS, properties_of(a_property(hasUniqueValue=True)))
    assert client.create_property("companies", **KEY).name == "bulk_import_key"


def test_a_namesake_that_is_not_unique_is_refused():
    client, _ = scripted_client(FakeClock(), EXISTS, properties_of(a_property()))
    with pytest.raises(RequestRefusedError) as caught:
        client.create_property("companies", **KEY)
    assert caught.value.status == 409
