"""Which types a link is sent with: what colleagues put on it stays, and primary is taken from nobody.

HubSpot replaces the types of a pair that is linked already, and sending primary moves the flag from another link of
the record (associations overview): so both are decided against what stood before the run.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from hubspot_import.client.wire import LinkType, LinkTypes
from hubspot_import.errors import SchemaError
from hubspot_import.link_types import LABEL_TYPES, PRIMARY
from hubspot_import.model import ObjectType
from hubspot_import.same_text import same_text

Pair = tuple[ObjectType, ObjectType]
StandingLinks = Mapping[str, Mapping[str, LinkTypes]]
"""From id → to id → the types the pair has before this run."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WantedTypes:
    """The types of one kind of link: on every link, and ``primary`` on a record's first where it may be set.

    ``moves_primary``: the mapping says so; else primary goes only to records that had no link of the kind.
    """

    always: LinkTypes
    primary: LinkType | None = None
    moves_primary: bool = False


def wanted_types(pair: Pair, label: str | None, labels: Mapping[str, LinkType]) -> WantedTypes:
    """Read a mapping's label in the account's words (``labels``). Raises SchemaError naming those there are."""
    known = LABEL_TYPES[pair]
    always = frozenset({LinkType(type_id=known.unlabelled)})
    primary = None if known.primary is None else LinkType(type_id=known.primary)
    if label is None:
        return WantedTypes(always=always, primary=primary)
    if same_text(label) == PRIMARY:
        if primary is None:
            raise SchemaError(f"{pair[0]}.yaml: links to {pair[1]} know no primary one; leave label: {label} out")
        return WantedTypes(always=always, primary=primary, moves_primary=True)
    found = next((each for name, each in labels.items() if same_text(name) == same_text(label)), None)
    if found is None:
        names = ", ".join(sorted(labels)) or "none"
        raise SchemaError(
            f"{pair[0]}.yaml: the account has no label '{label}' for links to {pair[1]}; it has: {names}. "
            "Correct the name, or make the label in HubSpot."
        )
    return WantedTypes(always=always | {found}, primary=primary)


def chosen_types(
    links: Iterable[tuple[str, str | None, str | None]], standing: StandingLinks, wanted: WantedTypes
) -> Iterator[tuple[LinkTypes, bool]]:
    """Give each link the types it is to have, and whether it has them already.

    ``links``: what tells the from record apart, and the two ids where they are known.
    """
    seen: set[str] = set()
    for record, from_id, to_id in links:
        before = standing.get(from_id, {}) if from_id is not None else {}
        present = before.get(to_id, frozenset()) if to_id is not None else frozenset()
        is_primary = record not in seen and (wanted.moves_primary or not before)
        seen.add(record)
        primary = frozenset({wanted.primary}) if wanted.primary is not None and is_primary else frozenset()
        types = present | wanted.always | primary
        yield types, bool(present) and types == present


def as_text(types: LinkTypes) -> str:
    """Write types as the link plan keeps them: a JSON list of [category, type id]."""
    return json.dumps(sorted([each.category, each.type_id] for each in types))
