"""Tickets and companies: what the account knows of a contact goes before the domain of the address in the text."""

from __future__ import annotations

from hubspot_import import tables
from hubspot_import.model import ObjectType
from support.write_path import WritePath, companies, contacts, tickets

COMPANIES, CONTACTS, TICKETS = ObjectType


def company_of_the_ticket(path: WritePath) -> list[str]:
    names = {record_id: record["name"] for record_id, record in path.server.account.records(COMPANIES).items()}
    return [names[company_id] for _, company_id in path.server.account.links(TICKETS, COMPANIES)]


def test_a_contact_of_the_account_alone_tells_the_company_before_the_domain_does(path):
    path.run({COMPANIES: companies(1), CONTACTS: contacts(1, email="ann@firm2.example.com")})
    path.run({COMPANIES: companies(2), TICKETS: tickets(1, content="I am ann@firm2.example.com")})
    assert company_of_the_ticket(path) == ["Firm 1"]


def test_a_sender_whom_nobody_knows_is_of_the_company_the_address_is_at(path):
    path.run({COMPANIES: companies(2), TICKETS: tickets(1, content="I am ann@firm2.example.com")})
    assert company_of_the_ticket(path) == ["Firm 2"]


def test_a_quoted_contact_whom_only_the_account_has_is_suggested_and_not_linked(path):
    path.run({CONTACTS: contacts(1, email="ann@firm2.example.com")})
    folder = path.run({TICKETS: tickets(2, content="> ann@firm2.example.com\n> bob@firm2.example.com")})
    (contact_id,) = path.server.account.records(CONTACTS)
    found = tables.read(folder.findings(TICKETS), schema=tables.FINDINGS)
    assert found["code"].tolist() == ["LINK_SUGGESTED"] * 2
    assert f"HubSpot id {contact_id} may be the contact of this row" in found["message"].iloc[0]
    assert len(path.server.account.links(TICKETS, CONTACTS)) == 0


def test_a_quoted_stranger_is_neither_linked_nor_suggested(path):
    folder = path.run({CONTACTS: contacts(1), TICKETS: tickets(1, content="> bob@firm2.example.com")})
    assert tables.read(folder.findings(TICKETS), schema=tables.FINDINGS)["code"].tolist() == []
    assert len(path.server.account.links(TICKETS, CONTACTS)) == 0
