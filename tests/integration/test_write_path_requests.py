"""How many requests a run costs, counted by the account's own books."""

from __future__ import annotations

import math
from collections import Counter
from typing import Any

from hubspot_import.model import ObjectType
from support.write_path import WritePath, companies, contacts, tickets

COMPANIES, CONTACTS, TICKETS = ObjectType.COMPANIES, ObjectType.CONTACTS, ObjectType.TICKETS
ROWS: dict[ObjectType, Any] = {COMPANIES: companies(120), CONTACTS: contacts(330), TICKETS: tickets(250)}
PER_RECORD = (".batch.read", ".batch.upsert", ".batch.update", "associations.read", "associations.create")


def requests_of(path: WritePath, rows: dict[ObjectType, Any]) -> Counter[str]:
    """What one run asked of the account, by operation."""
    before = len(path.server.account.requests)
    path.run(rows)
    return Counter(record.operation for record in list(path.server.account.requests)[before:])


def fixed_cost(asked: Counter[str]) -> int:
    return sum(number for operation, number in asked.items() if not operation.endswith(PER_RECORD))


def batches(number: int, size: int = 100) -> int:
    return math.ceil(number / size)


def test_a_run_into_an_empty_account_reads_no_record_and_costs_at_most_sixteen_requests_besides_its_writes(path):
    asked = requests_of(path, ROWS)
    assert asked["companies.batch.upsert"] == batches(120)
    assert asked["contacts.batch.upsert"] == batches(330)
    assert asked["tickets.batch.upsert"] == batches(250)
    assert [operation for operation in asked if operation.endswith(".batch.read")] == []
    assert (asked["associations.read"], asked["associations.create"]) == (0, 3)
    assert fixed_cost(asked) <= 16


def test_an_unchanged_run_costs_a_read_for_each_hundred_records_and_thousand_links(path):
    path.run(ROWS)
    asked = requests_of(path, ROWS)
    assert {operation: number for operation, number in asked.items() if operation.endswith(PER_RECORD)} == {
        "companies.batch.read": batches(120),
        "contacts.batch.read": batches(330),
        "tickets.batch.read": batches(250),
        "associations.read": 3,
    }
    assert fixed_cost(asked) <= 16


def test_changed_records_cost_a_write_for_each_hundred(path):
    path.run({CONTACTS: contacts(330)})
    changed = [{**row, "firstname": "Grace"} if number < 150 else row for number, row in enumerate(contacts(330))]
    asked = requests_of(path, {CONTACTS: changed})
    assert (asked["contacts.batch.read"], asked["contacts.batch.update"]) == (batches(330), batches(150))
    assert asked["contacts.batch.upsert"] == 0
