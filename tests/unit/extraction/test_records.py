"""Valid rows become records."""

from __future__ import annotations

import pandas as pd

from hubspot_import.extraction.records import map_records
from hubspot_import.mapping.columns import resolve_columns
from hubspot_import.mapping.spec import ObjectMapping
from hubspot_import.model import ObjectType
from hubspot_import.tables import KEY, LINE, OTHER_KEYS, ROW


def a_mapping(
    object_type: ObjectType, key: str, *, id_column: str | None = None, **properties: object
) -> ObjectMapping:
    return ObjectMapping.model_validate(
        {
            "object_type": object_type,
            "source": f"{object_type}.csv",
            "key": key,
            "id_column": id_column,
            "properties": properties,
        }
    )


def rows_of(*rows: dict[str, str]) -> pd.DataFrame:
    frame = pd.DataFrame(list(rows), dtype="str")
    frame.insert(0, ROW, range(2, 2 + len(rows)))
    frame.insert(1, LINE, range(2, 2 + len(rows)))
    return frame


def mapped(rows: pd.DataFrame, mapping: ObjectMapping, region: str | None = None) -> pd.DataFrame:
    columns = resolve_columns(mapping, [name for name in rows.columns if name not in (ROW, LINE)])
    return map_records(rows, mapping, columns, namespace="default", region=region)


CONTACTS = a_mapping(
    ObjectType.CONTACTS,
    "email",
    email={"column": "email", "type": "email"},
    lastname="lastname",
    zip="zip",
    phone={"column": "phone", "type": "phone"},
)
COMPANIES = a_mapping(
    ObjectType.COMPANIES, "bulk_import_key", name="name", domain={"column": "domain", "type": "domain"}
)
TICKETS = a_mapping(ObjectType.TICKETS, "bulk_import_key", id_column="ticket_id", subject="subject", content="content")


def test_a_record_holds_the_fixed_columns_and_one_for_each_property() -> None:
    records = mapped(rows_of({"email": "a@x.example.com"}), CONTACTS)
    assert list(records.columns) == [ROW, LINE, KEY, OTHER_KEYS, "email", "lastname", "zip", "phone"]


def test_values_are_in_wire_form() -> None:
    records = mapped(rows_of({"email": "ANN@X.example.com", "phone": "+44 20 7946 0018"}), CONTACTS)
    assert records.loc[0, "email"] == "ann@x.example.com"
    assert records.loc[0, "phone"] == "+442079460018"


def test_text_that_looks_like_nothing_or_a_number_stays_text() -> None:
    records = mapped(rows_of({"email": "a@x.example.com", "lastname": "Null", "zip": "01718"}), CONTACTS)
    assert (records.loc[0, "lastname"], records.loc[0, "zip"]) == ("Null", "01718")


def test_an_empty_cell_and_an_absent_column_are_not_sent() -> None:
    records = mapped(rows_of({"email": "a@x.example.com", "lastname": " "}), CONTACTS)
    assert records[["lastname", "zip", "phone"]].isna().all(axis=None)


def test_a_region_reads_national_phones() -> None:
    rows = rows_of({"email": "a@x.example.com", "phone": "020 7946 0018"})
    assert mapped(rows, CONTACTS, region="GB").loc[0, "phone"] == "+442079460018"


def test_a_contact_is_known_by_its_e_mail_in_wire_form() -> None:
    records = mapped(rows_of({"email": "ANN@X.example.com"}), CONTACTS)
    assert records.loc[0, KEY] == "ann@x.example.com"
    assert records[OTHER_KEYS].isna().all()


def test_a_company_is_known_by_domain_and_could_have_been_by_name() -> None:
    records = mapped(rows_of({"name": "Mill & Quay", "domain": "mill.example.org"}), COMPANIES)
    assert records.loc[0, KEY] == "default:domain:mill.example.org"
    assert records.loc[0, OTHER_KEYS] == "default:name:mill & quay"


def test_a_company_without_a_domain_is_known_by_name() -> None:
    assert mapped(rows_of({"name": "Mill & Quay"}), COMPANIES).loc[0, KEY] == "default:name:mill & quay"


def test_a_ticket_is_known_by_its_id_and_could_have_been_by_its_content() -> None:
    records = mapped(rows_of({"ticket_id": "T-7", "subject": "Late"}), TICKETS)
    assert records.loc[0, KEY] == "default:id:t-7"
    assert records.loc[0, OTHER_KEYS].startswith("default:hash:")


def test_a_ticket_without_an_id_is_known_by_its_raw_content() -> None:
    rows = rows_of({"subject": "Late", "content": "a"}, {"subject": "Late", "content": "b"})
    keys = mapped(rows, TICKETS)[KEY]
    assert keys.str.startswith("default:hash:").all()
    assert keys.is_unique


def test_a_ticket_keeps_its_content_key_when_an_id_column_comes_later() -> None:
    before = mapped(rows_of({"subject": "Late", "content": "a"}), TICKETS)
    after = mapped(rows_of({"ticket_id": "T-7", "subject": "Late", "content": "a"}), TICKETS)
    assert after.loc[0, OTHER_KEYS] == before.loc[0, KEY]


def test_a_record_id_column_is_the_key_without_being_a_property() -> None:
    mapping = a_mapping(ObjectType.CONTACTS, "hs_object_id", lastname="lastname")
    records = mapped(rows_of({"Record ID": "501", "lastname": "Lee"}), mapping)
    assert list(records[KEY]) == ["501"]
    assert "hs_object_id" not in records.columns


def test_no_rows_give_no_records() -> None:
    rows = rows_of({"ticket_id": "1", "subject": "x"}).iloc[:0]
    assert mapped(rows, TICKETS).empty
