"""Bodies are read as Python reads JSON, only faster."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from hubspot_simulator.json_bytes import read_json, write_json

BODIES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=12,
)


@given(BODIES, st.booleans())
def test_a_body_is_read_as_python_reads_it(body: Any, ascii_only: bool) -> None:
    raw = json.dumps(body, ensure_ascii=ascii_only).encode()

    assert read_json(raw) == json.loads(raw)


@given(BODIES)
def test_what_is_written_reads_back(body: Any) -> None:
    assert json.loads(write_json(body)) == body


@given(st.binary(max_size=12) | st.text('[]{}",:\\ud80 1eNa-.', max_size=12).map(str.encode))
def test_any_bytes_come_out_as_python_has_them(raw: bytes) -> None:
    assert _outcome(read_json, raw) == _outcome(json.loads, raw)


def _outcome(read: Callable[[bytes], Any], raw: bytes) -> tuple[str, str]:
    try:
        return "read", repr(read(raw))
    except ValueError as refusal:
        return type(refusal).__name__, str(refusal)
