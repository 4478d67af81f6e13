"""A rejects file of an earlier run, mended and imported again: what the report added to it is taken off."""

from __future__ import annotations

import pandas as pd

from hubspot_import.tables import REASON_COLUMNS

_ESCAPED = r"^'(?=[=+\-@\t\r\n＝＋－＠])"
"""The apostrophe that kept a cell from becoming a formula; the sign stays: '+33… is +33…."""


def without_reasons(rows: pd.DataFrame) -> pd.DataFrame:
    """Drop the reason columns and the apostrophes of a rejects file; give any other file back as it is.

    Only a file that ends in all three reason columns is one: elsewhere an apostrophe is the user's own.
    """
    if tuple(rows.columns[-len(REASON_COLUMNS) :]) != REASON_COLUMNS:
        return rows
    kept = rows[rows.columns[: -len(REASON_COLUMNS)]]
    kept = kept.set_axis(kept.columns.str.replace(_ESCAPED, "", regex=True), axis="columns")
    for name in kept.columns:
        kept[name] = kept[name].str.replace(_ESCAPED, "", regex=True)
    return kept
