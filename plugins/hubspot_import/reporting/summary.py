"""summary.txt: the final report as plain text, for a screen and for a mail."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import pandas as pd

from hubspot_import.model import Severity
from hubspot_import.reporting.cells import one_line
from hubspot_import.reporting.ledger import RowOutcome
from hubspot_import.reporting.row_results import with_suggestion
from hubspot_import.reporting.run_report import ObjectReport, RunReport
from hubspot_import.reporting.wording import duration, moment, percent, share, verdict

WIDTH = 100
MAX_LINES_A_GROUP = 200
"""More of one kind are in results.csv; a text that never ends is not read."""


def summary_text(run: RunReport) -> str:
    """Write the final report: what was done, what was not and why, and what to type instead."""
    blocks = [
        _header(run),
        _objects(run),
        _plan(run),
        _links(run),
        _api(run),
        _failures(run),
        _causes(run),
        _findings(run),
    ]
    return "\n\n".join("\n".join(lines) for lines in blocks if lines) + "\n"


def check_text(run: RunReport) -> str:
    """Write what a check found: the rows by file, what to mend first, and every fault."""
    blocks = [_checked(run), _causes(run), _findings(run)]
    return "\n\n".join("\n".join(lines) for lines in blocks if lines)


def _checked(run: RunReport) -> list[str]:
    table: list[tuple[str, ...]] = [("", "rows", "may be imported", "held back")]
    for report in run.objects:
        counts = report.counts
        numbers = (counts.rows, counts.rows - counts.rejected, counts.rejected)
        table.append((report.source.file or str(report.object_type), *(f"{number:,}" for number in numbers)))
    return ["CHECKED", *_aligned(table)]


def _header(run: RunReport) -> list[str]:
    title = "HUBSPOT CRM BULK IMPORT: FINAL REPORT"
    lines = ["=" * WIDTH, f"{title}{' (DRY RUN)' if run.dry_run else ''}", "=" * WIDTH]
    facts = {
        "Status": f"{run.status.upper()}. {verdict(run)}",
        "Run": run.run_id,
        "Source": run.source or "not known: the run stopped before it was read",
        "Account": _account(run),
        "Started": moment(run.started_at),
        "Duration": duration(run.duration_seconds),
    }
    return lines + [f"{name + ':':<10}{one_line(text)}" for name, text in facts.items()]


def _account(run: RunReport) -> str:
    if run.account is None:
        return "not reached"
    return f"{run.account.id} ({run.account.ui_domain})" if run.account.ui_domain else run.account.id


_HEADINGS = ("", "rows", "created", "updated", "unchanged", "skipped", "rejected", "failed", "not sent", "success")


def _objects(run: RunReport) -> list[str]:
    if not run.objects:
        return []
    table = [(*_HEADINGS, "duration"), *(_object(report, run.dry_run) for report in run.objects)]
    return ["RECORDS", *_aligned(table)]


def _object(report: ObjectReport, dry_run: bool) -> tuple[str, ...]:
    counts = report.counts
    numbers = (
        counts.rows,
        counts.created,
        counts.updated,
        counts.unchanged,
        counts.skipped,
        counts.rejected,
        counts.failed,
        counts.not_sent,
    )
    rate = "–" if dry_run else percent(counts.success_rate)
    return (str(report.object_type), *(f"{number:,}" for number in numbers), rate, duration(report.seconds))


def _plan(run: RunReport) -> list[str]:
    planned = {str(report.object_type): run.plan.get(report.object_type, {}) for report in run.objects}
    if not run.dry_run or not run.plan:
        return []
    actions = ("create", "update", "unchanged", "skip", "reject")
    table: list[tuple[str, ...]] = [("", *actions)]
    table += [(name, *(f"{counts.get(action, 0):,}" for action in actions)) for name, counts in planned.items()]
    return [f"PLAN: {run.plan.get('requests', 0):,} write requests, none of them sent", *_aligned(table)]


def _links(run: RunReport) -> list[str]:
    tallies = [report.tally for report in run.links if report.tally.of]
    if not tallies:
        return []
    if run.dry_run:
        return ["LINKS", *(f"  {t.planned:,} planned: {t.from_type} to {t.to_type}" for t in tallies)]
    lines = ["LINKS"]
    for tally in tallies:
        rate = share(tally.linked, tally.of)
        lines.append(f"  {tally.linked:,}/{tally.of:,} {tally.from_type} linked to {tally.to_type} ({rate})")
        lines += [f"    - {count:,}: {reason}" for reason, count in tally.unlinked.items()]
    return lines


def _api(run: RunReport) -> list[str]:
    api = run.api
    return [
        f"API: {api.requests:,} requests to HubSpot, {api.writes:,} of them writes, {api.retries:,} repeated, "
        f"{api.rate_limited:,} throttled, {duration(api.seconds_waited_for_limit)} waited for the rate limit"
    ]


def _failures(run: RunReport) -> list[str]:
    if not run.failures:
        return []
    lines = ["WHAT STOPPED THE RUN"]
    for failure in run.failures:
        lines.append(f"  {failure.stage}: {failure.error}: {one_line(failure.message)}")
        lines.append(f"    → {failure.remedy}")
    return lines


def _causes(run: RunReport) -> list[str]:
    """What one correction cures in many rows; a single row's fault stands in its own list."""
    if not run.causes:
        return []
    lines = ["WHAT TO MEND FIRST"]
    for cause in run.causes:
        more = ", …" if cause.count > len(cause.rows) else ""
        where = f"{cause.object_type} · {one_line(cause.column)}" if cause.column else cause.object_type
        lines.append(f"  {cause.count:,} rows · {where}: {one_line(cause.message)}")
        lines.append(f"    → {one_line(cause.fix)} (rows {', '.join(map(str, cause.rows))}{more})")
    return lines


def _findings(run: RunReport) -> list[str]:
    is_error = run.findings["severity"] == Severity.ERROR
    blocks = [
        _block("VALIDATION ERRORS", _grouped(run.findings[is_error])),
        _block("NOT ACCEPTED BY HUBSPOT", _refused(run)),
        _block("WARNINGS", _grouped(run.findings[~is_error])),
    ]
    return "\n\n".join("\n".join(lines) for lines in blocks if lines).split("\n") if any(blocks) else []


def _block(title: str, groups: Sequence[tuple[str, Sequence[str]]]) -> list[str]:
    """Lay out groups of lines, each with its count: ``contacts · email: 3`` and below it the rows."""
    if not groups:
        return []
    lines = [f"{title} ({sum(len(entries) for _, entries in groups):,})"]
    for name, entries in groups:
        lines.append(f"{name}: {len(entries):,}")
        lines += [f"  - {entry}" for entry in entries[:MAX_LINES_A_GROUP]]
        if len(entries) > MAX_LINES_A_GROUP:
            lines.append(f"  … and {len(entries) - MAX_LINES_A_GROUP:,} more: see results.csv and rejects/")
    return lines


def _grouped(findings: pd.DataFrame) -> list[tuple[str, Sequence[str]]]:
    """Group findings by object type and column, in the order they are told."""
    column = findings["column"].fillna("whole row").mask(findings["column"].isna() & findings["row"].isna(), "file")
    groups = findings["object_type"] + " · " + column.map(one_line)
    advice = with_suggestion(findings)
    where = ("Row " + findings["row"].astype("string")).fillna("File")
    told = where + ": " + findings["message"].map(one_line) + " → " + advice.map(one_line)
    return [(str(name), list(lines)) for name, lines in told.groupby(groups, sort=False)]


def _refused(run: RunReport) -> list[tuple[str, Sequence[str]]]:
    groups: list[tuple[str, Sequence[str]]] = []
    for report in run.objects:
        failed = report.ledger[report.ledger["outcome"] == RowOutcome.FAILED].sort_index()
        groups.append((str(report.object_type), list(_refusals(failed.index, failed))))
    for link_report in run.links:
        failed = link_report.links[link_report.links["status"] == RowOutcome.FAILED].sort_values("from_row")
        tally = link_report.tally
        name = f"links from {tally.from_type} to {tally.to_type} ({tally.from_type.singular} row)"
        groups.append((name, list(_refusals(failed["from_row"], failed))))
    return [(name, lines) for name, lines in groups if lines]


def _refusals(rows: Iterable[int], failed: pd.DataFrame) -> Iterable[str]:
    words = failed["category"].fillna("") + ": " + failed["message"].fillna("HubSpot gave no reason")
    for row, said in zip(rows, words, strict=True):
        yield f"Row {int(row)}: {one_line(said)}"


def _aligned(table: Sequence[Sequence[str]]) -> list[str]:
    widths = [max(map(len, column)) for column in zip(*table, strict=True)]
    first, *rest = widths
    return [
        "  ".join(
            [f"  {row[0]:<{first}}", *(f"{cell:>{width}}" for cell, width in zip(row[1:], rest, strict=True))]
        ).rstrip()
        for row in table
    ]
