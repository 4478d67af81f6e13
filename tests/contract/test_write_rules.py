"""What an administrator requires of records, and what a user may not do: 2026-09 enforces both."""

from __future__ import annotations

import pytest

from hubspot_simulator.account import Account
from hubspot_simulator.write_rules import ConditionalRule, WriteRules
from support.simulator import Caller, a_company, a_contact, a_link, a_record, by_id

CITY_OF_FRANCE = ConditionalRule(property_name="country", values=frozenset({"France"}), required="city")


@pytest.fixture
def _rules(account: Account) -> None:
    account.write_rules["contacts"] = WriteRules(required_on_create=("firstname",), conditional=(CITY_OF_FRANCE,))


@pytest.mark.usefixtures("_rules")
@pytest.mark.parametrize(
    ("properties", "status"),
    [
        ({"email": "a@b.com"}, 400),
        ({"email": "a@b.com", "firstname": ""}, 400),
        ({"email": "a@b.com", "firstname": "A"}, 201),
        ({"firstname": "A", "country": "France"}, 400),
        ({"firstname": "A", "country": "France", "city": "Lyon"}, 201),
        ({"firstname": "A", "country": "Spain"}, 201),
    ],
)
def test_a_new_record_keeps_the_rules(caller: Caller, properties: dict[str, str], status: int) -> None:
    assert caller.batch("contacts", "create", a_record(**properties)).status_code == status


@pytest.mark.usefixtures("_rules")
@pytest.mark.parametrize("path", ["/crm/v3/objects", "/crm/objects/2026-03"])
def test_older_versions_do_not_know_the_rules(caller: Caller, path: str) -> None:
    assert caller.post(f"{path}/contacts", a_record(email="a@b.com")).status_code == 201


@pytest.mark.usefixtures("_rules")
def test_a_change_keeps_conditional_rules_but_needs_no_form(caller: Caller, account: Account) -> None:
    (known,) = caller.created_ids("contacts", a_contact(country="France", city="Lyon"))

    cleared = caller.batch("contacts", "update", by_id(known, city=""))

    assert cleared.json()["errors"][0]["code"] == "MISSING_CONDITIONAL_REQUIRED_PROPERTY"
    assert account.records("contacts")[known]["city"] == "Lyon"
    assert caller.batch("contacts", "update", by_id(known, firstname="")).status_code == 200


@pytest.mark.usefixtures("_rules")
def test_rules_are_an_entry_of_a_traced_batch(caller: Caller) -> None:
    answer = caller.batch("contacts", "create", a_record("1", email="a@b.com"), a_contact(2, trace="2"))

    (entry,) = answer.json()["errors"]
    assert answer.status_code == 207
    assert entry["errors"][0]["code"] == "MISSING_REQUIRED_PROPERTY"
    assert len(answer.json()["results"]) == 1


def test_a_user_without_the_permission_links_nothing(caller: Caller, account: Account) -> None:
    (contact,), (company,) = caller.created_ids("contacts", a_contact()), caller.created_ids("companies", a_company())
    account.denied_permissions.add("Edit Associations")

    refused = caller.links("contacts", "companies", "create", a_link(contact, company, 279))
    older = {"inputs": [a_link(contact, company, 279)]}

    assert refused.json()["message"] == "Missing 'Edit Associations' permission."
    assert account.links("contacts", "companies") == set()
    assert caller.links("contacts", "companies", "read", {"id": contact}).status_code == 207
    assert caller.post("/crm/v4/associations/contacts/companies/batch/create", older).status_code == 201
