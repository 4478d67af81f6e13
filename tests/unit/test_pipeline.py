"""The order of the stages, and what is written down when one cannot run."""

from __future__ import annotations

import logging
from pathlib import Path

import pytest

from hubspot_import import pipeline
from hubspot_import.errors import SettingsError
from hubspot_import.settings import Settings


def test_a_wrong_conf_is_named_in_the_log_of_the_first_stage(tmp_path: Path, caplog: pytest.LogCaptureFixture):
    folder = pipeline.open_run(tmp_path, "run")
    settings = Settings.from_env({})

    with caplog.at_level(logging.ERROR), pytest.raises(SettingsError):
        pipeline.load(folder, {"sorce": "files"}, settings)

    assert "load: failed: SettingsError" in caplog.text
    assert "sorce" in folder.logs()[-1].read_text(encoding="utf-8")
