"""Builders for source folders, mappings and sheets of rows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pandas as pd

from hubspot_import.loading.table import SourceTable, read_text_table
from hubspot_import.mapping.columns import resolve_columns
from hubspot_import.mapping.loader import load_mappings
from hubspot_import.mapping.spec import ObjectMapping
from hubspot_import.model import Finding, ObjectType, Params
from hubspot_import.run_folder import RunFolder
from hubspot_import.settings import PROJECT_ROOT
from hubspot_import.tables import FINDINGS, LINE, ROW, read
from hubspot_import.validation.rules import check_sheet
from hubspot_import.validation.sheet import read_sheet

SHIPPED_MAPPINGS = PROJECT_ROOT / "include" / "mappings"


def a_mapping(object_type: ObjectType, **changes: Any) -> ObjectMapping:
    """The shipped mapping of an object type, with some entries replaced."""
    shipped = load_mappings(SHIPPED_MAPPINGS)[object_type].model_dump(exclude_defaults=True)
    return ObjectMapping.model_validate({**shipped, **changes})


def a_source(folder: Path, files: Mapping[str, str | bytes]) -> Path:
    """Write files into a source folder; text is written as UTF-8."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in files.items():
        (folder / name).write_bytes(content if isinstance(content, bytes) else content.encode("utf-8"))
    return folder


def a_new_run(folder: Path, files: Mapping[str, str | bytes], **params: Any) -> RunFolder:
    """A run folder as it is before ``load``, with a source folder of the given files beside it."""
    source = a_source(folder / "source", files)
    run = RunFolder(folder / "runs" / "test")
    given = {"source": str(source), "mappings": str(SHIPPED_MAPPINGS), **params}
    run.update_manifest(run_id="test", started_at="2026-01-01T00:00:00+00:00", params=Params(**given).as_dict())
    return run


def findings_of(run: RunFolder, object_type: ObjectType) -> pd.DataFrame:
    """All findings of an object type, as written to disk."""
    return read(run.findings(object_type), schema=FINDINGS)


def rows_of(run: RunFolder, object_type: ObjectType, dataset: str) -> list[int]:
    """The row numbers in a dataset."""
    return [int(row) for row in read(run.dataset(object_type, dataset))[ROW]]


def a_table(content: str | bytes, **options: Any) -> SourceTable:
    """Read a file's content."""
    return read_text_table(content if isinstance(content, bytes) else content.encode("utf-8"), "a.csv", **options)


def checked(
    mapping: ObjectMapping, header: Sequence[str], *records: Sequence[str | None], region: str | None = None
) -> list[Finding]:
    """Check records under a header; the first one is row 2."""
    rows = pd.DataFrame(list(records), columns=list(header), dtype="str")
    numbers = range(2, len(rows) + 2)
    rows.insert(0, ROW, list(numbers))
    rows.insert(1, LINE, list(numbers))
    return check_sheet(read_sheet(rows, mapping, resolve_columns(mapping, header), region=region))


def codes(found: Sequence[Finding]) -> list[tuple[int | None, str]]:
    """Row and code of each finding."""
    return [(each.row, str(each.code)) for each in found]
