"""What is left of a company's name, and which legal form it says."""

from __future__ import annotations

import pandas as pd
import pytest

from hubspot_import.extraction.company_names import name_and_form, same_but_for_form


@pytest.mark.parametrize(
    ("name", "bare", "form"),
    [
        ("Acme", "acme", ""),
        ("ACME  Ltd.", "acme", "ltd"),
        ("Acme, Limited", "acme", "ltd"),
        ("Société Générale S.A.", "societe generale", "sa"),
        ("Boulanger S. A. R. L.", "boulanger", "sarl"),
        ("Müller GmbH & Co. KG", "muller", "gmbh kg"),
        ("Weiß AG", "weiss", "ag"),
        ("Ferrari S.p.A.", "ferrari", "spa"),
        ("Philips B.V.", "philips", "bv"),
        ("Nokia Oyj", "nokia", "oyj"),
        ("Novo Nordisk A/S", "novo nordisk", "as"),
        ("Żabka Sp. z o.o.", "zabka", "spzoo"),
        ("Kvist ApS", "kvist", "aps"),
        ("Tesco Public Limited Company", "tesco", "plc"),
        ("Atlas Pty Ltd", "atlas", "ltd"),
        ("Acme Co., Ltd", "acme", "ltd"),
        ("株式会社トヨタ", "トヨタ", "株式会社"),
        ("ООО Ромашка", "ромашка", "ооо"),
        ("Ford Motor Company", "ford motor company", ""),
        ("Tiffany & Co", "tiffany & co", ""),
        ("Limited Brands", "ltd brands", ""),
    ],
)
def test_a_name_is_split_from_its_legal_form(name: str, bare: str, form: str) -> None:
    assert name_and_form(name) == (bare, form)


@pytest.mark.parametrize("name", ["GmbH", "AG", "株式会社", "ООО", "S.A."])
def test_a_name_that_is_nothing_but_a_form_stays_whole(name: str) -> None:
    assert name_and_form(name)[0]


def test_marks_of_other_scripts_are_letters_and_stay() -> None:
    assert name_and_form("カガミ")[0] != name_and_form("ガカミ")[0]
    assert name_and_form("Май")[0] == "май"


def test_names_of_signs_only_and_missing_names_match_nothing() -> None:
    assert same_but_for_form(pd.Series(["...", None, "Acme"])).isna().tolist() == [True, True, False]
