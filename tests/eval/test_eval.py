"""The corpus is what it says it is, and what the importer finds in it stays above the figures it promises."""

from __future__ import annotations

from collections import Counter
from itertools import pairwise

import pytest

from eval.corpus import REGIONS, Half, tickets
from eval.more_phrases import ALL_PHRASES
from eval.noise import NOISE
from eval.scoring import Score, score_choices, score_spans
from eval.table import measure

TICKETS = 2_800

FLOORS = {
    "e-mail": (0.999, 0.999),
    "phone": (0.999, 0.99),
    "requester's e-mail": (0.995, 0.995),
    "requester's phone": (0.99, 0.98),
    "links": (0.999, 0.99),
}
"""By what is measured: the least precision and recall."""


@pytest.mark.parametrize("half", Half)
def test_what_is_found_stays_above_the_promised_figures(half: Half) -> None:
    ours = {what: score for what, who, score in measure(TICKETS, half) if who == "ours"}
    below = {
        what: (round(ours[what].precision, 5), round(ours[what].recall, 5))
        for what, (precision, recall) in FLOORS.items()
        if ours[what].precision < precision or ours[what].recall < recall
    }
    assert below == {}


def test_every_span_holds_something_and_no_two_overlap() -> None:
    for ticket in tickets(280, Half.TUNING):
        spans = sorted((gold.start, gold.end) for gold in ticket.gold)
        assert all(ticket.text[start:end].strip() for start, end in spans)
        assert all(before[1] <= after[0] for before, after in pairwise(spans))


def test_the_same_seed_makes_the_same_corpus_and_the_halves_differ() -> None:
    texts = [[ticket.text for ticket in tickets(28, half)] for half in (Half.TUNING, Half.TUNING, Half.HELD_BACK)]
    assert texts[0] == texts[1]
    assert not set(texts[0]) & set(texts[2])


def test_the_corpus_has_the_promised_variety() -> None:
    assert len(ALL_PHRASES) == 14
    assert len({region for regions in REGIONS.values() for region in regions}) == 22
    assert len(NOISE) >= 25
    roles = Counter(gold.role for ticket in tickets(560, Half.TUNING) for gold in ticket.gold)
    assert set(roles) == {"requester", "cc", "agent", "quoted", "signature"}


def test_half_of_the_phones_are_without_a_country_code() -> None:
    signs = Counter(
        ticket.text[gold.start] in "+\uff0b" or ticket.text[gold.start : gold.start + 2] in ("00", "\u0660\u0660")
        for ticket in tickets(1_400, Half.TUNING)
        for gold in ticket.gold
        if gold.kind == "phone"
    )
    assert 0.4 < signs[False] / signs.total() < 0.6


def test_a_find_with_another_value_or_place_or_found_twice_is_wrong() -> None:
    wanted = [(0, 5, 9, "a"), (0, 20, 24, "b")]
    assert score_spans(wanted, wanted) == Score(right=2, found=2, wanted=2)
    assert score_spans([(0, 5, 9, "b"), (0, 9, 12, "a"), (0, 20, 24, "b"), (0, 20, 24, "b")], wanted).right == 1


def test_a_choice_where_none_is_wanted_is_wrong() -> None:
    score = score_choices({1: "a", 2: "b", 3: "c"}, {1: "a", 2: "x"})
    assert (score.right, score.found, score.wanted) == (1, 3, 2)
