from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pandas as pd

from hubspot_import import tables
from hubspot_import.key_registry import KEYS, file_prefix, look_up


def write(directory: Path, hour: int, **ids: str) -> None:
    prefix = file_prefix(datetime(2026, 11, 24, hour, tzinfo=UTC), "run")
    frame = pd.DataFrame({"key": list(ids), "record_id": list(ids.values())})
    tables.write_part(directory / tables.part_name(0, prefix), frame, KEYS)


def test_a_key_that_was_written_down_is_found(tmp_path):
    write(tmp_path, 8, a="1", b="2")
    assert look_up(tmp_path, ["b", "unknown"]) == {"b": "2"}


def test_a_later_run_overrules_an_earlier_one(tmp_path):
    write(tmp_path, 9, a="2")
    write(tmp_path, 8, a="1")
    assert look_up(tmp_path, ["a"]) == {"a": "2"}


def test_an_account_nobody_imported_into_knows_no_key(tmp_path):
    assert look_up(tmp_path / "nothing", ["a"]) == {}
