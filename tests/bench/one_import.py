"""One import by this project in a process of its own, for `make bench`: prints what it took as JSON."""

from __future__ import annotations

import json
import resource
import sys
import time

from hubspot_import.api import run_import
from hubspot_import.client.client import HubSpotClient
from hubspot_import.client.session import open_session
from hubspot_import.settings import ClientSettings


def main(url: str, token: str, source: str, runs: str) -> None:
    """Import the folder, all stages, and say what was planned and sent."""
    settings = ClientSettings(base_url=url, token=token)
    started = time.perf_counter()
    report = run_import(source, client=HubSpotClient(open_session(settings), settings), runs=runs)
    seconds = time.perf_counter() - started
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
    told = {"seconds": seconds, "peak_bytes": peak, "status": report["status"], "objects": report["objects"]}
    sys.stdout.write(json.dumps(told) + "\n")


if __name__ == "__main__":
    main(*sys.argv[1:])
