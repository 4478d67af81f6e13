"""Links that are not sure enough to be written, to records that only the account has: who may be meant, as findings."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd

from hubspot_import.findings import Code, finding
from hubspot_import.model import Finding
from hubspot_import.planning.link_labels import Pair


def suggested_in_account(ends: pd.DataFrame, from_plan: pd.DataFrame, pair: Pair) -> Iterator[Finding]:
    """Suggest the one record of the account that fits, for each of the ``ends`` (find_ends) that has one."""
    from_type, to_type = pair
    lines = dict(zip(from_plan["row"], from_plan["line"], strict=True))
    columns = ends.loc[ends["to_id"].notna(), ["from_row", "to_id", "confidence", "evidence"]]
    for row, to_id, confidence, evidence in columns.itertuples(index=False, name=None):
        yield finding(
            Code.LINK_SUGGESTED,
            from_type,
            row=row,
            line=lines.get(row),
            who=f"HubSpot id {to_id}",
            target=to_type.singular,
            confidence=round(confidence, 2),
            evidence=evidence,
            why="that is not sure enough",
        )
