"""`hubspot-import check`: files read and checked without Airflow."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from hubspot_import.settings import PROJECT_ROOT
from hubspot_provider.command import main
from support.sheets import a_source


def test_a_folder_whose_rows_are_all_fine_ends_with_0(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", str(PROJECT_ROOT / "include" / "data")]) == 0
    shown = capsys.readouterr().out
    assert "tickets.csv     166              166          0" in shown
    assert "VALIDATION ERRORS" not in shown


def test_rows_held_back_are_named_with_what_to_type(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    a_source(tmp_path, {"contacts.csv": "email;phone\na@example.com;0612345678\nb@example.com;\n"})
    assert main(["check", str(tmp_path)]) == 1
    shown = capsys.readouterr().out
    assert "contacts.csv     2                1          1" in shown
    assert "Row 2: '0612345678' in phone" in shown
    assert "+33612345678" in shown


def test_a_default_region_reads_the_phones(tmp_path: Path) -> None:
    a_source(tmp_path, {"contacts.csv": "email,phone\na@example.com,0612345678\n"})
    assert main(["check", str(tmp_path), "--default-region", "FR"]) == 0


def test_a_folder_that_does_not_exist_is_one_line_on_stderr(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", str(tmp_path / "nowhere")]) == 1
    (line,) = capsys.readouterr().err.splitlines()
    assert line.startswith("error: SourceError:")


def test_checking_needs_no_airflow(tmp_path: Path) -> None:
    a_source(tmp_path, {"contacts.csv": "email\na@example.com\n"})
    script = (
        "import sys; from hubspot_provider.command import main; "
        f"assert main(['check', {str(tmp_path)!r}]) == 0; assert 'airflow' not in sys.modules"
    )
    done = subprocess.run([sys.executable, "-c", script], check=False, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
