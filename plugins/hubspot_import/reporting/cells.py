"""Text from the data made fit for where it goes: a spreadsheet cell, or one line of plain text."""

from __future__ import annotations

import re

import pandas as pd

_FORMULA = re.compile(r"^[=+\-@\t\r\n＝＋－＠]")
"""What makes a spreadsheet take a cell for a formula (OWASP, CSV Injection), full-width forms included."""
_BIDI = re.compile("[\u202a-\u202e\u2066-\u2069]")


def escape_formulas(texts: pd.Series) -> pd.Series:
    """Put an apostrophe before texts that a spreadsheet would take for a formula; nulls stay null.

    A mended rejects file can be imported as it is: the loader takes the apostrophe off again.
    """
    return texts.mask(texts.str.match(_FORMULA).eq(True), "'" + texts)


def escape_formula(text: str) -> str:
    """Do the same for one text, e.g. a header."""
    return f"'{text}" if _FORMULA.match(text) else text


def one_line(text: str) -> str:
    """Make text safe to print in a terminal: one line, no control characters, nothing that reverses the reading."""
    if text.isprintable() and text == text.strip() and "  " not in text:
        return text
    flat = " ".join(_BIDI.sub("", text).split())
    return "".join(char if char.isprintable() or char in "\u200c\u200d\u200e\u200f" else "\ufffd" for char in flat)
