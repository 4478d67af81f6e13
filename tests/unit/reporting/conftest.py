"""A run with rejects, for the tests of its report."""

from __future__ import annotations

from pathlib import Path

import pytest

from support.reports import (
    CONTACTS,
    FORMULA,
    SCRIPT,
    contact_rows,
    invalid_email,
)
from support.run_folders import RunFolderBuilder, an_imported_run


@pytest.fixture
def with_rejects(tmp_path: Path) -> RunFolderBuilder:
    build = an_imported_run(tmp_path, {CONTACTS: contact_rows(5)}, rejects={CONTACTS: [3, 5]})
    return build.with_findings([invalid_email(3, SCRIPT), invalid_email(5, FORMULA, suggestion="cmd@example.com")])


# --- report.json --------------------------------------------------------------------------------------------------
