"""Lists: every record once, in the order of ids, page by page."""

from __future__ import annotations

from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from hubspot_simulator.object_types import CONTACTS
from hubspot_simulator.property_values import PropertyValues
from hubspot_simulator.records import Record, RecordStore
from support.simulator import Caller, a_contact

NOW = datetime(2026, 1, 1, tzinfo=UTC)
PATH = "/crm/objects/2026-09/contacts"


def a_store(ids: list[int], archived: set[int]) -> RecordStore:
    store = RecordStore(CONTACTS, lambda kind, record: None)
    for number in ids:
        values = PropertyValues({"hs_object_id": str(number)})
        record = Record(id=str(number), properties=values, created_at=NOW, updated_at=NOW, archived=number in archived)
        store.put(record, set())
    return store


@given(st.lists(st.integers(1, 200), unique=True), st.sets(st.integers(1, 200)), st.integers(0, 201), st.booleans())
def test_what_comes_after_an_id_is_in_the_order_of_ids_whatever_order_it_came_in(
    ids: list[int], archived: set[int], after: int, asked_archived: bool
) -> None:
    found = [int(record.id) for record in a_store(ids, archived).after(after, archived=asked_archived)]

    assert found == sorted(number for number in ids if number > after and (number in archived) is asked_archived)


def test_a_record_restored_twice_is_listed_once() -> None:
    store = a_store([5, 3], set())
    restored = Record(id="3", properties=PropertyValues({}), created_at=NOW, updated_at=NOW)

    store.replace(restored, set())

    assert [record.id for record in store.after(0)] == ["3", "5"]


def test_a_page_of_archived_records_leaves_the_others_out(caller: Caller) -> None:
    ids = caller.created_ids("contacts", *map(a_contact, range(4)))
    caller.batch("contacts", "archive", {"id": ids[0]}, {"id": ids[2]})

    page = caller.get(PATH, archived="true", limit=1).json()
    rest = caller.get(PATH, archived="true", limit=1, after=page["paging"]["next"]["after"]).json()

    assert [item["id"] for item in page["results"] + rest["results"]] == [ids[0], ids[2]]
    assert "paging" not in rest
