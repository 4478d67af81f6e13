from __future__ import annotations

import pytest

from hubspot_import import api
from hubspot_import.client.client import HubSpotClient
from hubspot_import.client.session import open_session
from hubspot_import.errors import SourceError
from hubspot_import.settings import ClientSettings
from hubspot_simulator.server import SimulatorServer
from support.sheets import a_source
from support.workbooks import a_workbook


def test_read_table_gives_text_indexed_by_row_number(tmp_path):
    path = tmp_path / "a.csv"
    path.write_bytes("name;zip\nNull;01718\nZoé;\n".encode("cp1252"))
    table = api.read_table(path)
    assert table.rows.loc[2].tolist() == ["Null", "01718"]
    assert table.rows["zip"].isna().tolist() == [False, True]
    assert (table.dialect.encoding, table.dialect.delimiter) == ("cp1252", ";")


def test_read_table_reports_damage_with_row_and_line(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text('a,b\n"x\ny",1\n3\n')
    found = api.read_table(path).findings
    assert found[["code", "row", "line"]].to_numpy().tolist() == [["INCORRECT_NUMBER_OF_COLUMNS", 3, 4]]


def test_read_table_refuses_what_is_not_there(tmp_path):
    with pytest.raises(SourceError, match=r"nothing\.csv cannot be read"):
        api.read_table(tmp_path / "nothing.csv")


def test_read_table_reads_a_sheet_of_a_workbook(tmp_path):
    path = tmp_path / "a.xlsx"
    path.write_bytes(a_workbook({"May": [["city"], ["Oslo"]], "June": [["city"], ["Bergen"]]}))
    assert api.read_table(path).rows["city"].tolist() == ["Oslo"]
    assert api.read_table(path, sheet="June").rows["city"].tolist() == ["Bergen"]


def test_check_emails_says_what_an_import_would():
    checked = api.check_emails(["Ann@Example.com ", "bad", "", None])
    assert checked.columns.tolist() == ["value", "normalized", "error"]
    assert checked["normalized"].fillna("").tolist() == ["ann@example.com", "", "", ""]
    assert [bool(error) for error in checked["error"]] == [False, True, True, True]


def test_check_phones_takes_one_region_for_all():
    assert api.check_phones(["0612345678", "06 12 34 56 78"], "FR")["e164"].tolist() == ["+33612345678"] * 2


def test_check_phones_takes_a_region_a_value():
    checked = api.check_phones(["0612345678", "0612345678", "0612345678"], ["NL", None, "FR"])
    assert checked["e164"].fillna("").tolist() == ["+31612345678", "", "+33612345678"]
    assert checked["error"].tolist() == ["", "the country code is missing", ""]


@pytest.mark.parametrize("check", [api.check_emails, api.check_phones])
def test_checking_nothing_gives_an_empty_table(check):
    assert len(check([])) == 0


def test_the_public_surface_is_what_the_docs_say():
    documented = {"Table", "check_emails", "check_phones", "mine_text", "read_table", "run_import"}
    assert set(api.__all__) == documented


def test_run_import_imports_a_folder_and_gives_its_report(tmp_path):
    source = a_source(tmp_path / "in", {"contacts.csv": "email,firstname\na@example.com,Ann\nbad,Bob\n"})
    with SimulatorServer() as server:
        settings = ClientSettings(base_url=server.url, token=server.token)
        client = HubSpotClient(open_session(settings), settings)
        report = api.run_import(source, client=client, runs=tmp_path / "runs")
        assert len(server.account.records("contacts")) == 1
    assert report["status"] == "degraded"
    assert report["objects"]["contacts"]["created"] == 1
    assert [entry["row"] for entry in report["findings"] if entry["severity"] == "error"] == [3]


def test_run_import_knows_the_params_of_the_dag(tmp_path):
    source = a_source(tmp_path / "in", {"contacts.csv": "email\na@example.com\n"})
    with SimulatorServer() as server:
        settings = ClientSettings(base_url=server.url, token=server.token)
        client = HubSpotClient(open_session(settings), settings)
        report = api.run_import(source, client=client, runs=tmp_path / "runs", dry_run=True)
        assert server.account.records("contacts") == {}
    assert report["dry_run"] is True
    assert report["plan"]["contacts"]["create"] == 1
