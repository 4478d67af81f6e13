"""The stage: what stands in the run folder afterwards."""

from __future__ import annotations

import logging
from pathlib import Path

import pandas as pd
import pytest

from hubspot_import import tables
from hubspot_import.extraction import stage
from hubspot_import.mapping.conventions import Convention
from hubspot_import.mapping.spec import DateFormat
from hubspot_import.model import ObjectType, Params
from hubspot_import.run_folder import RunFolder
from hubspot_import.settings import PROJECT_ROOT

COMPANIES, CONTACTS, TICKETS = ObjectType

COMPANY_ROWS = [{"name": "Mill", "domain": "mill.example.org"}, {"name": "Quay", "domain": "quay.example.net"}]
CONTACT_ROWS = [
    {"email": "ann@mill.example.org", "company": "Mill"},
    {"email": "bob@quay.example.net", "company": " QUAY "},
    {"email": "cid@free.example.com", "company": "Elsewhere"},
    {"email": "dee@free.example.com", "company": ""},
]
TICKET_ROWS = [
    {"ticket_id": "1", "subject": "Late", "content": "I am Ann (ann@mill.example.org), tel. +44 20 7946 0018"},
    {"ticket_id": "2", "subject": "From dee@free.example.com", "content": "Hello"},
    {"ticket_id": "3", "subject": "Invoice", "content": "mailto:nobody@unknown.example.com"},
    {"ticket_id": "4", "subject": "Invoice", "content": "no address"},
]


def a_folder(path: Path, rows: dict[ObjectType, list[dict[str, str]]]) -> RunFolder:
    """A run folder as it is after validation."""
    folder = RunFolder(path / "run")
    folder.update_manifest(params=Params(source="/s", mappings="/m").as_dict())
    folder.mappings_path.mkdir(exist_ok=True)
    for object_type, records in rows.items():
        shipped = PROJECT_ROOT / "include" / "mappings" / f"{object_type}.yaml"
        (folder.mappings_path / shipped.name).write_text(shipped.read_text("utf-8"), "utf-8")
        frame = pd.DataFrame(records, dtype="str")
        frame.insert(0, tables.ROW, range(2, 2 + len(frame)))
        frame.insert(1, tables.LINE, range(2, 2 + len(frame)))
        tables.write_parts(folder.dataset(object_type, "valid"), [frame.iloc[:1], frame.iloc[1:]])
    return folder


def candidates(folder: RunFolder, from_type: ObjectType, to_type: ObjectType) -> dict[int, object]:
    """Target row, or the value it is looked for by, of each record's candidate."""
    found = tables.read(folder.links(from_type, to_type, "candidates"), schema=tables.LINK_CANDIDATES)
    return {
        int(link.from_row): link.match_value if pd.isna(link.to_row) else int(link.to_row)
        for link in found.itertuples()
    }


@pytest.fixture
def folder(tmp_path: Path) -> RunFolder:
    return a_folder(tmp_path, {COMPANIES: COMPANY_ROWS, CONTACTS: CONTACT_ROWS, TICKETS: TICKET_ROWS})


def test_every_valid_row_becomes_a_record_whatever_part_it_is_in(folder: RunFolder) -> None:
    result = stage.run(folder)
    assert result.counts["tickets.rows_in"] == result.counts["tickets.records"] == 4
    assert list(tables.read(folder.dataset(TICKETS, "records"))[tables.ROW]) == [2, 3, 4, 5]


def test_finds_are_written_with_the_column_they_stand_in(folder: RunFolder) -> None:
    result = stage.run(folder)
    mined = tables.read(folder.dataset(TICKETS, "mined"), schema=tables.MINED)
    assert list(zip(mined["row"], mined["column"], mined["kind"], strict=True)) == [
        (2, "content", "email"),
        (2, "content", "phone"),
        (3, "subject", "email"),
        (4, "content", "email"),
    ]
    assert (result.counts["tickets.mined_emails"], result.counts["tickets.mined_phones"]) == (3, 1)


def test_contacts_are_linked_by_company_name(folder: RunFolder) -> None:
    stage.run(folder)
    assert candidates(folder, CONTACTS, COMPANIES) == {2: 2, 3: 3, 4: "Elsewhere"}


def test_tickets_are_linked_by_mined_e_mail(folder: RunFolder) -> None:
    stage.run(folder)
    assert candidates(folder, TICKETS, CONTACTS) == {2: 2, 3: 5, 4: "nobody@unknown.example.com"}


def test_tickets_are_linked_to_the_company_of_their_contact(folder: RunFolder) -> None:
    result = stage.run(folder)
    assert candidates(folder, TICKETS, COMPANIES) == {2: 2}
    assert result.counts["links.tickets-companies"] == 1


def test_contacts_alone_keep_their_companies_open(tmp_path: Path) -> None:
    folder = a_folder(tmp_path, {CONTACTS: CONTACT_ROWS[:1]})
    stage.run(folder)
    assert candidates(folder, CONTACTS, COMPANIES) == {2: "Mill"}


def test_tickets_alone_have_no_way_to_companies(tmp_path: Path) -> None:
    folder = a_folder(tmp_path, {TICKETS: TICKET_ROWS})
    stage.run(folder)
    assert candidates(folder, TICKETS, COMPANIES) == {}


def test_an_object_type_without_a_valid_row_is_no_obstacle(tmp_path: Path) -> None:
    folder = a_folder(tmp_path, {COMPANIES: COMPANY_ROWS, CONTACTS: CONTACT_ROWS, TICKETS: TICKET_ROWS})
    folder.clear(folder.dataset(COMPANIES, "valid"))
    result = stage.run(folder)
    assert result.counts["companies.records"] == 0
    assert candidates(folder, CONTACTS, COMPANIES)[2] == "Mill"


def test_tickets_without_an_id_are_warned_about_once(tmp_path: Path) -> None:
    folder = a_folder(tmp_path, {TICKETS: [{"subject": "a"}, {"subject": "b"}]})
    stage.run(folder)
    findings = tables.read(folder.findings(TICKETS), schema=tables.FINDINGS)
    assert list(findings["code"]) == ["NO_STABLE_KEY"]
    assert "ticket_id" in findings.loc[0, "fix"]


def test_running_again_replaces_what_stood_there(folder: RunFolder) -> None:
    first = stage.run(folder)
    again = stage.run(folder)
    assert again.counts == first.counts
    assert len(tables.read(folder.dataset(TICKETS, "records"))) == 4


def test_a_warning_goes_away_when_the_rows_have_ids_at_last(tmp_path: Path) -> None:
    folder = a_folder(tmp_path, {TICKETS: [{"subject": "a"}]})
    stage.run(folder)
    stage.run(a_folder(tmp_path, {TICKETS: TICKET_ROWS}))
    assert tables.parts(folder.findings(TICKETS)) == []


def test_the_log_tells_counts_and_no_personal_value(folder: RunFolder, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.INFO, logger="hubspot_import"):
        stage.run(folder)
    assert "STEP 3/6: extract and map" in caplog.text
    assert "4 rows in, 4 records, 3 mined emails, 1 mined phones" in caplog.text
    assert "@" not in caplog.text


def test_dates_are_written_by_the_convention_validate_found(tmp_path: Path) -> None:
    row = {"ticket_id": "1", "subject": "Late", "created_date": "03/04/2025"}
    folder = a_folder(tmp_path, {TICKETS: [row]})
    folder.write_conventions(TICKETS, {"createdate": Convention(date_format=DateFormat.MDY)})
    stage.run(folder)
    assert list(tables.read(folder.dataset(TICKETS, "records"))["createdate"]) == ["2025-03-04T00:00:00Z"]


def links_of(tmp_path: Path, contacts: list[dict[str, str]], tickets: list[dict[str, str]]) -> tuple[RunFolder, int]:
    folder = a_folder(tmp_path, {COMPANIES: COMPANY_ROWS, CONTACTS: contacts, TICKETS: tickets})
    return folder, stage.run(folder).counts["tickets.suggested_links"]


def test_a_ticket_without_an_address_goes_to_the_one_contact_with_its_phone(tmp_path: Path) -> None:
    contacts = [{**CONTACT_ROWS[0], "phone": "+44 20 7946 0018"}, {**CONTACT_ROWS[1], "phone": ""}]
    folder, suggested = links_of(tmp_path, contacts, [{"subject": "a", "content": "call +442079460018"}])
    assert (candidates(folder, TICKETS, CONTACTS), suggested) == ({2: 2}, 0)


def test_a_phone_that_two_contacts_share_links_nobody_and_is_suggested(tmp_path: Path) -> None:
    contacts = [{**row, "phone": "+44 20 7946 0018"} for row in CONTACT_ROWS[:2]]
    folder, suggested = links_of(tmp_path, contacts, [{"subject": "a", "content": "call +442079460018"}])
    assert (candidates(folder, TICKETS, CONTACTS), suggested) == ({}, 1)


def test_a_quoted_address_suggests_its_contact_and_company_only(tmp_path: Path) -> None:
    folder, suggested = links_of(tmp_path, CONTACT_ROWS, [{"subject": "a", "content": "> ann@mill.example.org"}])
    assert (candidates(folder, TICKETS, CONTACTS), suggested) == ({}, 2)


def test_a_contact_without_a_company_goes_to_the_one_its_address_is_at(tmp_path: Path) -> None:
    contacts = [{"email": "zoe@mill.example.org", "company": ""}, {"email": "yan@mill.example.org", "company": "Else"}]
    folder, _ = links_of(tmp_path, contacts, TICKET_ROWS)
    assert candidates(folder, CONTACTS, COMPANIES) == {2: 2, 3: "Else"}


def test_a_company_of_a_name_written_otherwise_is_linked(tmp_path: Path) -> None:
    contacts = [{"email": "ann@free.example.com", "company": "Mill Ltd."}]
    folder, _ = links_of(tmp_path, contacts, TICKET_ROWS)
    assert candidates(folder, CONTACTS, COMPANIES) == {2: 2}


def test_another_address_of_a_contacts_mailbox_is_linked(tmp_path: Path) -> None:
    tickets = [{"subject": "a", "content": "write to annlee+shop@gmail.com"}]
    folder, suggested = links_of(tmp_path, [{"email": "ann.lee@gmail.com"}], tickets)
    assert (candidates(folder, TICKETS, CONTACTS), suggested) == ({2: 2}, 0)


def test_a_ticket_of_nobody_known_goes_to_the_company_its_address_is_at(tmp_path: Path) -> None:
    tickets = [
        {"subject": "a", "content": "I am new@mill.example.org"},
        {"subject": "b", "content": "I am someone@gmail.com"},
        {"subject": "c", "content": "> boss@mill.example.org"},
    ]
    folder, suggested = links_of(tmp_path, CONTACT_ROWS, tickets)
    assert (candidates(folder, TICKETS, COMPANIES), suggested) == ({2: 2}, 1)


def test_the_contacts_company_goes_before_the_one_the_address_is_at(tmp_path: Path) -> None:
    contacts = [{"email": "ann@mill.example.org", "company": "Quay"}]
    folder, _ = links_of(tmp_path, contacts, TICKET_ROWS[:1])
    assert candidates(folder, TICKETS, COMPANIES) == {2: 3}


def test_an_address_at_an_own_domain_links_nobody(tmp_path: Path) -> None:
    folder = a_folder(tmp_path, {CONTACTS: CONTACT_ROWS, TICKETS: TICKET_ROWS})
    params = Params(source="/s", mappings="/m", own_domains=("mill.example.org",))
    folder.update_manifest(params=params.as_dict())
    stage.run(folder)
    assert 2 not in candidates(folder, TICKETS, CONTACTS)
