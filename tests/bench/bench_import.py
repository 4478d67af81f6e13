"""`make bench`: this importer beside a plain script on HubSpot's own client, against one simulated account each.

The account takes as long as HubSpot was seen to (300 ms a request and 3 ms a record: 600 ms for a full batch) and has
the limit of a Free or a Professional account. The script upserts one batch after another; the importer checks, plans,
writes and reports. Then the same file once more, and once more with one row in a hundred changed. ROWS=10000 is the
quick one.
"""

from __future__ import annotations

import json
import os
import platform
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psutil
import requests

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from support.processes import TOKEN, free_port, wait_for
from support.sources import a_source, some_contacts

ROWS = int(os.environ.get("ROWS", "50000"))
LIMITS = [int(limit) for limit in os.environ.get("LIMITS", "100,190").split(",")]
RESERVE = {100: 5, 190: 10}
"""The importer's reserve: 5 % of the limit, rounded up."""
LATENCY = ("--latency-ms", "300", "--latency-per-record-ms", "3")
BENCH = Path(__file__).resolve().parent


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """One pass over the file: what the process said of itself, and what the account's books say of it."""

    name: str
    told: dict[str, Any]
    books: dict[str, Any]

    @property
    def rate(self) -> float:
        """Rows a second, everything included."""
        return ROWS / float(self.told["seconds"])

    def share(self, allowed: int) -> str:
        """What was granted of (limit - reserve) in full windows after the first; – when there was none."""
        full = self.books["windows"]["burst"]["granted"][1:-1]
        return f"{100 * sum(full) / len(full) / allowed:.1f} %" if full else "–"


def main() -> None:
    """Measure at both limits and print the tables."""
    machine = f"{psutil.cpu_count()} cores, {psutil.virtual_memory().total / 2**30:.0f} GiB, {platform.platform()}"
    print(f"{ROWS:,} contacts; 300 ms a request and 3 ms a record. Python {platform.python_version()}, {machine}\n")
    with tempfile.TemporaryDirectory() as folder:
        inbox = Path(folder)
        people = some_contacts(ROWS, company="")
        same = a_source(inbox / "same", contacts=people)
        changed = [{**each, "lastname": "Nova"} if n % 100 == 0 else each for n, each in enumerate(people)]
        other = a_source(inbox / "changed", contacts=changed)
        for limit in LIMITS:
            _show(limit, *_measure(limit, same, other, inbox / f"runs-{limit}"))


def _measure(limit: int, same: Path, changed: Path, runs: Path) -> list[Measured]:
    with _account(limit) as url:
        plain = _pass(url, "plain script, empty account", "one_script.py", same)
    with _account(limit) as url:
        ours = [
            _pass(url, "this importer, empty account", "one_import.py", same, runs),
            _pass(url, "this importer, nothing changed", "one_import.py", same, runs),
            _pass(url, "this importer, 1 % changed", "one_import.py", changed, runs),
        ]
    return [plain, *ours]


@contextmanager
def _account(limit: int) -> Iterator[str]:
    """An empty account of its own process."""
    port = free_port()
    url = f"http://127.0.0.1:{port}"
    command = [sys.executable, "-m", "hubspot_simulator", "--port", str(port), "--limit", str(limit), *LATENCY]
    process = subprocess.Popen([*command, "--token", TOKEN], stdout=subprocess.DEVNULL)
    try:
        wait_for(lambda: _is_up(url), 20, "the simulated account")
        yield url
    finally:
        process.terminate()
        process.wait(20)


def _is_up(url: str) -> bool:
    try:
        return requests.get(f"{url}/_simulator/health", timeout=5).ok
    except requests.ConnectionError:
        return False


def _pass(url: str, name: str, script: str, *arguments: Path) -> Measured:
    requests.post(f"{url}/_simulator/requests/reset", timeout=30).raise_for_status()
    command = [sys.executable, str(BENCH / script), url, TOKEN, *map(str, arguments)]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    held = requests.get(f"{url}/_simulator/health", timeout=30).json()["records"]["contacts"]
    if held != ROWS:
        raise SystemExit(f"{name}: the account holds {held} contacts: the numbers would mean nothing")
    books = requests.get(f"{url}/_simulator/requests", timeout=30).json()
    return Measured(name=name, told=json.loads(done.stdout.splitlines()[-1]), books=books)


def _show(limit: int, plain: Measured, *ours: Measured) -> None:
    print(f"At {limit} requests in 10 s:\n")
    print("| | seconds | records/s | × plain | requests | writes | share of limit − reserve | 429 | peak MiB |")
    print("|---|---:|---:|---:|---:|---:|---:|---:|---:|")
    for each in (plain, *ours):
        refused = each.books["by_status"].get("429", 0)
        share = "" if each is plain else each.share(limit - RESERVE[limit])
        print(
            f"| {each.name} | {each.told['seconds']:.1f} | {each.rate:,.0f} | {each.rate / plain.rate:.1f} "
            f"| {each.books['total']} | {each.books['writes']} | {share} | {refused} "
            f"| {each.told['peak_bytes'] / 2**20:.0f} |"
        )
    print(flush=True)


if __name__ == "__main__":
    main()
