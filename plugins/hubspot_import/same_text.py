"""When two texts are the same to a person who typed them: the one rule for duplicates, keys, links and look-ups."""

from __future__ import annotations

import unicodedata

import pandas as pd


def same_text(text: str) -> str:
    """Reduce a name, domain or address to what tells it apart: Unicode form (NFC), case and blanks do not."""
    folded = unicodedata.normalize("NFC", text).casefold()
    # Folding the case can take a text out of its Unicode form again.
    return " ".join(unicodedata.normalize("NFC", folded).split())


def same_cells(cells: pd.Series[str]) -> pd.Series[str]:
    """Reduce raw cells to what tells contents apart: line ends and outer blanks do not; null is empty."""
    return cells.fillna("").str.replace(r"\r\n?", "\n", regex=True).str.strip()
