"""What stands in the account, asked for in as few requests as it takes, through a client that is handed in."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial

import pandas as pd

from hubspot_import.client.client import HubSpotClient
from hubspot_import.client.wire import Record
from hubspot_import.model import ObjectType
from hubspot_import.planning.changes import read_properties
from hubspot_import.planning.schema import NATURAL_KEYS, ObjectSchema
from hubspot_import.planning.standing import Standing, by_text, look_up
from hubspot_import.planning.ways import Asking, Way, search_terms, ways
from hubspot_import.same_text import same_text

Registry = Callable[[ObjectType, Collection[str]], Mapping[str, str]]
"""Gives the ids that earlier runs wrote down for keys of an object type."""


@dataclass(slots=True, kw_only=True)
class AccountView:
    """One account as one pre-flight sees it."""

    client: HubSpotClient
    registry: Registry
    held: dict[ObjectType, bool] = field(default_factory=dict)

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
        return look_up(records, ways(schema), partial(self._ask, schema.object_type, properties))

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

    def _ask(
        self, object_type: ObjectType, properties: list[str], way: Way, texts: list[str]
    ) -> Mapping[str, list[Record]]:
        """Ask the account for records by text, in the way's manner."""
        if way.asking is Asking.SEARCH:
            terms = search_terms(texts)
            name = way.property_name
            return by_text(
                self.client.search(object_type, property_name=name, values=terms, properties=properties), way
            )
        if way.asking is Asking.READ_BY_PROPERTY:
            read = self.client.read(object_type, texts, properties=properties, id_property=way.property_name)
            return {text: [record] for text, record in read.items()}
        ids = self.registry(object_type, texts) if way.asking is Asking.REGISTRY else {text: text for text in texts}
        read = self.client.read(object_type, list(dict.fromkeys(ids.values())), properties=properties) if ids else {}
        return {text: [read[record_id]] for text, record_id in ids.items() if record_id in read}
