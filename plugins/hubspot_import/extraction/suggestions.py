"""Links that are not sure enough to be written: who may be meant, and why, as findings."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import pandas as pd

from hubspot_import.findings import Code, finding
from hubspot_import.model import Finding, ObjectType
from hubspot_import.tables import LINK_CANDIDATES

_NOT_SURE = "that is not sure enough"
_ANOTHER = "what the mapping asks for first names another {}, which the files do not have"


def suggestions(links: pd.DataFrame, others: pd.DataFrame) -> pd.DataFrame:
    """Choose for each record without a link to a row of this run the first of the ``others`` that has one.

    Both frames are of LINK_CANDIDATES; ``others`` stand in the order of the mapping and say with ``is_sure`` which of
    them reach their association's ``min_confidence``.
    """
    settled = links.loc[links["to_row"].notna(), "from_row"]
    return others[~others["from_row"].isin(settled)].dropna(subset=["to_row"]).drop_duplicates("from_row")


def open_suggestions(links: pd.DataFrame, others: pd.DataFrame) -> pd.DataFrame:
    """Choose for each record without link and suggestion the first of the ``others`` that only the account may have."""
    told = pd.concat([links["from_row"], others.loc[others["to_row"].notna(), "from_row"]])
    unsure = others[~others["from_row"].isin(told)].drop_duplicates("from_row", ignore_index=True)
    return unsure[list(LINK_CANDIDATES.names)]


def suggestion_findings(
    suggested: pd.DataFrame, from_type: ObjectType, to_type: ObjectType, lines: Mapping[int, int]
) -> Iterator[Finding]:
    """Word each suggestion. ``lines``: row → the physical line it starts on."""
    columns = suggested[["from_row", "to_row", "confidence", "evidence", "is_sure"]]
    for row, to_row, confidence, evidence, is_sure in columns.itertuples(index=False, name=None):
        yield finding(
            Code.LINK_SUGGESTED,
            from_type,
            row=row,
            line=lines.get(row),
            who=f"Row {to_row} of the {to_type}",
            target=to_type.singular,
            confidence=round(confidence, 2),
            evidence=evidence,
            why=_ANOTHER.format(to_type.singular) if is_sure else _NOT_SURE,
        )
