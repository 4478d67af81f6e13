"""Comparing an answer with a documented one: what differs by account, time and chance is made equal first."""

from __future__ import annotations

import json
import re
from typing import Any

VALUES_PREFIX = "Property values were not valid: "
SOMETIMES = frozenset({"localizedErrorMessage", "portalId"})
"""What newer captures have in each embedded fault and older ones have not."""
_UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_MOMENT = re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?Z")
_PLACE = re.compile(r"line \d+, column \d+")
_TYPE_ID = re.compile(r"\b0-\d+")
_NUMBER = re.compile(r"\d{4,}|^\d{3}$")


def normalised(value: Any, names: dict[str, str] | None = None) -> Any:
    """Replace ids, moments, places in a text and type ids; ``names`` are ours → theirs."""
    if isinstance(value, dict):
        return {_text(key, names): normalised(item, names) for key, item in value.items()}
    if isinstance(value, list):
        return [normalised(item, names) for item in value]
    if isinstance(value, str) and value.startswith(VALUES_PREFIX):
        faults = json.loads(value.removeprefix(VALUES_PREFIX))
        return [{k: normalised(v, names) for k, v in fault.items() if k not in SOMETIMES} for fault in faults]
    return _text(value, names) if isinstance(value, str) else value


def _text(text: str, names: dict[str, str] | None) -> str:
    for ours, theirs in (names or {}).items():
        text = text.replace(ours, theirs)
    for pattern, word in ((_UUID, "<uuid>"), (_MOMENT, "<moment>"), (_PLACE, "<place>"), (_TYPE_ID, "<type>")):
        text = pattern.sub(word, text)
    return _NUMBER.sub("<number>", text)


def differences(expected: Any, actual: Any, extra: frozenset[str] = frozenset(), where: str = "body") -> list[str]:
    """Say where two normalised bodies differ; ``extra`` names keys the answer may have beyond the documented ones.

    Of a record's ``properties`` the documented names must be there: their values are the test's own, and a recording
    that was cut short does not say that there were no more.
    """
    if isinstance(expected, dict) and isinstance(actual, dict):
        missing = [f"{where}: no {key}" for key in expected.keys() - actual.keys()]
        if where.endswith(".properties"):
            return missing
        beyond = [f"{where}: also {key}" for key in actual.keys() - expected.keys() - extra]
        both = expected.keys() & actual.keys()
        inner = [line for key in both for line in differences(expected[key], actual[key], extra, f"{where}.{key}")]
        return missing + beyond + inner
    if isinstance(expected, list) and isinstance(actual, list):
        if len(expected) != len(actual):
            return [f"{where}: {len(actual)} elements, not {len(expected)}"]
        pairs = enumerate(zip(expected, actual, strict=True))
        return [line for at, (a, b) in pairs for line in differences(a, b, extra, f"{where}[{at}]")]
    return [] if expected == actual else [f"{where}: {actual!r}, not {expected!r}"]


def shape(value: Any) -> Any:
    """Reduce a body to its keys and the types of its values; of a list, to the different shapes in it."""
    if isinstance(value, dict):
        return {key: shape(item) for key, item in sorted(value.items())}
    if isinstance(value, list):
        found = {json.dumps(shape(item)): shape(item) for item in value}
        return [found[text] for text in sorted(found)]
    return type(value).__name__
