"""`hubspot-import explain RUN tickets:45`: the text of row 45, what was found in it, whom it is linked to, and why.

Prints what customers wrote to the terminal of whoever asks; nothing of it is logged.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow as pa

from hubspot_import import tables
from hubspot_import.errors import HubSpotImportError, SettingsError, SourceError
from hubspot_import.extraction.explanation import ABOUT_LINKS, ChosenLink, Explained, explanation, record_name
from hubspot_import.mapping.columns import resolve_columns
from hubspot_import.mapping.spec import ObjectMapping
from hubspot_import.model import ObjectType
from hubspot_import.run_folder import RunFolder
from hubspot_import.settings import Settings
from hubspot_import.tables import FINDINGS, LINK_CANDIDATES, LINK_OUTCOMES, LINK_PLAN, MINED, ROW


def main(arguments: Sequence[str] | None = None) -> int:
    """Explain one record. Exit status: 0, or 1 when there is no such run or row."""
    parser = argparse.ArgumentParser(prog="hubspot-import explain", description=__doc__)
    parser.add_argument("run", help="the run: its folder, or its name below HUBSPOT_IMPORT_RUNS")
    parser.add_argument("record", help="object type and row number as a spreadsheet shows it, for example tickets:45")
    given = parser.parse_args(arguments)
    try:
        folder = _folder(given.run, Settings.from_env(os.environ).runs)
        object_type, row = parse_record(given.record)
        print(explanation(explained(folder, object_type, row)))
    except HubSpotImportError as error:
        print(f"error: {type(error).__name__}: {error}", file=sys.stderr)
        return 1
    return 0


def parse_record(text: str) -> tuple[ObjectType, int]:
    """Read ``tickets:45``. Raises SettingsError."""
    name, _, number = text.partition(":")
    if name not in list(ObjectType) or not number.isdecimal():
        raise SettingsError(
            f"the record is an object type ({', '.join(ObjectType)}) and a row number, as in tickets:45"
        )
    return ObjectType(name), int(number)


def explained(folder: RunFolder, object_type: ObjectType, row: int) -> Explained:
    """Gather what a run folder knows of one row. Raises SourceError when the run has no such row."""
    mapping = folder.mappings().get(object_type)
    cells = _row_of(folder, object_type, row)
    if mapping is None or cells is None:
        raise SourceError(
            f"run {folder.run_id} has no row {row} of the {object_type}; rows are counted as a spreadsheet does"
        )
    columns = resolve_columns(mapping, [str(name) for name in cells if name not in tables.FIXED_COLUMNS]).found
    texts = {name: cells[columns[name]] or "" for name in mapping.mine if name in columns}
    finds = _of_row(folder.dataset(object_type, "mined"), MINED, "row", row)
    finds = finds.set_axis(range(1, len(finds) + 1))
    to_types = list(dict.fromkeys(way.to for way in mapping.associations))
    return Explained(
        object_type=object_type,
        row=row,
        texts=texts,
        finds=finds,
        to_types=to_types,
        links=[link for to_type in to_types for link in _links(folder, mapping, to_type, row)],
        not_made=list(_not_made(folder, object_type, row)),
    )


def _folder(run: str, runs: Path) -> RunFolder:
    """The run's folder. Raises SourceError when there is none."""
    found = next((path for path in (runs / run, Path(run)) if (path / "manifest.json").is_file()), None)
    if found is None:
        raise SourceError(f"there is no run {run}; name a folder in {runs}, or give the path of one")
    return RunFolder(found)


def _row_of(folder: RunFolder, object_type: ObjectType, row: int) -> Mapping[str, Any] | None:
    """The cells of a row: as it was mined or, when it was held back, as it was read."""
    for name in ("valid", "rows"):
        found = _of_row(folder.dataset(object_type, name), None, ROW, row)
        if len(found):
            return {
                str(column): cell for column, cell in found.astype(object).where(found.notna(), None).iloc[0].items()
            }
    return None


def _links(folder: RunFolder, mapping: ObjectMapping, to_type: ObjectType, row: int) -> Iterator[ChosenLink]:
    """The record's links of one kind: as planned or, when nothing was planned yet, as found in the files."""
    pair = (mapping.object_type, to_type)
    is_planned = bool(tables.parts(folder.links(*pair, "plan")))
    name, schema = ("plan", LINK_PLAN) if is_planned else ("candidates", LINK_CANDIDATES)
    outcomes = _of_row(folder.links(*pair, "outcomes"), LINK_OUTCOMES, "from_row", row)
    for link in _of_row(folder.links(*pair, name), schema, "from_row", row).to_dict("records"):
        to_row = None if pd.isna(link["to_row"]) else int(link["to_row"])
        mine = outcomes[outcomes["to_row"].isna() if to_row is None else outcomes["to_row"] == to_row]
        ids = [*mine["to_id"].dropna(), *([link["to_id"]] if isinstance(link.get("to_id"), str) else [])]
        yield ChosenLink(
            to_type=to_type,
            to_row=to_row,
            target=_target(folder, to_type, to_row) or link.get("match_value"),
            record_id=ids[0] if ids else None,
            matched_by=link["matched_by"],
            confidence=link["confidence"],
            evidence=link["evidence"],
            state=_state(mine, link.get("action")),
        )


def _state(outcomes: pd.DataFrame, action: str | None) -> str:
    if len(outcomes):
        return f"the link: {outcomes['status'].iloc[-1]}"
    return f"planned: {action}" if action else "found in the files; nothing is planned yet"


def _target(folder: RunFolder, to_type: ObjectType, row: int | None) -> str | None:
    if row is None:
        return None
    found = _of_row(folder.dataset(to_type, "records"), None, ROW, row)
    return record_name({str(name): value for name, value in found.iloc[0].items()}) if len(found) else None


def _not_made(folder: RunFolder, object_type: ObjectType, row: int) -> Iterator[tuple[str, str]]:
    found = _of_row(folder.findings(object_type), FINDINGS, "row", row)
    about_links = found[found["code"].isin(ABOUT_LINKS)]
    yield from zip(about_links["message"], about_links["fix"], strict=True)


def _of_row(directory: Path, schema: pa.Schema | None, column: str, row: int) -> pd.DataFrame:
    """The lines of a dataset that belong to one row; part by part, so that a large run does not fill the memory."""
    found = [part[part[column] == row] for part in tables.stream(directory)]
    kept = [part for part in found if len(part)]
    if kept:
        return pd.concat(kept, ignore_index=True)
    return pd.DataFrame(schema.empty_table().to_pandas()) if schema is not None else pd.DataFrame()
