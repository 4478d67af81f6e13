"""mine_text: the frame it gives."""

from __future__ import annotations

import pandas as pd
from hypothesis import given
from hypothesis import strategies as st

from hubspot_import.extraction.folding import fold
from hubspot_import.extraction.mining import COLUMNS, mine_text

PIECES = st.sampled_from(
    ["ann@mill.example.org", "+442079460018", "+622345678901", "\n> ", "-- \n", "wrote:\n", " ", "@", "+"]
) | st.text(max_size=10)


def test_emails_and_phones_of_a_text_come_in_the_order_they_stand() -> None:
    mined = mine_text(["Tél: +622345678901, sari.wijaya@indonesiafinance.co.id"])
    assert list(mined["kind"]) == ["phone", "email"]
    assert list(mined["value"]) == ["+622345678901", "sari.wijaya@indonesiafinance.co.id"]


def test_finds_carry_the_label_of_their_text() -> None:
    mined = mine_text(pd.Series(["nothing", None, "a@x.example.com b@x.example.com"], index=[2, 3, 9], dtype="str"))
    assert list(mined["text"]) == [9, 9]


def test_texts_without_finds_give_an_empty_frame_of_the_same_columns() -> None:
    mined = mine_text(["nothing here", None, ""])
    assert tuple(mined.columns) == COLUMNS
    assert mined.empty


def test_no_texts_give_an_empty_frame() -> None:
    assert mine_text([]).empty


def test_digits_of_an_address_are_no_phone() -> None:
    mined = mine_text(["+442079460018@voice.example.com"])
    assert list(mined["kind"]) == ["email"]


def test_a_region_may_be_given_for_each_text() -> None:
    mined = mine_text(["020 7946 0018", "020 7946 0018"], regions=["GB", None])
    assert list(mined["text"]) == [0]


def test_one_region_serves_all_texts() -> None:
    assert len(mine_text(["020 7946 0018", "020 7946 0019"], regions="GB")) == 2


def test_the_first_own_address_is_surer_than_the_next() -> None:
    mined = mine_text(["a@x.example.com or else b@x.example.com"])
    assert list(mined["role"]) == ["requester", "requester"]
    assert mined["confidence"].is_monotonic_decreasing
    assert mined["confidence"].nunique() == 2


def test_an_address_at_an_own_domain_is_the_agents() -> None:
    mined = mine_text(["help@Desk.example.com"], own_domains=["desk.example.com"])
    assert list(mined["role"]) == ["agent"]


def test_an_address_below_an_own_domain_and_a_machines_are_the_agents() -> None:
    mined = mine_text(["help@eu.desk.example.com, no-reply@mill.example.org"], own_domains=["desk.example.com"])
    assert list(mined["role"]) == ["agent", "agent"]


def test_a_colleagues_address_is_in_copy() -> None:
    mined = mine_text(["I am ann@x.example.com, please cc my manager b@x.example.com"])
    assert list(mined["role"]) == ["requester", "cc"]


def test_a_number_that_is_possible_only_is_no_more_than_a_suggestion() -> None:
    mined = mine_text(["call +1 111 111 1111"])
    assert list(mined["confidence"]) == [0.4]


def test_quoted_addresses_count_less_than_the_signature() -> None:
    mined = mine_text(["-- \nann@x.example.com\n> bob@x.example.com"]).set_index("role")
    assert mined.loc["signature", "confidence"] > mined.loc["quoted", "confidence"]


@given(st.lists(st.lists(PIECES, max_size=8).map("".join), max_size=4))
def test_every_span_slices_back_to_what_was_found(texts: list[str]) -> None:
    for find in mine_text(texts).itertuples():
        span = texts[find.text][find.start : find.end]
        if find.kind == "email":
            assert fold(span).text.lower() == find.value
        else:
            assert "".join(filter(str.isdigit, span)).endswith(find.value[-6:])
