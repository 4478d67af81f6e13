"""Recorded answers of HubSpot, matched key for key by the answers to the requests behind them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from hubspot_simulator.server import SimulatorServer
from support.body_shapes import shape
from support.clock import FakeClock
from support.provoking import Stage
from support.replays import REPLAYS

DATA = Path(__file__).parent / "data" / "capture_shapes.json"
SHARED = Path("/work/shared/hubspot/captures")
SHAPES: dict[str, Any] = json.loads(DATA.read_text("utf-8"))
NOT_REPLAYED = frozenset(
    {
        "batch_create_contacts_err-partial-success.json",  # edited by hand; among the documented bodies
        "metadata-contacts-properties-sampled.json",  # properties of one account
        "read_objects-api_contacts-response.json",  # cut: not what its own link asks for
        "read-via-search_contacts-response.json",  # as the first page of the other search, without paging
        "search_contacts_2-second-page.json",  # likewise
    }
)


@pytest.mark.parametrize("name", sorted(SHAPES))
def test_a_recorded_answer_is_matched_key_for_key(name: str, server: SimulatorServer, clock: FakeClock) -> None:
    assert shape(REPLAYS[name](Stage(server, clock))) == SHAPES[name]


def test_every_kept_shape_has_its_request() -> None:
    assert REPLAYS.keys() == SHAPES.keys()


@pytest.mark.skipif(not SHARED.exists(), reason="the recordings are not at hand")
def test_the_kept_shapes_are_those_of_the_recordings() -> None:
    recorded = {file.name: file for file in SHARED.iterdir() if "payload" not in file.name}

    assert {name: shape(json.loads(recorded[name].read_text("utf-8"))) for name in SHAPES} == SHAPES
    assert recorded.keys() - SHAPES.keys() == NOT_REPLAYED


@pytest.mark.skipif(not SHARED.exists(), reason="the recordings are not at hand")
@pytest.mark.parametrize("object_type", ["contacts", "deals"])
def test_pipelines_are_those_recorded_to_the_last_value(
    object_type: str, server: SimulatorServer, clock: FakeClock
) -> None:
    name = f"metadata-{object_type}-external-pipelines.json"

    assert REPLAYS[name](Stage(server, clock)) == json.loads((SHARED / name).read_text("utf-8"))
