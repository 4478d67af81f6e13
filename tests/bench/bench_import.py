"""`make bench`: the importer against the loop most people write first, into the same simulated account.

Both send the same contacts over loopback; the account answers as fast as it can, with its rate limit out of the way,
so what is compared is the number of requests and the work around them, not HubSpot. The loop checks, mines, links and
reports nothing; the importer does all of it.
"""

from __future__ import annotations

import csv
import sys
import tempfile
import time
from pathlib import Path

import requests

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from hubspot_import.api import run_import
from hubspot_import.client.client import HubSpotClient
from hubspot_import.client.session import open_session
from hubspot_import.settings import ClientSettings
from hubspot_simulator.server import SimulatorServer
from support.sources import a_source, some_contacts

ROWS = 5_000
LIMIT_OUT_OF_THE_WAY = 1_000_000


def main() -> None:
    """Measure both and print the table."""
    with tempfile.TemporaryDirectory() as folder:
        source = a_source(Path(folder) / "inbox", contacts=some_contacts(ROWS))
        results = {
            "one request per record": _measure(lambda server: _loop(server, source / "contacts.csv")),
            "this importer, all stages": _measure(lambda server: _import(server, source, Path(folder) / "runs")),
        }
    print(f"{ROWS} contacts into an empty simulated account")
    print(f"{'':28}{'seconds':>10}{'rows/s':>10}{'requests':>10}")
    for name, (seconds, sent) in results.items():
        print(f"{name:28}{seconds:10.1f}{ROWS / seconds:10.0f}{sent:10}")
    loop, ours = (seconds for seconds, _ in results.values())
    print(f"ratio: {loop / ours:.1f}x")


def _measure(work):  # type: ignore[no-untyped-def]
    with SimulatorServer(limit_per_10s=LIMIT_OUT_OF_THE_WAY) as server:
        started = time.perf_counter()
        work(server)
        seconds = time.perf_counter() - started
        if len(server.account.records("contacts")) != ROWS:
            raise SystemExit("not every contact was written: the numbers would mean nothing")
        return seconds, len(server.account.requests)


def _loop(server: SimulatorServer, path: Path) -> None:
    session = requests.Session()
    session.headers["Authorization"] = f"Bearer {server.token}"
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            answer = session.post(f"{server.url}/crm/objects/2026-09/contacts", json={"properties": row}, timeout=30)
            answer.raise_for_status()


def _import(server: SimulatorServer, source: Path, runs: Path) -> None:
    settings = ClientSettings(base_url=server.url, token=server.token)
    run_import(source, client=HubSpotClient(open_session(settings), settings), runs=runs)


if __name__ == "__main__":
    main()
