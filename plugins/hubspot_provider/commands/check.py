"""`hubspot-import check FOLDER`: read and check the files without Airflow, account or network; print what was found."""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from hubspot_import import pipeline
from hubspot_import.errors import HubSpotImportError
from hubspot_import.reporting.run_report import RunReport
from hubspot_import.reporting.summary import check_text
from hubspot_import.settings import Settings
from hubspot_provider.commands.allowing import allowing


def main(arguments: Sequence[str] | None = None) -> int:
    """Check a folder. Exit status: 0 when every row may be imported, 1 when rows are held back or nothing was read."""
    parser = argparse.ArgumentParser(prog="hubspot-import check", description=__doc__)
    parser.add_argument("folder", help="folder with the source files")
    parser.add_argument("--mappings", help="folder with the mappings (include/mappings)")
    parser.add_argument("--default-region", help="country of phones without a country code (ISO 3166), for example FR")
    given = parser.parse_args(arguments)
    conf = {"source": given.folder, "mappings": given.mappings, "default_region": given.default_region}
    try:
        report = check({name: value for name, value in conf.items() if value is not None}, os.environ)
    except HubSpotImportError as error:
        print(f"error: {type(error).__name__}: {error}", file=sys.stderr)
        return 1
    print(check_text(report))
    return 1 if report.faults.rejected else 0


def check(conf: Mapping[str, Any], environment: Mapping[str, str]) -> RunReport:
    """Read and check a folder in a run folder that is thrown away. Raises what is wrong with conf, mappings or files.

    A relative folder is one below the working directory, as on any command line.
    """
    conf = {**conf, "source": str(Path(conf["source"]).resolve())}
    settings = Settings.from_env(allowing(conf["source"], environment))
    with tempfile.TemporaryDirectory(prefix="hubspot-import-") as runs:
        return pipeline.check(pipeline.open_run(Path(runs), "check"), conf, settings)
