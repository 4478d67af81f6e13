"""What stands in the account, asked for in as few requests as it takes, through a client that is handed in."""

from __future__ import annotations

import math
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial

import pandas as pd

from hubspot_import.client.client import HubSpotClient
from hubspot_import.client.reading import search_parts
from hubspot_import.client.record_requests import MAX_LIST_PAGE
from hubspot_import.client.wire import Record
from hubspot_import.link_types import PRIMARY
from hubspot_import.mapping.spec import ObjectMapping
from hubspot_import.model import ObjectType
from hubspot_import.planning.changes import read_properties
from hubspot_import.planning.link_labels import Pair, WantedTypes, wanted_types
from hubspot_import.planning.links import ends_through, open_values
from hubspot_import.planning.schema import NATURAL_KEYS, ObjectSchema
from hubspot_import.planning.standing import Standing, by_text, look_up
from hubspot_import.planning.ways import Asking, Way, search_terms, ways
from hubspot_import.same_text import same_text

SEARCHED_WAYS = 3
"""A company is searched for by domain, by additional domains and by name (ways.py)."""

Registry = Callable[[ObjectType, Collection[str]], Mapping[str, str]]
"""Gives the ids that earlier runs wrote down for keys of an object type."""


@dataclass(slots=True, kw_only=True)
class AccountView:
    """One account as one pre-flight sees it."""

    client: HubSpotClient
    registry: Registry
    held: dict[ObjectType, bool] = field(default_factory=dict)
    counted: dict[ObjectType, int] = field(default_factory=dict)
    listed: dict[ObjectType, list[Record]] = field(default_factory=dict)

    def holds(self, object_type: ObjectType) -> bool:
        """Say whether the account has any record of a type; without one there is nothing to look for."""
        if object_type not in self.held:
            self.held[object_type] = self.client.has_records(object_type)
        return self.held[object_type]

    def standing(self, schema: ObjectSchema, records: pd.DataFrame) -> Standing:
        """Find what stands for each row of one part of records."""
        if not self.holds(schema.object_type):
            return Standing()
        properties = read_properties(records, schema)
        ask = partial(self._ask, schema.object_type, properties)
        return look_up(records, ways(schema), ask, on_ambiguous=schema.mapping.on_ambiguous)

    def find_ids(self, to_type: ObjectType, name: str, values: Sequence[str]) -> dict[str, list[str]]:
        """Find records by a property's exact value: value → ids."""
        if not self.holds(to_type):
            return {}
        if NATURAL_KEYS.get(to_type) == name:
            read = self.client.read(to_type, values, properties=[name], id_property=name)
            return {same_text(value): [record.id] for value, record in read.items()}
        way = Way(asking=Asking.SEARCH, column=name, property_name=name)
        found = self.client.search(to_type, property_name=name, values=search_terms(values), properties=[name])
        return {text: sorted(record.id for record in records) for text, records in by_text(found, way).items()}

    def find_open(
        self, to_type: ObjectType, candidates: pd.DataFrame, from_plan: pd.DataFrame
    ) -> dict[str, Mapping[str, Sequence[str]]]:
        """Look for the candidates without a row, by property; see ``find_ids``."""
        asked = open_values(candidates, from_plan)
        return {name: self.find_ids(to_type, name, values) for name, values in asked.items()}

    def wanted_types(self, pair: Pair, mapping: ObjectMapping) -> WantedTypes:
        """Read the label a mapping names for a kind of link; the account's own are asked for only then."""
        label = next((way.label for way in mapping.associations if way.to is pair[1] and way.label), None)
        is_own = label is not None and same_text(label) != PRIMARY
        return wanted_types(pair, label, self.client.association_labels(*pair) if is_own else {})

    def led_through(
        self, first: pd.DataFrame, ends: pd.DataFrame, middle: ObjectType, to_type: ObjectType
    ) -> pd.DataFrame:
        """Add ends that only the account knows: where records lead whose own links are in none of the run's files.

        ``first`` are the ends of the links to ``middle``; a row that has an end at least as sure already keeps it.
        """
        has_end = first["from_row"].map(ends.groupby("from_row")["confidence"].max()) >= first["confidence"]
        outside = first[first["to_row"].isna() & first["to_id"].notna() & ~has_end]
        if outside.empty:
            return ends
        found = self.client.association_types(middle, to_type, list(outside["to_id"].unique()))
        led = ends_through(outside, found, (middle, to_type))
        return pd.concat([ends[~ends["from_row"].isin(led["from_row"])], led], ignore_index=True)

    def _ask(
        self, object_type: ObjectType, properties: list[str], way: Way, texts: list[str]
    ) -> Mapping[str, list[Record]]:
        """Ask the account for records by text, in the way's manner."""
        if way.asking is Asking.SEARCH:
            return by_text(self._find(object_type, properties, way, search_terms(texts)), way)
        if way.asking is Asking.READ_BY_PROPERTY:
            read = self.client.read(object_type, texts, properties=properties, id_property=way.property_name)
            return {text: [record] for text, record in read.items()}
        ids = self.registry(object_type, texts) if way.asking is Asking.REGISTRY else {text: text for text in texts}
        read = self.client.read(object_type, list(dict.fromkeys(ids.values())), properties=properties) if ids else {}
        return {text: [read[record_id]] for text, record_id in ids.items() if record_id in read}

    def _find(self, object_type: ObjectType, properties: list[str], way: Way, terms: list[str]) -> Sequence[Record]:
        """Find records by text, by search or by going through all there are: whichever takes fewer requests.

        A list holds for all later ways and parts, and knows what search does not know yet.
        """
        if object_type not in self.listed and self._is_cheaper_listed(object_type, properties, terms):
            self.listed[object_type] = self._list(object_type, properties)
        if object_type in self.listed:
            return self.listed[object_type]
        return self.client.search(object_type, property_name=way.property_name, values=terms, properties=properties)

    def _is_cheaper_listed(self, object_type: ObjectType, properties: list[str], terms: list[str]) -> bool:
        """Compare the pages with the searches, of which one that finds nothing is followed by the other ways'."""
        if object_type not in self.counted:
            self.counted[object_type] = self.client.count(object_type)
        pages = math.ceil(self.counted[object_type] / MAX_LIST_PAGE)
        return pages <= SEARCHED_WAYS * sum(1 for _ in search_parts(terms, properties))

    def _list(self, object_type: ObjectType, properties: list[str]) -> list[Record]:
        found, after = self.client.list_page(object_type, properties=properties)
        while after is not None:
            page, after = self.client.list_page(object_type, properties=properties, after=after)
            found += page
        return found
