"""Processes the commands start: each in a group of its own, so that what it starts ends with it."""

from __future__ import annotations

import os
import signal
import subprocess
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from hubspot_provider.launch import PROGRESS_FD


def run_child(
    command: Sequence[str],
    environment: Mapping[str, str],
    *,
    log: Path,
    keep_open: Sequence[int] = (),
    say: Callable[[str], None],
) -> int:
    """Run a command to its end and return its exit status; its own output goes to ``log``.

    Each line it writes to its progress pipe is said. Whatever ends this function ends the child's whole group at once.
    """
    log.parent.mkdir(parents=True, exist_ok=True)
    reading, writing = os.pipe()
    with log.open("wb") as output, os.fdopen(reading, encoding="utf-8", errors="replace") as progress:
        child = subprocess.Popen(
            command,
            env={**environment, PROGRESS_FD: str(writing)},
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=output,
            pass_fds=(writing, *keep_open),
            start_new_session=True,
        )
        try:
            os.close(writing)
            for line in progress:
                say(line.rstrip("\n"))
            return child.wait()
        finally:
            kill_group(child.pid)
            child.wait()


def start_background(command: Sequence[str], environment: Mapping[str, str], log: Path) -> int:
    """Start a command that outlives this one, its output in ``log``; return the id of it and its group."""
    log.parent.mkdir(parents=True, exist_ok=True)
    with log.open("ab") as output:
        process = subprocess.Popen(
            command,
            env=dict(environment),
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=output,
            start_new_session=True,
        )
    return process.pid


def kill_group(group: int, number: int = signal.SIGKILL) -> bool:
    """Send a signal to a process group; False when there is none any more."""
    try:
        os.killpg(group, number)
    except ProcessLookupError:
        return False
    return True


def end_group(group: int, patience_seconds: float = 20.0) -> None:
    """Ask a process group to end; kill it when it has not after ``patience_seconds``."""
    kill_group(group, signal.SIGTERM)
    deadline = time.monotonic() + patience_seconds
    while _is_alive(group) and time.monotonic() < deadline:
        time.sleep(0.1)
    kill_group(group)


def is_running(process_id: int, program: str) -> bool:
    """Say whether a process of this id runs ``program``: ids are used again, so the name is checked too."""
    try:
        command_line = Path(f"/proc/{process_id}/cmdline").read_bytes()
    except (FileNotFoundError, ProcessLookupError):
        return False
    return program.encode() in command_line


def tail(log: Path, lines: int = 15) -> str:
    """Return the last lines of a log."""
    return "\n".join(log.read_text(encoding="utf-8", errors="replace").splitlines()[-lines:]) if log.exists() else ""


def _is_alive(group: int) -> bool:
    return kill_group(group, 0)
