from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from hubspot_provider.commands.child import is_running, run_child, tail
from hubspot_provider.commands.signals import Ended, ended_by_signals
from hubspot_provider.launch import PROGRESS_FD

SPEAKS = f"import os; os.write(int(os.environ['{PROGRESS_FD}']), b'one\\ntwo\\n'); print('raw'); raise SystemExit(3)"


def test_progress_is_said_raw_output_is_kept_and_the_status_returned(tmp_path: Path) -> None:
    said: list[str] = []
    log = tmp_path / "child.log"
    status = run_child([sys.executable, "-c", SPEAKS], os.environ, log=log, say=said.append)
    assert (status, said, log.read_text()) == (3, ["one", "two"], "raw\n")


def test_a_child_that_swallows_sigterm_is_killed_when_the_command_is_ended(tmp_path: Path) -> None:
    child = (
        "import os, signal; signal.signal(signal.SIGTERM, signal.SIG_IGN);"
        f"os.write(int(os.environ['{PROGRESS_FD}']), b'%d\\n' % os.getpid()); signal.pause()"
    )
    said: list[str] = []

    def end_us(line: str) -> None:
        said.append(line)
        os.kill(os.getpid(), signal.SIGTERM)

    with pytest.raises(Ended) as ended, ended_by_signals():
        run_child([sys.executable, "-c", child], os.environ, log=tmp_path / "log", say=end_us)
    assert ended.value.exit_status == 143
    assert not is_running(int(said[0]), "python")


def test_a_process_is_known_by_id_and_program() -> None:
    command = [sys.executable, "-c", "print('up', flush=True); input()"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == b"up\n"  # its command line can be read only once it has begun
        assert is_running(process.pid, "input()")
        assert not is_running(process.pid, "hubspot_simulator")
        process.communicate(b"\n")
    assert not is_running(process.pid, "input()")


def test_the_tail_of_a_log_is_its_last_lines(tmp_path: Path) -> None:
    log = tmp_path / "a.log"
    log.write_text("1\n2\n3\n")
    assert tail(log, 2) == "2\n3"
    assert tail(tmp_path / "missing.log") == ""
