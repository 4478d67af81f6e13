"""How a row finds its record: by key, domain, name, or what an earlier run wrote down; and what stops a run."""

from __future__ import annotations

import pytest

from hubspot_import.errors import QuotaError, SchemaError, ScopeError, TooManyRejectsError
from hubspot_import.model import ObjectType
from hubspot_simulator.switches import Switches
from support.write_path import (
    companies,
    contacts,
    findings_of,
    link_statuses_of,
    plan_of,
    statuses_of,
    tickets,
)

COMPANIES, CONTACTS, TICKETS = ObjectType.COMPANIES, ObjectType.CONTACTS, ObjectType.TICKETS


def test_a_company_made_by_hand_is_found_by_its_domain_and_gets_our_key(path):
    path.client().create(COMPANIES, [{"name": "First Firm", "domain": "firm1.example.com"}])
    folder = path.run({COMPANIES: companies(1)})
    assert statuses_of(folder, COMPANIES) == {2: "updated"}
    (company,) = path.records(COMPANIES)
    assert company["bulk_import_key"] == "default:domain:firm1.example.com"


def test_a_company_made_by_hand_without_a_domain_is_found_by_its_exact_name(path):
    path.client().create(COMPANIES, [{"name": "FIRM 1"}, {"name": "Firm 1 Holding"}])
    folder = path.run({COMPANIES: companies(1)})
    assert statuses_of(folder, COMPANIES) == {2: "updated"}
    assert len(path.records(COMPANIES)) == 2


def test_a_company_of_the_same_name_with_another_domain_is_a_new_one(path):
    path.client().create(COMPANIES, [{"name": "Firm 1", "domain": "other.example.org"}])
    folder = path.run({COMPANIES: companies(1)})
    assert statuses_of(folder, COMPANIES) == {2: "created"}


def test_two_companies_of_one_domain_are_a_question_that_names_their_ids(path):
    path.client().create(COMPANIES, [{"name": "A", "domain": "firm1.example.com"}] * 2)
    folder = path.run({COMPANIES: companies(2)})
    (found,) = findings_of(folder, COMPANIES).to_dict("records")
    assert found["code"] == "AMBIGUOUS_RECORD"
    assert all(record_id in found["message"] for record_id in list(path.server.account.records(COMPANIES))[:2])
    assert statuses_of(folder, COMPANIES) == {3: "created"}


def test_a_contact_whose_address_was_changed_in_hubspot_is_found_by_the_id_we_wrote_down(path):
    path.run({CONTACTS: contacts(1)})
    (contact_id,) = path.server.account.records(CONTACTS)
    path.client().update(CONTACTS, [{"id": contact_id, "email": "new.name@example.com"}])
    folder = path.run({CONTACTS: contacts(1)})
    assert statuses_of(folder, CONTACTS) == {2: "unchanged"}
    assert path.records(CONTACTS)[0]["email"] == "new.name@example.com"


def test_a_contact_found_by_a_second_address_keeps_its_first(path):
    path.client().create(CONTACTS, [{"email": "main@example.com"}])
    (contact_id,) = path.server.account.records(CONTACTS)
    path.server.account.add_email(contact_id, "person1@example.com")
    folder = path.run({CONTACTS: contacts(1)})
    assert statuses_of(folder, CONTACTS) == {2: "updated"}
    assert path.records(CONTACTS)[0]["email"] == "main@example.com"


def test_two_rows_that_resolve_to_one_record_are_duplicates(path):
    path.client().create(CONTACTS, [{"email": "person1@example.com"}])
    (contact_id,) = path.server.account.records(CONTACTS)
    path.server.account.add_email(contact_id, "person2@example.com")
    folder = path.run({CONTACTS: contacts(3)})
    found = findings_of(folder, CONTACTS).query("code == 'DUPLICATE_ROW_CONTENT'")
    assert found["row"].tolist() == [3]
    assert statuses_of(folder, CONTACTS) == {2: "updated", 4: "created"}


def test_rows_that_name_records_by_id_update_them_and_an_unknown_id_is_rejected(path):
    path.client().create(CONTACTS, [{"email": "ada@example.com", "city": "Rome"}])
    (contact_id,) = path.server.account.records(CONTACTS)
    mapping = "object_type: contacts\nsource: contacts.csv\nkey: hs_object_id\nproperties: {city: city}\n"
    rows = [{"Record ID": contact_id, "city": "Paris"}, {"Record ID": "1", "city": "Paris"}]
    folder = path.run({CONTACTS: rows}, mappings={CONTACTS: mapping})
    assert statuses_of(folder, CONTACTS) == {2: "updated"}
    assert findings_of(folder, CONTACTS)["code"].tolist() == ["INVALID_RECORD_ID"]
    assert path.records(CONTACTS)[0]["city"] == "Paris"


def test_a_company_outside_the_files_is_linked_when_the_account_has_it(path):
    path.run({COMPANIES: companies(1)})
    folder = path.run({CONTACTS: contacts(2)})
    assert link_statuses_of(folder, CONTACTS, COMPANIES) == {2: "created"}
    (lost,) = findings_of(folder, CONTACTS).to_dict("records")
    assert (lost["code"], lost["row"], lost["column"]) == ("ASSOCIATION_RECORD_NOT_FOUND", 3, "company")


def test_a_contact_outside_the_files_is_linked_by_the_address_in_the_text(path):
    path.run({CONTACTS: contacts(1)})
    folder = path.run({TICKETS: tickets(2)})
    assert link_statuses_of(folder, TICKETS, CONTACTS) == {2: "created"}
    assert findings_of(folder, TICKETS)["column"].tolist() == ["content"]


def test_a_missing_scope_is_named_with_its_object_type_before_anything_is_written(path):
    path.server.account.scopes -= {"crm.objects.contacts.write"}
    with pytest.raises(ScopeError, match=r"crm\.objects\.contacts\.write \(writing contacts\)"):
        path.plan(path.prepare({CONTACTS: contacts(1)}))
    assert path.writes() == 0


def test_a_dry_run_only_has_to_be_able_to_look(path):
    path.server.account.scopes -= {"crm.objects.contacts.write"}
    assert path.plan(path.prepare({CONTACTS: contacts(1)}, dry_run=True))["contacts"]["create"] == 1


def test_a_mapped_property_the_account_lacks_stops_the_run_naming_file_and_remedy(path):
    mapping = "object_type: contacts\nsource: contacts.csv\nkey: email\nproperties: {email: email, shoe_size: shoe}\n"
    folder = path.prepare({CONTACTS: contacts(1, shoe="42")}, mappings={CONTACTS: mapping})
    with pytest.raises(SchemaError, match=r"contacts\.csv: The account has no property shoe_size .* contacts\.yaml"):
        path.plan(folder)
    assert not folder.plan_path.exists()


def test_too_many_rejects_stop_the_run_and_leave_their_findings(path):
    folder = path.prepare({TICKETS: tickets(2, priority="?")})
    with pytest.raises(TooManyRejectsError, match="tickets: 2 of 2 rows are held back"):
        path.plan(folder)
    assert len(findings_of(folder, TICKETS)) == 2
    path.write(folder)
    assert path.writes() == 0


def test_a_plan_beyond_the_days_quota_is_not_begun(path):
    path.server.reset(clock=path.clock, switches=Switches(limit_per_day=12))
    with pytest.raises(QuotaError, match="of 12 are left today"):
        path.plan(path.prepare({CONTACTS: contacts(401), COMPANIES: companies(401)}))
    assert path.writes() == 0


def test_the_plan_names_the_account_and_its_share_of_the_quota(path):
    folder = path.prepare({CONTACTS: contacts(1)})
    plan = path.plan(folder)
    assert plan["account"]["id"] == folder.manifest()["account"]["id"] == str(path.server.account.portal_id)
    assert plan["quota_share"] == pytest.approx(1 / 250_000, abs=1e-6)


def test_a_link_to_a_held_back_row_is_made_when_its_record_stands(path):
    path.run({COMPANIES: companies(2)})
    rows = companies(2)
    rows[0]["industry"] = "no such industry"
    folder = path.run({COMPANIES: rows, CONTACTS: contacts(2)})
    assert plan_of(folder, COMPANIES)["action"].tolist() == ["reject", "unchanged"]
    assert link_statuses_of(folder, CONTACTS, COMPANIES) == {2: "created", 3: "created"}
