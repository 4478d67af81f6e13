"""Processes that share one token share one budget: in a file, and in Redis. Real processes, limits scaled down."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest
import redis
from redis.backoff import ConstantBackoff
from redis.retry import Retry

from hubspot_import.client.budget import MemoryBudget, open_budget
from hubspot_import.client.windows import Window
from hubspot_import.errors import HubSpotUnavailableError, SettingsError
from support.clock import FakeClock
from support.processes import free_port
from support.programs import require_program

PROCESSES, EACH, LIMIT, SECONDS = 8, 15, 20, 1.0


@pytest.fixture(scope="module")
def redis_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    program, port = require_program("redis-server"), free_port()
    folder = tmp_path_factory.mktemp("redis")
    command = [program, "--port", str(port), "--save", "", "--dir", str(folder)]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    patience = Retry(ConstantBackoff(0.1), 200)
    try:
        redis.Redis(port=port, retry=patience, retry_on_error=[redis.ConnectionError]).ping()
        yield f"redis://127.0.0.1:{port}/0"
    finally:
        process.terminate()
        process.wait(20)


def moments_of(url: str) -> list[list[float]]:
    """Let the processes send all at once; give each one's moments."""
    command = [sys.executable, "-m", "support.budget_process", url, str(EACH), str(LIMIT), str(SECONDS)]
    tests = Path(__file__).resolve().parents[1]
    running = [subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=tests) for _ in range(PROCESSES)]
    outputs = [process.communicate(timeout=120)[0] for process in running]
    assert [process.returncode for process in running] == [0] * PROCESSES
    return [[float(line) for line in output.split()] for output in outputs]


def faults_of(moments: list[list[float]]) -> list[str]:
    """What is wrong with the moments of several processes; nothing when all is well."""
    together = sorted(moment for each in moments for moment in each)
    busiest = max(sum(start <= each < start + SECONDS for each in together) for start in together)
    needed = (PROCESSES * EACH / LIMIT - 1) * SECONDS
    longest_pause = max(later - earlier for each in moments for earlier, later in pairwise(each))
    faults = {
        f"{len(together)} requests were sent": len(together) != PROCESSES * EACH,
        f"a window held {busiest} requests": busiest > LIMIT,
        "the limit is not made use of": together[-1] - together[0] >= 2 * needed,
        f"a process starved for {longest_pause:.1f} s": longest_pause >= 3 * SECONDS,
    }
    return [fault for fault, is_so in faults.items() if is_so]


def test_eight_processes_never_exceed_the_window_of_a_file_and_none_starves(tmp_path: Path) -> None:
    assert faults_of(moments_of(f"file://{tmp_path}")) == []


def test_eight_processes_never_exceed_the_window_of_redis_and_none_starves(redis_url: str) -> None:
    assert faults_of(moments_of(redis_url)) == []


def test_the_file_is_named_after_the_token_and_does_not_hold_it(tmp_path: Path) -> None:
    for token in ("pat-one", "pat-two"):
        open_budget(f"file://{tmp_path}", base_url="https://a", token=token, clock=FakeClock())
    files = sorted(tmp_path.glob("*.json"))
    assert len(files) == 2
    assert not any("pat-" in file.name + file.read_text() for file in files)


def test_a_folder_that_cannot_be_written_is_an_error_that_names_the_setting(tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("a file, no folder")
    with pytest.raises(SettingsError, match="HUBSPOT_RATE_LIMIT_URL"):
        open_budget(f"file://{tmp_path}/taken", base_url="https://a", token="t", clock=FakeClock())


@pytest.mark.parametrize("damage", ["", "{", "[1]", '{"burst": 1}', '{"burst": {"taken": 1, "closed_until": 0}}'])
def test_a_damaged_file_is_begun_anew(damage: str, tmp_path: Path) -> None:
    open_budget(f"file://{tmp_path}", base_url="https://a", token="t", clock=FakeClock()).close("burst", 9.0)
    (file,) = tmp_path.glob("*.json")
    file.write_text(damage)
    again = open_budget(f"file://{tmp_path}", base_url="https://a", token="t", clock=FakeClock())
    assert again.reserve({"burst": Window(limit=1, seconds=1.0)}) == 0.0


def test_a_redis_that_does_not_answer_is_an_error_without_its_address() -> None:
    url = f"redis://:secret@127.0.0.1:{free_port()}/0"
    budget = open_budget(url, base_url="https://a", token="t", clock=FakeClock())
    with pytest.raises(HubSpotUnavailableError) as caught:
        budget.close("burst", 1.0)
    assert "secret" not in str(caught.value)


@pytest.mark.parametrize("url", ["ftp://x", "http://x"])
def test_what_cannot_be_a_budget_is_refused(url: str) -> None:
    with pytest.raises(SettingsError, match="HUBSPOT_RATE_LIMIT_URL"):
        open_budget(url, base_url="https://a", token="t", clock=FakeClock())


def test_without_a_setting_only_this_process_shares() -> None:
    assert isinstance(open_budget("memory:", base_url="https://a", token="t", clock=FakeClock()), MemoryBudget)
