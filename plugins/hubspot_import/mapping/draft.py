"""A mapping file drafted from a table: the object type from its header, the types from its values."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pandas as pd

from hubspot_import.errors import SourceError
from hubspot_import.mapping.known_columns import ID_HEADERS, KNOWN_TYPES, property_names
from hubspot_import.mapping.labels import normalize_header
from hubspot_import.mapping.parsing import parse
from hubspot_import.mapping.spec import PropertyType
from hubspot_import.model import ObjectType

REQUIRED: Mapping[ObjectType, str] = {
    ObjectType.COMPANIES: "name",
    ObjectType.CONTACTS: "email",
    ObjectType.TICKETS: "subject",
}
"""The property an object type cannot do without."""
_STEMS: Mapping[ObjectType, str] = {
    ObjectType.COMPANIES: "compan",
    ObjectType.CONTACTS: "contact",
    ObjectType.TICKETS: "ticket",
}
SAMPLE_ROWS = 1_000
SHARE_THAT_FITS = 0.9
"""A column is of a type when this share of its filled cells can be read as it: some are always wrong."""
_TELLING: tuple[PropertyType, ...] = (
    PropertyType.EMAIL,
    PropertyType.DATE,
    PropertyType.DATETIME,
    PropertyType.INTEGER,
    PropertyType.NUMBER,
    PropertyType.URL,
    PropertyType.DOMAIN,
)
_MARKED_AS: Mapping[PropertyType, str] = {
    PropertyType.URL: r"(?i)https?://",
    PropertyType.PHONE: r"\+|00\d",
    PropertyType.DATETIME: r".*\d:\d",
}
"""What most values of a type must begin with, where its parser also takes much else."""
_IS_CODE = r"0\d+"
"""A number with a leading zero is a code: as a number it would lose it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """One column of the file. ``property_name`` is None when HubSpot has no property of that name by default."""

    header: str
    property_name: str | None
    kind: PropertyType | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """What a file may be, for somebody to look through. ``columns`` are in file order, without the id column."""

    object_type: ObjectType
    source: str
    columns: tuple[Column, ...]
    id_column: str | None


def draft(source: str, rows: pd.DataFrame, object_type: ObjectType | None = None) -> Draft:
    """Draft the mapping of a table of text (null where empty). Raises SourceError when it is of no object type."""
    headers = [str(header) for header in rows.columns]
    chosen = object_type or guessed_type(source, headers)
    named = _named(headers, chosen)
    if REQUIRED[chosen] not in named.values():
        raise SourceError(
            f"{source} has no column that can be the {REQUIRED[chosen]} of {chosen}; it has {', '.join(headers)}. "
            "Rename one, or say with --object what the rows are"
        )
    sample = rows.head(SAMPLE_ROWS)
    id_column = None if chosen is ObjectType.CONTACTS else _id_column(rows, set(headers) - set(named), chosen)
    columns = [
        Column(header=header, property_name=named.get(header), kind=_kind(sample[header], named.get(header)))
        for header in headers
        if header != id_column
    ]
    return Draft(object_type=chosen, source=source, columns=tuple(columns), id_column=id_column)


def guessed_type(source: str, headers: Sequence[str]) -> ObjectType:
    """Guess what rows are: by the property they cannot do without, the file's name, then how many columns are known.

    An e-mail address counts twice: of the three only contacts have one.
    """

    def score(object_type: ObjectType) -> tuple[bool, bool, int]:
        names = _named(headers, object_type).values()
        return REQUIRED[object_type] in names, _STEMS[object_type] in source.casefold(), len(names) + ("email" in names)

    return max(ObjectType, key=score)


def _named(headers: Sequence[str], object_type: ObjectType) -> dict[str, str]:
    """Header → property; each property once, the header that says it most plainly first."""
    names = property_names(object_type)
    order = list(names)
    known = sorted((normalize_header(each) for each in headers if normalize_header(each) in names), key=order.index)
    by_form = {normalize_header(header): header for header in reversed(headers)}
    claimed: dict[str, str] = {}
    for form in known:
        claimed.setdefault(names[form], by_form[form])
    return {header: name for name, header in claimed.items()}


def _id_column(rows: pd.DataFrame, free: set[str], object_type: ObjectType) -> str | None:
    by_form = {normalize_header(header): header for header in sorted(free)}
    for words in ID_HEADERS[object_type]:
        header = by_form.get(normalize_header(words))
        if header is not None and rows[header].notna().all() and rows[header].is_unique:
            return header
    return None


def _kind(texts: pd.Series[str], property_name: str | None) -> PropertyType | None:
    if property_name is not None:
        return KNOWN_TYPES.get(property_name)
    return kind_of(texts)


def kind_of(texts: pd.Series[str]) -> PropertyType | None:
    """Tell a column's type by its values (text, null where empty); None: plain text, or nothing to go by."""
    filled = texts.dropna().str.strip()
    filled = filled[filled != ""]
    if filled.empty or filled.str.fullmatch(_IS_CODE).any():
        return None
    if _mostly(filled.str.match(_MARKED_AS[PropertyType.PHONE])) and _fits(filled, PropertyType.PHONE):
        return PropertyType.PHONE
    return next((kind for kind in _TELLING if _fits(filled, kind)), None)


def _fits(filled: pd.Series[str], kind: PropertyType) -> bool:
    marked = _MARKED_AS.get(kind)
    return (marked is None or _mostly(filled.str.match(marked))) and _mostly(parse(filled, kind).wire.notna())


def _mostly(flags: pd.Series[bool]) -> bool:
    return float(flags.mean()) >= SHARE_THAT_FITS
