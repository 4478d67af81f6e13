"""``python -m hubspot_simulator``: one HubSpot account on a port, until it is told to stop."""

from __future__ import annotations

import argparse
import signal
import sys
from pathlib import Path

from pydantic import ValidationError

from hubspot_simulator.fault_orders import parse_script
from hubspot_simulator.server import SimulatorServer
from hubspot_simulator.switches import Switches
from hubspot_simulator.tokens import DEFAULT_TOKEN, masked


def parser() -> argparse.ArgumentParser:
    """Describe the command line."""
    found = argparse.ArgumentParser(prog="python -m hubspot_simulator", description=__doc__)
    found.add_argument("--host", default="127.0.0.1", help="address to listen on (default: loopback only)")
    found.add_argument("--port", type=int, default=8025, help="0 takes a free one")
    found.add_argument("--state", type=Path, help="file that keeps the account; without it the account is forgotten")
    found.add_argument("--token", default=DEFAULT_TOKEN, help="the token that is accepted")
    found.add_argument("--limit", type=int, default=100, help="requests per rolling 10 seconds")
    found.add_argument("--seed", type=int, default=0, help="seed of ids and of the order of results")
    found.add_argument("--latency-ms", type=float, default=0, help="milliseconds a request takes")
    found.add_argument("--latency-per-record-ms", type=float, default=0, help="milliseconds each input of a batch adds")
    found.add_argument("--latency-jitter", type=float, default=0, help="spread: sigma of a log-normal factor")
    found.add_argument(
        "--faults", default="[]", help="faults from the start: JSON (an order or a list) or a file of it"
    )
    return found


def main(arguments: list[str] | None = None) -> int:
    """Serve until SIGTERM or SIGINT; the account is saved then."""
    options = parser()
    asked = options.parse_args(arguments)
    try:
        script = parse_script(asked.faults)
    except (OSError, ValidationError) as error:
        options.error(f"--faults {asked.faults}: {error}")
    server = SimulatorServer(
        state_file=asked.state,
        token=asked.token,
        switches=Switches(
            seed=asked.seed,
            limit_per_10s=asked.limit,
            latency_ms=asked.latency_ms,
            latency_per_record_ms=asked.latency_per_record_ms,
            latency_jitter=asked.latency_jitter,
        ),
        port=asked.port,
        host=asked.host,
    )
    for fault in script:
        server.faults.order(fault)
    server.listen()
    for number in (signal.SIGTERM, signal.SIGINT):
        # uvicorn stops at a signal, then raises it again: it must not end the process before the file is closed
        signal.signal(number, lambda *_: server.stop())
    sys.stdout.write(f"HubSpot simulator on {server.url} (token {masked(asked.token)})\n")
    sys.stdout.flush()
    server.run()
    return 0


if __name__ == "__main__":
    sys.exit(main())
