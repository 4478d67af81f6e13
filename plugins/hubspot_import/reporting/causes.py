"""Root causes: findings that one correction cures, told once with the number of rows, most rows first."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

from hubspot_import.findings import Code, shown_value
from hubspot_import.reporting.row_results import with_suggestion
from hubspot_import.same_text import same_text

MAX_CAUSES = 20
MAX_ROWS_NAMED = 10
_BY_VALUE = frozenset(
    {
        Code.ASSOCIATION_RECORD_NOT_FOUND,
        Code.COULD_NOT_FIND_OWNER,
        Code.INVALID_BOOLEAN,
        Code.INVALID_ENUMERATION_OPTION,
    }
)
"""Codes whose cure is one for all rows of a value: one record added, one option created or renamed."""
_MIN_ROWS_OF_A_BAD_COLUMN = 10
_GROUP = ["severity", "object_type", "column", "code", "cure"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Cause:
    """``count`` findings with one cure. ``value`` is what they share, None where they share the fault only.

    ``rows`` are the first MAX_ROWS_NAMED of them.
    """

    severity: str
    code: str
    object_type: str
    column: str | None
    value: str | None
    count: int
    message: str
    fix: str
    rows: tuple[int, ...]


def root_causes(findings: pd.DataFrame, rows: Mapping[str, int]) -> tuple[Cause, ...]:
    """Group findings (sorted as they are told) by what would cure them; the MAX_CAUSES largest groups of two or more.

    ``rows`` is the number of rows of each object type: a column most of whose values are refused, for many reasons, is
    one cause too, since it is likely mapped wrongly.
    """
    told = findings[findings["row"].notna()]
    if told.empty:
        return ()
    told = told.assign(column=told["column"].fillna(""), cure=_cures(told))
    told = told.assign(cure=told["cure"].mask(_is_bad_column(told, rows), ""))
    by_cure = told.groupby(_GROUP, sort=False)
    sizes = by_cure.size()
    largest = sizes[sizes > 1].sort_values(ascending=False, kind="stable").head(MAX_CAUSES)
    return tuple(_cause(by_cure.get_group(key), rows) for key in largest.index)


def _cures(told: pd.DataFrame) -> pd.Series:
    """What the findings with one cure have in common: the value, or the message without it."""
    cures = [
        same_text(value) if code in _BY_VALUE and isinstance(value, str) else _without_value(message, value)
        for code, value, message in zip(told["code"], told["value"], told["message"], strict=True)
    ]
    return pd.Series(cures, index=told.index, dtype="str")


def _without_value(message: str, value: object) -> str:
    if not isinstance(value, str):
        return message
    words = message.replace(f"'{shown_value(value)}'", "a value")
    return words[:1].upper() + words[1:]


def _is_bad_column(told: pd.DataFrame, rows: Mapping[str, int]) -> pd.Series:
    """Mark findings of columns most of whose values are refused, no single reason standing for most of them."""
    column = ["severity", "object_type", "column", "code"]
    size = told.groupby(column, sort=False)["cure"].transform("size")
    of_one_reason = told.groupby([*column, "cure"], sort=False)["cure"].transform("size")
    largest = told.assign(of=of_one_reason).groupby(column, sort=False)["of"].transform("max")
    of = told["object_type"].map(rows).fillna(size)
    is_of_column = (told["column"] != "") & ~told["code"].isin(_BY_VALUE)
    return is_of_column & (size >= _MIN_ROWS_OF_A_BAD_COLUMN) & (2 * size >= of) & (2 * largest < size)


def _cause(group: pd.DataFrame, rows: Mapping[str, int]) -> Cause:
    first = group.iloc[0]
    column, object_type = str(first["column"]), str(first["object_type"])
    by_value = first["code"] in _BY_VALUE and isinstance(first["value"], str)
    message = first["message"] if by_value else first["cure"]
    fix = with_suggestion(group).iloc[0] if group["suggestion"].nunique(dropna=False) == 1 else first["fix"]
    if not first["cure"]:
        of = rows.get(object_type, len(group))
        message = f"{len(group):,} of {of:,} values in {column} are refused, for different reasons."
        fix = (
            f"Look whether {column} is the column that is meant in the mapping {object_type}.yaml. Else: {first['fix']}"
        )
    return Cause(
        severity=str(first["severity"]),
        code=str(first["code"]),
        object_type=object_type,
        column=column or None,
        value=str(first["value"]) if by_value else None,
        count=len(group),
        message=str(message),
        fix=str(fix),
        rows=tuple(int(row) for row in group["row"].head(MAX_ROWS_NAMED)),
    )
