"""HubSpot's own Python client, pointed at the simulator: foreign hands that know nothing of this project."""

from __future__ import annotations

import json
from typing import Any

from hubspot import HubSpot

from hubspot_simulator.server import SimulatorServer


def official_client(server: SimulatorServer) -> HubSpot:
    """Make the client for an account; it speaks the v3 and v4 paths."""
    return HubSpot(access_token=server.token, host=server.url)


def refusal_body(refusal: Any) -> dict[str, Any]:
    """Read the JSON body of the client's ApiException."""
    body: dict[str, Any] = json.loads(refusal.body)
    return body
