"""Link candidates: who belongs to whom."""

from __future__ import annotations

import pandas as pd

from hubspot_import.extraction.candidates import (
    best_addresses,
    best_numbers,
    match_by_value,
    match_through,
    surest,
)
from hubspot_import.tables import LINK_CANDIDATES, ROW

Row = tuple[int, str | None]


def wanted(*rows: Row) -> pd.DataFrame:
    frame = targets(*rows)
    return frame.assign(confidence=1.0, evidence="company = name of the company")


def targets(*rows: Row) -> pd.DataFrame:
    return pd.DataFrame(
        {
            ROW: pd.Series([row for row, _ in rows], dtype="int64"),
            "value": pd.Series([v for _, v in rows], dtype="str"),
        }
    )


def by_name(left: pd.DataFrame, right: pd.DataFrame) -> pd.DataFrame:
    return match_by_value(left, right, match_property="name", matched_by="company_name")


def finds(*rows: tuple[int, str, str]) -> pd.DataFrame:
    """Mined e-mails of (row, role, value), in order."""
    return pd.DataFrame(
        [
            {"row": row, "column": "content", "kind": "email", "value": value, "role": role, "confidence": 0.5}
            for row, role, value in rows
        ]
    )


def chosen(mined: pd.DataFrame, *known: str) -> dict[int, str]:
    best = best_addresses(mined, pd.Series(list(known), dtype="str"))
    return dict(zip(best[ROW], best["value"], strict=True))


def test_a_value_matches_the_target_that_has_it() -> None:
    found = by_name(wanted((2, "Quay"), (3, "Mill")), targets((2, "Mill"), (3, "Quay")))
    assert list(found["from_row"]) == [2, 3]
    assert list(found["to_row"]) == [3, 2]


def test_candidates_have_the_columns_of_their_table() -> None:
    assert list(by_name(wanted((2, "Mill")), targets((2, "Mill"))).columns) == LINK_CANDIDATES.names


def test_case_composition_and_blanks_do_not_keep_a_match_apart() -> None:
    found = by_name(wanted((2, " CAFE\u0301  noir")), targets((5, "Caf\u00e9 Noir")))
    assert list(found["to_row"]) == [5]


def test_a_target_outside_the_files_stays_open_with_how_to_find_it() -> None:
    (candidate,) = by_name(wanted((2, "Elsewhere")), targets((2, "Mill"))).itertuples()
    assert pd.isna(candidate.to_row)
    assert (candidate.match_property, candidate.match_value) == ("name", "Elsewhere")


def test_a_matched_candidate_needs_nothing_looked_up() -> None:
    found = by_name(wanted((2, "Mill")), targets((2, "Mill")))
    assert found[["match_property", "match_value"]].isna().all(axis=None)


def test_a_record_that_wants_nothing_gets_no_candidate() -> None:
    assert by_name(wanted((2, None)), targets((2, "Mill"), (3, None))).empty


def test_of_two_targets_with_one_name_the_first_is_taken_with_less_confidence() -> None:
    (candidate,) = by_name(wanted((2, "Mill")), targets((4, "Mill"), (6, "MILL"))).itertuples()
    assert candidate.to_row == 4
    assert candidate.confidence == 0.5


def test_no_targets_at_all_leave_every_candidate_open() -> None:
    found = by_name(wanted((2, "Mill"), (3, "Quay")), targets())
    assert found["to_row"].isna().all()
    assert len(found) == 2


def test_a_ticket_goes_to_the_company_of_its_contact() -> None:
    tickets = by_name(wanted((2, "a@x.example.com")), targets((9, "a@x.example.com")))
    contacts = by_name(wanted((9, "Mill")), targets((4, "Mill")))
    (candidate,) = match_through(tickets, contacts, matched_by="contact_company", evidence="…").itertuples()
    assert (candidate.from_row, candidate.to_row, candidate.matched_by) == (2, 4, "contact_company")


def test_a_company_outside_the_files_is_passed_on_by_name() -> None:
    tickets = by_name(wanted((2, "a@x.example.com")), targets((9, "a@x.example.com")))
    contacts = by_name(wanted((9, "Elsewhere")), targets())
    (candidate,) = match_through(tickets, contacts, matched_by="contact_company", evidence="…").itertuples()
    assert (candidate.match_property, candidate.match_value) == ("name", "Elsewhere")


def test_a_ticket_whose_contact_is_not_in_the_files_leads_nowhere_yet() -> None:
    tickets = by_name(wanted((2, "a@x.example.com")), targets())
    contacts = by_name(wanted((9, "Mill")), targets((4, "Mill")))
    assert match_through(tickets, contacts, matched_by="contact_company", evidence="…").empty


def test_the_first_of_the_senders_own_addresses_that_is_a_contact_wins() -> None:
    mined = finds((2, "requester", "new@x.example.com"), (2, "requester", "ann@x.example.com"))
    assert chosen(mined, "ann@x.example.com") == {2: "ann@x.example.com"}


def test_without_a_known_one_the_first_address_wins() -> None:
    mined = finds((2, "quoted", "a@x.example.com"), (2, "requester", "b@x.example.com"))
    assert chosen(mined) == {2: "b@x.example.com"}


def test_a_quoted_contact_does_not_displace_an_unknown_sender() -> None:
    mined = finds((2, "requester", "new@x.example.com"), (2, "quoted", "ann@x.example.com"))
    assert chosen(mined, "ann@x.example.com") == {2: "new@x.example.com"}


def test_a_quoted_contact_is_better_than_nobody() -> None:
    assert chosen(finds((2, "quoted", "ann@x.example.com")), "ann@x.example.com") == {2: "ann@x.example.com"}


def test_the_signature_counts_before_a_copy() -> None:
    mined = finds((2, "cc", "boss@x.example.com"), (2, "signature", "ann@x.example.com"))
    assert chosen(mined) == {2: "ann@x.example.com"}


def test_the_support_teams_own_address_is_never_chosen() -> None:
    assert chosen(finds((2, "agent", "help@desk.example.com")), "help@desk.example.com") == {}


def test_phones_are_no_addresses() -> None:
    assert chosen(finds((2, "requester", "+442079460018")).assign(kind="phone")) == {}


def test_each_ticket_gets_one_address() -> None:
    mined = finds(
        (2, "requester", "a@x.example.com"), (3, "requester", "b@x.example.com"), (3, "cc", "a@x.example.com")
    )
    assert chosen(mined) == {2: "a@x.example.com", 3: "b@x.example.com"}


def confidences(mined: pd.DataFrame, *known: str) -> list[float]:
    return list(best_addresses(mined, pd.Series(list(known), dtype="str"))["confidence"])


def test_a_link_is_as_sure_as_the_place_its_address_stands_in() -> None:
    mined = finds(
        (2, "requester", "a@x.example.com"), (3, "signature", "b@x.example.com"), (4, "cc", "c@x.example.com")
    )
    assert confidences(mined) == [0.98, 0.95, 0.5]


def test_a_known_address_after_an_unknown_one_is_less_sure_but_sure_enough() -> None:
    mined = finds((2, "requester", "new@x.example.com"), (2, "requester", "ann@x.example.com"))
    assert confidences(mined, "ann@x.example.com") == [0.92]


def test_only_what_is_sure_enough_is_kept() -> None:
    mined = finds((2, "requester", "a@x.example.com"), (3, "quoted", "b@x.example.com"))
    best = best_addresses(mined, pd.Series([], dtype="str"))
    assert list(surest(best)[ROW]) == [2]
    assert list(surest(best, least=0.5)[ROW]) == [2, 3]


def test_of_two_numbers_the_senders_own_is_chosen() -> None:
    mined = finds((2, "quoted", "+442079460018"), (2, "signature", "+33612345678")).assign(kind="phone")
    assert list(best_numbers(mined)["value"]) == ["+33612345678"]


def test_a_number_that_is_possible_only_is_not_sure_enough() -> None:
    mined = finds((2, "requester", "+11111111111")).assign(kind="phone", confidence=0.4)
    assert surest(best_numbers(mined)).empty
