from __future__ import annotations

import logging

from hubspot_import.findings import Code
from hubspot_import.loading import stage as loading
from hubspot_import.model import ObjectType
from hubspot_import.tables import FINDINGS, findings_frame, part_name, read, write_part
from hubspot_import.validation.stage import run
from support.sheets import a_new_run, findings_of, rows_of

COMPANIES, CONTACTS, TICKETS = ObjectType
MESSY = """First Name;Last Name;Email;Phone Number;Country/Region
Zoé;Null;zoe@example.com;+33 6 12 34 56 78;France
Bob;O'Brien;bob@example,com;0612345678;Netherlands
Ann;Ray;ZOE@example.com;;
Cut;short
Eve;Lee;eve@example.com;;
""".encode("cp1252")


def test_valid_rows_and_rejects_share_the_rows_between_them(tmp_path):
    folder = a_new_run(tmp_path, {"contacts.csv": MESSY})
    loading.run(folder)
    result = run(folder)
    assert rows_of(folder, CONTACTS, "valid") == [2, 6]
    assert rows_of(folder, CONTACTS, "rejects") == [3, 4, 5]
    assert result.counts == {"contacts.rows_in": 5, "contacts.rows_out": 2, "contacts.rejected": 3}


def test_rejects_keep_the_files_own_columns_and_text(tmp_path):
    folder = a_new_run(tmp_path, {"contacts.csv": MESSY})
    loading.run(folder)
    run(folder)
    rejects = read(folder.dataset(CONTACTS, "rejects"))
    assert rejects["Email"].tolist()[:2] == ["bob@example,com", "ZOE@example.com"]
    assert rejects.columns.tolist() == read(folder.dataset(CONTACTS, "valid")).columns.tolist()


def test_findings_name_row_line_and_the_files_column(tmp_path):
    folder = a_new_run(tmp_path, {"contacts.csv": MESSY})
    loading.run(folder)
    run(folder)
    found = findings_of(folder, CONTACTS)
    places = list(zip(found["code"], found["row"], found["column"].fillna(""), strict=True))
    assert places == [
        (Code.INCORRECT_NUMBER_OF_COLUMNS, 5, ""),
        (Code.INVALID_EMAIL, 3, "Email"),
        (Code.INVALID_PHONE, 3, "Phone Number"),
        (Code.DUPLICATE_UNIQUE_PROPERTY_VALUE, 4, "Email"),
    ]


def test_a_damaged_row_is_not_judged_by_its_cells(tmp_path):
    folder = a_new_run(tmp_path, {"contacts.csv": "firstname,email\nAnn\n"})
    loading.run(folder)
    run(folder)
    assert findings_of(folder, CONTACTS)["code"].tolist() == [Code.INCORRECT_NUMBER_OF_COLUMNS]


def test_validating_again_gives_the_same_whatever_later_stages_found(tmp_path):
    folder = a_new_run(tmp_path, {"contacts.csv": MESSY})
    loading.run(folder)
    first = run(folder)
    later = read(folder.findings(CONTACTS), schema=FINDINGS).assign(row=2)
    write_part(folder.findings(CONTACTS) / part_name(0, "preflight"), later, FINDINGS)
    assert run(folder).counts == first.counts


def test_a_file_without_rows_leaves_empty_datasets_with_its_columns(tmp_path):
    folder = a_new_run(tmp_path, {"contacts.csv": "email\n"})
    loading.run(folder)
    assert run(folder).counts["contacts.rows_in"] == 0
    assert "email" in read(folder.dataset(CONTACTS, "valid")).columns


def test_the_default_region_of_the_run_reads_phones(tmp_path):
    folder = a_new_run(tmp_path, {"contacts.csv": "email,phone\na@example.com,0612345678\n"}, default_region="FR")
    loading.run(folder)
    run(folder)
    assert rows_of(folder, CONTACTS, "valid") == [2]


def test_the_six_faults_of_the_brief_are_found_and_nothing_else(tmp_path):
    emails = [f"p{number}@example.com" for number in range(20)]
    emails[3], emails[7], emails[11], emails[15] = "p3@example,com", "p7.example.com", "p 11@example.com", emails[14]
    tickets = [[f"T-{number}", f"Subject {number}", "2025-03-01"] for number in range(20)]
    tickets[5][1], tickets[9][2] = "", "2025-02-30"
    folder = a_new_run(
        tmp_path,
        {
            "contacts.csv": "email\n" + "\n".join(emails) + "\n",
            "tickets.csv": "ticket_id,subject,created_date\n" + "\n".join(map(",".join, tickets)) + "\n",
        },
    )
    loading.run(folder)
    run(folder)
    assert rows_of(folder, CONTACTS, "rejects") == [5, 9, 13, 17]
    assert rows_of(folder, TICKETS, "rejects") == [7, 11]
    assert findings_of(folder, TICKETS)["code"].tolist() == [Code.MISSING_REQUIRED_PROPERTY, Code.COULD_NOT_PARSE_DATE]


def test_the_log_tells_counts_and_no_personal_data(tmp_path, caplog):
    folder = a_new_run(tmp_path, {"contacts.csv": MESSY})
    loading.run(folder)
    with caplog.at_level(logging.INFO):
        run(folder)
    assert "STEP 2/6: validate" in caplog.messages
    assert "contacts: 5 rows in, 2 valid, 3 held back, 3 findings" in caplog.messages
    assert "@" not in caplog.text


def test_findings_of_an_empty_list_have_all_columns():
    assert findings_frame([]).columns.tolist() == FINDINGS.names
