"""Whose address is it? Told from where in a mail it stands: own words, quote, copy line, signature."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from enum import StrEnum
from operator import itemgetter


class Role(StrEnum):
    """The part an address or number plays in a ticket."""

    REQUESTER = "requester"
    AGENT = "agent"
    CC = "cc"
    QUOTED = "quoted"
    SIGNATURE = "signature"


CONFIDENCE = {Role.REQUESTER: 0.9, Role.SIGNATURE: 0.8, Role.CC: 0.3, Role.QUOTED: 0.3, Role.AGENT: 0.1}
"""How far a find may be taken for the sender's own."""
FURTHER_REQUESTER_CONFIDENCE = 0.6
"""A second address in the sender's own words is more often somebody else's."""

_WROTE = re.compile(
    r"(?<!\w)(?:wrote|a écrit|schrieb|escribió|escreveu|ha scritto|menulis|skrev|schreef|написал|كتب|写道|のメール)"
)
_MAX_HEADER_LENGTH = 300
_ORIGINAL_MESSAGE = re.compile(
    r"^\s*[-_]{3,}\s*(?:original message|forwarded message|message d'origine|message transféré"
    r"|ursprüngliche nachricht|weitergeleitete nachricht|mensaje original|mensagem original|messaggio originale"
    r"|pesan asli|الرسالة الأصلية)",
    re.IGNORECASE,
)
_CC = re.compile(r"^\s*(?:b?cc|copie|kopie|copia|cópia|tembusan|копия|نسخة)\s*[:：]", re.IGNORECASE)
_SIGNATURE_MARK = re.compile(r"^(?:-- ?|—|_{2,})\s*$")


def line_roles(text: str) -> list[tuple[int, Role]]:
    """Give each line's start in the text and the role of what stands in it."""
    lines = text.splitlines(keepends=True)
    roles: list[tuple[int, Role]] = []
    position, below = 0, Role.REQUESTER
    for number, line in enumerate(lines):
        following = lines[number + 1] if number + 1 < len(lines) else ""
        role, below = _role(line, following, below)
        roles.append((position, role))
        position += len(line)
    return roles


def role_at(lines: Sequence[tuple[int, Role]], position: int) -> Role:
    """Look up the role of a position in what ``line_roles`` gave."""
    number = bisect_right(lines, position, key=itemgetter(0)) - 1
    return lines[number][1] if number >= 0 else Role.REQUESTER


def _is_quote_header(line: str) -> bool:
    """Tell ``On Monday Ann wrote:`` from other lines that end with a colon."""
    is_header_like = len(line) <= _MAX_HEADER_LENGTH and line.rstrip().endswith((":", "："))
    return is_header_like and _WROTE.search(line) is not None


def _role(line: str, following: str, below: Role) -> tuple[Role, Role]:
    """The role of a line, and of the plain lines that come after it."""
    if below is Role.QUOTED or line.lstrip().startswith(">"):
        return Role.QUOTED, below
    if _ORIGINAL_MESSAGE.match(line):
        return Role.QUOTED, Role.QUOTED
    if _is_quote_header(line):
        # A reply below or between quoted lines marks them with ">"; without the marks all that follows is the quote.
        return Role.QUOTED, below if following.lstrip().startswith(">") else Role.QUOTED
    if _SIGNATURE_MARK.match(line.rstrip("\r\n")):
        return Role.SIGNATURE, Role.SIGNATURE
    return (Role.CC if _CC.match(line) else below), below
