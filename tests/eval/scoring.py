"""Precision and recall of what was found against what was put there. Knows nothing of the code it scores."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Score:
    """Counts of one comparison."""

    right: int = 0
    found: int = 0
    wanted: int = 0

    @property
    def precision(self) -> float:
        """Share of what was found that is right; 1 when nothing was found."""
        return self.right / self.found if self.found else 1.0

    @property
    def recall(self) -> float:
        """Share of what is there that was found; 1 when nothing is there."""
        return self.right / self.wanted if self.wanted else 1.0


Span = tuple[int, int, int, str]
"""Ticket, start, end, value."""


def score_spans(found: Iterable[Span], wanted: Iterable[Span]) -> Score:
    """Score finds: one is right when its value is the wanted one and its span touches the wanted one's.

    Each wanted span is counted once, however often it was found; a second find of it is wrong.
    """
    finds = list(found)
    open_spans: dict[tuple[int, str], list[tuple[int, int]]] = {}
    number = 0
    for ticket, start, end, value in wanted:
        open_spans.setdefault((ticket, value), []).append((start, end))
        number += 1
    right = 0
    for ticket, start, end, value in finds:
        places = open_spans.get((ticket, value), [])
        hit = next((place for place in places if start < place[1] and place[0] < end), None)
        if hit is not None:
            places.remove(hit)
            right += 1
    return Score(right=right, found=len(finds), wanted=number)


def score_choices(chosen: Mapping[int, str], wanted: Mapping[int, str]) -> Score:
    """Score one choice a ticket: right when it is the wanted value; a choice where none is wanted is wrong."""
    right = sum(wanted.get(ticket) == value for ticket, value in chosen.items())
    return Score(right=right, found=len(chosen), wanted=len(wanted))
