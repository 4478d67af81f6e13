"""Every path of a run is computed here and nowhere else.

::

    <run>/manifest.json                     params, files, account, versions
         /mappings/*.yaml                   the copies this run works by
         /stages/<stage>.json               the result of a stage that finished
         /logs/<stage>-<n>.log              what a stage said, one file an attempt
         /<object_type>/{rows,valid,rejects,records,mined,plan}/part-00000.parquet
         /<object_type>/findings/<stage>-00000.parquet
         /<object_type>/outcomes/<attempt>-00000.parquet
         /links/<from>-<to>/{candidates,unsure,plan,outcomes}/...
         /account_metadata.json             the account's schema, as pre-flight read it
         /plan.json
         /report/...
"""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, TextIO

from hubspot_import.errors import InvariantError
from hubspot_import.mapping.conventions import Convention
from hubspot_import.mapping.loader import load_mappings
from hubspot_import.mapping.spec import ObjectMapping
from hubspot_import.model import ApiStats, ObjectType, Params, Stage, StageResult

DATASETS = ("rows", "valid", "rejects", "records", "mined", "plan")
LINK_DATASETS = ("candidates", "unsure", "plan", "outcomes")


def run_folder_name(run_id: str) -> str:
    """Turn an Airflow run id (it holds ``:`` and ``+``) into a folder name every file system takes."""
    return re.sub(r"[^A-Za-z0-9_.-]+", "-", run_id).strip("-.") or "run"


@contextmanager
def whole_file(path: Path) -> Iterator[TextIO]:
    """Open a text file for writing so that it is there whole or not at all."""
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_name(f".{path.name}.tmp")
    with temporary.open("w", encoding="utf-8", newline="") as handle:
        yield handle
    temporary.replace(path)


def write_whole(path: Path, text: str) -> None:
    """Write a text file so that it is there whole or not at all."""
    with whole_file(path) as handle:
        handle.write(text)


@dataclass(frozen=True, slots=True)
class RunFolder:
    """One run's folder. Paths only, plus the few small JSON files that every stage shares."""

    path: Path

    @property
    def run_id(self) -> str:
        """The folder's name."""
        return self.path.name

    # --- small shared files -------------------------------------------------------------------------------------

    @property
    def manifest_path(self) -> Path:
        return self.path / "manifest.json"

    @property
    def plan_path(self) -> Path:
        return self.path / "plan.json"

    @property
    def metadata_path(self) -> Path:
        return self.path / "account_metadata.json"

    @property
    def mappings_path(self) -> Path:
        return self.path / "mappings"

    def manifest(self) -> dict[str, Any]:
        """Read the manifest."""
        return self._read_json(self.manifest_path)

    def update_manifest(self, **entries: Any) -> None:
        """Add or replace top-level entries of the manifest."""
        present = self.manifest() if self.manifest_path.exists() else {}
        self.write_json(self.manifest_path, {**present, **entries})

    def params(self) -> Params:
        """What the run was asked to do."""
        return Params.from_dict(self.manifest()["params"])

    def mappings(self) -> dict[ObjectType, ObjectMapping]:
        """The mappings this run works by, in import order; object types left out of the run are not among them."""
        return load_mappings(self.mappings_path)

    def plan_summary(self) -> dict[str, Any]:
        """Read plan.json."""
        return self._read_json(self.plan_path)

    def finish(self, result: StageResult) -> StageResult:
        """Write down that a stage finished, and give its result back."""
        self.write_json(self._result_path(result.stage), result.as_dict())
        self._failure_path(result.stage).unlink(missing_ok=True)
        return result

    def record_failure(self, stage: Stage, error: BaseException) -> None:
        """Write down why a stage failed, for the report; the next ``finish`` of the stage removes it."""
        self.write_json(
            self._failure_path(stage), {"stage": stage, "error": type(error).__name__, "message": str(error)}
        )

    def failures(self) -> list[dict[str, Any]]:
        """The failures that no later attempt has mended, in the order of the stages."""
        return [self._read_json(path) for stage in Stage if (path := self._failure_path(stage)).exists()]

    def add_api_stats(self, stage: Stage, stats: ApiStats) -> None:
        """Write down what one attempt of a stage asked of HubSpot."""
        taken = len(list((self.path / "api").glob(f"{stage}-*.json")))
        self.write_json(self.path / "api" / f"{stage}-{taken + 1}.json", asdict(stats))

    def api_stats(self) -> ApiStats:
        """What all attempts of all stages asked of HubSpot."""
        files = sorted((self.path / "api").glob("*.json"))
        return sum((ApiStats(**self._read_json(path)) for path in files), ApiStats())

    def result(self, stage: Stage) -> dict[str, Any] | None:
        """What a stage wrote down when it finished; None when it did not."""
        path = self._result_path(stage)
        return self._read_json(path) if path.exists() else None

    def write_conventions(self, object_type: ObjectType, conventions: Mapping[str, Convention]) -> None:
        """Write down how each property's column writes its dates and numbers."""
        kept = {name: convention.as_dict() for name, convention in conventions.items()}
        self.write_json(self._conventions_path(object_type), kept)

    def conventions(self, object_type: ObjectType) -> dict[str, Convention]:
        """What ``validate`` found out about each property's column; nothing before it ran."""
        path = self._conventions_path(object_type)
        kept = self._read_json(path) if path.exists() else {}
        return {name: Convention.from_dict(values) for name, values in kept.items()}

    # --- datasets -----------------------------------------------------------------------------------------------

    def dataset(self, object_type: ObjectType, name: str) -> Path:
        """The folder of ``rows``, ``valid``, ``rejects``, ``records``, ``mined`` or ``plan``."""
        if name not in DATASETS:
            raise InvariantError(f"no dataset {name!r}; there are {', '.join(DATASETS)}")
        return self.path / object_type / name

    def findings(self, object_type: ObjectType) -> Path:
        """The folder of an object type's findings, files ``<stage>-00000.parquet``."""
        return self.path / object_type / "findings"

    def outcomes(self, object_type: ObjectType) -> Path:
        """The folder of an object type's outcomes, files ``<attempt>-00000.parquet``."""
        return self.path / object_type / "outcomes"

    def links(self, from_type: ObjectType, to_type: ObjectType, name: str) -> Path:
        """The folder of ``candidates``, ``unsure``, ``plan`` or ``outcomes`` of one kind of link."""
        if name not in LINK_DATASETS:
            raise InvariantError(f"no link dataset {name!r}; there are {', '.join(LINK_DATASETS)}")
        return self.path / "links" / f"{from_type}-{to_type}" / name

    def log_path(self, stage: Stage) -> Path:
        """The next free log file of a stage: one an attempt, numbered from 1."""
        taken = len(list((self.path / "logs").glob(f"{stage}-*.log")))
        return self.path / "logs" / f"{stage}-{taken + 1}.log"

    def logs(self) -> list[Path]:
        """All log files, by stage in order, then attempt."""
        order = list(Stage)
        found = (self.path / "logs").glob("*.log")
        return sorted(
            found, key=lambda p: (order.index(Stage(p.stem.rsplit("-", 1)[0])), int(p.stem.rsplit("-", 1)[1]))
        )

    @property
    def report(self) -> Path:
        """The folder of the report."""
        return self.path / "report"

    def key_registry(self, account: str, object_type: ObjectType) -> Path:
        """Key → HubSpot id that earlier runs wrote down; shared by the runs of one account."""
        return self.path.parent / "accounts" / account / "keys" / object_type

    # --- plumbing -----------------------------------------------------------------------------------------------

    def write_json(self, path: Path, value: Mapping[str, Any]) -> None:
        """Write JSON whole or not at all."""
        write_whole(path, json.dumps(value, ensure_ascii=False, indent=2) + "\n")

    @staticmethod
    def clear(directory: Path) -> None:
        """Empty a dataset before a stage writes it again."""
        shutil.rmtree(directory, ignore_errors=True)
        directory.mkdir(parents=True)

    def _conventions_path(self, object_type: ObjectType) -> Path:
        return self.path / object_type / "conventions.json"

    def _result_path(self, stage: Stage) -> Path:
        return self.path / "stages" / f"{stage}.json"

    def _failure_path(self, stage: Stage) -> Path:
        return self.path / "stages" / f"{stage}.failure.json"

    @staticmethod
    def _read_json(path: Path) -> dict[str, Any]:
        value: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        return value
