from __future__ import annotations

import os
from pathlib import Path

import pytest

from hubspot_import.model import Params
from hubspot_import.run_folder import RunFolder
from hubspot_provider.commands.resume import choose_run, fingerprint

MAPPING = "object_type: contacts\nsource: contacts.csv\nkey: email\nproperties:\n  email: {column: email}\n"


@pytest.fixture
def params(tmp_path: Path) -> Params:
    (tmp_path / "mappings").mkdir()
    (tmp_path / "mappings" / "contacts.yaml").write_text(MAPPING)
    (tmp_path / "source").mkdir()
    (tmp_path / "source" / "contacts.csv").write_text("email\na@example.com\n")
    return Params(source=str(tmp_path / "source"), mappings=str(tmp_path / "mappings"))


def an_unfinished_run(runs: Path, name: str, mark: str) -> RunFolder:
    folder = RunFolder(runs / name)
    folder.update_manifest(run_id=name, fingerprint=mark)
    return folder


def test_the_same_import_has_the_same_fingerprint(params: Params) -> None:
    assert fingerprint(params, "account") == fingerprint(params, "account")


def test_a_file_that_no_mapping_names_does_not_count(params: Params) -> None:
    before = fingerprint(params, "account")
    (Path(params.source) / "notes.txt").write_text("hello")
    assert fingerprint(params, "account") == before


@pytest.mark.parametrize("changed", ["source/contacts.csv", "mappings/contacts.yaml"])
def test_a_changed_file_makes_another_import(params: Params, tmp_path: Path, changed: str) -> None:
    before = fingerprint(params, "account")
    with (tmp_path / changed).open("a") as file:
        file.write("# more\n")
    assert fingerprint(params, "account") != before


def test_another_account_or_other_params_make_another_import(params: Params) -> None:
    other = Params(source=params.source, mappings=params.mappings, dry_run=True)
    assert len({fingerprint(params, "a"), fingerprint(params, "b"), fingerprint(other, "a")}) == 3


def test_an_unfinished_run_of_the_same_import_is_resumed(tmp_path: Path) -> None:
    an_unfinished_run(tmp_path, "earlier", "mark")
    launch, lock = choose_run(tmp_path, "mark")
    os.close(lock)
    assert (launch.run, launch.is_resume) == ("earlier", True)


def test_a_run_with_a_report_or_of_another_import_is_left_alone(tmp_path: Path) -> None:
    done = an_unfinished_run(tmp_path, "done", "mark")
    done.write_json(done.report / "report.json", {"status": "failed"})
    an_unfinished_run(tmp_path, "other", "another mark")
    launch, lock = choose_run(tmp_path, "mark")
    os.close(lock)
    assert not launch.is_resume
    assert launch.run not in {"done", "other"}
    assert (tmp_path / str(launch.run)).is_dir()


def test_a_run_somebody_works_on_is_not_taken_from_them(tmp_path: Path) -> None:
    an_unfinished_run(tmp_path, "busy", "mark")
    first, first_lock = choose_run(tmp_path, "mark")
    second, second_lock = choose_run(tmp_path, "mark")
    os.close(first_lock)
    os.close(second_lock)
    assert first.run == "busy"
    assert second.run != "busy"
