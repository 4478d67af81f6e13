from __future__ import annotations

from pathlib import Path

import pytest

from hubspot_import import errors
from hubspot_import.model import Stage
from hubspot_import.run_folder import RunFolder
from hubspot_provider.command import Ending, main, parse_conf, run_headless


def test_the_source_on_the_command_line_goes_into_the_conf() -> None:
    assert parse_conf('{"limit": 3}', "inbox") == {"limit": 3, "source": "inbox"}


def test_an_empty_conf_is_no_conf() -> None:
    assert parse_conf("", "") == {}


@pytest.mark.parametrize("text", ["{limit: 3}", "[1]", '"x"', '{"source": "other"}'])
def test_a_conf_that_cannot_be_meant_is_refused(text: str) -> None:
    with pytest.raises(errors.SettingsError):
        parse_conf(text, "inbox")


@pytest.mark.parametrize(
    ("conf", "named"),
    [
        ({"dryrun": True}, "'dryrun'"),
        ({"mode": "merge"}, "'merge'"),
        ({"source": "no-such-folder"}, "no-such-folder"),
        ({"mappings": "no-such-mappings"}, "no-such-mappings"),
    ],
)
def test_what_is_wrong_is_said_before_airflow_starts(tmp_path: Path, conf: dict[str, object], named: str) -> None:
    with pytest.raises(errors.FatalError, match=named):
        run_headless({"source": str(tmp_path), **conf}, {"AIRFLOW_HOME": str(tmp_path / "home")})
    assert not (tmp_path / "home").exists()


def test_a_wrong_conf_is_one_line_on_stderr(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--conf", '{"mode": "merge"}', "--source", "include/data"]) == 1
    shown = capsys.readouterr()
    assert shown.out == ""
    assert len(shown.err.splitlines()) == 1
    assert "SettingsError" in shown.err


def test_the_report_is_the_last_line_and_the_error_comes_once(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = RunFolder(tmp_path)
    folder.record_failure(Stage.PREFLIGHT, errors.TokenError("the token is wrong"))
    folder.report.mkdir()
    (folder.report / "summary.txt").write_text("The summary")
    status = Ending(folder=folder, error="TokenError: the token is wrong").show("counted")
    shown = capsys.readouterr()
    assert status == 1
    assert shown.out.splitlines() == ["The summary", "counted", f"report: {folder.report}"]
    assert shown.err == "error: TokenError: the token is wrong\n"
