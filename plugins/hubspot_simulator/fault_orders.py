"""Faults as JSON: the body of the control endpoint, and the script given at the start."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter

from hubspot_simulator.faults import Fault, FaultKind


class FaultOrder(BaseModel):
    """One order: with ``rate`` a share of the requests, without end unless ``count`` is given; else the next ones."""

    model_config = ConfigDict(extra="forbid")

    count: int | None = Field(default=None, ge=1)
    rate: float | None = Field(default=None, ge=0, le=1)
    seed: int = 0
    status: int = 503
    kind: FaultKind = FaultKind.ANSWER
    path_contains: str = ""
    method: str | None = None
    operation: str = "*"
    headers: dict[str, str] = {}
    body: Any = None
    html: bool = False
    after_commit: bool = False
    policy: Literal["TEN_SECONDLY_ROLLING", "SECONDLY", "DAILY"] = "TEN_SECONDLY_ROLLING"
    seconds: float = Field(default=60.0, ge=0)

    def fault(self) -> Fault:
        """Turn the order into a fault."""
        count = 1 if self.rate is None and self.count is None else self.count
        share = 1.0 if self.rate is None else self.rate
        return Fault(count=count, share=share, **self.model_dump(exclude={"count", "rate"}))


def parse_script(text_or_path: str) -> list[Fault]:
    """Read a script: JSON, one order or a list of them, or the path of a file that holds it.

    :raises pydantic.ValidationError: it is no script
    """
    text = text_or_path if text_or_path.lstrip().startswith(("[", "{")) else Path(text_or_path).read_text("utf-8")
    one_or_many = TypeAdapter(FaultOrder | list[FaultOrder]).validate_json(text)
    orders = one_or_many if isinstance(one_or_many, list) else [one_or_many]
    return [order.fault() for order in orders]
