"""From a file's cells to a property's text: first_of, transforms, values, default. Still text; parsing comes after."""

from __future__ import annotations

import pandas as pd

from hubspot_import.mapping.columns import ColumnMap
from hubspot_import.mapping.nulls import nothing
from hubspot_import.mapping.spec import PropertyMapping


def property_text(rows: pd.DataFrame, mapping: PropertyMapping, columns: ColumnMap) -> pd.Series[str]:
    """Take one property's text out of the rows: dtype str, the rows' index, null where nothing is left to send.

    Blank cells are empty cells, whatever the transforms.
    """
    found = [_without_blanks(rows[column]) for column in columns.of_property(mapping)]
    texts = found[0] if found else nothing(rows.index)
    for other in found[1:]:
        texts = texts.fillna(other)
    for name in mapping.transforms:
        texts = getattr(texts.str, name)()
    if mapping.values:
        texts = _translated(texts, mapping.values)
    return texts.fillna(mapping.default) if mapping.default is not None else texts


def _without_blanks(cells: pd.Series[str]) -> pd.Series[str]:
    texts = cells.astype("str")
    return texts.where(texts.str.strip() != "")


def _translated(texts: pd.Series[str], values: dict[str, str]) -> pd.Series[str]:
    """Replace whole values, case and outer blanks ignored; a value translated to nothing is empty."""
    folded = {source.strip().casefold(): target for source, target in values.items()}
    keys = texts.str.strip().str.casefold()
    return _without_blanks(keys.map(folded).astype("str").where(keys.isin(list(folded)), texts))
