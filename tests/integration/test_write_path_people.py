"""What people did in HubSpot is kept: labels on links, the primary company; and labels a mapping names are set."""

from __future__ import annotations

from typing import Any

import pytest

from hubspot_import.client.wire import Link, LinkType
from hubspot_import.errors import SchemaError
from hubspot_import.model import ObjectType
from support.simulator import VERSION, Caller
from support.write_path import MAPPINGS, WritePath, companies, contacts, link_statuses_of

COMPANIES, CONTACTS = ObjectType.COMPANIES, ObjectType.CONTACTS
ROWS: dict[ObjectType, Any] = {COMPANIES: companies(2), CONTACTS: contacts(2)}
PLAIN, PRIMARY = LinkType(type_id=279), LinkType(type_id=1)


def a_label(path: WritePath, name: str) -> LinkType:
    made = Caller(path.server).post(
        f"/crm/associations/{VERSION}/contacts/companies/labels", {"label": name, "name": name.lower()}
    )
    assert made.status_code == 200, made.text
    return path.client().association_labels(CONTACTS, COMPANIES)[name]


def types_of_links(path: WritePath) -> list[frozenset[LinkType]]:
    read = path.client().association_types(CONTACTS, COMPANIES, list(path.server.account.records(CONTACTS)))
    return [types for of_contact in read.values() for types in of_contact.values()]


def labelled(label: str) -> dict[ObjectType, str]:
    text = (MAPPINGS / "contacts.yaml").read_text(encoding="utf-8")
    changed = text.replace("match: {company: name}", f"match: {{company: name}}, label: {label}")
    assert changed != text
    return {CONTACTS: changed}


def test_a_label_a_colleague_put_on_a_link_survives_the_next_run(path):
    path.run(ROWS)
    vip = a_label(path, "Sponsor")
    contact_id, company_id = sorted(path.server.account.links(CONTACTS, COMPANIES))[0]
    link = Link(from_id=contact_id, to_id=company_id, type_ids=(279, 1), more_types=(vip,))
    assert [each.is_written for batch in path.client().associate(CONTACTS, COMPANIES, [link]) for each in batch] == [
        True
    ]
    buyer = a_label(path, "Buyer")
    path.run(ROWS, mappings=labelled("Buyer"))
    assert sorted(types_of_links(path), key=len) == [{PLAIN, PRIMARY, buyer}, {PLAIN, PRIMARY, buyer, vip}]


def test_a_mapping_sets_a_label_by_its_name_and_a_second_run_finds_it_there(path):
    buyer = a_label(path, "Buyer")
    path.run(ROWS, mappings=labelled("buyer"))
    assert types_of_links(path) == [{PLAIN, PRIMARY, buyer}] * 2
    before = path.writes()
    folder = path.run(ROWS, mappings=labelled("buyer"))
    assert set(link_statuses_of(folder, CONTACTS, COMPANIES).values()) == {"existing"}
    assert path.writes() == before


def test_a_label_the_account_lacks_stops_the_run_before_anything_is_written(path):
    folder = path.prepare(ROWS, mappings=labelled("Byer"))
    with pytest.raises(SchemaError, match="no label 'Byer'"):
        path.plan(folder)
    assert path.writes() == 0


@pytest.mark.parametrize(("mappings", "is_moved"), [(None, False), (labelled("primary"), True)])
def test_primary_moves_only_where_the_mapping_says_so(path, mappings, is_moved):
    path.run({COMPANIES: companies(1), CONTACTS: contacts(1)})
    path.run({COMPANIES: companies(2), CONTACTS: contacts(1, company="Firm 2")}, mappings=mappings)
    (contact_id,) = path.server.account.records(CONTACTS)
    by_name = {record["name"]: record_id for record_id, record in path.server.account.records(COMPANIES).items()}
    read = path.client().association_types(CONTACTS, COMPANIES, [contact_id])[contact_id]
    assert (PRIMARY in read[by_name["Firm 2"]], PRIMARY in read[by_name["Firm 1"]]) == (is_moved, not is_moved)
