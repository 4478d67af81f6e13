"""What notebooks and other DAGs may call. Stable; nothing else of the importer is public.

::

    read_table("contacts.csv").rows            a file as text, indexed by row number
    check_emails(["a@example.com", "b@x"])     value, normalized, error
    check_phones(["0612345678"], "FR")         value, e164, error
    mine_text(["Call me: +33 6 12 34 56 78"])  one row per e-mail address or phone number found
    run_import("exports/", client=client)      the whole pipeline without Airflow; gives report.json
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from os import PathLike
from pathlib import Path
from typing import Any

import pandas as pd

from hubspot_import import pipeline
from hubspot_import.client.client import HubSpotClient
from hubspot_import.clock import Clock, SystemClock
from hubspot_import.extraction.mining import mine_text
from hubspot_import.loading.dialect import Dialect
from hubspot_import.loading.formats import Wish
from hubspot_import.loading.stage import read_table as read_source_table
from hubspot_import.mapping.parsing import Parsed, parse
from hubspot_import.mapping.spec import PropertyType
from hubspot_import.settings import PROJECT_ROOT, Settings
from hubspot_import.tables import findings_frame

__all__ = ["Table", "check_emails", "check_phones", "mine_text", "read_table", "run_import"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A source file. ``rows``: text, null where empty, indexed by row number; ``findings``: what is damaged."""

    rows: pd.DataFrame
    findings: pd.DataFrame
    dialect: Dialect


def read_table(
    path: str | PathLike[str], *, encoding: str | None = None, delimiter: str | None = None, sheet: str | None = None
) -> Table:
    """Read a CSV, TSV, XLSX, JSON Lines or Parquet file as text; encoding and delimiter are found when not given.

    Of a workbook it is the first sheet unless ``sheet`` names one. Raises SourceError when the file cannot be read, has
    no header, or ``sheet`` is not there.
    """
    wish = Wish(encoding=encoding, delimiter=delimiter, sheet=sheet)
    table = read_source_table(Path(path), wish)
    return Table(rows=table.rows, findings=findings_frame(table.findings()), dialect=table.dialect)


def check_emails(values: Iterable[str | None]) -> pd.DataFrame:
    """Check addresses as an import would: columns ``value, normalized, error``; the error of a valid one is empty."""
    texts = _texts(values)
    return _checked(texts, parse(_stripped(texts), PropertyType.EMAIL), "normalized")


def check_phones(values: Iterable[str | None], regions: str | Sequence[str | None] | None = None) -> pd.DataFrame:
    """Check phone numbers as an import would: columns ``value, e164, error``; the error of a valid one is empty.

    ``regions`` (ISO 3166 codes) read numbers without a country code: one for all, or one a value.
    """
    texts = _texts(values)
    given = [regions] * len(texts) if regions is None or isinstance(regions, str) else list(regions)
    by_region = pd.Series(given, index=texts.index, dtype="str").fillna("")
    checked = [
        _checked(group, parse(_stripped(group), PropertyType.PHONE, region=str(region) or None), "e164")
        for region, group in texts.groupby(by_region)
    ]
    return pd.concat(checked).sort_index() if checked else _checked(texts, parse(texts, PropertyType.PHONE), "e164")


def run_import(
    source: str | PathLike[str],
    *,
    client: HubSpotClient,
    mappings: str | PathLike[str] = PROJECT_ROOT / "include" / "mappings",
    runs: str | PathLike[str] = PROJECT_ROOT / "runs",
    clock: Clock | None = None,
    **params: Any,
) -> dict[str, Any]:
    """Import a folder without Airflow and return its report (report.json, docs/architecture.md).

    ``params`` are those of the DAG, e.g. ``dry_run=True``. Raises what the run fails with (``errors.py``); the report
    is then in the run folder.
    """
    clock = clock or SystemClock()
    folder_of_source = Path(source).resolve()
    settings = Settings(runs=Path(runs).resolve(), sources=(folder_of_source,))
    folder = pipeline.open_run(settings.runs, f"api__{clock.now():%Y-%m-%dT%H-%M-%S.%f}", clock=clock)
    conf = {**params, "source": str(folder_of_source), "mappings": str(Path(mappings).resolve())}
    pipeline.run(folder, conf, settings, client)
    report: dict[str, Any] = json.loads((folder.report / "report.json").read_text(encoding="utf-8"))
    return report


def _texts(values: Iterable[str | None]) -> pd.Series[str]:
    return pd.Series(list(values), dtype="str")


def _stripped(texts: pd.Series[str]) -> pd.Series[str]:
    stripped = texts.str.strip()
    return stripped.where(stripped != "")


def _checked(texts: pd.Series[str], parsed: Parsed, wire_name: str) -> pd.DataFrame:
    """Lay a parsed column out; an empty value is an error too."""
    errors = parsed.reason.fillna("").where(parsed.wire.notna() | parsed.reason.notna(), "it is empty")
    return pd.DataFrame({"value": texts, wire_name: parsed.wire, "error": errors})
