"""Companies told from a name that is written otherwise, or from the domain of an e-mail address."""

from __future__ import annotations

import pandas as pd

from hubspot_import.extraction.candidates import SHARED_MATCH, match_by_value
from hubspot_import.extraction.company_names import legal_forms, same_but_for_form, same_but_for_spelling
from hubspot_import.extraction.domains import is_shared_host, registrable
from hubspot_import.tables import ROW

NAME_WRITTEN_OTHERWISE = 0.92
"""When a company's name is the same but for accents, punctuation or legal form."""
HOST_CONFIDENCE, REGISTERED_CONFIDENCE = 0.95, 0.92
"""When a company is told from the host of an e-mail address, and from the registered part of it."""


def match_by_name(wanted: pd.DataFrame, targets: pd.DataFrame, *, matched_by: str) -> pd.DataFrame:
    """Match names as ``match_by_value`` does; before one that stays open, the company whose name is written otherwise.

    Several such companies, or two legal forms that contradict each other (GmbH, AG), halve the confidence.
    """
    exact = match_by_value(wanted, targets, match_property="name", matched_by=matched_by)
    left = wanted[wanted[ROW].isin(exact.loc[exact["to_row"].isna(), "from_row"])]
    if left.empty or targets.empty:
        return exact
    spelt, alike = (
        match_by_value(left, targets, match_property="name", matched_by=matched_by, same=same)
        for same in (same_but_for_spelling, same_but_for_form)
    )
    alike = alike.dropna(subset=["to_row"])
    mine = legal_forms(_of_rows(left, alike["from_row"]))
    theirs = legal_forms(_of_rows(targets, alike["to_row"]))
    is_contradiction = (mine != "") & (theirs != "") & (mine != theirs)
    alike = alike.assign(confidence=alike["confidence"].where(~is_contradiction, SHARED_MATCH))
    looser = pd.concat([spelt.dropna(subset=["to_row"]), alike], ignore_index=True).drop_duplicates("from_row")
    looser = looser.assign(
        confidence=looser["confidence"] * NAME_WRITTEN_OTHERWISE,
        evidence=looser["evidence"] + ", but for spelling or legal form",
    )
    return pd.concat([looser, exact], ignore_index=True).sort_values("from_row", kind="stable", ignore_index=True)


def match_by_domain(emails: pd.DataFrame, targets: pd.DataFrame, *, matched_by: str) -> pd.DataFrame:
    """Match records with the company of their address: the full host first, then what is registered of it.

    ``emails`` and ``targets`` have ROW and ``value`` (addresses, domains), ``emails`` also ``confidence`` and
    ``evidence`` where it is not the record's own address but one found in its text. Hosts at which anybody may have an
    address (free mail, providers) match nothing. Only matches within the run are given.
    """
    hosts = emails["value"].str.rsplit("@", n=1).str[-1].str.lower()
    named = emails.assign(value=hosts)[emails["value"].notna() & ~hosts.fillna("").map(is_shared_host)]
    ways = (
        (named, HOST_CONFIDENCE, "host of the e-mail = domain"),
        (named.assign(value=named["value"].map(registrable)), REGISTERED_CONFIDENCE, "domain of the e-mail = domain"),
    )
    found = [
        match_by_value(
            _as_sure(wanted, confidence, evidence),
            targets,
            match_property="domain",
            matched_by=matched_by,
        )
        for wanted, confidence, evidence in ways
    ]
    return pd.concat(found, ignore_index=True).dropna(subset=["to_row"]).drop_duplicates("from_row", ignore_index=True)


def _as_sure(wanted: pd.DataFrame, confidence: float, evidence: str) -> pd.DataFrame:
    """Weigh a way with what the addresses themselves rest on."""
    if "evidence" in wanted:
        return wanted.assign(
            confidence=wanted["confidence"] * confidence, evidence=wanted["evidence"] + ": " + evidence
        )
    return wanted.assign(confidence=confidence, evidence=evidence)


def _of_rows(frame: pd.DataFrame, rows: pd.Series) -> pd.Series:
    """The value each row has in a frame of ROW and ``value``."""
    values = dict(zip(frame[ROW], frame["value"], strict=True))
    return pd.Series([values[row] for row in rows], index=rows.index, dtype="str")
