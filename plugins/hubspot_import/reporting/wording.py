"""Numbers and verdicts in words, the same on the page and in the summary."""

from __future__ import annotations

from datetime import UTC, datetime

from hubspot_import.model import RunStatus
from hubspot_import.reporting.run_report import RunReport


def verdict(run: RunReport) -> str:
    """Say in one sentence how the run ended and, when something is wrong, what."""
    openings = {
        RunStatus.SUCCESS: "Every row was imported and every planned link stands.",
        RunStatus.DEGRADED: "The import ran to its end, with exceptions: ",
        RunStatus.FAILED: "The import did not do all it set out to do: ",
        RunStatus.STOPPED: "The run was stopped before its end.",
    }
    if any(report.counts.skipped for report in run.objects):
        openings[RunStatus.SUCCESS] = "Every row was imported or, as the run's mode asks, left alone."
    if run.dry_run:
        openings[RunStatus.SUCCESS] = "Dry run: nothing was written, and nothing stands in the way."
        openings[RunStatus.DEGRADED] = "Dry run: nothing was written; a real run would make exceptions: "
    opening = openings[run.status]
    return f"{opening}{', '.join(_exceptions(run))}." if opening.endswith(": ") else opening


def _exceptions(run: RunReport) -> list[str]:
    faults = run.faults
    told = [
        (faults.failures, "stage stopped", "stages stopped"),
        (faults.refused, "write was not accepted", "writes were not accepted"),
        (0 if run.dry_run else faults.not_sent, "record or link was never sent", "records and links were never sent"),
        (faults.rejected, "row was held back", "rows were held back"),
        (faults.dropped, "value was left out", "values were left out"),
        (faults.no_parent, "link lacks the record at one end", "links lack the record at one end"),
        (0 if faults.rejected else faults.errors, "error was found", "errors were found"),
    ]
    return [f"{count:,} {one if count == 1 else many}" for count, one, many in told if count]


def duration(seconds: float) -> str:
    """Say how long something took."""
    whole = round(seconds)
    if whole < 60:
        return f"{seconds:.1f} s"
    if whole < 3600:
        return f"{whole // 60} min {whole % 60:02d} s"
    return f"{whole // 3600} h {whole % 3600 // 60:02d} min"


def moment(text: str) -> str:
    """Say an ISO 8601 moment the way people read it, in UTC; anything else stays as it is."""
    try:
        when = datetime.fromisoformat(text)
    except ValueError:
        return text
    return f"{when.astimezone(UTC):%Y-%m-%d %H:%M:%S} UTC"


def percent(rate: float) -> str:
    """Say a share in percent, never rounded to all or nothing that it is not."""
    if 0 < rate < 0.0005:
        return "under 0.1%"
    if 0.9995 <= rate < 1:
        return "99.9%"
    return "100%" if rate == 1 else f"{rate * 100:.1f}%"


def share(part: int, whole: int) -> str:
    """Say a part of a whole in percent; of nothing, a dash."""
    return percent(part / whole) if whole else "–"
