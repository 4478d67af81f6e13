"""Keeps ticket text off the page. What people wrote to a help desk stays in the files, not in what is passed around."""

from __future__ import annotations

import json

from hubspot_import.findings import MAX_SHOWN_VALUE

MIN_TELLING_LENGTH = 8
"""A shorter piece of a text tells nothing and occurs in messages by chance."""
WITHHELD = "…"


def conceal(message: str, texts: tuple[str, ...], *, instead: str) -> str:
    """Take texts out of a message; give ``instead`` when a piece of one would still be in it.

    A text may stand in the message whole or shortened, as the catalogue quotes it, or JSON-escaped, as HubSpot does.
    """
    for text in sorted(filter(None, texts), key=len, reverse=True):
        for form in _forms(text):
            message = message.replace(f"'{form}'", f"'{WITHHELD}'").replace(f'"{form}"', f'"{WITHHELD}"')
            if len(form) >= MIN_TELLING_LENGTH:
                message = message.replace(form, WITHHELD)
    return instead if any(_is_told(piece, message) for text in texts for piece in _pieces(text)) else message


def _forms(text: str) -> tuple[str, ...]:
    shortened = text[:MAX_SHOWN_VALUE] + "…"
    return (text, shortened, json.dumps(text)[1:-1], json.dumps(text, ensure_ascii=False)[1:-1])


def _pieces(text: str) -> list[str]:
    """The beginnings of a text's lines: what is left of it when somebody else cut it short."""
    return [line.strip()[:20] for line in text.splitlines() if len(line.strip()) >= MIN_TELLING_LENGTH]


def _is_told(piece: str, message: str) -> bool:
    return piece.casefold() in message.casefold()
