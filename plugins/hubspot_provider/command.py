"""`make import`: one run of the DAG without a scheduler. Shows steps, then the summary; ends with `report: PATH`.

`hubspot-import check FOLDER` reads and checks the files only; `hubspot-import explain RUN tickets:45` says why a record
is linked as it is; `hubspot-import suggest FILE` drafts a mapping.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from hubspot_import.errors import HubSpotImportError, SettingsError, SourceError
from hubspot_import.model import Params
from hubspot_import.run_folder import RunFolder
from hubspot_import.settings import Settings, params_from_conf
from hubspot_provider import run_status
from hubspot_provider.commands import check, explain, suggest
from hubspot_provider.commands.airflow_api import DAG_ID
from hubspot_provider.commands.allowing import allowing
from hubspot_provider.commands.child import run_child, tail
from hubspot_provider.commands.connection import DEFAULT_CONN_ID, account_mark, with_connection
from hubspot_provider.commands.dotenv import with_dotenv
from hubspot_provider.commands.local_airflow import airflow, airflow_environment, prepare_database
from hubspot_provider.commands.resume import choose_run, fingerprint
from hubspot_provider.commands.signals import Ended, ended_by_signals

SUB_COMMANDS = {"check": check.main, "explain": explain.main, "suggest": suggest.main}
"""By name; without one the DAG is run."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ending:
    """How a headless run ended. ``error`` is None when it went well."""

    folder: RunFolder
    error: str | None

    def show(self, *closing: str) -> int:
        """Print the summary, the one error, closing lines and the report's folder; return the exit status."""
        summary = self.folder.report / "summary.txt"
        if summary.exists():
            print(summary.read_text(encoding="utf-8"))
        if self.error:
            sys.stdout.flush()
            print(f"error: {self.error}", file=sys.stderr, flush=True)
        for line in closing:
            print(line)
        if summary.exists():
            print(f"report: {self.folder.report}", flush=True)
        return 1 if self.error else 0


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line. Exit status: 0 success or degraded, 1 failed, 130 and 143 ended by a signal."""
    arguments = sys.argv[1:] if arguments is None else arguments
    if arguments and arguments[0] in SUB_COMMANDS:
        return SUB_COMMANDS[arguments[0]](arguments[1:])
    parser = argparse.ArgumentParser(prog="hubspot-import", description=__doc__)
    parser.add_argument("--source", default="", help="folder with the CSV files; counts as an allowed root")
    parser.add_argument("--conf", default="", help="JSON object with params of the DAG, e.g. '{\"dry_run\": true}'")
    given = parser.parse_args(arguments)
    project = Settings.from_env(os.environ).project
    try:
        with ended_by_signals():
            environment = with_connection(with_dotenv(os.environ, project))
            return run_headless(parse_conf(given.conf, given.source), environment).show()
    except HubSpotImportError as error:
        print(f"error: {type(error).__name__}: {error}", file=sys.stderr)
        return 1
    except Ended as ended:
        print(f"{ended}; the same command goes on where this run stopped", file=sys.stderr)
        return ended.exit_status


def parse_conf(text: str, source: str) -> dict[str, Any]:
    """Read CONF and put SOURCE into it. Raises SettingsError."""
    try:
        conf = json.loads(text or "{}")
    except ValueError as error:
        raise SettingsError(f"CONF is not JSON ({error}); an example is CONF='{{\"dry_run\": true}}'") from error
    if not isinstance(conf, dict):
        raise SettingsError("CONF must be a JSON object, for example '{\"dry_run\": true}'")
    if source and conf.get("source", source) != source:
        raise SettingsError(f"SOURCE is {source!r} but CONF says source {conf['source']!r}; give one of them")
    return {**conf, "source": source} if source else conf


def run_headless(conf: Mapping[str, Any], environment: Mapping[str, str]) -> Ending:
    """Check what can be checked at once, then run the DAG in a child. Raises what is wrong with conf or mappings."""
    environment = allowing(conf.get("source"), environment)
    settings = Settings.from_env(environment)
    params = _checked(conf, settings)
    home = Path(environment.get("AIRFLOW_HOME") or settings.project / ".airflow")
    mark = fingerprint(params, account_mark(environment, conf.get("hubspot_conn_id") or DEFAULT_CONN_ID))
    child_environment = airflow_environment(environment, settings.project, home)
    prepare_database(child_environment, home)
    launch, lock = choose_run(settings.runs, mark)
    folder = RunFolder(settings.runs / str(launch.run))
    if launch.is_resume:
        print(f"Resuming the unfinished run {launch.run}: finished steps are not done again", flush=True)
    log = home / "logs" / f"{launch.run}.log"
    try:
        status = run_child(
            airflow("dags", "test", DAG_ID, "--conf", json.dumps(_complete(conf, params))),
            {**child_environment, **launch.as_env()},
            log=log,
            keep_open=[lock],
            say=lambda line: print(line, flush=True),
        )
    finally:
        os.close(lock)
    return Ending(folder=folder, error=_error(folder, status, log))


def _checked(conf: Mapping[str, Any], settings: Settings) -> Params:
    params = params_from_conf(conf, settings)
    if not Path(params.source).is_dir():
        raise SourceError(f"the source folder {params.source} does not exist; correct SOURCE or create it")
    return params


def _complete(conf: Mapping[str, Any], params: Params) -> dict[str, Any]:
    """Name the source in the conf whatever it came from: a scheduler's defaults do not count here."""
    return {**conf, "source": params.source}


def _error(folder: RunFolder, status: int, log: Path) -> str | None:
    if run_status.report_status(folder) is None:
        return f"Airflow ended with status {status} before there was a report; the end of {log} is:\n{tail(log)}"
    if not run_status.is_good(folder):
        return run_status.explain(folder)
    if status:
        return f"Airflow ended with status {status} though the import went well; see {log}"
    return None


if __name__ == "__main__":
    sys.exit(main())
