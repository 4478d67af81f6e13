from __future__ import annotations

from hubspot_import.findings import Code
from hubspot_import.model import ObjectType, Severity
from support.sheets import a_mapping, checked, codes

COMPANIES = a_mapping(ObjectType.COMPANIES)
TICKETS = a_mapping(ObjectType.TICKETS)


def test_a_date_column_that_stays_open_is_one_warning_with_the_reading_taken():
    (found,) = checked(TICKETS, ["subject", "created_date"], ["Help", "03/04/2025"], ["Again", "05/06/2025"])
    assert (found.code, found.severity, found.row) == (Code.AMBIGUOUS_DATE_FORMAT, Severity.WARNING, None)
    assert "day first: '03/04/2025' is 2025-04-03" in found.message
    assert "createdate: {column: created_date, type: datetime, date_format: mdy}" in found.fix


def test_a_date_column_that_tells_its_order_is_no_finding():
    assert checked(TICKETS, ["subject", "created_date"], ["Help", "03/04/2025"], ["Again", "31/12/2024"]) == []


def test_a_number_column_that_stays_open_is_one_warning():
    (found,) = checked(COMPANIES, ["name", "domain", "numberofemployees"], ["A", "a.com", "1.234"])
    assert (found.code, found.column) == (Code.AMBIGUOUS_NUMBER_FORMAT, "numberofemployees")
    assert "'1.234' is 1234" in found.message
    assert "decimal: point" in found.fix


def test_a_value_that_does_not_fit_its_columns_convention_is_an_error():
    found = checked(TICKETS, ["subject", "created_date"], ["Help", "12/31/2024"], ["Again", "31/12/2024"])
    assert codes(found) == []
    mixed = checked(TICKETS, ["subject", "created_date"], ["a", "12/31/2024"], ["b", "31/12/2024"], ["c", "03/04/2025"])
    assert codes(mixed) == [(4, Code.COULD_NOT_PARSE_DATE)]
