"""Builds run folders in any state: what the stages would have left, without running them."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd

from hubspot_import import tables
from hubspot_import.model import (
    ApiStats,
    Finding,
    LinkStatus,
    ObjectType,
    OutcomeStatus,
    Params,
    PlanAction,
    Stage,
    StageResult,
)
from hubspot_import.outcome_files import attempt_prefix
from hubspot_import.run_folder import RunFolder, write_whole

PROJECT = Path(__file__).resolve().parents[2]
MAPPINGS = PROJECT / "include" / "mappings"
STARTED_AT = "2026-11-24T08:00:00+00:00"
ACCOUNT = {"id": "4711", "account_type": "STANDARD", "time_zone": "Europe/Paris", "ui_domain": "app-eu1.hubspot.com"}


@dataclass(frozen=True, slots=True)
class RunFolderBuilder:
    """Adds to a run folder piece by piece; every method gives the builder back."""

    folder: RunFolder

    def asked(self, **params: Any) -> RunFolderBuilder:
        """Write params into the manifest, as the load stage does first."""
        values = {"source": "/data/in", "mappings": str(MAPPINGS), **params}
        self.folder.update_manifest(params=Params(**values).as_dict())
        return self

    def finished(self, *stages: Stage, seconds: float = 1.5) -> RunFolderBuilder:
        """Mark stages as finished."""
        for stage in stages:
            self.folder.finish(StageResult(stage=stage, seconds=seconds))
        return self

    def failed(self, stage: Stage, error: BaseException) -> RunFolderBuilder:
        """Mark a stage as failed."""
        self.folder.record_failure(stage, error)
        return self

    def with_rows(self, object_type: ObjectType, cells: Sequence[Mapping[str, str | None]]) -> RunFolderBuilder:
        """Give the rows of a file, numbered from 2, each with its cells by column; and the mapping of the type."""
        frame = pd.DataFrame(list(cells), dtype="str")
        numbers = range(2, len(frame) + 2)
        frame.insert(0, tables.LINE, list(numbers))
        frame.insert(0, tables.ROW, list(numbers))
        tables.write_parts(self.folder.dataset(object_type, "rows"), [frame])
        entry = {
            "file": f"{object_type}.csv",
            "sha256": "0" * 64,
            "encoding": "utf-8",
            "delimiter": ",",
            "rows": len(frame),
        }
        present = self.folder.manifest().get("files", {}) if self.folder.manifest_path.exists() else {}
        self.folder.update_manifest(files={**present, str(object_type): entry})
        mapping = MAPPINGS / f"{object_type}.yaml"
        write_whole(self.folder.mappings_path / mapping.name, mapping.read_text(encoding="utf-8"))
        return self

    def with_rejects(self, object_type: ObjectType, rows: Iterable[int] = ()) -> RunFolderBuilder:
        """Hold rows back and let the others through, as validation does."""
        frame = tables.read(self.folder.dataset(object_type, "rows"))
        held_back = frame[tables.ROW].isin(list(rows))
        tables.write_parts(self.folder.dataset(object_type, "rejects"), [frame[held_back]])
        tables.write_parts(self.folder.dataset(object_type, "valid"), [frame[~held_back]])
        return self

    def with_findings(self, findings: Iterable[Finding], stage: Stage = Stage.VALIDATE) -> RunFolderBuilder:
        """Add what a stage found."""
        by_type: dict[ObjectType, list[Finding]] = {}
        for found in findings:
            by_type.setdefault(found.object_type, []).append(found)
        for object_type, found_there in by_type.items():
            path = self.folder.findings(object_type) / tables.part_name(0, str(stage))
            tables.write_part(path, tables.findings_frame(found_there), tables.FINDINGS)
        return self

    def with_records(self, object_type: ObjectType, keys: Mapping[int, str]) -> RunFolderBuilder:
        """Give the records by row, with their keys."""
        frame = pd.DataFrame(
            {
                tables.ROW: list(keys),
                tables.LINE: list(keys),
                tables.KEY: list(keys.values()),
                tables.OTHER_KEYS: [None] * len(keys),
            }
        )
        tables.write_parts(self.folder.dataset(object_type, "records"), [frame])
        return self

    def with_plan(self, object_type: ObjectType, actions: Mapping[int, PlanAction]) -> RunFolderBuilder:
        """Plan an action for each row; a record that is not to be created has the id ``<row>00``."""
        lines = [
            {
                "row": row,
                "line": row,
                "key": f"key-{row}",
                "action": str(action),
                "record_id": None if action is PlanAction.CREATE else f"{row}00",
                "properties": "{}",
                "replaced": "{}",
                "content_hash": f"hash-{row}",
                "reason": "as planned" if action in (PlanAction.SKIP, PlanAction.REJECT) else None,
            }
            for row, action in actions.items()
        ]
        frame = pd.DataFrame(lines, columns=tables.PLAN.names)
        tables.write_parts(self.folder.dataset(object_type, "plan"), [frame], tables.PLAN)
        counts = {str(action): sum(planned is action for planned in actions.values()) for action in PlanAction}
        present = self.folder.plan_summary() if self.folder.plan_path.exists() else {"requests": 3, "schema": []}
        self.folder.write_json(self.folder.plan_path, {**present, str(object_type): counts})
        self.folder.update_manifest(account=ACCOUNT)
        return self

    def with_outcomes(
        self,
        object_type: ObjectType,
        statuses: Mapping[int, OutcomeStatus],
        *,
        attempt: int = 1,
        message: str | None = None,
        category: str | None = None,
        record_id: str | None = None,
    ) -> RunFolderBuilder:
        """Write down one attempt's outcomes; a record that was written has the id ``<row>00``."""
        lines = [
            {
                "row": row,
                "key": f"key-{row}",
                "content_hash": f"hash-{row}",
                "status": str(status),
                "record_id": f"{row}00" if status.is_final else record_id,
                "batch": 1,
                "category": category,
                "message": message,
                "at": STARTED_AT,
            }
            for row, status in statuses.items()
        ]
        frame = pd.DataFrame(lines, columns=tables.OUTCOMES.names)
        path = self.folder.outcomes(object_type) / tables.part_name(0, attempt_prefix(attempt))
        tables.write_part(path, frame, tables.OUTCOMES)
        return self

    def with_links(
        self,
        from_type: ObjectType,
        to_type: ObjectType,
        *,
        planned: Sequence[tuple[int, int]],
        made: Mapping[tuple[int, int], LinkStatus] | None = None,
        standing: Sequence[tuple[int, int]] = (),
        candidates: Sequence[int] = (),
        attempt: int = 1,
    ) -> RunFolderBuilder:
        """Plan links by (from_row, to_row) and write down what became of them. ``standing`` ones are there already."""
        links = [(pair, "create") for pair in planned] + [(pair, "unchanged") for pair in standing]
        plan = pd.DataFrame(
            [{"from_row": from_row, "to_row": to_row, "action": action} for (from_row, to_row), action in links],
            columns=tables.LINK_PLAN.names,
        )
        tables.write_parts(self.folder.links(from_type, to_type, "plan"), [plan], tables.LINK_PLAN)
        named = sorted({*candidates, *(from_row for (from_row, _), _ in links)})
        found = pd.DataFrame([{"from_row": row} for row in named], columns=tables.LINK_CANDIDATES.names)
        tables.write_parts(self.folder.links(from_type, to_type, "candidates"), [found], tables.LINK_CANDIDATES)
        lines = [
            {"from_row": from_row, "to_row": to_row, "from_id": "1", "to_id": "2", "status": str(status)}
            for (from_row, to_row), status in (made or {}).items()
        ]
        outcomes = pd.DataFrame(lines, columns=tables.LINK_OUTCOMES.names)
        directory = self.folder.links(from_type, to_type, "outcomes")
        tables.write_part(directory / tables.part_name(0, attempt_prefix(attempt)), outcomes, tables.LINK_OUTCOMES)
        return self

    def with_log(self, stage: Stage, text: str) -> RunFolderBuilder:
        """Add the log of one more attempt of a stage."""
        write_whole(self.folder.log_path(stage), text)
        return self

    def with_api(self, stage: Stage, **stats: Any) -> RunFolderBuilder:
        """Add what one attempt of a stage asked of HubSpot."""
        self.folder.add_api_stats(stage, ApiStats(**stats))
        return self

    def report(self) -> dict[str, Any]:
        """Read report.json."""
        document: dict[str, Any] = json.loads((self.folder.report / "report.json").read_text(encoding="utf-8"))
        return document


def a_run_folder(path: Path, *, run_id: str = "manual__2026-11-24") -> RunFolderBuilder:
    """Open the folder of a run that did nothing yet."""
    folder = RunFolder(path / "run")
    folder.update_manifest(run_id=run_id, started_at=STARTED_AT)
    return RunFolderBuilder(folder)


def an_imported_run(
    path: Path,
    rows: Mapping[ObjectType, Sequence[Mapping[str, str | None]]],
    *,
    rejects: Mapping[ObjectType, Sequence[int]] | None = None,
    **params: Any,
) -> RunFolderBuilder:
    """Build a run that ended well: every row that is not rejected was created, and there are no links."""
    build = a_run_folder(path).asked(**params)
    for object_type, cells in rows.items():
        held_back = (rejects or {}).get(object_type, ())
        valid = [row for row in range(2, len(cells) + 2) if row not in held_back]
        build.with_rows(object_type, cells).with_rejects(object_type, held_back)
        build.with_records(object_type, {row: f"key-{row}" for row in valid})
        build.with_plan(object_type, dict.fromkeys(valid, PlanAction.CREATE))
        if not params.get("dry_run"):
            build.with_outcomes(object_type, dict.fromkeys(valid, OutcomeStatus.CREATED))
    return build.finished(*list(Stage)[:-1])
