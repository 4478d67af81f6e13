"""The first stage: opens the source folder, copies the mappings into the run, reads every file into rows."""

from __future__ import annotations

import hashlib
import logging
import os
import stat
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, BinaryIO

import pandas as pd

from hubspot_import.errors import SourceError
from hubspot_import.findings import Code, finding
from hubspot_import.loading.formats import Wish, read_source
from hubspot_import.loading.rejects_file import without_reasons
from hubspot_import.loading.sources import choose_files
from hubspot_import.loading.table import SourceTable
from hubspot_import.mapping.columns import ColumnMap, resolve_columns
from hubspot_import.mapping.loader import load_mappings, mapping_files
from hubspot_import.mapping.spec import ObjectMapping
from hubspot_import.model import Finding, ObjectType, Params, Severity, Stage, StageResult
from hubspot_import.run_folder import RunFolder
from hubspot_import.tables import FINDINGS, LINE, ROW, findings_frame, part_name, write_part, write_parts

logger = logging.getLogger(__name__)


def _read(file: BinaryIO) -> bytes:
    return file.read()


def read_table(path: Path, wish: Wish = Wish()) -> SourceTable:  # noqa: B008  # frozen
    """Read a source file from disk. Raises SourceError when it cannot be read or has no header."""
    return read_source(read_whole(path), path.name, wish)


def run(folder: RunFolder) -> StageResult:
    """Read the source files of a run: writes ``rows``, findings, the mappings, and ``files`` into the manifest.

    Raises SourceError (folder, file or required column missing) and MappingError.
    """
    logger.info("STEP 1/6: load source files")
    params = folder.params()
    source = Path(params.source)
    if not source.is_dir():
        raise SourceError(f"the source folder {source} does not exist; create it or correct the param source")
    mappings = load_mappings(Path(params.mappings))
    names = [path.name for path in source.iterdir() if not path.is_dir()]
    choice = choose_files(mappings, params.objects, names, str(source))
    _copy_mappings(folder, Path(params.mappings), list(choice.files))
    counts: dict[str, int] = {}
    files: dict[str, dict[str, Any]] = {}
    for object_type in ObjectType:
        folder.clear(folder.dataset(object_type, "rows"))
    for object_type, name in choice.files.items():
        files[object_type], counts_of_type = _load(folder, mappings[object_type], source / name, params)
        counts |= counts_of_type
    for object_type in choice.absent:
        _report_absent(folder, mappings[object_type])
    folder.update_manifest(files=files)
    return StageResult(stage=Stage.LOAD, counts=counts)


def _load(
    folder: RunFolder, mapping: ObjectMapping, path: Path, params: Params
) -> tuple[dict[str, Any], Mapping[str, int]]:
    """Read one file into ``rows``; return its entry in the manifest and its counts."""
    object_type = mapping.object_type
    content = read_whole(path, within=path.parent)
    table = read_source(content, path.name, _wish(mapping))
    table_rows = without_reasons(table.rows)
    columns = resolve_columns(mapping, list(table_rows.columns))
    _require_columns(columns, mapping, path.name, list(table_rows.columns))
    rows = table_rows if params.limit is None else table_rows.iloc[: params.limit]
    found = [f for f in table.findings(object_type) if f.row in rows.index]
    frame = pd.concat([_numbers(rows, table.lines), rows], axis=1)
    write_parts(folder.dataset(object_type, "rows"), [frame])
    _write_findings(folder, object_type, [*_unmapped(columns, mapping, path.name), *found])
    damaged = len({f.row for f in found if f.severity is Severity.ERROR})
    logger.info(
        "%s: %d rows in from %s (%s, header in row %d, %d columns), %d damaged, %d blanks and titles passed over",
        object_type, len(table.rows), path.name, table.dialect, table.header_row, len(rows.columns), damaged,
        table.blank_records,
    )  # fmt: skip
    if len(rows) < len(table.rows):
        logger.info("%s: only the first %d rows are imported (param limit)", object_type, len(rows))
    entry = {
        "file": path.name,
        "sha256": hashlib.sha256(content).hexdigest(),
        **table.dialect.entry(),
        "header_row": table.header_row,
        "rows": len(rows),
    }
    return entry, {f"{object_type}.rows_out": len(rows), f"{object_type}.damaged": damaged}


def read_whole(path: Path, *, within: Path | None = None, read: Callable[[BinaryIO], bytes] = _read) -> bytes:
    """Read a file as it stands at one moment.

    Raises SourceError when it is no regular file (a device would never end), when it is a link that leads out of the
    folder ``within``, and when it changes meanwhile.
    """
    try:
        if within is not None and not path.resolve(strict=True).is_relative_to(within.resolve()):
            raise SourceError(f"{path} is a link out of its folder; put the file itself there")
        with os.fdopen(os.open(path, os.O_RDONLY | os.O_NONBLOCK), "rb") as file:
            before = os.fstat(file.fileno())
            if not stat.S_ISREG(before.st_mode):
                raise SourceError(f"{path} is no regular file; put a file of that name there")
            content = read(file)
            after = os.fstat(file.fileno())
    except OSError as error:
        raise SourceError(f"{path} cannot be read: {error.strerror}") from error
    if (before.st_size, before.st_mtime_ns) != (len(content), after.st_mtime_ns):
        raise SourceError(f"{path} changed while it was read; run again when it is whole")
    return content


def _wish(mapping: ObjectMapping) -> Wish:
    return Wish(encoding=mapping.encoding, delimiter=mapping.delimiter, sheet=mapping.sheet)


def _numbers(rows: pd.DataFrame, lines: pd.Series[int]) -> pd.DataFrame:
    return pd.DataFrame({ROW: rows.index, LINE: lines.reindex(rows.index)}, index=rows.index)


def _require_columns(columns: ColumnMap, mapping: ObjectMapping, name: str, present: list[str]) -> None:
    if not columns.missing_required:
        return
    wanted = [
        " or ".join(mapping.properties[prop].columns) if prop in mapping.properties else prop
        for prop in columns.missing_required
    ]
    raise SourceError(
        f"{name} has no column {', '.join(wanted)}, which {mapping.object_type} need; "
        f"it has {', '.join(present)}. Rename a column, or map it in {mapping.object_type}.yaml"
    )


def _unmapped(columns: ColumnMap, mapping: ObjectMapping, name: str) -> list[Finding]:
    return [finding(Code.UNMAPPED_COLUMN, mapping.object_type, column=column, file=name) for column in columns.unmapped]


def _report_absent(folder: RunFolder, mapping: ObjectMapping) -> None:
    absent = finding(Code.FILE_NOT_FOUND, mapping.object_type, file=mapping.source)
    _write_findings(folder, mapping.object_type, [absent])
    logger.warning("%s: left out, there is no %s in the source folder", mapping.object_type, mapping.source)


def _write_findings(folder: RunFolder, object_type: ObjectType, found: list[Finding]) -> None:
    write_part(folder.findings(object_type) / part_name(0, "load"), findings_frame(found), FINDINGS)


def _copy_mappings(folder: RunFolder, source: Path, object_types: list[ObjectType]) -> None:
    """Keep the mapping files of the object types in the run: later stages work by these."""
    folder.clear(folder.mappings_path)
    for object_type, path in mapping_files(source).items():
        if object_type in object_types:
            (folder.mappings_path / f"{object_type}.yaml").write_bytes(path.read_bytes())
