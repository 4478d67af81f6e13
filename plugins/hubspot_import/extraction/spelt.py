"""Addresses spelt out to hide them from machines: ``name [at] domain [dot] com``, ``name AT domain DOT com``."""

from __future__ import annotations

import re
from collections.abc import Iterator

_AT = re.compile(
    r"[ \t]{0,2}[\[({<][ \t]?(?:at|@|arroba|chez|ät|æt|snabel-?a|собака)[ \t]?[\])}>][ \t]{0,2}|[ \t]{1,2}at[ \t]{1,2}",
    re.IGNORECASE,
)
_DOT = (
    r"(?:[ \t]{0,2}[\[({<][ \t]?(?:dot|punkt|point|punto|ponto|punt|точка|\.)[ \t]?[\])}>][ \t]{0,2}"
    r"|[ \t]{1,2}dot[ \t]{1,2})"
)
# Latin letters alone, so that prose in another script does not stick to an address.
_LETTERS = r"A-Za-z0-9À-ÖØ-öø-ɏ"
_LOCAL_END = re.compile(rf"[{_LETTERS}_+-]{{1,30}}(?:(?:\.|{_DOT})[{_LETTERS}_+-]{{1,30}}){{0,4}}\Z", re.IGNORECASE)
_DOMAIN = re.compile(
    rf"[{_LETTERS}-]{{1,63}}(?:(\.)[{_LETTERS}-]{{1,63}}|({_DOT})[{_LETTERS}-]{{1,63}}){{1,5}}", re.IGNORECASE
)
_DOTS = re.compile(_DOT, re.IGNORECASE)
_REACH = 150


def spelt_addresses(text: str) -> Iterator[tuple[int, int, str]]:
    """Find spelt-out addresses as (start, end, what it would be with @ and dots); work is linear in the text.

    With a bare ``at`` the domain must be spelt with ``dot`` too: "meet me at example.com" is no address.
    """
    for at in _AT.finditer(text):
        is_bare = at.group().strip().lower() == "at"
        domain = _DOMAIN.match(text, at.end(), at.end() + _REACH)
        if domain is None or (is_bare and domain.group(2) is None):
            continue
        local = _LOCAL_END.search(text, max(0, at.start() - _REACH // 2), at.start())
        if local is None:
            continue
        address = f"{_DOTS.sub('.', local.group())}@{_DOTS.sub('.', domain.group())}"
        yield local.start(), domain.end(), address
