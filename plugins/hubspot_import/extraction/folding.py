"""Text as it was meant: full-width forms, invisible characters and HTML entities folded away, with the way back."""

from __future__ import annotations

import html
import re
from bisect import bisect_right
from dataclasses import dataclass

_WIDE: dict[int, int | str] = {
    **{code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)},
    0xFE6B: "@",
    0xFE52: ".",
    0x00A0: " ",
    0x202F: " ",
    0x2007: " ",
    0x3000: " ",
}
_TOKEN = re.compile(
    r"[\u00ad\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]"
    r"|&(?:#0{0,4}\d{2,5}|#[xX]0{0,4}[0-9a-fA-F]{2,4}"
    r"|commat|period|plus|lpar|rpar|lbrack|lsqb|rbrack|rsqb|lt|gt|quot|apos|amp|nbsp|colon|hyphen|shy);"
)
_VANISHING = frozenset("\u00ad\u180e\u200b\u200c\u200d\u200e\u200f\ufeff")


@dataclass(frozen=True, slots=True)
class Folded:
    """A folded text. ``pieces``: (place in the folded text, place in the original, is one replaced token's)."""

    text: str
    pieces: tuple[tuple[int, int, int], ...] = ()

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Lead a span of the folded text, not an empty one, back to the original."""
        return (self._origin(start)[0], self._origin(end - 1)[1]) if self.pieces else (start, end)

    def _origin(self, position: int) -> tuple[int, int]:
        """Where in the original one folded character starts and ends."""
        place, origin, width = self.pieces[bisect_right(self.pieces, position, key=_place) - 1]
        return (origin, origin + width) if width else (origin + position - place, origin + position - place + 1)


def fold(text: str) -> Folded:
    """Fold a text. Without anything to fold it comes back as it is; work is linear in the text."""
    if text.isascii() and "&" not in text:
        return Folded(text)
    wide = text if text.isascii() else text.translate(_WIDE)
    folded: list[str] = []
    pieces: list[tuple[int, int, int]] = []
    place = origin = 0
    for token in _TOKEN.finditer(wide):
        plain = wide[origin : token.start()]
        if plain:
            folded.append(plain)
            pieces.append((place, origin, 0))
            place += len(plain)
        meant = "" if token.group()[0] != "&" else html.unescape(token.group()).replace("\u00a0", " ")
        if len(meant) == 1 and meant not in _VANISHING:
            folded.append(meant)
            pieces.append((place, token.start(), len(token.group())))
            place += 1
        origin = token.end()
    if not pieces and origin == 0:
        return Folded(wide)
    pieces.append((place, origin, 0))
    return Folded("".join([*folded, wide[origin:]]), tuple(pieces))


def _place(piece: tuple[int, int, int]) -> int:
    return piece[0]
