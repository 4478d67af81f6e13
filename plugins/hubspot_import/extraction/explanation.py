"""Why a record is linked as it is, as text for the one who asks: its texts with the finds marked, its links, the rest.

The text holds what customers wrote: it is for a terminal, never for a log, a page or an exception.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pandas as pd

from hubspot_import.findings import Code
from hubspot_import.model import ObjectType

ABOUT_LINKS = frozenset(
    {
        Code.LINK_SUGGESTED,
        Code.AMBIGUOUS_RECORD,
        Code.ASSOCIATION_RECORD_NOT_FOUND,
        Code.REQUIRED_RECORD_NOT_FOUND,
    }
)
"""The findings that say why a link was not made."""
_INDENT = "  "
_NAMING = ("name", "firstname", "lastname", "email", "domain", "subject")


@dataclass(frozen=True, slots=True, kw_only=True)
class ChosenLink:
    """A link of the record, as planned or, before pre-flight, as found in the files.

    ``target`` names the record the link leads to, None when it is in none of the run's files. ``state`` says what
    became of the link: created, existing, planned …
    """

    to_type: ObjectType
    to_row: int | None
    target: str | None
    record_id: str | None
    matched_by: str
    confidence: float
    evidence: str
    state: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Explained:
    """What the run folder knows of one record. ``finds`` has MINED's columns, ``not_made`` pairs of message and fix."""

    object_type: ObjectType
    row: int
    texts: Mapping[str, str]
    finds: pd.DataFrame
    to_types: Sequence[ObjectType]
    links: Sequence[ChosenLink]
    not_made: Sequence[tuple[str, str]]


def explanation(explained: Explained) -> str:
    """Write the explanation: the texts, what was found in them, the chosen links and what was not made."""
    blocks = [
        [f"Row {explained.row} of the {explained.object_type}"],
        *(
            [f"{column}:", *_indented(marked(text, _in_column(explained.finds, column)))]
            for column, text in explained.texts.items()
        ),
        _finds(explained.finds) if explained.texts else [],
        *(_links(to_type, explained.links) for to_type in explained.to_types),
        _not_made(explained.not_made),
    ]
    return "\n\n".join("\n".join(lines) for lines in blocks if lines)


def marked(text: str, finds: pd.DataFrame) -> str:
    """Put each find into ``[number: …]``. Numbers are the finds' labels; spans are characters of the text."""
    pieces, position = [], 0
    for number, start, end in finds.sort_values("start")[["start", "end"]].itertuples(name=None):
        if start >= position:
            pieces += [text[position:start], f"[{number}: {text[start:end]}]"]
            position = end
    return "".join([*pieces, text[position:]])


def record_name(values: Mapping[str, object]) -> str:
    """Name a record by its properties: name, e-mail address, domain."""
    return ", ".join(value for name in _NAMING if isinstance(value := values.get(name), str) and value)


def _in_column(finds: pd.DataFrame, column: str) -> pd.DataFrame:
    return finds[finds["column"] == column]


def _finds(finds: pd.DataFrame) -> list[str]:
    if finds.empty:
        return ["Found in the text: no e-mail address and no phone number."]
    table = finds[["kind", "value", "role", "confidence"]]
    lines = [
        f"{_INDENT}{number}  {kind} {_shown(value)}, {role}, {confidence:.2f} sure that it is the sender's"
        for number, kind, value, role, confidence in table.itertuples(name=None)
    ]
    return ["Found in the text:", *lines]


def _links(to_type: ObjectType, links: Sequence[ChosenLink]) -> list[str]:
    lines = [line for link in links if link.to_type is to_type for line in _link(link)]
    return [f"Its {to_type.singular}:", *lines] if lines else [f"Its {to_type.singular}: none."]


def _link(link: ChosenLink) -> list[str]:
    row = [f"row {link.to_row} of the {link.to_type}"] if link.to_row is not None else []
    known = [f"HubSpot id {link.record_id}"] if link.record_id else []
    name = [_shown(link.target)] if link.target else []
    return [
        f"{_INDENT}{', '.join([*row, *name, *known]) or 'in none of the files'}",
        f"{_INDENT}matched by {link.matched_by}, confidence {link.confidence:.2f}: {_shown(link.evidence)}",
        f"{_INDENT}{link.state}",
    ]


def _not_made(not_made: Sequence[tuple[str, str]]) -> list[str]:
    lines = [line for message, fix in not_made for line in (f"{_INDENT}{_shown(message)}", f"{_INDENT}{_INDENT}{fix}")]
    return ["Suggested or missing, and not written:", *lines] if lines else []


def _indented(text: str) -> list[str]:
    return [_INDENT + _shown(line) for line in text.splitlines()]


def _shown(text: str) -> str:
    """Replace what a terminal would obey instead of showing: controls, and marks that turn the direction of writing."""
    return "".join(sign if sign.isprintable() or sign == "\t" else "\ufffd" for sign in text)
