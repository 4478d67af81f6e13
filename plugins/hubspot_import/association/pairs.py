"""Planned links with the ids the import gave their ends: what to send, what stands, what has no parent."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping

import pandas as pd

from hubspot_import.client.wire import HUBSPOT_DEFINED, Link, LinkOutcome, LinkType
from hubspot_import.model import LinkStatus
from hubspot_import.tables import LINK_OUTCOMES

IDENTITY = ("from_row", "to_row", "to_record")
"""What tells links of a run apart: the rows, and the target's id where it is in none of the run's files."""
_DONE = [LinkStatus.CREATED, LinkStatus.EXISTING]


def with_identity(links: pd.DataFrame) -> pd.DataFrame:
    """Add ``to_record``: the target's id where the link has no target row, else null."""
    return links.assign(to_record=links["to_id"].where(links["to_row"].isna()))


def record_ids(outcomes: pd.DataFrame, plan: pd.DataFrame) -> pd.Series:
    """Lead from row to HubSpot id: what the import got to know, else what the plan found in the account."""
    found = pd.concat([plan[["row", "record_id"]], outcomes[["row", "record_id"]]]).dropna(subset=["record_id"])
    return found.drop_duplicates("row", keep="last").set_index("row")["record_id"]


def open_links(links: pd.DataFrame, last: pd.DataFrame) -> pd.DataFrame:
    """The resolved links that no earlier attempt has made between these very ids (``last``: LINK_OUTCOMES).

    A record that was deleted and made anew has another id: its links are open again.
    """
    keys = [*IDENTITY]
    done = with_identity(last[last["status"].isin(_DONE)])[[*keys, "from_id", "to_id"]].drop_duplicates(
        keys, keep="last"
    )
    merged = with_identity(links).astype({"to_row": "Int64"})
    merged = merged.merge(done.astype({"to_row": "Int64"}), on=keys, how="left", suffixes=("", "_done"))
    is_done = (merged["from_id"] == merged["from_id_done"]) & (merged["to_id"] == merged["to_id_done"])
    return merged[~is_done.fillna(value=False)].drop(columns=["from_id_done", "to_id_done"]).reset_index(drop=True)


def resolve(links: pd.DataFrame, from_ids: pd.Series, to_ids: pd.Series) -> pd.DataFrame:
    """Give both ends the ids they have by now. A planned link whose end was made anew does not stand any more."""
    from_id = _of_rows(links["from_row"], from_ids).fillna(links["from_id"])
    to_id = _of_rows(links["to_row"], to_ids).fillna(links["to_id"])
    is_moved = (links["from_id"].notna() & (from_id != links["from_id"])) | (
        links["to_id"].notna() & (to_id != links["to_id"])
    )
    return links.assign(from_id=from_id, to_id=to_id, action=links["action"].mask(is_moved, "create"))


def _of_rows(rows: pd.Series, ids: pd.Series) -> pd.Series:
    """Each row's id; null where the row is null or its record was never written."""
    known = ids.dropna().to_dict()
    return pd.Series([known.get(row) for row in rows], index=rows.index, dtype="str")


def settled_links(links: pd.DataFrame) -> pd.DataFrame:
    """Outcomes (LINK_OUTCOMES) of resolved links that need no request: they stand, or an end was never written."""
    is_standing = links["action"] == "unchanged"
    is_orphan = ~is_standing & (links["from_id"].isna() | links["to_id"].isna())
    settled = links[is_standing | is_orphan]
    orphan = is_orphan[is_standing | is_orphan]
    end = settled["from_id"].isna().map({True: "FROM_NOT_WRITTEN", False: "TO_NOT_WRITTEN"})
    return settled.assign(
        status=orphan.map({True: str(LinkStatus.NO_PARENT), False: str(LinkStatus.EXISTING)}),
        category=end.where(orphan),
        message=None,
    )[list(LINK_OUTCOMES.names)]


def sendable(links: pd.DataFrame) -> pd.DataFrame:
    """The resolved links that have both ends and do not stand yet."""
    return links[(links["action"] != "unchanged") & links["from_id"].notna() & links["to_id"].notna()]


def compose(links: pd.DataFrame) -> dict[tuple[str, str], Link]:
    """Make each pair of ids once, with the types it was planned with."""
    planned: dict[tuple[str, str], set[LinkType]] = {}
    for from_id, to_id, types in links[["from_id", "to_id", "types"]].itertuples(index=False, name=None):
        found = {LinkType(category=category, type_id=type_id) for category, type_id in json.loads(types)}
        planned.setdefault((from_id, to_id), set()).update(found)
    return {pair: _link(*pair, types) for pair, types in planned.items()}


def _link(from_id: str, to_id: str, types: Collection[LinkType]) -> Link:
    ordered = sorted(types, key=lambda each: each.type_id)
    return Link(
        from_id=from_id,
        to_id=to_id,
        type_ids=tuple(each.type_id for each in ordered if each.category == HUBSPOT_DEFINED),
        more_types=tuple(each for each in ordered if each.category != HUBSPOT_DEFINED),
    )


def sent_links(links: pd.DataFrame, outcomes: Mapping[tuple[str, str], LinkOutcome]) -> pd.DataFrame:
    """Outcomes (LINK_OUTCOMES) of the links whose pairs HubSpot has answered for."""
    pairs = list(zip(links["from_id"], links["to_id"], strict=True))
    answered = [pair in outcomes for pair in pairs]
    found = [outcomes[pair] for pair in pairs if pair in outcomes]
    return links[answered].assign(
        status=[str(LinkStatus.CREATED if each.is_written else LinkStatus.FAILED) for each in found],
        category=pd.Series([each.category for each in found], index=links.index[answered], dtype="str"),
        message=pd.Series([each.message for each in found], index=links.index[answered], dtype="str"),
    )[list(LINK_OUTCOMES.names)]
