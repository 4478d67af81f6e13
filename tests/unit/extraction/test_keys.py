"""Keys: what a row is known by."""

from __future__ import annotations

import pandas as pd
from hypothesis import given
from hypothesis import strategies as st

from hubspot_import.extraction.keys import KeyKind, compose_keys, content_hash, is_hash_key
from hubspot_import.same_text import same_text


def column(*values: str | None) -> pd.Series:
    return pd.Series(list(values), dtype="str", index=range(10, 10 + len(values)))


def test_a_key_holds_namespace_kind_and_value() -> None:
    keys, _ = compose_keys("default", {KeyKind.ID: column("T-1")})
    assert list(keys) == ["default:id:t-1"]


def test_the_first_kind_a_row_has_gives_its_key() -> None:
    kinds = {
        KeyKind.ID: column(None, None),
        KeyKind.DOMAIN: column("mill.example.org", None),
        KeyKind.NAME: column("Mill", "Quay"),
    }
    keys, _ = compose_keys("default", kinds)
    assert list(keys) == ["default:domain:mill.example.org", "default:name:quay"]


def test_the_further_kinds_give_the_other_keys() -> None:
    kinds = {
        KeyKind.ID: column("7", "8"),
        KeyKind.DOMAIN: column("d.example", None),
        KeyKind.NAME: column("Mill", None),
    }
    _, other_keys = compose_keys("default", kinds)
    assert other_keys.iloc[0] == "default:domain:d.example\ndefault:name:mill"
    assert pd.isna(other_keys.iloc[1])


def test_a_row_that_has_nothing_has_no_key() -> None:
    keys, other_keys = compose_keys("default", {KeyKind.ID: column(None, " ")})
    assert keys.isna().all()
    assert other_keys.isna().all()


def test_keys_keep_the_index_of_the_rows() -> None:
    keys, _ = compose_keys("default", {KeyKind.ID: column("1", "2")})
    assert list(keys.index) == [10, 11]


def test_two_namespaces_do_not_meet() -> None:
    north, _ = compose_keys("north", {KeyKind.ID: column("1")})
    south, _ = compose_keys("south", {KeyKind.ID: column("1")})
    assert north.iloc[0] != south.iloc[0]


def test_composition_case_and_blanks_do_not_matter() -> None:
    assert same_text("  CAFE\u0301  Müller\u00a0GmbH ") == same_text("caf\u00e9 mÜLLER gmbh")


def test_a_sharp_s_is_a_double_s() -> None:
    assert same_text("STRASSE") == same_text("Straße")


@given(st.text())
def test_normalizing_twice_changes_nothing(text: str) -> None:
    assert same_text(same_text(text)) == same_text(text)


def test_line_ends_and_outer_blanks_do_not_change_a_hash() -> None:
    windows = content_hash([column("Subject "), column("one\r\ntwo\r\n")])
    unix = content_hash([column("Subject"), column("one\ntwo")])
    assert windows.iloc[0] == unix.iloc[0]


def test_a_hash_tells_cells_apart_that_read_the_same_when_joined() -> None:
    assert content_hash([column("ab"), column("c")]).iloc[0] != content_hash([column("a"), column("bc")]).iloc[0]


def test_a_missing_cell_hashes_like_an_empty_one() -> None:
    assert content_hash([column("a"), column(None)]).iloc[0] == content_hash([column("a"), column("")]).iloc[0]


def test_a_hash_key_is_told_from_an_id_that_looks_like_one() -> None:
    keys, _ = compose_keys("default", {KeyKind.ID: column(":hash:", None), KeyKind.HASH: column("ab", "cd")})
    assert list(is_hash_key(keys, "default")) == [False, True]
