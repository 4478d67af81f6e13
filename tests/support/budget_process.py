"""A process that sends from a shared budget: prints the moments (of the machine's monotonic clock) it might send at."""

from __future__ import annotations

import sys

from hubspot_import.client.budget import open_budget
from hubspot_import.client.windows import Window
from hubspot_import.clock import SystemClock


def main(url: str, count: str, limit: str, seconds: str) -> None:
    """Reserve ``count`` requests one after another in a window of ``limit`` a ``seconds``."""
    clock = SystemClock()
    budget = open_budget(url, base_url="https://api.hubapi.com", token="pat-test", clock=clock)
    window = Window(limit=int(limit), seconds=float(seconds))
    for _ in range(int(count)):
        clock.sleep(max(budget.reserve({"burst": window}), 0.0))
        sys.stdout.write(f"{clock.monotonic()}\n")


if __name__ == "__main__":
    main(*sys.argv[1:])
