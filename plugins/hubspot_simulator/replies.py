"""What an endpoint answers, before it becomes HTTP."""

from __future__ import annotations

import random
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from hubspot_simulator.clock import Clock, iso

JsonObject = dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """A status, a body (an object for JSON, text for HTML, None for nothing) and headers beyond the usual ones."""

    status: int
    body: JsonObject | str | None = None
    headers: Mapping[str, str] = field(default_factory=dict)
    shows_limits: bool = True


class ApiError(Exception):
    """A request refused as a whole. Carries the reply; ``correlationId`` is added on the way out."""

    def __init__(self, reply: Reply) -> None:
        super().__init__(f"refused with {reply.status}")
        self.reply = reply


@dataclass(frozen=True, slots=True, kw_only=True)
class BatchReply:
    """Builds the answer of a batch endpoint: COMPLETE, results out of order, errors when there are any."""

    clock: Clock
    rng: random.Random
    shuffle: bool

    def build(self, status: int, results: list[JsonObject], errors: Iterable[JsonObject]) -> Reply:
        """Answer ``status``, or 207 as soon as there is an error entry."""
        now = iso(self.clock.now())
        faults = list(errors)
        if self.shuffle:
            self.rng.shuffle(results)
        body: JsonObject = {"completedAt": now, "status": "COMPLETE", "startedAt": now, "results": results}
        if faults:
            body |= {"errors": faults, "numErrors": len(faults)}
        return Reply(status=207 if faults else status, body=body)
