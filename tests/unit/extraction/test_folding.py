"""Folding a text keeps the way back to the original."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from hubspot_import.extraction.folding import fold

PIECES = st.sampled_from(["&#64;", "&amp;", "&nbsp;", "\u200b", "\uff20", "a", "&", ";", "\u3000", "\u00ad", "&#x2e;"])


def test_a_plain_text_comes_back_as_it_is() -> None:
    text = "nothing to fold; a & b"
    assert fold(text).text == text


def test_entities_wide_forms_and_invisible_characters_are_folded() -> None:
    assert fold("\uff41\u200b&commat;b&nbsp;&#x2e;c").text == "a@b .c"


def test_a_span_over_an_entity_is_the_whole_entity() -> None:
    assert fold("x&#64;y").span(1, 2) == (1, 6)


@given(st.lists(st.one_of(PIECES, st.characters()), max_size=40).map("".join))
def test_every_folded_character_leads_back_to_a_place_in_order(text: str) -> None:
    folded = fold(text)
    spans = [folded.span(place, place + 1) for place in range(len(folded.text))]
    assert all(0 <= start < end <= len(text) for start, end in spans)
    assert spans == sorted(spans)
