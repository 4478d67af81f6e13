"""The explanation of a record's links, as text."""

from __future__ import annotations

import pandas as pd

from hubspot_import.extraction.explanation import ChosenLink, Explained, explanation, marked, record_name
from hubspot_import.model import ObjectType
from hubspot_import.tables import MINED

COMPANIES, CONTACTS, TICKETS = ObjectType
TEXT = "I am ann@mill.example.org, not bob@mill.example.org"


def finds(*spans: tuple[int, int], role: str = "requester") -> pd.DataFrame:
    """Finds of one row in ``content``, numbered from 1."""
    rows = [
        {
            "row": 2,
            "column": "content",
            "kind": "email",
            "value": TEXT[start:end],
            "start": start,
            "end": end,
            "role": role,
            "confidence": 0.95,
        }
        for start, end in spans
    ]
    return pd.DataFrame(rows, columns=MINED.names, index=range(1, len(rows) + 1))


def a_link(to_row: int | None = 7, target: str | None = "Ann Lee", record_id: str | None = "501") -> ChosenLink:
    return ChosenLink(
        to_type=CONTACTS,
        to_row=to_row,
        target=target,
        record_id=record_id,
        matched_by="ticket_email",
        confidence=0.98,
        evidence="e-mail in content (requester)",
        state="the link: created",
    )


def told(
    text: str = TEXT,
    found: pd.DataFrame | None = None,
    links: tuple[ChosenLink, ...] = (),
    not_made: tuple[tuple[str, str], ...] = (),
) -> str:
    return explanation(
        Explained(
            object_type=TICKETS,
            row=2,
            texts={"content": text},
            finds=finds() if found is None else found,
            to_types=[CONTACTS, COMPANIES],
            links=links,
            not_made=not_made,
        )
    )


def test_each_find_is_marked_with_its_number() -> None:
    assert marked(TEXT, finds((5, 25), (31, 51))) == "I am [1: ann@mill.example.org], not [2: bob@mill.example.org]"


def test_a_find_within_another_is_not_marked_twice() -> None:
    assert marked(TEXT, finds((5, 25), (9, 25))) == "I am [1: ann@mill.example.org], not bob@mill.example.org"


def test_finds_are_listed_with_role_and_confidence() -> None:
    assert "1  email ann@mill.example.org, requester, 0.95 sure that it is the sender's" in told(found=finds((5, 25)))


def test_a_text_without_finds_says_so() -> None:
    assert "Found in the text: no e-mail address and no phone number." in told("Hello")


def test_a_link_says_to_whom_and_why() -> None:
    shown = told(links=(a_link(),))
    assert "Its contact:\n  row 7 of the contacts, Ann Lee, HubSpot id 501\n" in shown
    assert "matched by ticket_email, confidence 0.98: e-mail in content (requester)" in shown
    assert "the link: created" in shown
    assert "Its company: none." in shown


def test_a_contact_that_is_in_no_file_is_named_by_what_it_is_looked_for() -> None:
    assert "Its contact:\n  ann@mill.example.org\n" in told(links=(a_link(None, "ann@mill.example.org", None),))
    assert "Its contact:\n  in none of the files\n" in told(links=(a_link(None, None, None),))


def test_what_was_suggested_and_not_written_is_told_with_its_remedy() -> None:
    shown = told(not_made=(("Row 8 of the contacts may be meant", "Link the two"),))
    assert "not written:\n  Row 8 of the contacts may be meant\n    Link the two" in shown
    assert "not written" not in told()


def test_a_terminal_is_not_told_what_to_do_by_a_customers_text() -> None:
    shown = told("a\x1b]0;owned\x07b\u202ec\nd", links=(a_link(target="\x1b[2J"),))
    assert not {"\x1b", "\x07", "\u202e"} & set(shown)
    assert "  a\ufffd]0;owned\ufffdb\ufffdc\n  d" in shown


def test_a_record_is_named_by_what_people_know_it_by() -> None:
    assert record_name({"email": "a@x.example.com", "firstname": "Ann", "lastname": None, "city": "Lyon"}) == (
        "Ann, a@x.example.com"
    )
