"""A million contacts fit into 1.5 GiB: what one takes, counted by Python's own allocator."""

from __future__ import annotations

import tracemalloc

from hubspot_simulator.account import Account
from hubspot_simulator.object_types import CONTACTS
from hubspot_simulator.writes import Write, batch_write

CONTACTS_IN_ALL, A_BATCH = 3_000, 100
MOST_BYTES = 1_400
"""Of 1,610 in 1.5 GiB; the rest is for the interpreter and the allocator's gaps (`make bench-simulator` shows both)."""


def an_upsert(number: int) -> dict[str, object]:
    email = f"person{number}@firm{number}.example.com"
    properties = {
        "email": email,
        "firstname": f"Ada{number}",
        "lastname": f"Lovelace{number}",
        "phone": f"+3312345{number:07}",
        "company": f"Firm {number}",
        "jobtitle": f"Engineer {number}",
        "city": f"Lyon {number}",
        "zip": f"{number:05}",
    }
    return {"id": email, "idProperty": "email", "properties": properties}


def write_all(account: Account) -> None:
    for start in range(0, CONTACTS_IN_ALL, A_BATCH):
        body = {"inputs": [an_upsert(number) for number in range(start, start + A_BATCH)]}
        batch_write(account, CONTACTS, body, Write.UPSERT, normalises_dates=True)


def test_a_contact_is_kept_in_few_bytes_and_in_no_more_after_it_was_sent_again() -> None:
    account = Account()
    tracemalloc.start()
    try:
        write_all(account)
        new, _ = tracemalloc.get_traced_memory()
        write_all(account)
        again, _ = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()

    assert len(account.stores["contacts"]) == CONTACTS_IN_ALL
    assert new / CONTACTS_IN_ALL < MOST_BYTES
    assert again / CONTACTS_IN_ALL < MOST_BYTES
