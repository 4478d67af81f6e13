from __future__ import annotations

import io
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pandas as pd
import pyarrow as pa
import pyarrow.parquet
import pytest

from hubspot_import.errors import SourceError
from hubspot_import.loading.formats import Wish, read_source
from hubspot_import.loading.table import SourceTable


def parquet_of(columns: dict[str, Any]) -> bytes:
    made = io.BytesIO()
    pyarrow.parquet.write_table(pa.table(columns), made)
    return made.getvalue()


def a_file(columns: dict[str, Any]) -> SourceTable:
    return read_source(parquet_of(columns), "a.parquet", Wish())


@pytest.mark.parametrize(
    ("values", "text"),
    [
        (["01718"], "01718"),
        ([7], "7"),
        ([2.0], "2"),
        ([2.5], "2.5"),
        ([float("nan")], None),
        ([True], "true"),
        ([Decimal("12.50")], "12.50"),
        ([date(2024, 3, 1)], "2024-03-01"),
        (pa.array([datetime(2024, 3, 1, 10, 30)], pa.timestamp("ns")), "2024-03-01T10:30:00"),
        (pa.array([datetime(2024, 3, 1, 10, 30, tzinfo=UTC)], pa.timestamp("ms", "UTC")), "2024-03-01T10:30:00+00:00"),
        ([["red", "blue"]], "red;blue"),
        ([""], None),
        (pa.array(["x"]).dictionary_encode(), "x"),
    ],
)
def test_each_type_of_column_is_written_as_text(values, text):
    cell = a_file({"a": values}).rows["a"].iloc[0]
    assert (None if pd.isna(cell) else cell) == text


def test_rows_are_numbered_from_one_over_all_batches():
    table = a_file({"a": [str(number) for number in range(1, 3_001)]})
    assert table.rows.index.tolist() == list(range(1, 3_001))
    assert table.rows["a"].tolist() == [str(number) for number in range(1, 3_001)]


@pytest.mark.parametrize("values", [[{"x": 1}], [b"x"], [[["x"]]]])
def test_a_column_of_no_single_values_is_refused_with_its_name(values):
    with pytest.raises(SourceError, match=r"a\.parquet: column 'odd' holds .*leave it out"):
        a_file({"a": ["1"], "odd": values})


@pytest.mark.parametrize("kept", [4, 40, -1])
def test_a_damaged_file_is_refused(kept):
    with pytest.raises(SourceError, match=r"a\.parquet is damaged"):
        read_source(parquet_of({"a": ["1"]})[:kept], "a.parquet", Wish())


def test_one_long_text_in_very_many_rows_is_refused():
    bomb = parquet_of({"a": pa.array(["".join(map(chr, range(200, 20_200)))] * 3_000).dictionary_encode()})
    with pytest.raises(SourceError, match="unpacks to more than 200 times its size"):
        read_source(bomb, "a.parquet", Wish())
