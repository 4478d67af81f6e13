"""`hubspot-import suggest FILE`: a mapping file drafted from a file's header and values, on stdout."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from hubspot_import.api import read_table
from hubspot_import.errors import HubSpotImportError
from hubspot_import.mapping.draft import draft
from hubspot_import.mapping.draft_text import draft_text
from hubspot_import.model import ObjectType


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the draft. Exit status: 0, or 1 when the file cannot be read or is of no object type."""
    parser = argparse.ArgumentParser(prog="hubspot-import suggest", description=__doc__)
    parser.add_argument("file", help="a CSV, TSV or XLSX file")
    parser.add_argument("--object", choices=[*ObjectType], help="what the rows are, where the header does not tell")
    given = parser.parse_args(arguments)
    path = Path(given.file)
    try:
        found = draft(path.name, read_table(path).rows, ObjectType(given.object) if given.object else None)
    except HubSpotImportError as error:
        print(f"error: {type(error).__name__}: {error}", file=sys.stderr)
        return 1
    print(draft_text(found), end="")
    return 0
