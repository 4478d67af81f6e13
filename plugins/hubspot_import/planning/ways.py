"""The ways by which a row's record is looked for in the account, best first (docs/architecture.md, Identity)."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum

import pandas as pd

from hubspot_import.client.wire import Record
from hubspot_import.mapping.spec import RECORD_ID
from hubspot_import.model import ObjectType
from hubspot_import.planning.schema import NATURAL_KEYS, ObjectSchema
from hubspot_import.same_text import same_text
from hubspot_import.tables import KEY, OTHER_KEYS

DOMAIN, MORE_DOMAINS, NAME = "domain", "hs_additional_domains", "name"


class Asking(StrEnum):
    """How the account is asked."""

    READ_BY_PROPERTY = "read_by_property"
    READ_BY_ID = "read_by_id"
    SEARCH = "search"
    REGISTRY = "registry"


@dataclass(frozen=True, slots=True, kw_only=True)
class Way:
    """One way to look: the text of ``column`` is asked for as ``property_name``."""

    asking: Asking
    column: str
    property_name: str


def ways(schema: ObjectSchema) -> list[Way]:
    """List the ways for an object type. A key property the account does not have yet cannot be asked for."""
    key, object_type = schema.mapping.key, schema.object_type
    if key == RECORD_ID:
        return [Way(asking=Asking.READ_BY_ID, column=KEY, property_name=RECORD_ID)]
    found = []
    if schema.key_stands:
        found += [Way(asking=Asking.READ_BY_PROPERTY, column=column, property_name=key) for column in (KEY, OTHER_KEYS)]
    natural = NATURAL_KEYS.get(object_type)
    if natural is not None and natural != key:
        found.append(Way(asking=Asking.READ_BY_PROPERTY, column=natural, property_name=natural))
    if object_type is ObjectType.COMPANIES:
        searched = [(DOMAIN, DOMAIN), (DOMAIN, MORE_DOMAINS), (NAME, NAME)]
        found += [
            Way(asking=Asking.SEARCH, column=column, property_name=name)
            for column, name in searched
            if name in schema.definitions
        ]
    return [*found, Way(asking=Asking.REGISTRY, column=KEY, property_name=key)]


def asked_texts(records: pd.DataFrame, way: Way) -> pd.Series:
    """Say what is asked for each row: texts as the account matches them, several for one row repeating its label.

    Index: the records' own; rows that have nothing to ask by are absent.
    """
    if way.column not in records:
        return pd.Series(dtype="str")
    texts = records[way.column].dropna()
    if way.column == OTHER_KEYS:
        texts = texts.str.split("\n").explode()
    if way.asking is Asking.READ_BY_ID:
        texts = texts[texts.str.fullmatch(r"[0-9]+")]
    if way.asking is Asking.SEARCH or way.property_name == NATURAL_KEYS[ObjectType.CONTACTS]:
        texts = texts.map(same_text)
    return texts[texts.astype("str") != ""]


def search_terms(texts: Collection[str]) -> list[str]:
    """The distinct texts, in order; the IN operator takes lower-case values (search guide)."""
    return list(dict.fromkeys(text.lower() for text in texts))


def answered_texts(record: Record, way: Way) -> list[str]:
    """The texts a record found by search answers to; HubSpot's matching is wider than equality, ours is not."""
    value = record.properties.get(way.property_name) or ""
    pieces = value.split(";") if way.property_name == MORE_DOMAINS else [value]
    return [same_text(piece) for piece in pieces if piece.strip()]


def is_other_company(way: Way, domain: str | None, record: Record) -> bool:
    """Say whether a record found by name is another company: both have a domain, and not the same one.

    The same rule tells two rows of one name apart in validation.
    """
    theirs = record.properties.get(DOMAIN)
    return way.property_name == NAME and bool(domain and theirs) and same_text(str(domain)) != same_text(str(theirs))
