"""How a run stands, read from its folder: what stops later tasks, what crashed, and whether it ended well."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from hubspot_import import errors
from hubspot_import.model import RunStatus, Stage
from hubspot_import.run_folder import RunFolder

GOOD = frozenset({RunStatus.SUCCESS, RunStatus.DEGRADED})


def fatal_failure_before(folder: RunFolder, stage: Stage) -> dict[str, Any] | None:
    """Find the first failure of an earlier stage that no retry can mend, since then later stages must not run."""
    order = list(Stage)
    earlier = order[: order.index(stage)]
    failures = [failure for failure in folder.failures() if failure["stage"] in earlier]
    return next((failure for failure in failures if _is_fatal(failure["error"])), None)


def note_crashes(folder: RunFolder, states: Mapping[str, str]) -> None:
    """Write down the tasks that failed without saying why (killed, out of time, a bug), so that the report tells.

    ``states`` are Airflow's, by task id.
    """
    told = {failure["stage"] for failure in folder.failures()}
    for stage in list(Stage)[:-1]:
        if states.get(stage) == "failed" and stage not in told:
            folder.record_failure(
                stage,
                errors.TaskCrashedError(
                    f"the task {stage} ended without telling why (killed, out of time, or a bug); read its log, "
                    "then clear it: it goes on where it stopped"
                ),
            )


def report_status(folder: RunFolder) -> RunStatus | None:
    """Read the status from report.json; None when there is no report."""
    path = folder.report / "report.json"
    return RunStatus(json.loads(path.read_text(encoding="utf-8"))["status"]) if path.exists() else None


def is_good(folder: RunFolder) -> bool:
    """Say whether the run ended in a status that Airflow shows green."""
    return report_status(folder) in GOOD


def explain(folder: RunFolder) -> str:
    """Say in one sentence why the run is not good: the first failure, or where to read."""
    for failure in folder.failures():
        return f"{failure['error']}: {failure['message']}"
    return f"the run ended with status {report_status(folder) or 'unknown'}; what was not written is in {folder.report}"


def _is_fatal(name: str) -> bool:
    kind = getattr(errors, name, None)
    return isinstance(kind, type) and issubclass(kind, errors.FatalError)
