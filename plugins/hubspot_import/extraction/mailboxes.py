"""Addresses that reach one mailbox: what follows a plus sign, and the dots, where the provider ignores them.

Gmail: dots and plus signs do not matter, googlemail.com is gmail.com (Gmail help). The others deliver what has a plus
sign to the address without it; from what the authors know of them.
"""

from __future__ import annotations

import pandas as pd

from hubspot_import.extraction.candidates import match_by_value
from hubspot_import.tables import ROW

SAME_MAILBOX = 0.95
"""Share of the confidence that is left when a known provider delivers both addresses to one mailbox."""
WITHOUT_TAG = 0.85
"""… when the addresses differ in a tag only, at a host of which we do not know whether it ignores tags."""

_DOTLESS = frozenset({"gmail.com", "googlemail.com"})
_TAGGED = _DOTLESS | {
    *("outlook.com", "hotmail.com", "live.com", "msn.com", "icloud.com", "me.com", "mac.com"),
    *("fastmail.com", "fastmail.fm", "proton.me", "protonmail.com", "pm.me"),
}


def match_by_mailbox(wanted: pd.DataFrame, targets: pd.DataFrame, *, matched_by: str) -> pd.DataFrame:
    """Match addresses as ``match_by_value`` does; before one that stays open, who has another address of its box.

    A tag left out at an unknown host, and several records of one mailbox, are not sure enough to be written.
    """
    exact = match_by_value(wanted, targets, match_property="email", matched_by=matched_by)
    left = wanted[wanted[ROW].isin(exact.loc[exact["to_row"].isna(), "from_row"])]
    if left.empty or targets.empty:
        return exact
    ways = (
        (mailboxes, SAME_MAILBOX, "another address of the same mailbox"),
        (untagged, WITHOUT_TAG, "the tag left out"),
    )
    looser = [
        match_by_value(
            left.assign(confidence=left["confidence"] * share, evidence=left["evidence"] + f", {what}"),
            targets,
            match_property="email",
            matched_by=matched_by,
            same=same,
        ).dropna(subset=["to_row"])
        for same, share, what in ways
    ]
    found = pd.concat([pd.concat(looser).drop_duplicates("from_row"), exact], ignore_index=True)
    return found.sort_values("from_row", kind="stable", ignore_index=True)


def mailboxes(addresses: pd.Series) -> pd.Series:
    """Reduce addresses at known providers to their mailbox; the others stay as they are, in lower case."""
    return addresses.map(_mailbox, na_action="ignore").astype("str")


def untagged(addresses: pd.Series) -> pd.Series:
    """Reduce addresses to those without a tag, whatever the host."""
    return addresses.map(_untagged, na_action="ignore").astype("str")


def _mailbox(address: str) -> str:
    local, _, host = address.strip().lower().rpartition("@")
    if host in _TAGGED:
        local = local.partition("+")[0] or local
    if host in _DOTLESS:
        return f"{local.replace('.', '')}@gmail.com"
    return f"{local}@{host}"


def _untagged(address: str) -> str:
    local, _, host = _mailbox(address).rpartition("@")
    return f"{local.partition('+')[0] or local}@{host}"
