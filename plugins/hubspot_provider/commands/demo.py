"""`make demo`: the sample files into a simulated account that is kept between demos, through the real DAG.

HUBSPOT_DEMO_HOME says where account and Airflow live; default ``.airflow``.
"""

from __future__ import annotations

import os
import sys

from hubspot_import.errors import HubSpotImportError
from hubspot_import.settings import Settings
from hubspot_provider.command import run_headless
from hubspot_provider.commands.child import end_group
from hubspot_provider.commands.connection import DEFAULT_CONN_ID, connection_json, variable
from hubspot_provider.commands.signals import Ended, ended_by_signals
from hubspot_provider.commands.simulator import TOKEN, free_port, requests_counted, start_simulator, url


def main() -> int:
    """Run the demo; the simulator ends with it, whatever happens."""
    try:
        with ended_by_signals():
            return _demo()
    except HubSpotImportError as error:
        print(f"error: {type(error).__name__}: {error}", file=sys.stderr)
        return 1
    except Ended as ended:
        print(ended, file=sys.stderr)
        return ended.exit_status


def _demo() -> int:
    settings = Settings.from_env(os.environ)
    home = (settings.project / (os.environ.get("HUBSPOT_DEMO_HOME") or ".airflow")).resolve()
    port = free_port()
    connection = connection_json(url(port), TOKEN)
    environment = {**os.environ, "AIRFLOW_HOME": str(home), variable(DEFAULT_CONN_ID): connection}
    state = home / "demo-account.json"
    print(f"A simulated HubSpot account answers on {url(port)}; its records stay in {state}", flush=True)
    simulator = start_simulator(port, state, home / "logs" / "demo-simulator.log", environment)
    try:
        ending = run_headless({"source": "include/data"}, environment)
        counted = requests_counted(port)
        asked = f"the account was asked {counted['total']} times; {counted['writes']} of them were write requests"
        return ending.show(asked)
    finally:
        end_group(simulator)


if __name__ == "__main__":
    sys.exit(main())
