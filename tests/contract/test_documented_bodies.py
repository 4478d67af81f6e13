"""Every documented answer of HubSpot, provoked by a request and compared in shape."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from hubspot_simulator.server import SimulatorServer
from support.body_shapes import differences, normalised
from support.clock import FakeClock
from support.provoked_access import PROVOCATIONS as OF_ACCESS
from support.provoked_writes import PROVOCATIONS as OF_WRITES
from support.provoking import Stage

DATA = Path(__file__).parent / "data" / "documented_bodies.json"
SHARED = Path("/work/shared/hubspot/documented_bodies.json")
DOCUMENTED: list[dict[str, Any]] = json.loads(DATA.read_text("utf-8"))
PROVOCATIONS = {**OF_ACCESS, **OF_WRITES}


@pytest.fixture(scope="module")
def reproduced(request: pytest.FixtureRequest) -> Iterator[set[str]]:
    """The names that came out as documented; how many they are is told at the end."""
    names: set[str] = set()
    yield names
    capture = request.config.pluginmanager.get_plugin("capturemanager")
    with capture.global_and_fixture_disabled():
        sys.stdout.write(f"\n{len(names)} of {len(DOCUMENTED)} documented bodies reproduced\n")


@pytest.mark.parametrize("documented", DOCUMENTED, ids=lambda entry: entry["name"])
def test_a_documented_body_is_reproduced(
    documented: dict[str, Any], server: SimulatorServer, clock: FakeClock, reproduced: set[str]
) -> None:
    provoked = PROVOCATIONS[documented["name"]](Stage(server, clock))

    expected, actual = normalised(documented["body"]), normalised(provoked.body, provoked.names)
    assert provoked.status == documented["status"]
    assert differences(expected, actual, provoked.extra) == []
    assert all(name in provoked.headers for name in documented.get("headers", {}))
    reproduced.add(documented["name"])


def test_each_documented_body_has_one_provocation() -> None:
    assert PROVOCATIONS.keys() == {entry["name"] for entry in DOCUMENTED}
    assert len(PROVOCATIONS) == len(OF_ACCESS) + len(OF_WRITES) == 42


@pytest.mark.skipif(not SHARED.exists(), reason="the collection of documented bodies is not at hand")
def test_the_kept_bodies_are_those_of_the_collection() -> None:
    assert json.loads(SHARED.read_text("utf-8")) == DOCUMENTED


@pytest.mark.parametrize(
    ("expected", "actual", "told"),
    [
        ({"a": 1}, {"a": 1, "b": 2}, ["body: also b"]),
        ({"a": 1, "b": 2}, {"a": 1}, ["body: no b"]),
        ({"a": [1]}, {"a": [1, 2]}, ["body.a: 2 elements, not 1"]),
        ({"a": [{"b": "x"}]}, {"a": [{"b": "y"}]}, ["body.a[0].b: 'y', not 'x'"]),
    ],
)
def test_a_difference_is_seen(expected: Any, actual: Any, told: list[str]) -> None:
    assert differences(expected, actual) == told
