"""report.json: what other tools read. Its keys are a contract (docs/architecture.md); add, never rename."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

import pandas as pd

from hubspot_import.model import ObjectType
from hubspot_import.reporting.links import LinkTally
from hubspot_import.reporting.run_report import ObjectReport, RunReport

MAX_FINDINGS = 10_000
_PLAN_KEYS = (*map(str, ObjectType), "requests", "minutes", "quota_share", "schema")


def report_document(run: RunReport) -> dict[str, Any]:
    """Put a run into the shape of report.json. ``findings`` holds the first MAX_FINDINGS, errors before warnings."""
    by_code = run.findings["code"].value_counts(sort=False)
    return {
        "run_id": run.run_id,
        "status": str(run.status),
        "dry_run": run.dry_run,
        "started_at": run.started_at,
        "duration_seconds": round(run.duration_seconds, 1),
        "account": run.account.id if run.account else None,
        "plan": {key: run.plan[key] for key in _PLAN_KEYS if key in run.plan},
        "objects": {str(report.object_type): _object(report) for report in run.objects},
        "associations": {report.tally.name: _links(report.tally) for report in run.links},
        "mined": {str(report.object_type): dict(report.mined) for report in run.objects if report.mined},
        "failures": [{**asdict(failure), "remedy": failure.remedy} for failure in run.failures],
        "causes": [asdict(cause) for cause in run.causes],
        "findings_total": len(run.findings),
        "findings_by_code": {str(code): int(count) for code, count in sorted(by_code.items())},
        "findings": finding_entries(run.findings.head(MAX_FINDINGS)),
        "api": {
            **asdict(run.api),
            "seconds_waited_for_limit": round(run.api.seconds_waited_for_limit, 1),
        },
    }


def finding_entries(findings: pd.DataFrame) -> list[dict[str, Any]]:
    """Turn findings into JSON objects with null for what is missing."""
    entries: list[dict[str, Any]] = json.loads(findings.to_json(orient="records", force_ascii=False))
    return entries


def _object(report: ObjectReport) -> Mapping[str, Any]:
    counts = report.counts
    return {**asdict(counts), "success_rate": counts.success_rate, "seconds": round(report.seconds, 1)}


def _links(tally: LinkTally) -> Mapping[str, Any]:
    names = ("of", "planned", "created", "existing", "failed", "rate")
    return {name: getattr(tally, name) for name in names}
