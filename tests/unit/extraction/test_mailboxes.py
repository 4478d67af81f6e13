"""Addresses of one mailbox."""

from __future__ import annotations

import pandas as pd
import pytest

from hubspot_import.extraction.candidates import surest
from hubspot_import.extraction.mailboxes import mailboxes, match_by_mailbox, untagged
from hubspot_import.tables import ROW


def matched(address: str, *contacts: str) -> pd.DataFrame:
    """Candidates of one ticket with an address in its own words; contacts stand in the rows from 10."""
    wanted = pd.DataFrame({ROW: [2], "value": [address], "confidence": [0.98], "evidence": ["e-mail in content"]})
    known = pd.DataFrame({ROW: range(10, 10 + len(contacts)), "value": contacts}).astype({"value": "str"})
    return match_by_mailbox(wanted, known, matched_by="ticket_email")


def linked(address: str, *contacts: str) -> list[int | str]:
    sure = surest(matched(address, *contacts)).drop_duplicates("from_row")
    return [one.match_value if pd.isna(one.to_row) else int(one.to_row) for one in sure.itertuples()]


@pytest.mark.parametrize(
    ("address", "mailbox"),
    [
        ("Ann.Lee+shop@gmail.com", "annlee@gmail.com"),
        ("annlee@googlemail.com", "annlee@gmail.com"),
        ("ann.lee+x@outlook.com", "ann.lee@outlook.com"),
        ("ann.lee+x@mill.example.org", "ann.lee+x@mill.example.org"),
        ("+x@gmail.com", "+x@gmail.com"),
    ],
)
def test_a_mailbox_is_what_the_provider_delivers_to(address: str, mailbox: str) -> None:
    assert mailboxes(pd.Series([address])).tolist() == [mailbox]


def test_a_tag_is_left_out_at_any_host_and_dots_stay() -> None:
    assert untagged(pd.Series(["a.b+c@mill.example.org", None])).fillna("-").tolist() == ["a.b@mill.example.org", "-"]


def test_another_address_of_a_known_providers_mailbox_is_linked_with_less_confidence() -> None:
    assert linked("ann.lee+shop@gmail.com", "zoe@gmail.com", "annlee@gmail.com") == [11]
    assert matched("ann.lee+shop@gmail.com", "annlee@gmail.com")["confidence"].tolist() == [0.98 * 0.95, 0.98]


def test_the_very_address_is_preferred_to_another_of_its_mailbox() -> None:
    assert linked("ann.lee@gmail.com", "annlee@gmail.com", "ann.lee@gmail.com") == [11]


def test_a_tag_left_out_at_an_unknown_host_is_only_suggested() -> None:
    found = matched("ann+shop@mill.example.org", "ann@mill.example.org")
    assert linked("ann+shop@mill.example.org", "ann@mill.example.org") == ["ann+shop@mill.example.org"]
    assert found["to_row"].tolist()[0] == 10
    assert found["evidence"].tolist()[0] == "e-mail in content, the tag left out"


def test_two_contacts_of_one_mailbox_are_not_sure_enough() -> None:
    assert linked("ann.lee@gmail.com", "annlee@gmail.com", "a.nnlee@gmail.com") == ["ann.lee@gmail.com"]
