"""The keys of records: what a row is known by, and the further keys the same row could have had.

The rule is docs/architecture.md, Identity: an object type without a natural key carries ``bulk_import_key``, whose
value is ``<namespace>:<kind>:<value>`` with kind ``id``, else ``domain``, else ``name``, else ``hash``.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from enum import StrEnum

import pandas as pd

from hubspot_import.same_text import same_cells, same_text


class KeyKind(StrEnum):
    """What a bulk_import_key was made from, the best first."""

    ID = "id"
    DOMAIN = "domain"
    NAME = "name"
    HASH = "hash"


def normalized(texts: pd.Series) -> pd.Series:
    """Normalise a column; what is missing or blank is null."""
    return texts.map(same_text, na_action="ignore").astype("str").replace("", None)


def content_hash(texts: Sequence[pd.Series]) -> pd.Series:
    """Hash the raw cell texts of rows, with line ends and outer blanks normalised; 32 hex digits, never null."""
    cells = [same_cells(column) for column in texts]
    hashes = [_digest("\x1f".join(row)) for row in zip(*cells, strict=True)]
    return pd.Series(hashes, index=texts[0].index, dtype="str")


def compose_keys(namespace: str, kinds: Mapping[KeyKind, pd.Series]) -> tuple[pd.Series, pd.Series]:
    """Compose bulk_import_key values from what each row offers: one column of ``kinds`` a kind, the best kind first.

    Returns (keys, other keys), indexed like the columns. A row's first kind gives its key, null when it has none; its
    other kinds give the other keys, joined by a line feed, null when there are none.
    """
    table = [_prefix(namespace, kind) + normalized(values) for kind, values in kinds.items()]
    index = table[0].index
    rows = [[key for key in row if isinstance(key, str)] for row in zip(*table, strict=True)]
    keys = pd.Series([row[0] if row else None for row in rows], index=index, dtype="str")
    other_keys = pd.Series(["\n".join(row[1:]) or None for row in rows], index=index, dtype="str")
    return keys, other_keys


def is_hash_key(keys: pd.Series, namespace: str) -> pd.Series:
    """Say which keys were made from a row's content, so that an edit of the row makes a new record."""
    return keys.str.startswith(_prefix(namespace, KeyKind.HASH)).fillna(False).astype(bool)


def _prefix(namespace: str, kind: KeyKind) -> str:
    return f"{same_text(namespace)}:{kind}:"


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:32]
