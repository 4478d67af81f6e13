"""How long the account takes to answer: so much a request and a record, spread by a log-normal distribution."""

from __future__ import annotations

import random

from hubspot_simulator.switches import Switches


class Latency:
    """Draws the seconds of each request; the same seed and order of requests give the same seconds."""

    def __init__(self, switches: Switches) -> None:
        self._switches = switches
        self._rng = random.Random(switches.seed)  # noqa: S311 - a spread of waiting times, no secret

    def seconds(self, inputs: int) -> float:
        """Draw the time for a request with so many inputs; half of all requests take less than the settings say."""
        median = self._switches.latency_ms + self._switches.latency_per_record_ms * inputs
        spread = self._rng.lognormvariate(0.0, self._switches.latency_jitter) if self._switches.latency_jitter else 1.0
        return median * spread / 1000
