from __future__ import annotations

import pandas as pd

from hubspot_import.mapping.columns import ColumnMap
from hubspot_import.mapping.spec import PropertyMapping
from hubspot_import.mapping.values import property_text
from hubspot_import.model import ObjectType
from support.sheets import a_mapping


def texts(mapping: dict, **columns: list[str | None]) -> list[str | None]:
    rows = pd.DataFrame(columns, dtype="str")
    column_map = ColumnMap(found={name: name for name in columns}, unmapped=(), missing_required=())
    series = property_text(rows, PropertyMapping.model_validate(mapping), column_map)
    assert str(series.dtype) == "str"
    return [value if isinstance(value, str) else None for value in series]


def test_blanks_around_a_value_are_dropped_and_blank_cells_are_empty():
    assert texts({"column": "a"}, a=["  x ", " \u00a0 ", None]) == ["x", None, None]


def test_words_that_look_like_missing_values_stay():
    words = ["NA", "Null", "None", "nan", "01718", "1e5", "-"]
    assert texts({"column": "a"}, a=words) == words


def test_the_first_column_that_holds_something_wins():
    assert texts({"first_of": ["a", "b"]}, a=["1", " ", None], b=["x", "y", None]) == ["1", "y", None]


def test_transforms_apply_in_their_order():
    assert texts({"column": "a", "transforms": ["strip", "lower"]}, a=[" AbC "]) == ["abc"]


def test_values_are_translated_whatever_their_case_and_others_stay():
    mapping = {"column": "a", "values": {"Client": "customer"}}
    assert texts(mapping, a=["client ", "CLIENT", "lead"]) == ["customer", "customer", "lead"]


def test_a_value_translated_to_nothing_is_empty():
    assert texts({"column": "a", "values": {"n/a": ""}}, a=["N/A", "x"]) == [None, "x"]


def test_the_default_fills_empty_cells_and_absent_columns():
    assert texts({"column": "a", "default": "d"}, a=["x", None]) == ["x", "d"]
    assert texts({"column": "absent", "default": "d"}, a=["x"]) == ["d"]


def test_the_rows_keep_their_index():
    rows = pd.DataFrame({"email": ["a", "b"]}, index=[7, 9], dtype="str")
    mapping = a_mapping(ObjectType.CONTACTS).properties["email"]
    column_map = ColumnMap(found={"email": "email"}, unmapped=(), missing_required=())
    assert property_text(rows, mapping, column_map).index.tolist() == [7, 9]
