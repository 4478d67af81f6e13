"""Programs that a suite needs besides Python packages. Missing: a loud skip; on CI a failure."""

from __future__ import annotations

import os
import shutil
import sys

import pytest


def require_program(*names: str) -> str:
    """Return the path of the first of these programs that is there; skip the test, or fail it when CI is set."""
    for name in names:
        if path := shutil.which(name):
            return path
    notice = f"{' or '.join(names)} is not installed: this suite does not run (as root, `make test` installs it)"
    if os.environ.get("CI", "").lower() in {"1", "true"}:
        pytest.fail(notice)
    sys.__stderr__.write(f"\n{'!' * 100}\n!! SKIPPED: {notice}\n{'!' * 100}\n")  # type: ignore[union-attr]
    pytest.skip(notice)
