"""The setting that gives a new contact the company of its e-mail domain."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from hubspot_simulator.__main__ import parser, switches
from hubspot_simulator.server import SimulatorServer
from hubspot_simulator.switches import Switches
from support.simulator import Caller, a_company, a_contact, by_id

ON = Switches(auto_associate_companies=True)


@pytest.fixture
def automatic(server: SimulatorServer) -> Caller:
    server.reset(switches=ON)
    return Caller(server)


def test_an_account_leaves_contacts_alone_unless_it_is_switched_on(caller: Caller, server: SimulatorServer) -> None:
    caller.created_ids("companies", a_company(domain="acme.example.com"))
    caller.created_ids("contacts", a_contact(email="ada@acme.example.com"))

    assert server.account.links("contacts", "companies") == set()


def test_a_new_contact_gets_the_oldest_company_of_its_domain(automatic: Caller, server: SimulatorServer) -> None:
    oldest, _ = automatic.created_ids("companies", *(a_company(n, domain="acme.example.com") for n in (1, 2)))

    (contact,) = automatic.created_ids("contacts", a_contact(email="Ada@ACME.example.com"))

    assert server.account.links("contacts", "companies") == {(contact, oldest)}


def test_the_company_is_made_when_there_is_none(automatic: Caller, server: SimulatorServer) -> None:
    first, second = automatic.created_ids("contacts", *(a_contact(n, email=f"p{n}@new.example.com") for n in (1, 2)))

    ((company, values),) = server.account.records("companies").items()
    assert values["domain"] == "new.example.com"
    assert server.account.links("contacts", "companies") == {(first, company), (second, company)}


def test_an_upsert_that_makes_a_contact_does_it_too(automatic: Caller, server: SimulatorServer) -> None:
    automatic.batch("contacts", "upsert", by_id("ada@new.example.com", "email"))

    assert len(server.account.links("contacts", "companies")) == 1


@pytest.mark.parametrize("properties", [{"email": "ada@gmail.com"}, {"email": ""}])
def test_mail_providers_and_contacts_without_address_name_no_company(
    automatic: Caller, server: SimulatorServer, properties: dict[str, Any]
) -> None:
    automatic.created_ids("contacts", a_contact(**properties))

    assert server.account.records("companies") == {}


def test_the_domains_company_is_primary_though_another_was_meant(automatic: Caller) -> None:
    domains, meant = automatic.created_ids("companies", a_company(1, domain="acme.example.com"), a_company(2))
    types = [{"associationCategory": "HUBSPOT_DEFINED", "associationTypeId": 279}]

    (contact,) = automatic.created_ids(
        "contacts",
        a_contact(email="ada@acme.example.com") | {"associations": [{"to": {"id": meant}, "types": types}]},
    )

    (row,) = automatic.links("contacts", "companies", "read", {"id": contact}).json()["results"]
    told = {str(link["toObjectId"]): [kind["typeId"] for kind in link["associationTypes"]] for link in row["to"]}
    assert told == {domains: [1, 279], meant: [279]}


def test_a_company_that_lost_its_domain_or_was_archived_is_not_found(
    automatic: Caller, server: SimulatorServer
) -> None:
    moved, gone, last = automatic.created_ids(
        "companies", *(a_company(n, domain="acme.example.com") for n in (1, 2, 3))
    )
    automatic.created_ids("contacts", a_contact(1, email="one@acme.example.com"))
    automatic.batch("companies", "update", by_id(moved, domain="moved.example.com"))
    automatic.batch("companies", "archive", {"id": gone})

    (contact,) = automatic.created_ids("contacts", a_contact(2, email="two@acme.example.com"))

    assert (contact, last) in server.account.links("contacts", "companies")


def test_companies_of_a_restored_account_are_found(tmp_path: Path) -> None:
    path = tmp_path / "account.jsonl"
    with SimulatorServer(path) as server:
        (company,) = Caller(server).created_ids("companies", a_company(domain="acme.example.com"))

    with SimulatorServer(path, switches=ON) as server:
        (contact,) = Caller(server).created_ids("contacts", a_contact(email="ada@acme.example.com"))
        links = server.account.links("contacts", "companies")

    assert links == {(contact, company)}


def test_the_command_line_switches_it_on_and_makes_search_lag() -> None:
    asked = switches(parser().parse_args(["--auto-associate-companies", "--search-lag-seconds", "2.5"]))

    assert (asked.auto_associate_companies, asked.search_lag_seconds) == (True, 2.5)
    assert not switches(parser().parse_args([])).auto_associate_companies
