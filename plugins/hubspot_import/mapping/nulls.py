"""Columns in which nothing stands."""

from __future__ import annotations

import pandas as pd
import pyarrow as pa


def nothing(index: pd.Index) -> pd.Series[str]:
    """Make a column of nulls, at no cost whatever its length (a list of None is read one by one)."""
    return pd.Series(pa.nulls(len(index), pa.large_string()).to_pandas(), dtype="str").set_axis(index)
