"""The list of the files that were read: how each is written, and how surely that is known."""

from __future__ import annotations

import re
from typing import Any

import pytest

from hubspot_import.reporting.stage import run
from support.reports import CONTACTS, text_of
from support.run_folders import RunFolderBuilder


@pytest.mark.parametrize(
    ("entry", "shown"),
    [
        ({"encoding": "utf-8"}, ["contacts.csv", "utf-8", "comma"]),
        ({"encoding": "utf-8", "encoding_confidence": 1.0}, ["contacts.csv", "utf-8", "comma"]),
        ({"encoding": "cp1250", "encoding_confidence": 0.17}, ["contacts.csv", "cp1250 (17% sure)", "comma"]),
        ({"encoding": "cp1252", "encoding_confidence": 0.0}, ["contacts.csv", "cp1252 (assumed)", "comma"]),
        ({"encoding": "", "delimiter": "", "sheet": "<May>"}, ["contacts.csv, sheet &lt;May&gt;", "–", "–"]),
    ],
)
def test_the_page_says_how_a_file_is_written_and_how_surely(
    with_rejects: RunFolderBuilder, entry: dict[str, Any], shown: list[str]
) -> None:
    files = with_rejects.folder.manifest()["files"]
    with_rejects.folder.update_manifest(files={**files, "contacts": {**files[str(CONTACTS)], **entry}})
    run(with_rejects.folder)
    line = re.search(r'<th scope="row">contacts</th>(<td class="wide">.*)', text_of(with_rejects, "index.html"))
    assert line is not None
    assert re.findall(r"<td[^>]*>([^<]*)</td>", line[1])[:3] == shown
