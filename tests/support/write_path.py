"""Runs of the write path in a test: rows become a run folder, the real extraction maps them, a simulator takes them."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd

import hubspot_import.association.stage
import hubspot_import.extraction.stage
import hubspot_import.importing.stage
import hubspot_import.planning.stage
from hubspot_import import pipeline, tables
from hubspot_import.client.client import HubSpotClient
from hubspot_import.client.session import open_session
from hubspot_import.model import ObjectType, Params, Stage
from hubspot_import.run_folder import RunFolder, write_whole
from hubspot_import.settings import ClientSettings
from hubspot_simulator.server import SimulatorServer
from support.clock import FakeClock

MAPPINGS = Path(__file__).resolve().parents[2] / "include" / "mappings"
Rows = Mapping[ObjectType, Sequence[Mapping[str, str | None]]]


@dataclass(slots=True, kw_only=True)
class WritePath:
    """One account, its clock, and the runs made against it."""

    server: SimulatorServer
    clock: FakeClock
    runs: Path
    made: int = 0

    def client(self, **settings: Any) -> HubSpotClient:
        """A fresh client of the account."""
        values = ClientSettings(
            **{"base_url": self.server.url, "token": self.server.token, "max_in_flight": 1, **settings}
        )
        return HubSpotClient(open_session(values), values, clock=self.clock)

    def prepare(self, rows: Rows, *, mappings: Mapping[ObjectType, str] | None = None, **params: Any) -> RunFolder:
        """Give the folder of a new run whose rows are valid and mapped. ``mappings``: YAML instead of the shipped."""
        self.made += 1
        folder = RunFolder(self.runs / f"run-{self.made}")
        values = Params(source="/data", mappings=str(MAPPINGS), **params).as_dict()
        folder.update_manifest(run_id=folder.run_id, started_at=self.clock.now().isoformat(), params=values)
        for object_type, cells in rows.items():
            _write_rows(folder, object_type, cells, (mappings or {}).get(object_type))
        hubspot_import.extraction.stage.run(folder)
        return folder

    def plan(self, folder: RunFolder) -> dict[str, Any]:
        """Run pre-flight; give plan.json."""
        hubspot_import.planning.stage.run(folder, self.client())
        return folder.plan_summary()

    def write(self, folder: RunFolder) -> None:
        """Run the imports and the associations."""
        for object_type in ObjectType:
            self.write_one(folder, object_type)
        self.associate(folder)

    def write_one(self, folder: RunFolder, object_type: ObjectType) -> None:
        """Run one import."""
        hubspot_import.importing.stage.run(folder, self.client(), object_type, clock=self.clock)

    def finish(self, folder: RunFolder) -> None:
        """Run the imports and the associations as a pipeline does, which writes down that each finished."""
        for stage in [*map(Stage.importing, ObjectType), Stage.ASSOCIATE]:
            self.run_stage(folder, stage)

    def run_stage(self, folder: RunFolder, stage: Stage) -> None:
        """Run one stage as a pipeline does; a stage that had finished is run again."""
        pipeline.run_stage(stage, folder, client=self.client(), clock=self.clock)

    def associate(self, folder: RunFolder) -> None:
        """Run the associations."""
        hubspot_import.association.stage.run(folder, self.client(), clock=self.clock)

    def run(self, rows: Rows, **how: Any) -> RunFolder:
        """A whole run from valid rows to links."""
        folder = self.prepare(rows, **how)
        self.plan(folder)
        self.write(folder)
        return folder

    def writes(self) -> int:
        """How many write requests the account has seen."""
        return sum(record.is_write for record in self.server.account.requests)

    def records(self, object_type: ObjectType) -> list[dict[str, Any]]:
        """The account's records of a type."""
        return [dict(properties) for properties in self.server.account.records(object_type).values()]


def plan_of(folder: RunFolder, object_type: ObjectType) -> pd.DataFrame:
    """The plan of an object type by row, its JSON read."""
    plan = tables.read(folder.dataset(object_type, "plan"), schema=tables.PLAN).set_index("row")
    return plan.assign(properties=plan["properties"].map(json.loads), replaced=plan["replaced"].map(json.loads))


def findings_of(folder: RunFolder, object_type: ObjectType) -> pd.DataFrame:
    """What pre-flight found."""
    found = tables.read(folder.findings(object_type), schema=tables.FINDINGS)
    return found[found["code"] != "NO_STABLE_KEY"].reset_index(drop=True)


def statuses_of(folder: RunFolder, object_type: ObjectType) -> dict[int, str]:
    """The last outcome of each row."""
    outcomes = tables.read(folder.outcomes(object_type), schema=tables.OUTCOMES)
    return dict(zip(outcomes["row"].tolist(), outcomes["status"], strict=True))


def link_statuses_of(folder: RunFolder, from_type: ObjectType, to_type: ObjectType) -> dict[int, str]:
    """The last outcome of each link, by the row it starts from."""
    outcomes = tables.read(folder.links(from_type, to_type, "outcomes"), schema=tables.LINK_OUTCOMES)
    return dict(zip(outcomes["from_row"].tolist(), outcomes["status"], strict=True))


def companies(number: int) -> list[dict[str, str | None]]:
    """Rows of companies.csv."""
    return [{"name": f"Firm {n}", "domain": f"firm{n}.example.com", "city": "Lyon"} for n in range(1, number + 1)]


def contacts(number: int, **cells: str) -> list[dict[str, str | None]]:
    """Rows of contacts.csv; the n-th works for the n-th company."""
    return [
        {"email": f"person{n}@example.com", "firstname": "Ada", "company": f"Firm {n}", **cells}
        for n in range(1, number + 1)
    ]


def tickets(number: int, **cells: str) -> list[dict[str, str | None]]:
    """Rows of tickets.csv; the n-th is from the n-th contact."""
    return [
        {"ticket_id": f"T{n}", "subject": f"Question {n}", "content": f"I am person{n}@example.com", **cells}
        for n in range(1, number + 1)
    ]


def _write_rows(
    folder: RunFolder, object_type: ObjectType, cells: Sequence[Mapping[str, str | None]], mapping: str | None
) -> None:
    frame = pd.DataFrame(list(cells), dtype="str")
    numbers = list(range(2, len(frame) + 2))
    frame.insert(0, tables.LINE, numbers)
    frame.insert(0, tables.ROW, numbers)
    for name in ("rows", "valid"):
        tables.write_parts(folder.dataset(object_type, name), [frame])
    text = mapping or (MAPPINGS / f"{object_type}.yaml").read_text(encoding="utf-8")
    write_whole(folder.mappings_path / f"{object_type}.yaml", text)
