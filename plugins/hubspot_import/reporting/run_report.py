"""A run as its report sees it: everything that was read from the run folder, judged and counted, ready to be told."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import pandas as pd

from hubspot_import.model import ApiStats, ObjectType, RunStatus, Severity
from hubspot_import.reporting.books import ObjectCounts
from hubspot_import.reporting.causes import Cause
from hubspot_import.reporting.links import LinkTally
from hubspot_import.reporting.remedies import Failure
from hubspot_import.reporting.status import Faults, run_status


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceFile:
    """What the loader wrote down about a file."""

    file: str = ""
    encoding: str = ""
    delimiter: str = ""
    sheet: str = ""
    encoding_confidence: float = 1.0
    rows: int = 0
    sha256: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """The account that was reached, as far as the run knows it."""

    id: str
    ui_domain: str | None = None

    def record_url(self, object_type: ObjectType, record_id: str) -> str | None:
        """Where a person sees a record; None when the account's host is not known."""
        number = {"contacts": "0-1", "companies": "0-2", "tickets": "0-5"}[object_type]
        return f"https://{self.ui_domain}/contacts/{self.id}/record/{number}/{record_id}" if self.ui_domain else None


@dataclass(frozen=True, slots=True, kw_only=True)
class ObjectReport:
    """One object type. ``private_columns`` are the mined ones; ``private_texts`` is what they hold in refused rows."""

    object_type: ObjectType
    source: SourceFile
    ledger: pd.DataFrame
    counts: ObjectCounts
    seconds: float = 0.0
    mined: Mapping[str, int] = field(default_factory=dict)
    private_columns: frozenset[str] = frozenset()
    private_texts: Mapping[int, tuple[str, ...]] = field(default_factory=dict)

    @property
    def record_rows(self) -> pd.Index:
        """The rows that became records."""
        return self.ledger.index[self.ledger["is_record"]]


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkReport:
    """One kind of link: its numbers, and the settled links themselves."""

    tally: LinkTally
    links: pd.DataFrame


@dataclass(frozen=True, slots=True, kw_only=True)
class RunReport:
    """Everything the report tells. ``findings`` are sorted as they are told, ``causes`` group them.

    ``plan`` is plan.json ({}: none).
    """

    run_id: str
    dry_run: bool
    source: str | None
    account: Account | None
    started_at: str
    duration_seconds: float
    objects: tuple[ObjectReport, ...]
    links: tuple[LinkReport, ...]
    findings: pd.DataFrame
    failures: tuple[Failure, ...]
    plan: Mapping[str, Any]
    api: ApiStats
    timings: Mapping[str, float]
    causes: tuple[Cause, ...] = ()
    stopped: bool = False

    @property
    def faults(self) -> Faults:
        """What keeps the run from being a success."""
        counts = [report.counts for report in self.objects]
        tallies = [report.tally for report in self.links]
        return Faults(
            stopped=self.stopped,
            failures=len(self.failures),
            refused=sum(count.failed for count in counts) + sum(tally.refused for tally in tallies),
            not_sent=sum(count.not_sent for count in counts) + sum(tally.not_sent for tally in tallies),
            rejected=sum(count.rejected for count in counts),
            errors=int((self.findings["severity"] == Severity.ERROR).sum()),
            dropped=int((self.findings["code"] == "VALUE_DROPPED").sum()),
            no_parent=sum(tally.no_parent for tally in tallies),
        )

    @property
    def status(self) -> RunStatus:
        """The truth about the run."""
        return run_status(self.faults, dry_run=self.dry_run)
