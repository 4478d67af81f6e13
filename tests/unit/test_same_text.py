"""A column is reduced as its texts are one by one."""

from __future__ import annotations

import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as st

from hubspot_import.same_text import same_text, same_texts

TEXTS = st.none() | st.text(max_size=6) | st.text("aA \u00c9e\u0301\u0130\u00df\u1e9e\t\x1c\x7f~!", max_size=6)


@settings(deadline=None)  # the first use of pyarrow starts its threads
@given(st.lists(TEXTS, max_size=8))
def test_a_column_is_reduced_as_its_texts_are_one_by_one(texts: list[str | None]) -> None:
    column = pd.Series(texts, index=range(10, 10 + len(texts)), dtype="str")

    reduced = same_texts(column)

    assert [text if isinstance(text, str) else None for text in reduced] == [
        None if text is None else same_text(text) for text in texts
    ]
    assert list(reduced.index) == list(column.index)
