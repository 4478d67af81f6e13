"""Which run folder a start of `make import` works in: an unfinished one of the very same import, or a new one."""

from __future__ import annotations

import fcntl
import hashlib
import json
import os
import secrets
from datetime import UTC, datetime
from pathlib import Path

from hubspot_import.errors import InvariantError, QuotaError
from hubspot_import.loading.sources import find_file
from hubspot_import.mapping.loader import load_mappings
from hubspot_import.model import Params
from hubspot_import.run_folder import RunFolder
from hubspot_provider.launch import Launch

BUFFER = 1 << 20


def fingerprint(params: Params, account: str) -> str:
    """Hash what makes two imports the same: account, params, mappings, source files.

    Reads the mapped files of the source folder. Raises MappingError.
    """
    mappings = Path(params.mappings)
    source = Path(params.source)
    names = [path.name for path in source.iterdir() if path.is_file()]
    read = {find_file(mapping.source, names) for mapping in load_mappings(mappings).values()}
    files = [*sorted(source / name for name in read if name is not None), *sorted(mappings.glob("*.y*ml"))]
    facts = {"account": account, "params": params.as_dict(), "files": {str(path): _sha256(path) for path in files}}
    return hashlib.sha256(json.dumps(facts, sort_keys=True).encode()).hexdigest()


def choose_run(runs: Path, mark: str) -> tuple[Launch, int]:
    """Find the newest unfinished run with this fingerprint that nobody works on, else make a new one.

    Returns the launch and the descriptor of the lock on the run's folder: whoever holds it open works on the run.
    """
    for folder in _unfinished(runs, mark):
        lock = _lock(folder.path)
        if lock is not None:
            return Launch(run=folder.run_id, is_resume=True, fingerprint=mark), lock
    folder = RunFolder(runs / f"import-{datetime.now(UTC):%Y%m%dT%H%M%SZ}-{secrets.token_hex(2)}")
    folder.path.mkdir(parents=True)
    lock = _lock(folder.path)
    if lock is None:
        raise InvariantError(f"the new run folder {folder.path} is locked by somebody else")
    return Launch(run=folder.run_id, fingerprint=mark), lock


def _unfinished(runs: Path, mark: str) -> list[RunFolder]:
    found = [path.parent for path in runs.glob("*/manifest.json")]
    newest_first = map(RunFolder, sorted(found, key=lambda path: path.stat().st_mtime, reverse=True))
    return [each for each in newest_first if _is_unfinished(each) and each.manifest().get("fingerprint") == mark]


def _is_unfinished(folder: RunFolder) -> bool:
    """Say whether a run ended before its report, or waits for the next day's quota."""
    waits = any(failure["error"] == QuotaError.__name__ for failure in folder.failures())
    return waits or not (folder.report / "report.json").exists()


def _lock(path: Path) -> int | None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(descriptor)
        return None
    return descriptor


def _sha256(path: Path) -> str:
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while block := file.read(BUFFER):
            digest.update(block)
    return digest.hexdigest()
