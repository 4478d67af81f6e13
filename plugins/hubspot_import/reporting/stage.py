"""The report stage: reads the run folder in whatever state it was left, and writes ``report/``."""

from __future__ import annotations

import logging
import shutil
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

import pandas as pd

from hubspot_import import tables
from hubspot_import.clock import Clock, SystemClock
from hubspot_import.errors import InvariantError, MappingError
from hubspot_import.mapping.columns import resolve_columns
from hubspot_import.mapping.spec import ObjectMapping
from hubspot_import.model import LINK_TYPES, ObjectType, Stage, StageResult
from hubspot_import.reporting.books import count_rows, imbalance
from hubspot_import.reporting.causes import root_causes
from hubspot_import.reporting.document import report_document
from hubspot_import.reporting.findings_order import sort_findings
from hubspot_import.reporting.ledger import RowOutcome, build_ledger
from hubspot_import.reporting.links import settle_links, tally_links
from hubspot_import.reporting.page import render_page
from hubspot_import.reporting.reading import (
    elapsed_seconds,
    known_account,
    known_failures,
    private_columns,
    source_file,
)
from hubspot_import.reporting.remedies import Failure
from hubspot_import.reporting.row_results import RESULT_COLUMNS, reject_reasons, rejected_rows, row_results
from hubspot_import.reporting.run_report import LinkReport, ObjectReport, RunReport
from hubspot_import.reporting.summary import summary_text
from hubspot_import.run_folder import RunFolder, whole_file, write_whole

logger = logging.getLogger(__name__)

BYTE_ORDER_MARK = "\ufeff"
"""The CSV files are for people: without it Excel reads accents wrongly, and saves them so. The loader knows it."""
_OUTCOME_COLUMNS = ["row", "status", "record_id", "category", "message"]
_LINK_OUTCOME_COLUMNS = ["from_row", "to_row", "to_id", "status", "category", "message"]


def run(folder: RunFolder, *, clock: Clock | None = None) -> StageResult:
    """Write the report of a run, finished or not. Raises InvariantError, once it is written, when the books are off."""
    logger.info("STEP 6/6: report")
    report = read_run(folder, clock or SystemClock())
    off = [found for entry in report.objects if (found := imbalance(entry.object_type, entry.counts))]
    if off:
        broken = Failure(stage=str(Stage.REPORT), error=InvariantError.__name__, message="; ".join(off))
        report = replace(report, failures=(*report.failures, broken))
    write_report(folder, report)
    logger.info("report: %s", folder.report)
    if off:
        raise InvariantError(f"the books do not balance: {'; '.join(off)}")
    counts = {f"{entry.object_type}.{name}": n for entry in report.objects for name, n in asdict(entry.counts).items()}
    return StageResult(stage=Stage.REPORT, counts={**counts, "findings": len(report.findings)})


def read_run(folder: RunFolder, clock: Clock) -> RunReport:
    """Read everything the report tells from the run folder."""
    manifest = folder.manifest() if folder.manifest_path.exists() else {}
    params: Mapping[str, Any] = manifest.get("params") or {}
    plan = folder.plan_summary() if folder.plan_path.exists() else {}
    results = {stage: result for stage in Stage if (result := folder.result(stage)) is not None}
    dry_run, stopped = bool(params.get("dry_run")), bool(manifest.get("stopped"))
    objects = tuple(_read_objects(folder, manifest.get("files") or {}, results))
    findings = _read_findings(folder)
    return RunReport(
        run_id=str(manifest.get("run_id") or folder.run_id),
        dry_run=dry_run,
        source=params.get("source"),
        account=known_account(manifest, plan),
        started_at=str(manifest.get("started_at") or ""),
        duration_seconds=elapsed_seconds(manifest.get("started_at"), clock.now()),
        objects=objects,
        links=tuple(_read_links(folder, objects, results, dry_run)),
        findings=findings,
        causes=root_causes(findings, {str(entry.object_type): entry.counts.rows for entry in objects}),
        failures=known_failures(folder.failures(), results, stopped=stopped),
        plan=plan,
        api=folder.api_stats(),
        timings={str(stage): float(result["seconds"]) for stage, result in results.items() if stage != Stage.REPORT},
        stopped=stopped,
    )


def write_report(folder: RunFolder, report: RunReport) -> None:
    """Write every file of the report; each is there whole or not at all."""
    target = folder.report
    folder.clear(target / "rejects")
    _write_csv(target / "results.csv", _results(report))
    for entry in report.objects:
        reasons = reject_reasons(entry.ledger, _findings_of(entry, report), dry_run=report.dry_run)
        if len(reasons):
            _write_csv(target / "rejects" / f"{entry.object_type}.csv", _rejected(folder, entry.object_type, reasons))
            logger.info("report: %s: %d rows in rejects", entry.object_type, len(reasons))
    write_whole(target / "summary.txt", summary_text(report))
    _write_log(target / "import.log", folder.logs())
    downloads = ["summary.txt", "results.csv", *sorted(f"rejects/{p.name}" for p in target.glob("rejects/*.csv"))]
    write_whole(target / "index.html", render_page(report, downloads=[*downloads, "import.log", "report.json"]))
    folder.write_json(target / "report.json", report_document(report))


# --- reading ------------------------------------------------------------------------------------------------------


def _read_objects(
    folder: RunFolder, files: Mapping[str, Mapping[str, Any]], results: Mapping[Stage, Mapping[str, Any]]
) -> Iterator[ObjectReport]:
    mappings = _read_mappings(folder)
    for object_type in ObjectType:
        if object_type in files or tables.parts(folder.dataset(object_type, "rows")):
            mapped = Stage.EXTRACT_AND_MAP in results
            ledger = _read_ledger(folder, object_type, mapped=mapped)
            private = _private(folder, object_type, mappings.get(object_type))
            yield ObjectReport(
                object_type=object_type,
                source=source_file(files.get(object_type, {})),
                ledger=ledger,
                counts=count_rows(ledger),
                seconds=float(results.get(Stage.importing(object_type), {}).get("seconds", 0.0)),
                mined=_count_mined(folder, object_type),
                private_columns=private,
                private_texts=_private_texts(folder, object_type, ledger, private),
            )


def _read_ledger(folder: RunFolder, object_type: ObjectType, *, mapped: bool) -> pd.DataFrame:
    records = folder.dataset(object_type, "records")
    return build_ledger(
        _read_fixed(folder.dataset(object_type, "rows"), [tables.ROW, tables.LINE]),
        rejects=_read_fixed(folder.dataset(object_type, "rejects"), [tables.ROW])[tables.ROW],
        records=_read_fixed(records, [tables.ROW, tables.KEY]) if mapped else None,
        plan=tables.read(
            folder.dataset(object_type, "plan"), ["row", "action", "record_id", "reason"], schema=tables.PLAN
        ),
        outcomes=tables.read(folder.outcomes(object_type), _OUTCOME_COLUMNS, tables.OUTCOMES),
    )


def _read_links(
    folder: RunFolder, objects: Iterable[ObjectReport], results: Mapping[Stage, object], dry_run: bool
) -> Iterator[LinkReport]:
    rows = {entry.object_type: entry.record_rows for entry in objects}
    for from_type, to_type in LINK_TYPES:
        plan = tables.read(folder.links(from_type, to_type, "plan"), schema=tables.LINK_PLAN)
        written = folder.links(from_type, to_type, "outcomes")
        outcomes = tables.read(written, _LINK_OUTCOME_COLUMNS, tables.LINK_OUTCOMES)
        candidates = tables.read(folder.links(from_type, to_type, "candidates"), ["from_row"], tables.LINK_CANDIDATES)
        links = settle_links(plan, outcomes)
        yield LinkReport(
            links=links,
            tally=tally_links(
                from_type,
                to_type,
                record_rows=rows.get(from_type, pd.Index([])),
                candidate_rows=candidates["from_row"],
                links=links,
                dry_run=dry_run,
                is_planned=Stage.PREFLIGHT in results,
            ),
        )


def _read_findings(folder: RunFolder) -> pd.DataFrame:
    frames = [frame for object_type in ObjectType for frame in tables.stream(folder.findings(object_type))]
    filled = [frame for frame in frames if len(frame)]
    return sort_findings(pd.concat(filled, ignore_index=True) if filled else tables.FINDINGS.empty_table().to_pandas())


def _read_fixed(directory: Path, columns: list[str]) -> pd.DataFrame:
    return tables.read(directory, columns, tables.text_schema(columns))


def _read_mappings(folder: RunFolder) -> Mapping[ObjectType, ObjectMapping]:
    """Read the run's own mappings; none when the run did not get as far as copying them, or they are broken."""
    try:
        return folder.mappings()
    except MappingError:
        return {}


def _count_mined(folder: RunFolder, object_type: ObjectType) -> Mapping[str, int]:
    directory = folder.dataset(object_type, "mined")
    if not tables.parts(directory):
        return {}
    mined = tables.read(directory, ["row", "kind"])
    kinds = mined["kind"].value_counts()
    return {
        "rows": int(mined["row"].nunique()),
        "emails": int(kinds.get("email", 0)),
        "phones": int(kinds.get("phone", 0)),
    }


def _private(folder: RunFolder, object_type: ObjectType, mapping: ObjectMapping | None) -> frozenset[str]:
    columns = tables.source_columns(folder.dataset(object_type, "rows"))
    found = resolve_columns(mapping, columns).found if mapping else {}
    return private_columns(mapping, found, columns)


def _private_texts(
    folder: RunFolder, object_type: ObjectType, ledger: pd.DataFrame, private: frozenset[str]
) -> Mapping[int, tuple[str, ...]]:
    """Read the texts that what HubSpot said about a row may repeat, for the rows it refused."""
    refused = ledger.index[ledger["outcome"] == RowOutcome.FAILED]
    texts: dict[int, tuple[str, ...]] = {}
    for part in tables.stream(folder.dataset(object_type, "rows")) if len(refused) and private else ():
        rows = part[part[tables.ROW].isin(refused)].set_index(tables.ROW)
        shown = rows[[column for column in rows.columns if column in private]]
        texts |= {int(row): tuple(shown.loc[row].dropna()) for row in shown.index}
    return texts


# --- writing ------------------------------------------------------------------------------------------------------


def _findings_of(entry: ObjectReport, report: RunReport) -> pd.DataFrame:
    return report.findings[report.findings["object_type"] == entry.object_type]


def _results(report: RunReport) -> Iterator[pd.DataFrame]:
    yield pd.DataFrame(columns=list(RESULT_COLUMNS))
    for entry in report.objects:
        yield row_results(entry.object_type, entry.ledger, _findings_of(entry, report), dry_run=report.dry_run)


def _rejected(folder: RunFolder, object_type: ObjectType, reasons: pd.DataFrame) -> Iterator[pd.DataFrame]:
    for part in tables.stream(folder.dataset(object_type, "rows")):
        yield rejected_rows(part.set_index(tables.ROW), reasons)


def _write_csv(path: Path, frames: Iterable[pd.DataFrame]) -> None:
    """Write frames of one shape below one header."""
    with whole_file(path) as handle:
        handle.write(BYTE_ORDER_MARK)
        for number, frame in enumerate(frames):
            frame.to_csv(handle, index=False, header=number == 0, lineterminator="\n")


def _write_log(path: Path, logs: Iterable[Path]) -> None:
    """String the stages' logs together, each attempt below its heading."""
    with whole_file(path) as handle:
        for log in logs:
            stage, attempt = log.stem.rsplit("-", 1)
            handle.write(f"----- {stage}, attempt {attempt} -----\n")
            with log.open(encoding="utf-8", errors="replace") as lines:
                shutil.copyfileobj(lines, handle)
            handle.write("\n")
