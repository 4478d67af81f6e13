"""Rows of one file that are one record. Of such rows the first (or last) one that is otherwise valid stays."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import pandas as pd

from hubspot_import.findings import Code
from hubspot_import.model import Finding, Severity
from hubspot_import.same_text import same_cells, same_texts
from hubspot_import.validation.sheet import Sheet


def fold(texts: pd.Series[str]) -> pd.Series[str]:
    """Reduce texts to what is compared: Unicode form NFC, no case, blanks folded; null stays null."""
    return same_texts(texts)


def repeats(keys: pd.Series[str], is_valid: pd.Series[bool], *, backwards: bool = False) -> list[tuple[int, int]]:
    """Find the rows that repeat another one's key: pairs (position, position of the row that stays).

    The first valid row of a key stays, else the first one. Only rows behind it repeat it: an invalid row ahead of it
    has faults of its own. Null keys repeat nothing. ``keys`` and ``is_valid`` are indexed by position. ``backwards``
    reads the file from its end, so that the last one stays.
    """
    known = keys[keys.notna() & keys.duplicated(keep=False)]  # a key that stands once repeats nothing
    ordered = known[::-1] if backwards else known
    stays: dict[str, int] = {}
    for only_valid in (True, False):
        chosen = ordered[is_valid.reindex(ordered.index)] if only_valid else ordered
        for position, key in zip(chosen.index.tolist(), chosen.tolist(), strict=True):
            stays.setdefault(key, position)
    pairs = zip(known.index.tolist(), known.tolist(), strict=True)
    return [(position, stays[key]) for position, key in pairs if is_behind(position, stays[key], backwards=backwards)]


def is_behind(position: int, keeper: int, *, backwards: bool) -> bool:
    """Say whether a row stands behind the one that stays, in the direction the file is read."""
    return position < keeper if backwards else position > keeper


def check_unique(
    sheet: Sheet,
    column: str,
    keys: pd.Series[str],
    typed: pd.Series[str],
    is_valid: pd.Series[bool],
    *,
    backwards: bool = False,
    severity: Severity | None = None,
) -> Iterator[Finding]:
    """Report rows whose value of a unique column stood in another row. ``typed`` holds the values as typed."""
    for position, keeper in repeats(keys, is_valid, backwards=backwards):
        yield sheet.report(
            Code.DUPLICATE_UNIQUE_PROPERTY_VALUE,
            position,
            column=column,
            value=str(typed[position]),
            first_row=sheet.numbers[keeper],
            severity=severity,
        )


def check_content(
    sheet: Sheet, contents: Sequence[pd.Series[str]], same: str, is_valid: pd.Series[bool], *, backwards: bool = False
) -> Iterator[Finding]:
    """Report rows all of whose contents stood in another row. ``same`` names the contents in the message.

    Contents are raw cell texts; their line ends and outer blanks are normalised, as the ``hash`` key does.
    """
    if not contents:
        return
    cells = [same_cells(content) for content in contents]
    keys = pd.Series(["\0".join(texts) for texts in zip(*cells, strict=True)], index=contents[0].index, dtype="str")
    for position, keeper in repeats(keys, is_valid, backwards=backwards):
        yield duplicate_row(sheet, position, keeper, same)


def duplicate_row(sheet: Sheet, position: int, keeper: int, same: str) -> Finding:
    """Word that a row is the record of another one."""
    return sheet.report(Code.DUPLICATE_ROW_CONTENT, position, first_row=sheet.numbers[keeper], same=same)
