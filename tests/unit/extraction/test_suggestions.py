"""Who may be meant when a link is not sure enough."""

from __future__ import annotations

import pandas as pd

from hubspot_import.extraction.suggestions import open_suggestions, suggestion_findings, suggestions
from hubspot_import.model import ObjectType

_, CONTACTS, TICKETS = ObjectType


def candidates(*rows: tuple[int, int | None]) -> pd.DataFrame:
    """Candidates of (row, target row)."""
    frame = pd.DataFrame(rows, columns=["from_row", "to_row"]).astype({"to_row": "Int64"})
    return frame.assign(confidence=0.5, evidence="e-mail in content (quoted)", is_sure=False)


def suggested(links: pd.DataFrame, others: pd.DataFrame) -> dict[int, int]:
    chosen = suggestions(links, others)
    return dict(zip(chosen["from_row"].tolist(), chosen["to_row"].tolist(), strict=True))


def test_a_row_with_a_link_gets_no_suggestion() -> None:
    assert suggested(candidates((2, 7)), candidates((2, 8), (3, 9))) == {3: 9}


def test_a_row_whose_target_is_not_in_the_files_may_get_one() -> None:
    assert suggested(candidates((2, None)), candidates((2, 8))) == {2: 8}


def test_the_first_of_several_is_suggested_and_none_that_leads_nowhere() -> None:
    assert suggested(candidates(), candidates((2, None), (2, 8), (2, 9))) == {2: 8}


def test_a_suggestion_says_which_row_and_why() -> None:
    (one,) = suggestion_findings(candidates((2, 8)), TICKETS, CONTACTS, {2: 5})
    assert (one.code, one.row, one.line) == ("LINK_SUGGESTED", 2, 5)
    assert "Row 8 of the contacts" in one.message
    assert "e-mail in content (quoted), confidence 0.5), but that is not sure enough" in one.message


def test_a_sure_one_is_suggested_only_because_the_row_names_another() -> None:
    sure = candidates((2, 8)).assign(is_sure=True, confidence=0.95)
    (one,) = suggestion_findings(sure, TICKETS, CONTACTS, {})
    assert "names another contact, which the files do not have" in one.message
    assert "sure enough" not in one.message


def test_one_whom_only_the_account_may_know_is_left_to_pre_flight() -> None:
    others = candidates((2, None), (3, None), (3, 8), (4, None)).assign(match_property="email", match_value="a@b.c")
    left = open_suggestions(candidates((2, 7)), others.assign(matched_by="ticket_email"))
    assert left["from_row"].tolist() == [4]
