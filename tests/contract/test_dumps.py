"""An account as one value, the difference of two, and what is always true of it."""

from __future__ import annotations

from hubspot_simulator.account import Account
from hubspot_simulator.dumps import difference, dump
from hubspot_simulator.invariants import broken_invariants
from support.simulator import Caller, a_company, a_contact, a_key, by_id

LINK = {"associationCategory": "HUBSPOT_DEFINED", "associationTypeId": 279}


def test_the_dump_over_http_is_the_accounts_own(caller: Caller, account: Account) -> None:
    caller.created_ids("contacts", a_contact())
    assert caller.get("/_simulator/dump").json() == dump(account)


def test_two_dumps_of_an_account_nobody_touched_do_not_differ(caller: Caller, account: Account) -> None:
    caller.created_ids("contacts", a_contact())
    before = dump(account)
    caller.get("/crm/objects/2026-09/contacts")
    assert difference(before, dump(account)) == {}


def test_a_difference_names_records_values_links_and_properties(caller: Caller, account: Account) -> None:
    contact, gone = caller.created_ids("contacts", a_contact(1, firstname="Ann"), a_contact(2))
    (company,) = caller.created_ids("companies", a_company())
    before = dump(account)
    caller.batch("contacts", "update", by_id(contact, firstname="Bea"))
    caller.batch("contacts", "archive", {"id": gone})
    (added,) = caller.created_ids("contacts", a_contact(3))
    caller.links("contacts", "companies", "create", {"from": {"id": contact}, "to": {"id": company}, "types": [LINK]})
    caller.post("/crm/properties/2026-09/companies", a_key())

    found = difference(before, dump(account))

    contacts = found["records"]["contacts"]
    assert contacts["added"] == [added]
    assert contacts["changed"][contact]["firstname"] == ["Ann", "Bea"]
    assert contacts["changed"][gone]["archived"] == [False, True]
    assert found["links"] == {"added": [["contacts", contact, "companies", company, [1, 279]]]}
    assert found["schema"]["companies"]["added"] == [a_key()["name"]]


def test_an_index_that_does_not_tell_what_records_hold_is_noticed(caller: Caller, account: Account) -> None:
    (contact,) = caller.created_ids("contacts", a_contact())
    record = account.stores["contacts"].get(contact)
    assert record is not None
    assert broken_invariants(account) == []
    record.archived = True
    assert broken_invariants(account) == ["the index of email of contacts is not what the records hold"]


def test_a_link_of_a_record_that_does_not_stand_is_noticed(caller: Caller, account: Account) -> None:
    (contact,) = caller.created_ids("contacts", a_contact())
    way = account.association_types.way("contacts", "companies")
    assert way is not None
    account.link_store.set(way, contact, "1", {way.plain})
    assert broken_invariants(account) == ["companies 1 is linked and does not stand"] * 2
