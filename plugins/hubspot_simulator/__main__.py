"""``python -m hubspot_simulator``: one HubSpot account on a port, until it is told to stop."""

from __future__ import annotations

import argparse
import signal
import sys
from pathlib import Path
from zoneinfo import available_timezones

from pydantic import ValidationError

from hubspot_simulator.fault_orders import parse_script
from hubspot_simulator.server import SimulatorServer
from hubspot_simulator.switches import Switches
from hubspot_simulator.tiers import MAX_ADD_ONS, Tier, allowance
from hubspot_simulator.tokens import DEFAULT_TOKEN, masked


def parser() -> argparse.ArgumentParser:
    """Describe the command line."""
    found = argparse.ArgumentParser(prog="python -m hubspot_simulator", description=__doc__)
    found.add_argument("--host", default="127.0.0.1", help="address to listen on (default: loopback only)")
    found.add_argument("--port", type=int, default=8025, help="0 takes a free one")
    found.add_argument("--state", type=Path, help="file that keeps the account; without it the account is forgotten")
    found.add_argument("--token", action="append", help="a token that is accepted; give it again for another app")
    found.add_argument("--tier", choices=list(Tier), default=Tier.FREE, type=Tier, help="subscription: sets the limits")
    found.add_argument("--add-on", type=int, default=0, choices=range(MAX_ADD_ONS + 1), help="API limit add-ons")
    found.add_argument("--limit", type=int, help="requests per rolling 10 seconds and token, whatever the tier")
    found.add_argument("--limit-per-day", type=int, help="requests per day, whatever the tier")
    found.add_argument("--associations-limit", type=int, help="association requests per 10 seconds, whatever the tier")
    found.add_argument("--searches-per-second", type=int, default=5, help="searches per second")
    found.add_argument("--time-zone", default="Etc/UTC", help="zone of the account: its day begins at midnight there")
    found.add_argument("--seed", type=int, default=0, help="seed of ids and of the order of results")
    found.add_argument("--latency-ms", type=float, default=0, help="milliseconds a request takes")
    found.add_argument("--latency-per-record-ms", type=float, default=0, help="milliseconds each input of a batch adds")
    found.add_argument("--latency-jitter", type=float, default=0, help="spread: sigma of a log-normal factor")
    found.add_argument("--search-lag-seconds", type=float, default=0, help="how far search is behind what is written")
    found.add_argument(
        "--auto-associate-companies",
        action="store_true",
        help="give a new contact the company of its e-mail domain, made if need be",
    )
    found.add_argument(
        "--faults", default="[]", help="faults from the start: JSON (an order or a list) or a file of it"
    )
    return found


def switches(asked: argparse.Namespace) -> Switches:
    """Read the account's settings: the tier's limits, unless others are asked for."""
    granted = allowance(asked.tier, asked.add_on)
    associations = asked.limit if asked.associations_limit is None else asked.associations_limit
    return Switches(
        seed=asked.seed,
        limit_per_10s=granted.per_10s if asked.limit is None else asked.limit,
        associations_per_10s=granted.associations_per_10s if associations is None else associations,
        limit_per_day=granted.per_day if asked.limit_per_day is None else asked.limit_per_day,
        searches_per_second=asked.searches_per_second,
        time_zone=asked.time_zone,
        latency_ms=asked.latency_ms,
        latency_per_record_ms=asked.latency_per_record_ms,
        latency_jitter=asked.latency_jitter,
        search_lag_seconds=asked.search_lag_seconds,
        auto_associate_companies=asked.auto_associate_companies,
    )


def main(arguments: list[str] | None = None) -> int:
    """Serve until SIGTERM or SIGINT; the account is saved then."""
    options = parser()
    asked = options.parse_args(arguments)
    try:
        script = parse_script(asked.faults)
    except (OSError, ValidationError) as error:
        options.error(f"--faults {asked.faults}: {error}")
    if asked.time_zone not in available_timezones():
        options.error(f"--time-zone {asked.time_zone}: there is no such zone; give one like Europe/Paris")
    token, *other_tokens = asked.token or [DEFAULT_TOKEN]
    server = SimulatorServer(
        state_file=asked.state,
        token=token,
        other_tokens=other_tokens,
        switches=switches(asked),
        port=asked.port,
        host=asked.host,
    )
    for fault in script:
        server.faults.order(fault)
    server.listen()
    for number in (signal.SIGTERM, signal.SIGINT):
        # uvicorn stops at a signal, then raises it again: it must not end the process before the file is closed
        signal.signal(number, lambda *_: server.stop())
    sys.stdout.write(f"HubSpot simulator on {server.url} (token {masked(token)})\n")
    sys.stdout.flush()
    server.run()
    return 0


if __name__ == "__main__":
    sys.exit(main())
