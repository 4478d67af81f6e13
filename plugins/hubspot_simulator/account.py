"""The account: everything a HubSpot portal holds, in memory."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable
from dataclasses import asdict
from threading import RLock

from hubspot_simulator.association_types import AssociationSchema, AssociationType, Way
from hubspot_simulator.clock import Clock, SystemClock
from hubspot_simulator.company_domains import CompanyDomains
from hubspot_simulator.latency import Latency
from hubspot_simulator.limits import Limits
from hubspot_simulator.links import LinkStore
from hubspot_simulator.object_types import ALL_SCOPES, COMPANIES, CONTACTS, ObjectType, ObjectTypes
from hubspot_simulator.owners import DEFAULT_OWNERS, Owner
from hubspot_simulator.pipelines import Pipeline, default_pipelines
from hubspot_simulator.records import Record, RecordStore
from hubspot_simulator.replies import BatchReply, JsonObject
from hubspot_simulator.request_log import RequestLog
from hubspot_simulator.schema import Schema
from hubspot_simulator.search_index import SearchIndex
from hubspot_simulator.switches import Switches
from hubspot_simulator.tokens import DEFAULT_TOKEN
from hubspot_simulator.write_rules import WriteRules

PORTAL_ID = 26892217
FIRST_RECORD_ID = 40_000_000_001


class Account:
    """One HubSpot account. Reached by requests in turn; ``lock`` lets another thread look in between."""

    def __init__(
        self,
        *,
        switches: Switches | None = None,
        clock: Clock | None = None,
        token: str = DEFAULT_TOKEN,
        other_tokens: Iterable[str] = (),
    ) -> None:
        self.switches = switches or Switches()
        self.clock = clock or SystemClock()
        self.token = token
        self.tokens = frozenset({token, *other_tokens})
        self.portal_id = PORTAL_ID
        self.scopes: set[str] = set(ALL_SCOPES)
        self.rng = random.Random(self.switches.seed)  # noqa: S311 - order and ids of a simulator, not secrets
        self.lock = RLock()
        self.limits = Limits(self.switches, self.clock, self.portal_id)
        self.latency = Latency(self.switches)
        self.requests = RequestLog()
        self.broken: list[str] = []
        """What a check after a request found inconsistent."""
        self.journal: Callable[[JsonObject], None] | None = None
        self.types = ObjectTypes()
        self.custom_types: dict[str, JsonObject] = {}
        """What ``custom_objects`` knows of each, by fully qualified name; archived ones too."""
        self.schemas: dict[str, Schema] = {}
        self.stores: dict[str, RecordStore] = {}
        for kind in self.types:
            self.furnish(kind, Schema(kind))
        self.search_index = SearchIndex(self.clock, self.switches.search_lag_seconds)
        self.company_domains: CompanyDomains | None = None
        self.association_types = AssociationSchema(self._association_type_changed)
        self.link_store = LinkStore(self.association_types, self._link_changed)
        self.pipelines: dict[str, list[Pipeline]] = default_pipelines()
        self.write_rules: dict[str, WriteRules] = {}
        """What an administrator requires of the records of a type; 2026-09 enforces it."""
        self.denied_permissions: set[str] = set()
        """What the user of a user-level token may not do; the tokens of private apps and service keys lack nothing."""
        self.owners: list[Owner] = list(DEFAULT_OWNERS)
        self.batch_reply = BatchReply(clock=self.clock, rng=self.rng, shuffle=self.switches.shuffle)
        self._next_id = FIRST_RECORD_ID

    def records(self, object_type_name: str) -> dict[str, dict[str, str]]:
        """Show the records of a type that are not archived: id to properties."""
        with self.lock:
            store = self.stores[self.types.find(object_type_name).name]
            return {record.id: record.properties.as_dict() for record in store}

    def links(self, from_type: str, to_type: str) -> set[tuple[str, str]]:
        """Show who is linked to whom, as pairs of ids."""
        way = self.association_types.way(self.types.find(from_type).name, self.types.find(to_type).name)
        if way is None:
            return set()
        with self.lock:
            return self.link_store.pairs(way)

    def add_email(self, contact_id: str, address: str) -> None:
        """Give a contact an additional e-mail address, as HubSpot's interface and merges do."""
        with self.lock:
            store = self.stores[CONTACTS.name]
            record = store.get(contact_id)
            if record is None:
                raise KeyError(contact_id)
            known = [item for item in record.properties.get("hs_additional_emails", "").split(";") if item]
            values = {"hs_additional_emails": ";".join([*known, address.lower()])}
            store.change(record, values, {"email"}, self.clock.now())

    def furnish(self, kind: ObjectType, schema: Schema) -> None:
        """Give an object type its schema, and an empty store unless it has one."""
        schema.kind = kind
        self.schemas[kind.name] = schema
        store = self.stores.setdefault(kind.name, RecordStore(kind, self._record_changed))
        store.kind = kind

    def note(self, change: JsonObject) -> None:
        """Tell the account's file of a change, when there is one."""
        if self.journal is not None:
            self.journal(change)

    def archive(self, kind: ObjectType, record_id: str) -> None:
        """Archive a record with its links; one that is not there is no fault."""
        store = self.stores[kind.name]
        record = store.get(record_id)
        if record is not None:
            self.link_store.forget(kind.name, record.id)
            store.archive(record, self.schemas[kind.name].unique, self.clock.now())

    def alias(self, kind: ObjectType, record_id: str, stands_for_it: str) -> None:
        """Let the id of a merged record answer with another one."""
        self.stores[kind.name].aliases[record_id] = stands_for_it
        self.note({"merged": kind.name, "id": record_id, "into": stands_for_it})

    def new_id(self) -> str:
        """Give out a record id; ids of the object types never meet."""
        taken = self._next_id
        self._next_id += self.rng.randint(1, 9)
        return str(taken)

    def reserve(self, record_id: str) -> None:
        """Never give out an id up to this one (a restored account)."""
        self._next_id = max(self._next_id, int(record_id) + 1)

    def url(self, kind: ObjectType, record_id: str) -> str:
        """Give the address of a record in HubSpot's interface."""
        return f"https://app.hubspot.com/contacts/{self.portal_id}/record/{kind.type_id}/{record_id}"

    def owner_ids(self) -> frozenset[str]:
        """Name the owners a record may be given to."""
        return frozenset(owner.id for owner in self.owners if not owner.archived)

    def _record_changed(self, kind: ObjectType, record: Record) -> None:
        self.search_index.note(kind.name, record)
        if self.company_domains is not None and kind.name == COMPANIES.name:
            self.company_domains.note(record)
        if self.journal is not None:  # writing a record out is not cheap
            self.note(record_line(self.stores[kind.name], record))

    def _link_changed(self, way: Way, from_id: str, to_id: str, type_ids: Iterable[int]) -> None:
        if self.journal is not None:  # a million links are not written down for nobody
            self.note({"link": [way.from_type, from_id, way.to_type, to_id], "types": sorted(type_ids)})

    def _association_type_changed(self, way: Way, item: AssociationType) -> None:
        self.note(association_type_line(way, item))


def record_line(store: RecordStore, record: Record) -> JsonObject:
    """Write a record for the state file."""
    history = [(name, at.isoformat(), value) for name, at, value in store.history.of(record.id)]
    return {
        "record": store.kind.name,
        "id": record.id,
        "properties": record.properties.as_dict(),
        "createdAt": record.created_at.isoformat(),
        "updatedAt": record.updated_at.isoformat(),
        "archived": record.archived,
        **({"history": history} if history else {}),
    }


def association_type_line(way: Way, item: AssociationType) -> JsonObject:
    """Write an association type for the state file."""
    return {"associationType": [way.from_type, way.to_type], "limit": way.limits.get(item.type_id), **asdict(item)}
