from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hubspot_import.client.linking import link_outcomes
from hubspot_import.client.wire import Link
from hubspot_import.errors import HubSpotUnavailableError, RequestRefusedError
from support.clock import FakeClock
from support.scripted_http import Reply, scripted_client


def a_link(from_id: object, to_id: object) -> Link:
    return Link(from_id=str(from_id), to_id=str(to_id), type_ids=(279,))


def a_result(from_id: object, to_id: object) -> dict[str, object]:
    return {
        "fromObjectTypeId": "0-1",
        "fromObjectId": from_id,
        "toObjectTypeId": "0-2",
        "toObjectId": to_id,
        "labels": [],
    }


def an_error(side: str, *ids: object) -> dict[str, Any]:
    return {
        "category": "OBJECT_NOT_FOUND",
        "subCategory": f"crm.associations.{side}_OBJECT_NOT_FOUND",
        "message": "No contact with ID exists",
        "context": {"objectType": ["contact"], "id": [str(each) for each in ids]},
    }


@given(st.sets(st.tuples(st.integers(1, 9), st.integers(1, 9)), min_size=1), st.data())
def test_every_link_is_accounted_for_whatever_the_order(pairs, data):
    written = data.draw(st.sets(st.sampled_from(sorted(pairs))))
    results = [a_result(*pair) for pair in data.draw(st.permutations(sorted(written)))]
    outcomes = link_outcomes([a_link(*pair) for pair in sorted(pairs)], {"results": results})
    assert [outcomes[a_link(*pair)].is_written for pair in sorted(pairs)] == [pair in written for pair in sorted(pairs)]


@pytest.mark.parametrize(("side", "blamed"), [("FROM", {(1, 2)}), ("TO", {(2, 1)})])
def test_a_missing_end_costs_only_the_links_that_have_it(side, blamed):
    links = [a_link(1, 2), a_link(2, 1), a_link(3, 3)]
    outcomes = link_outcomes(links, {"results": [a_result(3, 3)], "errors": [an_error(side, 1)]})
    categories = {(int(link.from_id), int(link.to_id)): outcomes[link].category for link in links}
    assert {pair for pair, category in categories.items() if category == f"{side}_OBJECT_NOT_FOUND"} == blamed
    assert categories[3, 3] is None


def test_an_empty_success_leaves_links_unaccounted():
    assert link_outcomes([a_link(1, 2)], {"results": []})[a_link(1, 2)].category == "UNACCOUNTED"


def test_links_go_two_thousand_a_request():
    links = [a_link(number, 1) for number in range(2500)]
    replies = [Reply(body={"results": [a_result(n, 1) for n in part]}) for part in (range(2000), range(2000, 2500))]
    client, adapter = scripted_client(FakeClock(), *replies)
    outcomes = [outcome for batch in client.associate("contacts", "companies", links) for outcome in batch]
    assert [outcome.link for outcome in outcomes if outcome.is_written] == links
    assert len(adapter.sent) == 2
    assert adapter.bodies()[0]["inputs"][0] == {
        "from": {"id": "0"},
        "to": {"id": "1"},
        "types": [{"associationCategory": "HUBSPOT_DEFINED", "associationTypeId": 279}],
    }


def test_links_beyond_patience_are_outcomes_to_try_again():
    client, _ = scripted_client(FakeClock(), Reply(status=502), max_retries=0)
    outcome = next(client.associate("contacts", "companies", [a_link(1, 2)]))[0]
    assert (outcome.category, outcome.is_retryable) == ("UNAVAILABLE", True)


def test_a_link_refused_with_its_batch_is_found_by_halving():
    refused = Reply(status=400, body={"category": "VALIDATION_ERROR", "message": "limit"})
    client, _ = scripted_client(FakeClock(), refused, Reply(body={"results": [a_result(1, 2)]}), refused)
    outcomes = next(client.associate("contacts", "companies", [a_link(1, 2), a_link(3, 4)]))
    assert [outcome.category for outcome in outcomes] == [None, "VALIDATION_ERROR"]


def test_a_wrong_association_type_stops_at_once():
    body = {"category": "VALIDATION_ERROR", "subCategory": "crm.associations.INVALID_ASSOCIATION_TYPE"}
    client, _ = scripted_client(FakeClock(), Reply(status=400, body=body))
    with pytest.raises(RequestRefusedError):
        next(client.associate("contacts", "companies", [a_link(1, 2), a_link(3, 4)]))


def test_associated_ids_are_read_over_all_pages_as_text():
    first = {"from": {"id": "1"}, "to": [{"toObjectId": 7}], "paging": {"next": {"after": "x"}}}
    second = {"from": {"id": "1"}, "to": [{"toObjectId": "8"}]}
    none = {"category": "OBJECT_NOT_FOUND", "subCategory": "crm.associations.NO_ASSOCIATIONS_FOUND"}
    replies = [Reply(status=207, body={"results": [first], "errors": [none]}), Reply(body={"results": [second]})]
    client, adapter = scripted_client(FakeClock(), *replies)
    assert client.associated("contacts", "companies", ["1", "2"]) == {"1": {"7", "8"}, "2": set()}
    assert adapter.bodies()[1] == {"inputs": [{"id": "1", "after": "x"}]}


def test_links_that_could_not_be_read_are_not_passed_off_as_absent():
    client, _ = scripted_client(FakeClock(), Reply(status=207, body={"errors": [{"category": "INTERNAL_ERROR"}]}))
    with pytest.raises(HubSpotUnavailableError):
        client.associated("contacts", "companies", ["1"])
