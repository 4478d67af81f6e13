"""The second stage: every rule on every row; sorts the rows into valid ones and rejects."""

from __future__ import annotations

import logging

import pandas as pd

from hubspot_import.errors import InvariantError
from hubspot_import.mapping.columns import resolve_columns
from hubspot_import.mapping.spec import ObjectMapping
from hubspot_import.model import Severity, Stage, StageResult
from hubspot_import.run_folder import RunFolder
from hubspot_import.tables import (
    FINDINGS,
    FIXED_COLUMNS,
    ROW,
    findings_frame,
    part_name,
    parts,
    read,
    write_part,
    write_parts,
)
from hubspot_import.validation.rules import check_sheet, rejected_rows
from hubspot_import.validation.sheet import read_sheet

logger = logging.getLogger(__name__)


def run(folder: RunFolder) -> StageResult:
    """Check the rows of every object type in the run: writes ``valid``, ``rejects`` and the findings."""
    logger.info("STEP 2/6: validate")
    region = folder.params().default_region
    counts: dict[str, int] = {}
    for mapping in folder.mappings().values():
        counts |= _validate(folder, mapping, region)
    return StageResult(stage=Stage.VALIDATE, counts=counts)


def _validate(folder: RunFolder, mapping: ObjectMapping, region: str | None) -> dict[str, int]:
    object_type = mapping.object_type
    rows = read(folder.dataset(object_type, "rows"))
    damaged = rows[ROW].isin(_damaged_rows(folder, mapping))
    columns = resolve_columns(mapping, [column for column in rows.columns if column not in FIXED_COLUMNS])
    sheet = read_sheet(rows[~damaged], mapping, columns, region=region)
    folder.write_conventions(object_type, {name: each.convention for name, each in sheet.decisions.items()})
    found = check_sheet(sheet)
    rejected = damaged | rows[ROW].isin(rejected_rows(found))
    for name, frame in (("valid", rows[~rejected]), ("rejects", rows[rejected])):
        folder.clear(folder.dataset(object_type, name))
        write_parts(folder.dataset(object_type, name), [frame])
    write_part(folder.findings(object_type) / part_name(0, "validate"), findings_frame(found), FINDINGS)
    valid_count, rejected_count = int((~rejected).sum()), int(rejected.sum())
    if valid_count + rejected_count != len(rows):
        raise InvariantError(f"{object_type}: {len(rows)} rows became {valid_count} valid and {rejected_count} rejects")
    logger.info(
        "%s: %d rows in, %d valid, %d held back, %d findings",
        object_type, len(rows), valid_count, rejected_count, len(found),
    )  # fmt: skip
    return {
        f"{object_type}.rows_in": len(rows),
        f"{object_type}.rows_out": valid_count,
        f"{object_type}.rejected": rejected_count,
    }


def _damaged_rows(folder: RunFolder, mapping: ObjectMapping) -> list[int]:
    """Rows that could not be read as they are: their cells may stand in the wrong columns and are not judged."""
    directory = folder.findings(mapping.object_type)
    loaded = [pd.read_parquet(path) for path in parts(directory) if path.name == part_name(0, "load")]
    return [int(row) for found in loaded for row in found.loc[found["severity"] == Severity.ERROR, "row"].dropna()]
