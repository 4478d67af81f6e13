"""`hubspot-import suggest`: a mapping on stdout."""

from __future__ import annotations

from pathlib import Path

import pytest

from hubspot_import.mapping.loader import load_mapping
from hubspot_import.model import ObjectType
from hubspot_provider.command import main


def test_the_draft_on_stdout_is_a_mapping(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "people.csv").write_text("Given name;E-Mail\nAda;ada@example.com\n", encoding="utf-8")
    assert main(["suggest", str(tmp_path / "people.csv")]) == 0
    draft = tmp_path / "draft.yaml"
    draft.write_text(capsys.readouterr().out, encoding="utf-8")
    mapping = load_mapping(draft)
    assert (mapping.object_type, mapping.key) == (ObjectType.CONTACTS, "email")
    assert mapping.properties["firstname"].column == "Given name"


def test_a_file_of_nothing_known_is_one_line_on_stderr(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "things.csv").write_text("colour\nred\n", encoding="utf-8")
    assert main(["suggest", str(tmp_path / "things.csv")]) == 1
    (line,) = capsys.readouterr().err.splitlines()
    assert line.startswith("error: SourceError: things.csv")


def test_what_the_rows_are_can_be_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "list.csv").write_text("name,email\nAcme,info@example.com\n", encoding="utf-8")
    assert main(["suggest", str(tmp_path / "list.csv"), "--object", "companies"]) == 0
    assert "object_type: companies" in capsys.readouterr().out
