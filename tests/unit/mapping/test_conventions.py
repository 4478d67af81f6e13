from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hubspot_import.mapping.conventions import Convention, DayNumbers, Decision, decide
from hubspot_import.mapping.parsing import parse
from hubspot_import.mapping.spec import DateFormat, DecimalMark, PropertyMapping, PropertyType

T = PropertyType


def decided(kind: PropertyType, *texts: str | None, region: str | None = None, **settings: str) -> Decision:
    """The convention of a column of one type."""
    mapping = PropertyMapping.model_validate({"column": "a", "type": kind, **settings})
    return decide(pd.Series(texts, dtype="str"), mapping, region)


def wires(kind: PropertyType, *texts: str, **options: str) -> list[str | None]:
    """A column's wire forms as its own convention reads them."""
    parsed = parse(pd.Series(texts, dtype="str"), kind, convention=decided(kind, *texts, **options).convention)
    return [wire if isinstance(wire, str) else None for wire in parsed.wire]


def test_one_telling_date_decides_for_the_whole_column():
    assert wires(T.DATE, "03/04/2025", "31/12/2024") == ["2025-04-03", "2024-12-31"]
    assert wires(T.DATE, "03/04/2025", "12/31/2024") == ["2025-03-04", "2024-12-31"]


def test_a_date_with_points_is_day_first():
    assert wires(T.DATE, "3.4.2025") == ["2025-04-03"]


def test_a_column_of_both_orders_leaves_its_open_dates_refused():
    assert wires(T.DATE, "03/04/2025", "31/12/2024", "12/31/2024") == [None, "2024-12-31", "2024-12-31"]


def test_a_column_no_date_of_which_tells_is_read_day_first_and_says_so():
    found = decided(T.DATE, None, "2025-01-31", "03/04/2025")
    assert (found.convention.date_format, found.open_example) == (DateFormat.DMY, "03/04/2025")


def test_a_country_that_writes_the_month_first_breaks_the_tie():
    found = decided(T.DATE, "03/04/2025", region="US")
    assert (found.convention.date_format, found.open_example) == (DateFormat.MDY, "03/04/2025")


def test_what_the_mapping_says_is_no_assumption():
    found = decided(T.DATE, "03/04/2025", date_format="mdy")
    assert (found.convention.date_format, found.open_example) == (DateFormat.MDY, None)


@pytest.mark.parametrize("text", ["03/03/2025", "2025-04-03", "3 Apr 2025", "99/99/2025", "not a date"])
def test_a_date_that_has_one_reading_or_none_leaves_nothing_open(text):
    assert decided(T.DATE, text).open_example is None


def test_a_date_of_the_other_order_than_the_mapping_says_is_refused_with_what_is_wrong():
    parsed = parse(pd.Series(["12/31/2024"]), T.DATE, convention=Convention(date_format=DateFormat.DMY))
    assert parsed.reason[0] == "there is no month 31"
    assert parsed.suggestion[0] == "2024-12-31"


def test_a_column_of_spreadsheet_day_numbers_is_read_as_days():
    assert wires(T.DATE, "45750", "45657") == ["2025-04-03", "2024-12-31"]
    assert wires(T.DATETIME, "45750.5") == ["2025-04-03T12:00:00Z"]


def test_a_day_number_among_dates_stays_refused():
    assert wires(T.DATE, "45750", "2024-12-31") == [None, "2024-12-31"]


def test_a_column_of_time_stamps_is_read_as_moments():
    assert wires(T.DATETIME, "1743674400", "1743674400123") == ["2025-04-03T10:00:00Z", "2025-04-03T10:00:00.123Z"]


def test_a_time_without_zone_is_of_the_mappings_zone():
    assert wires(T.DATETIME, "2025-07-01 10:00", time_zone="Europe/Paris") == ["2025-07-01T08:00:00Z"]
    assert wires(T.DATETIME, "2025-01-01 10:00+00:00", time_zone="Europe/Paris") == ["2025-01-01T10:00:00Z"]


@pytest.mark.parametrize(
    ("texts", "expected"),
    [
        (["1.234", "1.234,56"], ["1234", "1234.56"]),
        (["1,234", "1,234.56"], ["1234", "1234.56"]),
        (["1,234", "12,5"], ["1.234", "12.5"]),
        (["1 234", "0.5"], ["1234", "0.5"]),
        (["€ 1.234,50", "12"], ["1234.5", "12"]),
        (["$1,234.50", "-7"], ["1234.5", "-7"]),
        (["-1.234,5"], ["-1234.5"]),
    ],
)
def test_one_telling_number_decides_for_the_whole_column(texts, expected):
    assert wires(T.NUMBER, *texts) == expected


def test_a_number_that_may_be_a_thousand_is_an_assumption():
    found = decided(T.NUMBER, "1,234")
    assert (found.convention.decimal, found.open_example) == (DecimalMark.POINT, "1,234")


def test_a_mark_in_whole_numbers_parts_thousands():
    assert wires(T.INTEGER, "1.234", "7") == ["1234", "7"]


def test_a_country_that_writes_a_decimal_comma_breaks_the_tie():
    assert decided(T.NUMBER, "1,234", region="DE").convention.decimal is DecimalMark.COMMA


def test_numbers_of_both_kinds_leave_the_open_ones_refused():
    assert wires(T.NUMBER, "1,234", "0,5", "0.5") == [None, None, "0.5"]


def test_a_convention_survives_its_file():
    convention = Convention(date_format=DateFormat.MDY, day_numbers=DayNumbers.EPOCH, decimal=DecimalMark.COMMA)
    assert Convention.from_dict(convention.as_dict()) == convention


@given(
    st.lists(st.text("0123456789.,/- €$:T", max_size=14), max_size=6),
    st.sampled_from([T.DATE, T.DATETIME, T.NUMBER, T.INTEGER]),
)
def test_any_column_is_read_and_what_is_refused_has_a_reason(texts, kind):
    column = pd.Series(texts, dtype="str")
    parsed = parse(column, kind, convention=decided(kind, *texts).convention)
    assert (parsed.wire.notna() ^ parsed.reason.notna()).all()
