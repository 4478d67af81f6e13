"""Who belongs to whom, told from the files alone: link candidates with what the match rests on.

At most one candidate for each record and kind of link. A target that is not in the run's files stays open (``to_row``
null) with the property and value by which pre-flight looks for it in the account.
"""

from __future__ import annotations

from collections.abc import Callable

import pandas as pd

from hubspot_import.extraction.keys import normalized
from hubspot_import.extraction.mining import POSSIBLE_CONFIDENCE, Kind
from hubspot_import.extraction.roles import Role
from hubspot_import.mapping.spec import DEFAULT_MIN_CONFIDENCE
from hubspot_import.tables import LINK_CANDIDATES, ROW

UNIQUE_MATCH, SHARED_MATCH = 1.0, 0.5
"""Confidence of a match with one record, and with the first of several that have the same value."""

LINK_CONFIDENCE: dict[str, float] = {
    Role.REQUESTER: 0.98,
    Role.SIGNATURE: 0.95,
    Role.CC: 0.5,
    Role.QUOTED: 0.5,
    Role.AGENT: 0.0,
}
"""How sure a link is that rests on what stands there as this role's; not how sure the value is the sender's."""
UNKNOWN_BEFORE_KNOWN = 0.92
"""When the sender's first address is nobody's we know, but a later one of their own words is."""

_COLUMNS: list[str] = list(LINK_CANDIDATES.names)
_ROLE_ORDER = {role: number for number, role in enumerate((Role.REQUESTER, Role.SIGNATURE, Role.CC, Role.QUOTED))}
_SENDERS_OWN = frozenset({Role.REQUESTER, Role.SIGNATURE})


def match_by_value(
    wanted: pd.DataFrame,
    targets: pd.DataFrame,
    *,
    match_property: str,
    matched_by: str,
    same: Callable[[pd.Series], pd.Series] = normalized,
) -> pd.DataFrame:
    """Match each wanted value with the target that has it, case, composition and blanks ignored.

    ``same`` reduces a column of values to what has to be equal.

    ``wanted`` has ROW, ``value``, ``confidence`` and ``evidence``, one row a record, and null values for records that
    want no link; ``targets`` has ROW and ``value``. Returns a frame of LINK_CANDIDATES.
    """
    wanted = wanted[wanted["value"].notna()]
    known = _first_of_each(targets, same)
    found = wanted.assign(same=same(wanted["value"])).merge(known, on="same", how="left")
    is_open = found["to_row"].isna()
    frame = pd.DataFrame(
        {
            "from_row": found[ROW],
            "to_row": found["to_row"].astype("Int64"),
            "match_property": pd.Series(match_property, index=found.index, dtype="str").where(is_open),
            "match_value": found["value"].where(is_open),
            "matched_by": matched_by,
            "confidence": found["confidence"] * found["certainty"].fillna(UNIQUE_MATCH),
            "evidence": found["evidence"],
        }
    )
    return frame[_COLUMNS]


def match_through(links: pd.DataFrame, onward: pd.DataFrame, *, matched_by: str, evidence: str) -> pd.DataFrame:
    """Compose two kinds of links: ticket → contact and contact → company give ticket → company.

    Links whose middle is not in the run's files are left out: only pre-flight can know where they lead.
    """
    known = links.dropna(subset=["to_row"])[["from_row", "to_row", "confidence"]]
    known = known.rename(columns={"to_row": "middle", "confidence": "first_confidence"}).astype({"middle": "int64"})
    found = known.merge(onward.rename(columns={"from_row": "middle"}), on="middle", how="inner")
    found["confidence"] = found["confidence"] * found["first_confidence"]
    found["matched_by"], found["evidence"] = matched_by, evidence
    return found[_COLUMNS]


def best_addresses(mined: pd.DataFrame, known: pd.Series) -> pd.DataFrame:
    """Choose each ticket's address: the first of the sender's own that is a ``known`` one, else the first of all.

    ``mined`` has MINED's columns, in the order the columns are mined; ``known`` holds the addresses of this run's
    contacts. "First" goes by role (own words, signature, copy, quote), then place. The support team's own addresses
    never count. Returns ROW, ``value``, ``confidence``, ``evidence``, one row a ticket that has an address.
    """
    is_known = normalized(mined["value"]).isin(normalized(known))
    ranked = _ranked(mined, Kind.EMAIL, is_known)
    best = ranked.drop_duplicates("row")
    first = ranked.sort_values("place", kind="stable")
    own = first[first["role"].isin(_SENDERS_OWN)].drop_duplicates("row")
    first_places = dict(zip(own["row"], own["place"], strict=True))
    is_first = best["place"].to_numpy() == best["row"].map(first_places).fillna(best["place"]).to_numpy()
    confidence = best["role"].map(LINK_CONFIDENCE).astype("float64")
    confidence = confidence.where(is_first | ~best["role"].isin(_SENDERS_OWN), UNKNOWN_BEFORE_KNOWN)
    return _wanted(best, confidence, "e-mail")


def best_numbers(mined: pd.DataFrame) -> pd.DataFrame:
    """Choose each ticket's phone number: by role, then place. Columns as of ``best_addresses``.

    A number that is only possible never counts as sure.
    """
    best = _ranked(mined, Kind.PHONE, pd.Series(False, index=mined.index)).drop_duplicates("row")
    confidence = best["role"].map(LINK_CONFIDENCE).astype("float64")
    is_doubtful = best["role"].isin(_SENDERS_OWN) & (best["confidence"] <= POSSIBLE_CONFIDENCE)
    return _wanted(best, confidence.where(~is_doubtful, SHARED_MATCH), "phone")


def surest(candidates: pd.DataFrame, least: float = DEFAULT_MIN_CONFIDENCE) -> pd.DataFrame:
    """Keep what is sure enough to be written; the rest are suggestions."""
    return candidates[candidates["confidence"] >= least]


def _ranked(mined: pd.DataFrame, kind: Kind, is_known: pd.Series) -> pd.DataFrame:
    """The finds of a kind that may be a customer's, the best of each row first."""
    finds = mined[(mined["kind"] == kind) & (mined["role"] != Role.AGENT)]
    is_sender = finds["role"].isin(_SENDERS_OWN)
    return finds.assign(
        is_other=~(is_sender & is_known.loc[finds.index]),
        role_order=finds["role"].map(_ROLE_ORDER),
        place=range(len(finds)),
    ).sort_values(["row", "is_other", "role_order", "place"], kind="stable")


def _wanted(best: pd.DataFrame, confidence: pd.Series, what: str) -> pd.DataFrame:
    return pd.DataFrame(
        {
            ROW: best["row"],
            "value": best["value"],
            "confidence": confidence,
            "evidence": what + " in " + best["column"] + " (" + best["role"] + ")",
        }
    ).reset_index(drop=True)


def _first_of_each(targets: pd.DataFrame, same: Callable[[pd.Series], pd.Series]) -> pd.DataFrame:
    """One target for each reduced value: the first, with less certainty when it is not the only one."""
    named = targets.assign(same=same(targets["value"])).dropna(subset=["same"])
    certainty = named["same"].duplicated(keep=False).map({True: SHARED_MATCH, False: UNIQUE_MATCH})
    named = named.assign(certainty=certainty.astype("float64"), to_row=named[ROW])
    return named.drop_duplicates("same")[["same", "to_row", "certainty"]]
