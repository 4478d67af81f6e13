"""What became of the links of one kind, and why some records have none."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import pandas as pd

from hubspot_import.model import LinkStatus, ObjectType

NOT_SENT = "not_sent"
"""Status of a planned link that no outcome was written for."""

_LINK_COLUMNS = ["from_row", "to_row", "to_id", "action"]


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkTally:
    """One kind of link. ``of``: records of the type it starts from; ``linked``: those with at least one link now.

    ``planned = created + existing + failed``, where ``failed`` are the refused, those without a parent and those never
    sent. In a dry run ``planned`` is the plan's number and all else is 0.
    """

    from_type: ObjectType
    to_type: ObjectType
    of: int = 0
    planned: int = 0
    created: int = 0
    existing: int = 0
    refused: int = 0
    no_parent: int = 0
    not_sent: int = 0
    linked: int = 0
    unlinked: Mapping[str, int] = field(default_factory=dict)

    @property
    def name(self) -> str:
        """The name in report.json, e.g. ``contact_to_company``."""
        return f"{self.from_type.singular}_to_{self.to_type.singular}"

    @property
    def failed(self) -> int:
        """Planned links that do not stand now."""
        return self.refused + self.no_parent + self.not_sent

    @property
    def rate(self) -> float:
        """The share of the records that are linked: (created + existing) / of, a record with several links once."""
        return round(self.linked / self.of, 3) if self.of else 0.0


def settle_links(plan: pd.DataFrame, outcomes: pd.DataFrame) -> pd.DataFrame:
    """Give every planned link its last outcome: columns from_row, to_row, to_id, action, status, category, message.

    ``outcomes`` are oldest first. A link that stood before the run needs no outcome; any other without one is not_sent.
    """
    planned = plan[_LINK_COLUMNS].assign(link=_identity(plan)).drop_duplicates("link", keep="last")
    last = outcomes.assign(link=_identity(outcomes)).drop_duplicates("link", keep="last").set_index("link")
    at_once = planned["action"].map({"unchanged": str(LinkStatus.EXISTING)}).fillna(NOT_SENT)
    found = last.reindex(planned["link"])
    return planned.drop(columns="link").assign(
        status=found["status"].set_axis(planned.index).fillna(at_once),
        category=found["category"].set_axis(planned.index),
        message=found["message"].set_axis(planned.index),
    )


def tally_links(
    from_type: ObjectType,
    to_type: ObjectType,
    *,
    record_rows: pd.Index,
    candidate_rows: pd.Series,
    links: pd.DataFrame,
    dry_run: bool,
    is_planned: bool = True,
) -> LinkTally:
    """Count one kind of link.

    ``record_rows`` are the rows of the records it starts from, ``links`` come from ``settle_links``. ``is_planned`` is
    False when the run stopped before pre-flight had looked for the other ends.
    """
    if dry_run:
        return LinkTally(from_type=from_type, to_type=to_type, of=len(record_rows), planned=len(links))
    by_status = links["status"].value_counts()
    stands = links["status"].isin([LinkStatus.CREATED, LinkStatus.EXISTING])
    linked = pd.Index(links.loc[stands, "from_row"]).unique()
    unlinked = record_rows.difference(linked)
    not_tried = {"the run stopped before links were planned": len(unlinked)} if len(unlinked) else {}
    return LinkTally(
        from_type=from_type,
        to_type=to_type,
        of=len(record_rows),
        planned=len(links),
        created=int(by_status.get(str(LinkStatus.CREATED), 0)),
        existing=int(by_status.get(str(LinkStatus.EXISTING), 0)),
        refused=int(by_status.get(str(LinkStatus.FAILED), 0)),
        no_parent=int(by_status.get(str(LinkStatus.NO_PARENT), 0)),
        not_sent=int(by_status.get(NOT_SENT, 0)),
        linked=len(linked),
        unlinked=_reasons(to_type, unlinked, candidate_rows, links) if is_planned else not_tried,
    )


def _reasons(
    to_type: ObjectType, unlinked: pd.Index, candidate_rows: pd.Series, links: pd.DataFrame
) -> Mapping[str, int]:
    """Count why records have no link: each record once, by the first reason that holds."""
    rows_of = {status: pd.Index(rows) for status, rows in links.groupby("status")["from_row"]}
    causes = {
        "HubSpot did not make the link": rows_of.get(str(LinkStatus.FAILED), pd.Index([])),
        "the record at one end was not written": rows_of.get(str(LinkStatus.NO_PARENT), pd.Index([])),
        "the link was never sent": rows_of.get(NOT_SENT, pd.Index([])),
        f"no such {to_type.singular} in this run's files or in the account": pd.Index(candidate_rows),
    }
    reasons: dict[str, int] = {}
    left = unlinked
    for reason, rows in causes.items():
        reasons[reason] = len(left.intersection(rows))
        left = left.difference(rows)
    reasons[f"the row leads to no {to_type.singular}"] = len(left)
    return {reason: count for reason, count in reasons.items() if count}


def _identity(links: pd.DataFrame) -> pd.Series:
    """Tell links apart: by rows, and by the target's id where the target is not in this run's files."""
    to_row = links["to_row"].astype("Int64").astype("string")
    target = to_row.fillna("id:" + links["to_id"].astype("string")).fillna("")
    return links["from_row"].astype("Int64").astype("string") + ">" + target
