"""Chaos: whatever HubSpot and the network do, the account ends as the files say, to the last record and link."""

from __future__ import annotations

from pathlib import Path

import pytest

from chaos.conftest import WORLD, Stand, report_of
from chaos.mixes import Mix, alone, impatient, together
from chaos.world import PRIMARY, link_types, standing
from hubspot_import import pipeline
from hubspot_import.model import Stage
from hubspot_import.run_folder import RunFolder
from hubspot_simulator.faults import Fault
from hubspot_simulator.invariants import broken_invariants

MIXES = [*alone(), *together(), *impatient()]


@pytest.mark.parametrize("mix", MIXES, ids=lambda mix: mix.name)
def test_the_account_ends_as_the_files_say(mix: Mix, stand: Stand, tmp_path: Path, told: list[str]) -> None:
    folder = stand.reset(tmp_path)
    for fault in mix.faults:
        stand.server.faults.order(Fault(count=None, **fault))

    failed = stand.carry_out(folder, max_retries=mix.max_retries)

    stand.server.faults.clear()
    pipeline.run_stage(Stage.REPORT, folder)
    account = stand.server.account
    records, links = standing(account, WORLD)
    assert records == WORLD.records()
    assert links == WORLD.links()
    assert link_types(account) == PRIMARY
    assert broken_invariants(account) == []
    assert counted(folder) == WORLD.counts()
    assert linked(folder) == {"contact_to_company": 3000, "ticket_to_contact": 3000, "ticket_to_company": 3000}
    statuses = [record.status for record in account.requests]
    struck = sum(status not in {200, 201, 207} for status in statuses)
    told.append(
        f"{mix.name} (seed {mix.seed}): {len(statuses)} requests, {struck} struck, {failed} tries of tasks failed"
    )


def test_a_run_whose_batches_were_given_up_is_not_green_until_they_are_written(stand: Stand, tmp_path: Path) -> None:
    folder = stand.reset(tmp_path)
    stand.carry_out(folder, [Stage.PREFLIGHT, Stage.IMPORT_COMPANIES])
    stand.server.faults.rate(1.0, 503, path_contains="/contacts/batch/update")
    with pytest.raises(pipeline.HubSpotImportError, match="rows"):
        pipeline.run_stage(Stage.IMPORT_CONTACTS, folder, client=stand.client())
    stand.carry_out(folder, [Stage.IMPORT_TICKETS, Stage.ASSOCIATE])
    with_gaps = reported(folder)
    stand.server.faults.clear()
    sent_before = len(stand.server.account.requests)
    stand.carry_out(folder, [Stage.IMPORT_CONTACTS])
    sent = [record for record in list(stand.server.account.requests)[sent_before:] if record.is_write]

    assert (with_gaps["status"], with_gaps["objects"]["contacts"]["failed"]) == ("failed", 300)
    assert with_gaps["objects"]["contacts"]["created"] == 1500
    assert [(record.operation, record.inputs) for record in sent] == [("contacts.batch.update", 100)] * 3
    assert reported(folder)["status"] == "success"


def reported(folder: RunFolder) -> dict[str, object]:
    """Write the report and read report.json."""
    pipeline.run_stage(Stage.REPORT, folder)
    return report_of(folder)


def counted(folder: RunFolder) -> dict[str, dict[str, int]]:
    """What the report counts of each object type."""
    objects = report_of(folder)["objects"]
    names = ("rows", "created", "updated", "unchanged", "failed")
    return {kind: {name: entry[name] for name in names} for kind, entry in objects.items()}


def linked(folder: RunFolder) -> dict[str, int]:
    """How many links of each kind the report says stand."""
    told = report_of(folder)["associations"]
    return {name: entry["created"] + entry["existing"] for name, entry in told.items()}
