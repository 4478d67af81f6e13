"""The faults of the chaos suite: each kind alone, at two rates, and all together with many seeds."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

KINDS: Mapping[str, Mapping[str, Any]] = {
    "423 locked": {"status": 423},
    "477 migrating": {"status": 477},
    "429 burst": {"status": 429},
    "429 secondly": {"status": 429, "policy": "SECONDLY"},
    "500": {"status": 500},
    "500 after commit": {"status": 500, "after_commit": True},
    "502 with a page": {"status": 502, "html": True},
    "502 after commit": {"status": 502, "html": True, "after_commit": True},
    "503 without a body": {"status": 503},
    "503 after commit": {"status": 503, "after_commit": True},
    "504": {"status": 504},
    "504 after commit": {"status": 504, "after_commit": True},
    "521": {"status": 521, "html": True},
    "523": {"status": 523, "html": True},
    "524 after commit": {"status": 524, "html": True, "after_commit": True},
    "reset": {"kind": "reset"},
    "reset after commit": {"kind": "reset", "after_commit": True},
    "hang": {"kind": "hang"},
    "hang after commit": {"kind": "hang", "after_commit": True},
    "slow": {"kind": "slow", "seconds": 20.0},
    "truncated": {"kind": "truncated"},
    "malformed": {"kind": "malformed"},
    "gzip": {"kind": "gzip"},
}
ALONE_RATES = (0.05, 0.2)
TOGETHER_SEEDS = range(18)
TOGETHER_RATE = 0.2
IMPATIENT_SEEDS, IMPATIENT_RATE = range(100, 108), 0.1


@dataclass(frozen=True, slots=True, kw_only=True)
class Mix:
    """Faults that strike a share of the requests each."""

    name: str
    seed: int
    faults: Sequence[Mapping[str, Any]]
    max_retries: int = 3
    """How often the client itself tries again: with little patience it is the task's retries that finish the work."""


def alone() -> list[Mix]:
    """Each kind by itself."""
    return [
        Mix(name=f"{name}, {rate:.0%}", seed=seed, faults=[{"share": rate, "seed": seed, **fault}])
        for seed, (name, fault) in enumerate(KINDS.items())
        for rate in ALONE_RATES
    ]


def together() -> list[Mix]:
    """All kinds at once, one request in five struck by any of them."""
    return [
        Mix(name=f"all together, seed {seed}", seed=seed, faults=_all(TOGETHER_RATE, seed)) for seed in TOGETHER_SEEDS
    ]


def impatient() -> list[Mix]:
    """All kinds at once, one request in ten, and a client that gives up after the second try."""
    return [
        Mix(name=f"impatient, seed {seed}", seed=seed, faults=_all(IMPATIENT_RATE, seed), max_retries=1)
        for seed in IMPATIENT_SEEDS
    ]


def _all(rate: float, seed: int) -> list[Mapping[str, Any]]:
    share = 1 - (1 - rate) ** (1 / len(KINDS))
    return [{"share": share, "seed": 1000 * seed + n, **fault} for n, fault in enumerate(KINDS.values())]
