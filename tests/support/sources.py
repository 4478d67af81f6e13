"""Source folders as somebody else would bring them: other names, other headers, other faults than the samples."""

from __future__ import annotations

import csv
from collections.abc import Mapping, Sequence
from pathlib import Path

Row = Mapping[str, str]


def write_csv(path: Path, rows: Sequence[Row]) -> Path:
    """Write rows with the first one's columns as header."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, fieldnames=list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    return path


def some_companies(count: int, **changes: str) -> list[dict[str, str]]:
    """Companies 1..count, each with a domain of its own."""
    return [{"name": f"Firma {n}", "domain": f"firma{n}.example.net", "city": "Graz", **changes} for n in _to(count)]


def some_contacts(count: int, **changes: str) -> list[dict[str, str]]:
    """Contacts 1..count; contact n works at company n."""
    return [
        {"email": f"person{n}@firma{n}.example.net", "firstname": f"Person{n}", "lastname": "Null",
         "phone": f"+4331620{n:04d}", "company": f"Firma {n}", **changes}
        for n in _to(count)
    ]  # fmt: skip


def some_tickets(count: int, **changes: str) -> list[dict[str, str]]:
    """Tickets 1..count; ticket n is written by contact n."""
    return [
        {"ticket_id": f"T-{n}", "subject": f"Question {n}", "created_date": "2026-03-04", "priority": "high",
         "content": f"Hello, write to person{n}@firma{n}.example.net please.", **changes}
        for n in _to(count)
    ]  # fmt: skip


def a_source(
    folder: Path,
    *,
    companies: Sequence[Row] = (),
    contacts: Sequence[Row] = (),
    tickets: Sequence[Row] = (),
) -> Path:
    """Write the files that have rows; return the folder."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, rows in (("companies", companies), ("contacts", contacts), ("tickets", tickets)):
        if rows:
            write_csv(folder / f"{name}.csv", rows)
    return folder


FAULTS = (
    ("contacts", 3, "INVALID_EMAIL"),
    ("contacts", 9, "INVALID_EMAIL"),
    ("contacts", 15, "INVALID_EMAIL"),
    ("contacts", 21, "DUPLICATE_UNIQUE_PROPERTY_VALUE"),
    ("tickets", 6, "MISSING_REQUIRED_PROPERTY"),
    ("tickets", 12, "COULD_NOT_PARSE_DATE"),
)
"""What is wrong in ``a_faulty_source``: object type, row, code."""


def a_faulty_source(folder: Path) -> Path:
    """20 rows a file with 3 invalid e-mails, 1 duplicate, 1 empty subject and 1 impossible date: see FAULTS."""
    contacts, tickets = some_contacts(20), some_tickets(20)
    contacts[1]["email"] = "person2(at)firma2.example.net"
    contacts[7]["email"] = "person8@firma8..example.net"
    contacts[13]["email"] = "person14@"
    contacts[19]["email"] = contacts[0]["email"]
    tickets[4]["subject"] = ""
    tickets[10]["created_date"] = "2026-02-30"
    return a_source(folder, companies=some_companies(20), contacts=contacts, tickets=tickets)


def a_labelled_source(folder: Path) -> Path:
    """Contacts and companies with HubSpot's labels as headers and five columns nobody maps."""
    extra = {"Legacy Id": "7", "Notes": "x", "Score": "3", "Region": "EMEA", "Imported By": "me"}
    contacts = [
        {"First Name": "Ana", "Last Name": "O'Brien", "Email": f"ana{n}@shop.example.org",
         "Phone Number": "+34911234567", "Company Name": "Shop", **extra}
        for n in _to(5)
    ]  # fmt: skip
    companies = [{"Company name": "Shop", "Company Domain Name": "shop.example.org", "Postal Code": "01718", **extra}]
    return a_source(folder, companies=companies, contacts=contacts)


def _to(count: int) -> range:
    return range(1, count + 1)
