"""A mapping drafted from a file loads, and maps the sample files as the shipped mappings do."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from hubspot_import.api import read_table
from hubspot_import.errors import SourceError
from hubspot_import.extraction.records import map_records
from hubspot_import.mapping.columns import resolve_columns
from hubspot_import.mapping.draft import Column, draft, guessed_type, kind_of
from hubspot_import.mapping.draft_text import draft_text
from hubspot_import.mapping.loader import load_mapping
from hubspot_import.mapping.spec import ObjectMapping, PropertyType
from hubspot_import.model import ObjectType
from hubspot_import.settings import PROJECT_ROOT
from hubspot_import.tables import LINE, ROW

INCLUDE = PROJECT_ROOT / "include"


def a_table(**columns: list[str | None]) -> pd.DataFrame:
    return pd.DataFrame({name: pd.Series(cells, dtype="str") for name, cells in columns.items()})


def loaded(tmp_path: Path, text: str) -> ObjectMapping:
    path = tmp_path / "draft.yaml"
    path.write_text(text, encoding="utf-8")
    return load_mapping(path)


def records(rows: pd.DataFrame, mapping: ObjectMapping) -> pd.DataFrame:
    numbered = rows.assign(**{ROW: rows.index, LINE: rows.index})
    columns = resolve_columns(mapping, list(rows.columns))
    return map_records(numbered, mapping, columns, namespace="default").sort_index(axis="columns")


@pytest.mark.parametrize("object_type", ObjectType)
def test_a_draft_of_a_sample_file_maps_it_as_the_shipped_mapping_does(tmp_path: Path, object_type: ObjectType) -> None:
    rows = read_table(INCLUDE / "data" / f"{object_type}.csv").rows
    drafted = loaded(tmp_path, draft_text(draft(f"{object_type}.csv", rows)))
    shipped = load_mapping(INCLUDE / "mappings" / f"{object_type}.yaml")
    pd.testing.assert_frame_equal(records(rows, drafted), records(rows, shipped))
    assert drafted == shipped


@pytest.mark.parametrize(
    ("source", "headers", "object_type"),
    [
        ("export.csv", ["First Name", "Last Name", "Email", "Company Name"], ObjectType.CONTACTS),
        ("export.csv", ["Name", "E-Mail"], ObjectType.CONTACTS),
        ("export.csv", ["Company name", "Company Domain Name", "Industry"], ObjectType.COMPANIES),
        ("export.csv", ["Ticket name", "Ticket description", "Status"], ObjectType.TICKETS),
        ("Our_Tickets.csv", ["title", "email"], ObjectType.TICKETS),
    ],
)
def test_what_the_rows_are_is_guessed(source: str, headers: list[str], object_type: ObjectType) -> None:
    assert guessed_type(source, headers) is object_type


def test_a_file_that_is_none_of_the_three_is_refused_with_its_columns() -> None:
    with pytest.raises(SourceError, match="it has colour, size"):
        draft("things.csv", a_table(colour=["red"], size=["3"]))


def test_what_the_caller_says_wins_over_the_guess() -> None:
    found = draft("contacts.csv", a_table(name=["Acme"], email=["a@example.com"]), ObjectType.COMPANIES)
    assert found.object_type is ObjectType.COMPANIES
    assert found.columns[1] == Column(header="email", property_name=None, kind=PropertyType.EMAIL)


@pytest.mark.parametrize(
    ("cells", "kind"),
    [
        (["a@example.com", "b@example.org", None], PropertyType.EMAIL),
        (["+33 6 12 34 56 78", "+44 161 496 0312"], PropertyType.PHONE),
        (["2024-01-31", "2024-02-29"], PropertyType.DATE),
        (["2024-01-31 10:15", "2024-02-29 23:59"], PropertyType.DATETIME),
        (["1", "20", "300"], PropertyType.INTEGER),
        (["1.5", "20", "300.25"], PropertyType.NUMBER),
        (["https://example.com/a", "http://example.org"], PropertyType.URL),
        (["example.com", "example.org"], PropertyType.DOMAIN),
        (["01718", "90210"], None),
        (["Lyon", "Oslo"], None),
        ([None, None], None),
    ],
)
def test_a_columns_type_is_told_by_its_values(cells: list[str | None], kind: PropertyType | None) -> None:
    assert kind_of(a_table(column=cells)["column"]) is kind


def test_one_wrong_cell_in_twenty_does_not_hide_the_type() -> None:
    cells: list[str | None] = [*(f"p{number}@example.com" for number in range(19)), "n/a"]
    assert kind_of(a_table(column=cells)["column"]) is PropertyType.EMAIL


def test_an_id_column_must_be_filled_and_unique() -> None:
    twice = a_table(subject=["a", "b"], ticket_id=["1", "1"])
    assert draft("tickets.csv", twice).id_column is None
    assert draft("tickets.csv", twice.assign(ticket_id=["1", "2"])).id_column == "ticket_id"


def test_two_columns_for_one_property_leave_the_plainer_name_in_its_place() -> None:
    found = draft("contacts.csv", a_table(mail=["x@example.com"], email=["y@example.com"]))
    assert [column.property_name for column in found.columns] == [None, "email"]


def test_columns_hubspot_does_not_know_are_remarks_and_odd_headers_still_load(tmp_path: Path) -> None:
    rows = a_table(
        **{"E-Mail": ["x@example.com"], "Score: last\nyear": ["3"], "Mobile": ["+33612345678"], "# of": ["1"]}
    )
    text = draft_text(draft("my contacts: new.csv", rows))
    mapping = loaded(tmp_path, text)
    assert set(mapping.properties) == {"email", "mobilephone"}
    assert mapping.source == "my contacts: new.csv"
    assert '"column": "Score: last\\nyear", "type": "integer"' in text
