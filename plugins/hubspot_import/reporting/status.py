"""The truth about a run, by the table of docs/architecture.md. Airflow's state follows it, not the other way round."""

from __future__ import annotations

from dataclasses import dataclass

from hubspot_import.model import RunStatus


@dataclass(frozen=True, slots=True, kw_only=True)
class Faults:
    """All that can keep a run from being a success, counted.

    ``refused``: records and links that were sent and not written. ``not_sent``: records and links that the plan would
    have written and nothing was sent for. ``no_parent``: links of which one end was never written. ``errors``: findings
    of severity error; ``dropped``: values left out of a row that was imported.
    """

    stopped: bool = False
    failures: int = 0
    refused: int = 0
    not_sent: int = 0
    rejected: int = 0
    errors: int = 0
    dropped: int = 0
    no_parent: int = 0


def run_status(faults: Faults, *, dry_run: bool) -> RunStatus:
    """Judge a run by its faults. A dry run is not blamed for what it did not send."""
    if faults.stopped:
        return RunStatus.STOPPED
    if faults.failures or faults.refused or (faults.not_sent and not dry_run):
        return RunStatus.FAILED
    if faults.rejected or faults.errors or faults.dropped or faults.no_parent:
        return RunStatus.DEGRADED
    return RunStatus.SUCCESS
