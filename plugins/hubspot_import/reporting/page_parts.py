"""What the page shows, as small values: tiles, bars, findings by code, what HubSpot refused. No markup here."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from hubspot_import.findings import CATALOGUE, Code
from hubspot_import.model import PlanAction
from hubspot_import.reporting.causes import Cause
from hubspot_import.reporting.document import finding_entries
from hubspot_import.reporting.ledger import RowOutcome
from hubspot_import.reporting.privacy import WITHHELD, conceal
from hubspot_import.reporting.run_report import ObjectReport, RunReport

MAX_ROWS_SHOWN = 200
"""Findings of one code, and refusals of one object type, that the page shows; results.csv has the rest."""

_WORDS_WITHHELD = "HubSpot's words hold text of the record: see results.csv."
_FINDING_WITHHELD = "The message holds text of the record: see results.csv."
_TOLD_ALL_THE_SAME = frozenset({Code.ASSOCIATION_RECORD_NOT_FOUND})
"""Their value is the address or name a record was looked for by, without which nobody could act; not ticket text."""


_PLANNED: Mapping[PlanAction, tuple[str, str]] = {
    PlanAction.CREATE: ("created", "to create"),
    PlanAction.UPDATE: ("updated", "to update"),
    PlanAction.UNCHANGED: ("unchanged", "unchanged"),
    PlanAction.SKIP: ("skipped", "to skip"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Tile:
    """One number at the top of the page."""

    label: str
    value: str
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Segment:
    """One part of a bar; ``width`` is its share of the bar in percent."""

    kind: str
    label: str
    count: int
    width: float


@dataclass(frozen=True, slots=True, kw_only=True)
class FindingGroup:
    """All findings of one code."""

    code: str
    severity: str
    category: str
    count: int
    entries: Sequence[Mapping[str, Any]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Refusal:
    """One record that was sent and not written."""

    row: int
    category: str
    message: str
    url: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Trouble:
    """What of one object type (or kind of link) was refused by HubSpot, and how much was never sent."""

    name: str
    refused: int
    not_sent: int
    refusals: Sequence[Refusal]


def tiles(run: RunReport) -> list[Tile]:
    """The run in six numbers."""
    counts = [report.counts for report in run.objects]
    tallies = [report.tally for report in run.links]
    created, updated = sum(count.created for count in counts), sum(count.updated for count in counts)
    made, existing = sum(tally.created for tally in tallies), sum(tally.existing for tally in tallies)
    faults = run.faults
    refused = sum(count.failed for count in counts)
    not_sent = 0 if run.dry_run else sum(count.not_sent for count in counts)
    files = "1 file" if len(counts) == 1 else f"{len(counts)} files"
    return [
        Tile(label="rows read", value=f"{sum(count.rows for count in counts):,}", note=files),
        _written(run, created, updated),
        Tile(label="unchanged", value=f"{sum(count.unchanged for count in counts):,}", note="not sent again"),
        Tile(
            label="not imported",
            value=f"{faults.rejected + refused + not_sent:,}",
            note=f"{faults.rejected:,} held back, {refused:,} refused, {not_sent:,} never sent",
        ),
        Tile(label="links", value=f"{made + existing:,}", note=f"{made:,} made, {existing:,} stood already"),
        Tile(label="API requests", value=f"{run.api.requests:,}", note=f"{run.api.writes:,} of them writes"),
    ]


def _written(run: RunReport, created: int, updated: int) -> Tile:
    if not run.dry_run:
        return Tile(label="written", value=f"{created + updated:,}", note=f"{created:,} created, {updated:,} updated")
    to_write = sum(report.counts.not_sent for report in run.objects)
    return Tile(label="to write", value=f"{to_write:,}", note="nothing is written in a dry run")


def segments(report: ObjectReport, actions: Mapping[str, int] | None = None) -> list[Segment]:
    """An object type's rows by outcome, as the parts of a bar; what did not occur is left out.

    A dry run has no outcomes to show; there the bar shows ``actions``, the plan's counts for the object type.
    """
    counted = [(str(outcome), outcome.replace("_", " "), getattr(report.counts, outcome)) for outcome in RowOutcome]
    if actions:
        planned = [(kind, label, actions.get(action, 0)) for action, (kind, label) in _PLANNED.items()]
        held_back = report.counts.rejected
        counted = [*planned, (str(RowOutcome.REJECTED), str(RowOutcome.REJECTED), held_back)]
    whole = sum(count for _, _, count in counted)
    return [
        Segment(kind=kind, label=label, count=count, width=round(100 * count / whole, 3))
        for kind, label, count in counted
        if count
    ]


def public_causes(run: RunReport) -> list[Cause]:
    """The root causes, without those that may repeat text of a mined column."""
    private = {str(report.object_type): report.private_columns for report in run.objects}
    return [
        cause
        for cause in run.causes
        if cause.code in _TOLD_ALL_THE_SAME or cause.column not in private.get(cause.object_type, frozenset())
    ]


def finding_groups(run: RunReport) -> list[FindingGroup]:
    """Group the findings by code, errors first, without any text of a mined column."""
    private = {str(report.object_type): report.private_columns for report in run.objects}
    groups = run.findings.groupby(["severity", "code"], sort=False)
    return [
        FindingGroup(
            code=str(code),
            severity=str(severity),
            category=CATALOGUE[Code(str(code))].category if code in CATALOGUE else "",
            count=len(found),
            entries=[_public(entry, private) for entry in finding_entries(found.head(MAX_ROWS_SHOWN))],
        )
        for (severity, code), found in groups
    ]


def troubles(run: RunReport) -> list[Trouble]:
    """What HubSpot refused and what was never sent, by object type and kind of link."""
    found = [_record_trouble(report, run) for report in run.objects]
    for link_report in run.links:
        tally = link_report.tally
        refused = link_report.links[link_report.links["status"] == "failed"]
        name = f"links from {tally.from_type} to {tally.to_type}"
        refusals = _refusals(refused["from_row"], refused)
        found.append(Trouble(name=name, refused=len(refused), not_sent=tally.not_sent, refusals=refusals))
    return [trouble for trouble in found if trouble.refused or (trouble.not_sent and not run.dry_run)]


def _record_trouble(report: ObjectReport, run: RunReport) -> Trouble:
    failed = report.ledger[report.ledger["outcome"] == RowOutcome.FAILED].sort_index()
    shown = failed.head(MAX_ROWS_SHOWN)
    urls = [_url(run, report, record_id) for record_id in shown["record_id"]]
    refusals = [
        Refusal(
            row=refusal.row,
            category=refusal.category,
            message=conceal(refusal.message, report.private_texts.get(refusal.row, ()), instead=_WORDS_WITHHELD),
            url=url,
        )
        for refusal, url in zip(_refusals(shown.index.to_series(), shown), urls, strict=True)
    ]
    return Trouble(
        name=str(report.object_type), refused=len(failed), not_sent=report.counts.not_sent, refusals=refusals
    )


def _refusals(rows: pd.Series, refused: pd.DataFrame) -> list[Refusal]:
    words = zip(rows, refused["category"].fillna(""), refused["message"].fillna(""), strict=True)
    entries = list(words)[:MAX_ROWS_SHOWN]
    return [Refusal(row=int(row), category=category, message=message, url=None) for row, category, message in entries]


def _url(run: RunReport, report: ObjectReport, record_id: object) -> str | None:
    if run.account is None or not isinstance(record_id, str):
        return None
    return run.account.record_url(report.object_type, record_id)


def _public(entry: Mapping[str, Any], private: Mapping[str, frozenset[str]]) -> Mapping[str, Any]:
    """Take the value of a mined column out of a finding."""
    is_private = entry["column"] in private.get(entry["object_type"], frozenset())
    if not is_private or entry["value"] is None or entry["code"] in _TOLD_ALL_THE_SAME:
        return entry
    texts = (entry["value"],)
    words = {name: conceal(entry[name], texts, instead=_FINDING_WITHHELD) for name in ("message", "fix")}
    return {**entry, **words, "value": WITHHELD, "suggestion": None}
