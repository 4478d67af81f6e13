"""Parquet: typed columns as text, rows numbered from 1."""

from __future__ import annotations

import math
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import pandas as pd
import pyarrow as pa
import pyarrow.parquet

from hubspot_import.errors import SourceError
from hubspot_import.loading.cells import cell_text
from hubspot_import.loading.dialect import Dialect
from hubspot_import.loading.table import SourceTable, column_names
from hubspot_import.loading.unpacking import check_size

_BATCH_ROWS = 1024
"""Few at a time: a text of a dictionary may stand in every row and take its room again in each."""


def parquet_table(content: bytes, name: str) -> SourceTable:
    """Read a Parquet file; lists of values are joined by ``;``.

    Raises SourceError when it is damaged, unpacks to too much, has no column, or a column holds no single values.
    """
    try:
        file = pyarrow.parquet.ParquetFile(pa.BufferReader(content))
        names = file.schema_arrow.names
        columns: list[list[str | None]] = [[] for _ in names]
        for batch in _batches(file, len(content), name):
            for column, cells in zip(columns, batch, strict=True):
                column.extend(_texts(cells))
    except (pa.ArrowException, OSError, ValueError) as error:
        raise SourceError(f"{name} is damaged or of an unknown kind of Parquet; write it again, or as CSV") from error
    if not names:
        raise SourceError(f"{name} has no column")
    index = pd.RangeIndex(1, (len(columns[0]) if columns else 0) + 1, name="row").astype("int64")
    series = {
        each: pd.Series(cells, index=index, dtype="str")
        for each, cells in zip(column_names(names), columns, strict=True)
    }
    return SourceTable(
        rows=pd.DataFrame(series, index=index),
        lines=pd.Series(index, index=index, dtype="int64"),
        header_row=0,
        damages=(),
        blank_records=0,
        dialect=Dialect(encoding="", delimiter=""),
    )


def _batches(file: pyarrow.parquet.ParquetFile, packed: int, name: str) -> Iterator[list[pa.Array]]:
    for field in file.schema_arrow:
        if _is_nested(field.type):
            raise SourceError(f"{name}: column '{field.name}' holds {field.type}, no single values; leave it out")
    unpacked = 0
    for batch in file.iter_batches(batch_size=_BATCH_ROWS):
        columns = [
            column.dictionary_decode() if pa.types.is_dictionary(column.type) else column for column in batch.columns
        ]
        unpacked += sum(column.nbytes for column in columns)
        check_size(unpacked, packed, name)
        yield columns


def _is_nested(kind: pa.DataType) -> bool:
    if pa.types.is_list(kind) or pa.types.is_large_list(kind):
        return _is_nested(kind.value_type) or pa.types.is_list(kind.value_type)
    return bool(pa.types.is_nested(kind) or pa.types.is_binary(kind) or pa.types.is_large_binary(kind))


def _texts(cells: pa.Array) -> list[str | None]:
    if pa.types.is_timestamp(cells.type) and cells.type.unit == "ns":
        cells = cells.cast(pa.timestamp("us", cells.type.tz), safe=False)
    return [_text(cell) for cell in cells.to_pylist()]


def _text(cell: Any) -> str | None:
    if cell is None or (isinstance(cell, float) and math.isnan(cell)):  # NaN is how pandas writes an empty cell
        return None
    if isinstance(cell, list):
        return ";".join(_text(each) or "" for each in cell) or None
    return format(cell, "f") if isinstance(cell, Decimal) else cell_text(cell)
