from __future__ import annotations

import hashlib
import logging

import pytest

from hubspot_import.errors import MappingError, SourceError
from hubspot_import.findings import Code
from hubspot_import.loading.stage import run
from hubspot_import.model import ObjectType
from hubspot_import.tables import LINE, ROW, read
from support.sheets import a_new_run, a_source, findings_of, rows_of
from support.workbooks import a_workbook

COMPANIES, CONTACTS, TICKETS = ObjectType
THREE = "email,firstname\na@example.com,Ann\nb@example.com,Bob\nc@example.com,Cem\n"


def test_rows_hold_the_files_own_columns_with_row_and_line(tmp_path):
    folder = a_new_run(tmp_path, {"contacts.csv": THREE})
    result = run(folder)
    rows = read(folder.dataset(CONTACTS, "rows"))
    assert rows.columns.tolist() == [ROW, LINE, "email", "firstname"]
    assert rows[ROW].tolist() == [2, 3, 4]
    assert result.counts == {"contacts.rows_out": 3, "contacts.damaged": 0}


def test_the_manifest_says_how_the_file_was_read(tmp_path):
    folder = a_new_run(tmp_path, {"contacts.csv": THREE})
    run(folder)
    assert folder.manifest()["files"] == {
        "contacts": {
            "file": "contacts.csv",
            "sha256": hashlib.sha256(THREE.encode()).hexdigest(),
            "encoding": "utf-8",
            "encoding_confidence": 1.0,
            "delimiter": ",",
            "header_row": 1,
            "rows": 3,
        }
    }


def test_only_the_mappings_of_the_run_are_copied(tmp_path):
    folder = a_new_run(tmp_path, {"contacts.csv": THREE})
    run(folder)
    assert list(folder.mappings()) == [CONTACTS]


def test_an_absent_file_leaves_its_object_type_out_with_a_warning(tmp_path):
    folder = a_new_run(tmp_path, {"contacts.csv": THREE})
    run(folder)
    assert findings_of(folder, TICKETS)["code"].tolist() == [Code.FILE_NOT_FOUND]
    assert "tickets.csv" in findings_of(folder, TICKETS)["message"][0]


def test_a_column_nobody_maps_is_one_warning(tmp_path):
    folder = a_new_run(tmp_path, {"contacts.csv": "email,Extra\na@example.com,1\nb@example.com,2\n"})
    run(folder)
    found = findings_of(folder, CONTACTS)
    assert found["code"].tolist() == [Code.UNMAPPED_COLUMN]
    assert found["column"].tolist() == ["Extra"]


def test_a_damaged_row_is_in_the_rows_and_reported(tmp_path):
    folder = a_new_run(tmp_path, {"contacts.csv": "email,firstname\na@example.com\nb@example.com,Bob\n"})
    result = run(folder)
    assert rows_of(folder, CONTACTS, "rows") == [2, 3]
    assert findings_of(folder, CONTACTS)["row"].tolist() == [2]
    assert result.counts["contacts.damaged"] == 1


def test_a_limit_takes_the_first_rows_and_their_findings(tmp_path):
    folder = a_new_run(tmp_path, {"contacts.csv": THREE + "damaged\n"}, limit=2)
    run(folder)
    assert rows_of(folder, CONTACTS, "rows") == [2, 3]
    assert findings_of(folder, CONTACTS).empty


def test_loading_again_replaces_what_was_loaded(tmp_path):
    folder = a_new_run(tmp_path, {"contacts.csv": THREE})
    run(folder)
    (tmp_path / "source" / "contacts.csv").write_text("email\nz@example.com\n")
    run(folder)
    assert rows_of(folder, CONTACTS, "rows") == [2]


def test_an_absent_source_folder_is_named(tmp_path):
    folder = a_new_run(tmp_path, {}, source=str(tmp_path / "nowhere"))
    with pytest.raises(SourceError, match="nowhere does not exist"):
        run(folder)


def test_an_absent_mappings_folder_is_named(tmp_path):
    folder = a_new_run(tmp_path, {"contacts.csv": THREE}, mappings=str(tmp_path / "nowhere"))
    with pytest.raises(MappingError, match="nowhere does not exist"):
        run(folder)


def test_a_missing_required_column_is_named_with_the_file_and_the_columns_found(tmp_path):
    folder = a_new_run(tmp_path, {"contacts.csv": "firstname,city\nAnn,Oslo\n"})
    with pytest.raises(SourceError, match=r"contacts\.csv has no column email.*it has firstname, city"):
        run(folder)


def test_the_log_tells_counts_and_no_personal_data(tmp_path, caplog):
    folder = a_new_run(tmp_path, {"contacts.csv": THREE})
    with caplog.at_level(logging.INFO):
        run(folder)
    assert "STEP 1/6: load source files" in caplog.messages
    assert any(message.startswith("contacts: 3 rows in from contacts.csv (utf-8, ','") for message in caplog.messages)
    assert "@" not in caplog.text


def test_a_workbook_stands_in_for_the_named_file(tmp_path):
    folder = a_new_run(tmp_path, {"contacts.xlsx": a_workbook({"Export": [["email"], ["a@example.com"]]})})
    run(folder)
    assert rows_of(folder, CONTACTS, "rows") == [2]
    entry = folder.manifest()["files"]["contacts"]
    assert (entry["file"], entry["sheet"], entry["encoding"], entry["rows"]) == ("contacts.xlsx", "Export", "", 1)


def test_the_mapping_says_how_a_file_is_written(tmp_path):
    content = (
        "object_type: contacts\nsource: contacts.csv\nkey: email\nproperties: {email: email, firstname: firstname}\n"
    )
    mappings = a_source(tmp_path / "mappings", {"contacts.yaml": content + "encoding: cp1250\ndelimiter: '|'\n"})
    source = {"contacts.csv": "email|firstname\na@example.com|Łucja, Maria\n".encode("cp1250")}
    folder = a_new_run(tmp_path, source, mappings=str(mappings))
    run(folder)
    assert read(folder.dataset(CONTACTS, "rows"))["firstname"].tolist() == ["Łucja, Maria"]
    entry = folder.manifest()["files"]["contacts"]
    assert (entry["encoding"], entry["encoding_confidence"], entry["delimiter"]) == ("cp1250", 1.0, "|")
