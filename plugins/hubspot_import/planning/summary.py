"""plan.json: the plan in numbers, for the report and for who approves."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import pandas as pd

from hubspot_import.client.wire import Account, Usage
from hubspot_import.mapping.spec import BULK_IMPORT_KEY
from hubspot_import.model import ObjectType, PlanAction
from hubspot_import.planning.quota import minutes, quota_share, write_requests


def action_counts(plan: pd.DataFrame) -> dict[str, int]:
    """Count a plan's rows by action; every action is named."""
    counted = plan["action"].value_counts()
    return {str(action): int(counted.get(str(action), 0)) for action in PlanAction}


def link_counts(plan: pd.DataFrame) -> dict[str, int]:
    """Count the links to make and those that stand."""
    counted = plan["action"].value_counts()
    return {action: int(counted.get(action, 0)) for action in ("create", "unchanged")}


def summarize(
    records: Mapping[ObjectType, Mapping[str, int]],
    links: Mapping[str, Mapping[str, int]],
    new_keys: Iterable[ObjectType],
    account: Account,
    usage: Usage,
) -> dict[str, Any]:
    """Make plan.json of the counts. ``requests`` are write requests."""
    schema = [{"object_type": str(object_type), "property": BULK_IMPORT_KEY} for object_type in new_keys]
    requests = write_requests(records, links, len(schema))
    return {
        **{str(object_type): dict(counts) for object_type, counts in records.items()},
        "requests": requests,
        "minutes": minutes(requests),
        "quota_share": quota_share(requests, usage),
        "schema": schema,
        "account": account_entry(account),
        "links": dict(links),
    }


def flat_counts(
    records: Mapping[ObjectType, Mapping[str, int]], links: Mapping[str, Mapping[str, int]]
) -> dict[str, int]:
    """The counts of a StageResult: ``<type>.<action>`` and ``links.<from>-<to>.<action>``."""
    named = {**{str(name): counts for name, counts in records.items()}, **{f"links.{n}": c for n, c in links.items()}}
    return {f"{name}.{action}": number for name, counts in named.items() for action, number in counts.items()}


def in_words(counts: Mapping[str, int]) -> str:
    """Counts for a log line."""
    return ", ".join(f"{number} {action}" for action, number in counts.items())


def account_entry(account: Account) -> dict[str, str]:
    """The account as plan.json and the manifest name it."""
    return {
        "id": account.id,
        "account_type": account.account_type,
        "time_zone": account.time_zone,
        "ui_domain": account.ui_domain,
    }
