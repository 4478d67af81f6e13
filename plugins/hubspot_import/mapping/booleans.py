"""Yes and no."""

from __future__ import annotations

from hubspot_import.mapping.reading import Reading, refused

_TRUE = frozenset({"true", "yes", "y", "1"})
_FALSE = frozenset({"false", "no", "n", "0"})
_LIKELY = {
    "t": "true",
    "f": "false",
    "on": "true",
    "off": "false",
    "x": "true",
    "✓": "true",
    "✔": "true",
    "checked": "true",
    "oui": "true",
    "non": "false",
    "ja": "true",
    "nein": "false",
    "nee": "false",
    "si": "true",
    "sí": "true",
    "ya": "true",
    "tidak": "false",
    "نعم": "true",
    "لا": "false",
    "wahr": "true",
    "falsch": "false",
    "vrai": "true",
    "faux": "false",
    "1.0": "true",
    "0.0": "false",
}


def parse_boolean(text: str) -> Reading:
    """Read true, yes, y, 1 and their opposites, case ignored; HubSpot takes ``true`` and ``false``."""
    word = text.strip().casefold()
    if word in _TRUE:
        return Reading("true")
    if word in _FALSE:
        return Reading("false")
    return refused("it is neither yes nor no", _LIKELY.get(word))
