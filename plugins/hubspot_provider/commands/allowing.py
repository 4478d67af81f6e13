"""The folder a person names on the command line counts as an allowed root."""

from __future__ import annotations

import os
from collections.abc import Mapping

from hubspot_import.settings import Settings


def allowing(source: object, environment: Mapping[str, str]) -> dict[str, str]:
    """Add a source folder to the allowed roots of an environment."""
    if not isinstance(source, str) or not source:
        return dict(environment)
    roots = environment.get("HUBSPOT_IMPORT_SOURCES") or "include"
    folder = Settings.from_env(environment).resolve(source)
    return {**environment, "HUBSPOT_IMPORT_SOURCES": os.pathsep.join([roots, str(folder)])}
