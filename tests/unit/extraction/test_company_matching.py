"""Companies told from a name written otherwise, or from an address's domain."""

from __future__ import annotations

import pandas as pd
import pytest

from hubspot_import.extraction.candidates import surest
from hubspot_import.extraction.company_matching import match_by_domain, match_by_name
from hubspot_import.tables import ROW

Row = tuple[int, str | None]


def targets(*rows: Row) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=[ROW, "value"]).astype({"value": "str"})


def by_name(name: str, *companies: str) -> list[tuple[int | None, float]]:
    """Target row (from 10) and confidence of each candidate of one row that names a company, best first."""
    wanted = targets((2, name)).assign(confidence=1.0, evidence="company = name of the company")
    found = match_by_name(wanted, targets(*enumerate(companies, start=10)), matched_by="company_name")
    return [(None if pd.isna(one.to_row) else int(one.to_row), round(one.confidence, 2)) for one in found.itertuples()]


@pytest.mark.parametrize("name", ["Acme Limited", "ACME Ltd.", "Acmé", "Acme, Ltd"])
def test_a_name_that_differs_in_accents_or_legal_form_is_linked_with_less_confidence(name: str) -> None:
    assert by_name(name, "Acme Ltd") in ([(10, 0.92), (None, 1.0)], [(10, 1.0)])
    assert by_name(name, "Mill", "Acme Ltd")[0][0] == 11


def test_the_exact_name_is_as_sure_as_before_whatever_else_is_like_it() -> None:
    assert by_name("acme", "Acme GmbH", "Acme", "Acme AG") == [(11, 1.0)]


def test_several_companies_of_one_name_are_not_sure_enough() -> None:
    assert by_name("Acme", "Acme GmbH", "Acme AG") == [(10, 0.46), (None, 1.0)]


def test_two_legal_forms_that_contradict_each_other_are_not_sure_enough() -> None:
    assert by_name("Acme AG", "Acme GmbH") == [(10, 0.46), (None, 1.0)]


def test_of_several_the_one_of_the_same_legal_form_is_meant() -> None:
    assert by_name("Acme Limited", "Acme GmbH", "Acme Ltd", "Acme")[0] == (11, 0.92)


def test_a_name_that_no_company_has_stays_open_for_the_account() -> None:
    assert by_name("Loom Ltd", "Acme Ltd") == by_name("Loom Ltd") == [(None, 1.0)]


def test_the_evidence_says_that_the_name_is_written_otherwise() -> None:
    wanted = targets((2, "Acme")).assign(confidence=1.0, evidence="company = name of the company")
    found = surest(match_by_name(wanted, targets((9, "Acme SAS")), matched_by="company_name"))
    assert found["evidence"].iloc[0] == "company = name of the company, but for spelling or legal form"


def by_domain(*addresses: Row) -> dict[int, tuple[int, float]]:
    known = targets((4, "mill.example.org"), (5, "eu.quay.example.net"), (6, "gmail.com"))
    found = match_by_domain(targets(*addresses), known, matched_by="contact_email_domain")
    return {int(one.from_row): (int(one.to_row), float(one.confidence)) for one in found.itertuples()}


def test_a_company_is_told_from_the_host_before_the_registered_domain() -> None:
    found = by_domain((2, "ann@mill.example.org"), (3, "bob@eu.mill.example.org"), (7, "cid@eu.quay.example.net"))
    assert found == {2: (4, 0.95), 3: (4, 0.92), 7: (5, 0.95)}


def test_free_mail_and_unknown_domains_tell_no_company() -> None:
    assert by_domain((2, "ann@gmail.com"), (3, "bob@loom.example.com"), (7, None)) == {}
