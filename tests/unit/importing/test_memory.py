"""What importing holds does not grow with the number of parts."""

from __future__ import annotations

import gc
import tracemalloc
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, cast

import pandas as pd

import hubspot_import.importing.stage
from hubspot_import import account_metadata, tables
from hubspot_import.account_metadata import AccountMetadata
from hubspot_import.client.client import HubSpotClient
from hubspot_import.client.wire import BatchOutcome, InputOutcome, Operation, WriteInput
from hubspot_import.model import ObjectType, Params
from hubspot_import.run_folder import RunFolder, write_whole
from support.clock import FakeClock

CONTACTS = ObjectType.CONTACTS
PART_ROWS = 2_000
FEW, MANY = 3, 9
"""Parts; a few of them fill one file of outcomes (50 batches), which is held until it is written."""
MAPPING = "object_type: contacts\nsource: contacts.csv\nkey: email\nproperties: {email: email}\n"


class Obliging:
    """Takes every input as HubSpot would, a hundred at a time; ``counts`` how many were alive at once when asked to."""

    def __init__(self, *, counts: bool = False) -> None:
        self.counts = counts
        self.written = self.most_alive = 0

    def write(self, operation: Operation, object_type: str, inputs: Iterable[WriteInput], **rest: Any) -> Iterator[Any]:
        iterator = iter(inputs)
        number = 0
        while batch := [each for _, each in zip(range(100), iterator, strict=False)]:
            number += 1
            self.written += len(batch)
            if self.counts:
                alive = sum(type(each) is WriteInput for each in gc.get_objects())
                self.most_alive = max(self.most_alive, alive)
            yield BatchOutcome(
                number=number,
                outcomes=tuple(InputOutcome(trace_id=each.trace_id, record_id="9" + each.trace_id) for each in batch),
            )


def a_planned_run(path: Path, parts: int) -> RunFolder:
    folder = RunFolder(path / f"run-{parts}")
    params = Params(source="/data", mappings="/mappings").as_dict()
    folder.update_manifest(run_id=folder.run_id, params=params, account={"id": "1"})
    write_whole(folder.mappings_path / "contacts.yaml", MAPPING)
    folder.write_json(folder.plan_path, {"schema": []})
    account_metadata.write(folder, AccountMetadata(properties={CONTACTS: {}}))
    tables.write_parts(folder.dataset(CONTACTS, "plan"), map(a_part, range(parts)), tables.PLAN)
    return folder


def a_part(number: int) -> pd.DataFrame:
    rows = range(number * PART_ROWS + 2, (number + 1) * PART_ROWS + 2)
    texts = {"action": "create", "properties": f'{{"city": "{"x" * 200}"}}', "replaced": "{}", "content_hash": "h"}
    frame = pd.DataFrame({"row": rows, "line": rows, "key": [f"p{row}@example.com" for row in rows], **texts})
    return frame.reindex(columns=tables.PLAN.names)


def import_contacts(folder: RunFolder) -> tuple[int, Obliging]:
    """Import a planned run; give the most bytes that were held, and who took the records."""
    client = Obliging()
    tracemalloc.start()
    hand_over(folder, client)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    return peak, client


def hand_over(folder: RunFolder, client: Obliging) -> None:
    hubspot_import.importing.stage.run(folder, cast(HubSpotClient, client), CONTACTS, clock=FakeClock())


def test_memory_does_not_grow_with_the_number_of_parts(tmp_path):
    import_contacts(a_planned_run(tmp_path / "warm", 1))
    small, large = (import_contacts(a_planned_run(tmp_path, parts)) for parts in (FEW, MANY))
    assert large[1].written == MANY * PART_ROWS
    assert large[0] < 1.5 * small[0]


def test_a_second_attempt_holds_no_more_than_its_part_either(tmp_path):
    folders = [a_planned_run(tmp_path, parts) for parts in (FEW, MANY)]
    for folder in folders:
        import_contacts(folder)
    small, large = map(import_contacts, folders)
    assert (small[1].written, large[1].written) == (0, 0)
    assert large[0] < 1.5 * small[0]


def test_inputs_are_made_as_batches_go_out(tmp_path):
    client = Obliging(counts=True)
    hand_over(a_planned_run(tmp_path, 2), client)
    assert 0 < client.most_alive <= 300
