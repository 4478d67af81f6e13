"""Makes a RunReport of what the stage read: pure, whatever state the run was left in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from hubspot_import.mapping.spec import ObjectMapping
from hubspot_import.model import Stage
from hubspot_import.reporting.remedies import Failure, unfinished
from hubspot_import.reporting.run_report import Account, SourceFile

_ALWAYS_NEEDED = (Stage.LOAD, Stage.VALIDATE, Stage.EXTRACT_AND_MAP, Stage.PREFLIGHT)
"""Stages without which nothing else tells that the run is incomplete; later ones leave records and links not sent."""


def known_failures(
    recorded: Sequence[Mapping[str, Any]], finished: Mapping[Stage, Any], *, stopped: bool
) -> tuple[Failure, ...]:
    """Name what stopped the run: the failures written down, else the first needed stage that did not finish."""
    failures = tuple(
        Failure(stage=entry["stage"], error=entry["error"], message=entry["message"])
        for entry in recorded
        if entry["stage"] != Stage.REPORT
    )
    missing = [stage for stage in _ALWAYS_NEEDED if stage not in finished]
    if failures or stopped or not missing:
        return failures
    return (unfinished(str(missing[0])),)


def known_account(manifest: Mapping[str, Any], plan: Mapping[str, Any]) -> Account | None:
    """Find out which account was reached: the manifest's ``account``, an object with ``id`` or the bare id."""
    account = manifest.get("account") or plan.get("account")
    if not account:
        return None
    if isinstance(account, Mapping):
        return Account(id=str(account["id"]), ui_domain=account.get("ui_domain"))
    return Account(id=str(account))


def source_file(entry: Mapping[str, Any]) -> SourceFile:
    """Read one entry of the manifest's ``files``."""
    texts = {name: str(entry.get(name) or "") for name in ("file", "encoding", "delimiter", "sheet", "sha256")}
    confidence = float(entry.get("encoding_confidence", 1.0))
    return SourceFile(**texts, encoding_confidence=confidence, rows=int(entry.get("rows") or 0))


def elapsed_seconds(started_at: str | None, now: datetime) -> float:
    """Count the seconds since the run started; 0 when it is not known when."""
    if not started_at:
        return 0.0
    started = datetime.fromisoformat(started_at)
    aware = started if started.tzinfo else started.replace(tzinfo=UTC)
    return max((now - aware).total_seconds(), 0.0)


def private_columns(mapping: ObjectMapping | None, found: Mapping[str, str], columns: Sequence[str]) -> frozenset[str]:
    """Name the columns whose text must not be shown: the mined ones, by every name a finding may give them.

    ``found`` is the mapping's column → the file's. Without a mapping nothing tells which they are, so all are private.
    """
    if mapping is None:
        return frozenset(columns)
    mined = set(mapping.mine)
    properties = {name for name, spec in mapping.properties.items() if mined.intersection(spec.columns)}
    return frozenset(mined | properties | {found[name] for name in mined if name in found})
