from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hubspot_import.client.reading import MAX_SEARCH_BODY
from hubspot_import.errors import HubSpotUnavailableError, RequestRefusedError
from support.clock import FakeClock
from support.scripted_http import Reply, scripted_client


def a_contact(record_id: str, email: str, **properties: str | None) -> dict[str, object]:
    return {"id": record_id, "properties": {"email": email, **properties}, "archived": False}


def not_found(*ids: str) -> dict[str, object]:
    return {"category": "OBJECT_NOT_FOUND", "message": "Could not get some", "context": {"ids": list(ids)}}


def test_records_are_keyed_by_what_was_asked_and_missing_ones_are_absent():
    body = {"results": [a_contact("1", "ada@x.org")], "errors": [not_found("bob@x.org")]}
    client, _ = scripted_client(FakeClock(), Reply(status=207, body=body))
    found = client.read("contacts", ["Ada@X.org", "bob@x.org"], properties=["email"], id_property="email")
    assert {key: record.id for key, record in found.items()} == {"Ada@X.org": "1"}


def test_unset_properties_are_absent():
    client, _ = scripted_client(FakeClock(), Reply(body={"results": [a_contact("1", "a@x.org", city=None)]}))
    found = client.read("contacts", ["1"], properties=["email", "city"])
    assert found["1"].properties == {"email": "a@x.org"}


def test_a_contact_is_found_by_its_secondary_email():
    row = a_contact("1", "primary@x.org", hs_additional_emails="other@x.org;second@x.org")
    client, adapter = scripted_client(FakeClock(), Reply(body={"results": [row, a_contact("2", "b@x.org")]}))
    found = client.read("contacts", ["second@x.org", "b@x.org"], properties=[], id_property="email")
    assert {key: record.id for key, record in found.items()} == {"second@x.org": "1", "b@x.org": "2"}
    assert adapter.bodies()[0]["properties"] == ["email", "hs_additional_emails"]


def test_a_merged_record_is_found_by_its_old_id():
    client, _ = scripted_client(FakeClock(), Reply(body={"results": [a_contact("9", "a@x.org")]}))
    assert client.read("contacts", ["1"], properties=[])["1"].id == "9"


def test_a_merged_record_is_told_from_one_that_does_not_exist():
    body = {"results": [a_contact("9", "a@x.org")], "errors": [not_found("2")]}
    client, _ = scripted_client(FakeClock(), Reply(status=207, body=body))
    found = client.read("contacts", ["1", "2"], properties=[])
    assert {key: record.id for key, record in found.items()} == {"1": "9"}


def test_reads_are_cut_into_batches():
    client, adapter = scripted_client(FakeClock(), *[Reply(body={"results": []})] * 3)
    client.read("contacts", [str(number) for number in range(250)], properties=[])
    assert [len(body["inputs"]) for body in adapter.bodies()] == [100, 100, 50]


def test_an_id_asked_twice_is_read_once_and_given_twice():
    client, adapter = scripted_client(FakeClock(), Reply(body={"results": [a_contact("1", "a@x.org")]}))
    found = client.read("contacts", ["a@x.org", "A@X.ORG"], properties=[], id_property="email")
    assert set(found) == {"a@x.org", "A@X.ORG"}
    assert len(adapter.bodies()[0]["inputs"]) == 1


def test_a_key_stored_in_another_case_is_found():
    row = {"id": "1", "properties": {"key": "ABC"}}
    client, _ = scripted_client(FakeClock(), Reply(body={"results": [row]}))
    assert client.read("companies", ["abc", "x"], properties=[], id_property="key")["abc"].id == "1"


def test_a_read_that_failed_in_part_never_passes_a_record_off_as_absent():
    client, _ = scripted_client(FakeClock(), Reply(status=207, body={"results": [], "errors": [{"category": "X"}]}))
    with pytest.raises(HubSpotUnavailableError, match="could not read all contacts"):
        client.read("contacts", ["1"], properties=[])


def test_a_search_reads_all_pages_and_gives_each_record_once():
    first = Reply(body={"results": [a_contact("1", "a"), a_contact("2", "b")], "paging": {"next": {"after": "2"}}})
    second = Reply(body={"results": [a_contact("2", "b"), a_contact("3", "c")]})
    client, adapter = scripted_client(FakeClock(), first, second)
    found = client.search("contacts", property_name="email", values=["A"], properties=["email"])
    assert [record.id for record in found] == ["1", "2", "3"]
    assert adapter.bodies()[1]["after"] == "2"
    assert adapter.bodies()[0]["filterGroups"][0]["filters"][0]["values"] == ["a"]


@given(st.lists(st.text(min_size=1, max_size=120), max_size=150))
def test_no_search_is_longer_than_hubspot_takes(values):
    client, adapter = scripted_client(FakeClock(), *[Reply(body={"results": []})] * 151)
    client.search("companies", property_name="name", values=values, properties=["name", "domain"])
    sent = [value for body in adapter.bodies() for value in body["filterGroups"][0]["filters"][0]["values"]]
    assert sent == list(dict.fromkeys(value.lower() for value in values))
    assert all(len(request.body) <= MAX_SEARCH_BODY for request in adapter.sent)


@pytest.mark.parametrize(("results", "answer"), [([], False), ([{"id": "1"}], True)])
def test_an_account_is_asked_whether_it_holds_any_record(results, answer):
    client, adapter = scripted_client(FakeClock(), Reply(body={"results": results}))
    assert client.has_records("tickets") is answer
    assert adapter.sent[0].url.endswith("/crm/objects/2026-09/tickets?limit=1")


def test_an_archive_is_cut_into_batches_without_repeats():
    client, adapter = scripted_client(FakeClock(), *[Reply(status=204, body="")] * 2)
    client.archive("contacts", [*map(str, range(101)), "5"])
    assert [len(body["inputs"]) for body in adapter.bodies()] == [100, 1]


def test_v3_is_spoken_when_it_is_asked_for():
    client, adapter = scripted_client(FakeClock(), Reply(body={"results": []}), api_version="v3")
    client.has_records("contacts")
    assert "/crm/v3/objects/contacts" in adapter.sent[0].url


def test_an_unknown_object_type_is_refused_with_its_status():
    body = {"message": "Unable to infer object type from: butterflies"}
    client, _ = scripted_client(FakeClock(), Reply(status=400, body=body))
    with pytest.raises(RequestRefusedError) as caught:
        client.read("butterflies", ["1"], properties=[])
    assert caught.value.status == 400
