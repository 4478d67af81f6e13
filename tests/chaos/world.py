"""The data of the chaos suite: files, the account before, and what must stand in the account afterwards.

Nothing here is taken from the importer: the truth follows from the same numbers as the files do.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from hubspot_simulator.account import Account
from support.sources import a_source

Row = dict[str, str]
Links = dict[tuple[str, str], set[tuple[str, str]]]
CUSTOMER, CLOSED, NEW = "customer", "4", "1"
CHANGED_EACH, MOVED_EACH = 5, 25
"""Of what stands: each 5th record is out of date, each 25th was moved on by people."""

PRIMARY: dict[tuple[str, str], set[tuple[int, ...]]] = {
    ("contacts", "companies"): {(1, 279)},
    ("tickets", "contacts"): {(16,)},
    ("tickets", "companies"): {(26, 339)},
}
"""Type ids by kind of link: unlabelled, and primary where the kind knows that (HubSpot's associations overview)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class World:
    """``companies`` companies, ``people`` contacts and as many tickets; half of each stand in the account already."""

    companies: int
    people: int

    def files(self, folder: Path, *, older: bool = False) -> Path:
        """Write the source files; ``older``: what was imported before, half of it and partly out of date."""
        share = 2 if older else 1
        return a_source(
            folder,
            companies=[self.company(n, older=older) for n in _to(self.companies // share)],
            contacts=[self.contact(n, older=older) for n in _to(self.people // share)],
            tickets=[self.ticket(n, older=older) for n in _to(self.people // share)],
        )

    def company(self, number: int, *, older: bool = False) -> Row:
        """One row of companies.csv."""
        return {"name": f"Firma {number}", "domain": f"firma{number}.example.net", "city": _aged("Graz", number, older)}

    def contact(self, number: int, *, older: bool = False) -> Row:
        """One row of contacts.csv."""
        return {
            "email": self.email(number),
            "firstname": f"Person{number}",
            "lastname": "Null",
            "phone": f"+4331620{number:04d}",
            "company": f"Firma {self.employer(number)}",
            "jobtitle": _aged("Engineer", number, older),
            "lifecyclestage": "lead",
        }

    def ticket(self, number: int, *, older: bool = False) -> Row:
        """One row of tickets.csv; its text names the contact who wrote it."""
        return {
            "ticket_id": f"T-{number}",
            "subject": _aged(f"Question {number}", number, older),
            "content": f"Hello, write to {self.email(self.writer(number))} please.",
            "priority": "high",
            "status": "New",
        }

    def employer(self, contact: int) -> int:
        """The company a contact works at."""
        return (contact - 1) % self.companies + 1

    def writer(self, ticket: int) -> int:
        """The contact who wrote a ticket."""
        return ticket * 7 % self.people + 1

    def email(self, contact: int) -> str:
        """A contact's address."""
        return f"person{contact}@firma{self.employer(contact)}.example.net"

    def move_on(self, account: Account) -> None:
        """Let people work in the account: some contacts become customers, some tickets are closed."""
        now = account.clock.now()
        for kind, key, name, value in (
            ("contacts", "email", "lifecyclestage", CUSTOMER),
            ("tickets", "bulk_import_key", "hs_pipeline_stage", CLOSED),
        ):
            store = account.stores[kind]
            wanted = {self.key(kind, n) for n in _to(self.people // 2) if n % MOVED_EACH == 0}
            for record in [each for each in store if each.properties[key] in wanted]:
                store.change(record, {name: value}, set(), now)

    def key(self, kind: str, number: int) -> str:
        """What a contact or ticket is known by."""
        return self.email(number) if kind == "contacts" else f"default:id:t-{number}"

    # --- the truth --------------------------------------------------------------------------------------------------

    def records(self) -> dict[str, dict[str, Row]]:
        """Every record by object type and key, with the properties that must stand."""
        moved = {n for n in _to(self.people // 2) if n % MOVED_EACH == 0}
        contacts = {n: self.contact(n) | ({"lifecyclestage": CUSTOMER} if n in moved else {}) for n in _to(self.people)}
        tickets = {
            n: {
                "subject": self.ticket(n)["subject"],
                "content": self.ticket(n)["content"],
                "hs_ticket_priority": "HIGH",
                "hs_pipeline_stage": CLOSED if n in moved else NEW,
            }
            for n in _to(self.people)
        }
        return {
            "companies": {self.company(n)["domain"]: self.company(n) for n in _to(self.companies)},
            "contacts": {self.email(n): row for n, row in contacts.items()},
            "tickets": {self.key("tickets", n): row for n, row in tickets.items()},
        }

    def links(self) -> Links:
        """Every link by the keys of its ends."""
        domains = {n: self.company(self.employer(n))["domain"] for n in _to(self.people)}
        written = {self.key("tickets", n): self.writer(n) for n in _to(self.people)}
        return {
            ("contacts", "companies"): {(self.email(n), domain) for n, domain in domains.items()},
            ("tickets", "contacts"): {(ticket, self.email(writer)) for ticket, writer in written.items()},
            ("tickets", "companies"): {(ticket, domains[writer]) for ticket, writer in written.items()},
        }

    def counts(self) -> dict[str, dict[str, int]]:
        """What report.json must count, by object type."""
        sizes = {"companies": self.companies, "contacts": self.people, "tickets": self.people}
        return {kind: _counts(size) for kind, size in sizes.items()}


def standing(account: Account, world: World) -> tuple[dict[str, dict[str, Row]], Links]:
    """What the account holds, in the shape of the truth: every record, the properties that the truth names."""
    keys = {"companies": "domain", "contacts": "email", "tickets": "bulk_import_key"}
    truth = world.records()
    names = {kind: next(iter(rows.values())).keys() for kind, rows in truth.items()}
    found = {kind: account.records(kind) for kind in keys}
    by_id = {kind: {record_id: each[keys[kind]] for record_id, each in found[kind].items()} for kind in keys}
    records: dict[str, Any] = {
        kind: {each[keys[kind]]: {name: each.get(name) for name in names[kind]} for each in rows.values()}
        for kind, rows in found.items()
    }
    for kind, rows in found.items():
        if len(rows) != len(records[kind]):
            records[kind]["twice"] = f"{len(rows)} {kind}, {len(records[kind])} of them different"
    links = {
        (a, b): {(by_id[a][from_id], by_id[b][to_id]) for from_id, to_id in account.links(a, b)}
        for a, b in world.links()
    }
    return records, links


def link_types(account: Account) -> dict[tuple[str, str], set[tuple[int, ...]]]:
    """Which type ids the links of a kind have. Every record here has one link of a kind, so each is the primary one."""
    found = {}
    for kind in PRIMARY:
        way = account.association_types.way(*kind)
        assert way is not None
        pairs = account.links(*kind)
        found[kind] = {tuple(sorted(account.link_store.types(way, *pair))) for pair in pairs}
    return found


def _to(count: int) -> range:
    return range(1, count + 1)


def _aged(text: str, number: int, older: bool) -> str:
    return f"{text} (old)" if older and number % CHANGED_EACH == 0 else text


def _counts(size: int) -> dict[str, int]:
    before = size // 2
    updated = before // CHANGED_EACH
    return {"rows": size, "created": size - before, "updated": updated, "unchanged": before - updated, "failed": 0}
