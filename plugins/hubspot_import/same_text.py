"""When two texts are the same to a person who typed them: the one rule for duplicates, keys, links and look-ups."""

from __future__ import annotations

import unicodedata

import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc


def same_text(text: str) -> str:
    """Reduce a name, domain or address to what tells it apart: Unicode form (NFC), case and blanks do not."""
    folded = unicodedata.normalize("NFC", text).casefold()
    # Folding the case can take a text out of its Unicode form again.
    return " ".join(unicodedata.normalize("NFC", folded).split())


def same_texts(texts: pd.Series[str]) -> pd.Series[str]:
    """Reduce a column as :func:`same_text` does; null stays null."""
    array = pa.array(texts, type=pa.large_string(), from_pandas=True)
    is_plain = pc.match_substring_regex(array, "^[!-~]+$")  # ASCII without blanks: only its case can differ
    lowered = pc.if_else(is_plain, pc.ascii_lower(array), None)
    plain = pd.Series(lowered.to_pandas(), dtype="str").set_axis(texts.index)
    return plain.fillna(texts[plain.isna()].map(same_text, na_action="ignore").astype("str"))


def same_cells(cells: pd.Series[str]) -> pd.Series[str]:
    """Reduce raw cells to what tells contents apart: line ends and outer blanks do not; null is empty."""
    return cells.fillna("").str.replace(r"\r\n?", "\n", regex=True).str.strip()
