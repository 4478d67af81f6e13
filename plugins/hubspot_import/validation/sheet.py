"""The rows of one file, read by their mapping: what the rules look at, and how they report."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from hubspot_import.findings import Code, finding
from hubspot_import.mapping.columns import ColumnMap
from hubspot_import.mapping.conventions import Decision, decide
from hubspot_import.mapping.parsing import Parsed, parse
from hubspot_import.mapping.regions import region_of
from hubspot_import.mapping.spec import ObjectMapping, PropertyType
from hubspot_import.mapping.values import property_text
from hubspot_import.model import Finding, ObjectType
from hubspot_import.tables import LINE, ROW


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """``rows`` are numbered from 0 (positions); ``texts`` and ``parsed`` hold each mapped property's column of them.

    ``decisions`` holds how each property's column writes its dates and numbers. ``numbers`` and ``lines`` give each
    position's row number and physical line.
    """

    mapping: ObjectMapping
    columns: ColumnMap
    rows: pd.DataFrame
    texts: Mapping[str, pd.Series[str]]
    parsed: Mapping[str, Parsed]
    decisions: Mapping[str, Decision]
    numbers: tuple[int, ...]
    lines: tuple[int, ...]

    @property
    def object_type(self) -> ObjectType:
        """What the rows are."""
        return self.mapping.object_type

    def column_of(self, property_name: str) -> str:
        """What to call a property's place in the file: its column there, else its name in the mapping."""
        mapping = self.mapping.properties.get(property_name)
        if mapping is None:
            return property_name
        return next(iter((*self.columns.of_property(mapping), *mapping.columns, property_name)))

    def report(self, code: Code, position: int, **facts: Any) -> Finding:
        """Word a finding about one row; ``facts`` as ``findings.finding`` takes them."""
        return finding(code, self.object_type, row=self.numbers[position], line=self.lines[position], **facts)


def read_sheet(rows: pd.DataFrame, mapping: ObjectMapping, columns: ColumnMap, *, region: str | None = None) -> Sheet:
    """Read every mapped property of rows (ROW, LINE and the file's columns). ``region`` as ``parse`` takes it."""
    rows = rows.reset_index(drop=True)
    texts = {name: property_text(rows, prop, columns) for name, prop in mapping.properties.items()}
    hints = _regions(texts.get("country")) if region is None else None
    decisions = {name: decide(texts[name], prop, region) for name, prop in mapping.properties.items()}
    parsed = {
        name: parse(
            texts[name],
            prop.type,
            region=region,
            hints=hints if prop.type is PropertyType.PHONE else None,
            convention=decisions[name].convention,
        )
        for name, prop in mapping.properties.items()
    }
    return Sheet(
        mapping=mapping,
        columns=columns,
        rows=rows,
        texts=texts,
        parsed=parsed,
        decisions=decisions,
        numbers=tuple(rows[ROW].astype("int64").tolist()),
        lines=tuple(rows[LINE].astype("int64").tolist()),
    )


def _regions(countries: pd.Series[str] | None) -> pd.Series[str] | None:
    """Each row's likely region, from its country column."""
    if countries is None:
        return None
    return countries.map({country: region_of(country) for country in countries.dropna().unique()}).astype("str")
