"""The client: HubSpot's verbs as an import needs them. Read ``transport.py`` for retries and pacing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

import requests

from hubspot_import.client import account_requests, definitions, linking, listing, record_requests
from hubspot_import.client.answer import Attempt, dicts
from hubspot_import.client.batching import batches, set_aside
from hubspot_import.client.reading import next_page, read_records, search_records
from hubspot_import.client.request import ApiRequest
from hubspot_import.client.transport import Transport
from hubspot_import.client.wire import (
    Account,
    BatchOutcome,
    InputOutcome,
    Link,
    LinkOutcome,
    LinkType,
    LinkTypes,
    Operation,
    Owner,
    Pipeline,
    PropertyDefinition,
    Record,
    Usage,
    WriteInput,
)
from hubspot_import.client.writing import write_records
from hubspot_import.clock import Clock, SystemClock
from hubspot_import.errors import RequestRefusedError, ScopeError, SettingsError
from hubspot_import.model import ApiStats
from hubspot_import.settings import ClientSettings


class HubSpotClient:
    """Talks to one HubSpot account over one session.

    Every call raises TokenError, ScopeError, QuotaError or RequestRefusedError when a retry cannot help. Reads raise
    HubSpotUnavailableError beyond patience; writes give outcomes for that, so that the other batches still go.
    """

    def __init__(self, session: requests.Session, settings: ClientSettings, *, clock: Clock | None = None) -> None:
        self._settings = settings
        self._version = settings.api_version
        self._clock = clock or SystemClock()
        self._transport = Transport(session, settings, self._clock)

    def __repr__(self) -> str:
        """Say which account's address, which version."""
        return f"HubSpotClient({self._settings.base_url}, {self._version})"

    @property
    def stats(self) -> ApiStats:
        """What was spent since the client was made."""
        return self._transport.stats

    def send(self, request: ApiRequest) -> Attempt:
        """Send a request of one's own with the client's pacing and retries."""
        return self._transport.send(request)

    # --- records ------------------------------------------------------------------------------------------------

    def write(
        self, operation: Operation, object_type: str, inputs: Iterable[WriteInput], *, total: int | None = None
    ) -> Iterator[BatchOutcome]:
        """Write records in batches of ``batch_size``, cut in input order; every input comes back exactly once.

        Inputs are taken as batches go out, several at once; batches come back as they are acknowledged, in any order.
        Nothing is sent before the iterator is asked. A record HubSpot refuses, and a batch that keeps failing beyond
        patience (category UNAVAILABLE), are outcomes, and the next batches are still sent. ``total``, the number of
        inputs, is for the log alone.

        Upsert and update may be repeated at will. A create whose answer is lost may have been committed: it is
        repeated only for contacts that all have an e-mail, where the second one is refused (CONFLICT names the
        record that exists); for anything else it ends as UNAVAILABLE and not retryable. An upsert that conflicts
        with a record of another key is an update of that record.
        """
        return write_records(
            self._transport,
            self._settings,
            self._clock,
            operation=operation,
            object_type=object_type,
            inputs=inputs,
            total=total,
        )

    def upsert(
        self, object_type: str, records: Sequence[Mapping[str, str]], *, id_property: str | None = None
    ) -> list[InputOutcome]:
        """Create or update records by a unique property (contacts: ``email`` unless another is named).

        ``records`` are properties by internal name, key included. Trace ids are positions, from 0.
        """
        key = id_property or ("email" if object_type == "contacts" else None)
        if key is None:
            raise SettingsError(f"upsert of {object_type} needs id_property: the name of a property with unique values")
        inputs = [
            WriteInput(trace_id=str(number), id=each.get(key), id_property=key, properties=each)
            for number, each in enumerate(records)
        ]
        return self._outcomes(Operation.UPSERT, object_type, inputs)

    def create(self, object_type: str, records: Sequence[Mapping[str, str]]) -> list[InputOutcome]:
        """Create records; one that exists is refused (CONFLICT) where HubSpot knows it. Prefer ``upsert``."""
        inputs = [WriteInput(trace_id=str(number), properties=each) for number, each in enumerate(records)]
        return self._outcomes(Operation.CREATE, object_type, inputs)

    def update(self, object_type: str, records: Sequence[Mapping[str, str]]) -> list[InputOutcome]:
        """Update records by record id, given under ``id``; the other items are the properties to set."""
        inputs = [
            WriteInput(
                trace_id=str(number),
                id=each.get("id"),
                properties={name: value for name, value in each.items() if name != "id"},
            )
            for number, each in enumerate(records)
        ]
        return self._outcomes(Operation.UPDATE, object_type, inputs)

    def _outcomes(self, operation: Operation, object_type: str, inputs: Sequence[WriteInput]) -> list[InputOutcome]:
        outcomes = set_aside(object_type, operation, inputs)
        to_send = [each for each in inputs if each.trace_id not in outcomes]
        for batch in self.write(operation, object_type, to_send, total=len(to_send)):
            outcomes |= {outcome.trace_id: outcome for outcome in batch.outcomes}
        return [outcomes[each.trace_id] for each in inputs]

    def archive(self, object_type: str, ids: Sequence[str]) -> None:
        """Archive records by record id; unknown ids are ignored by HubSpot."""
        for part in batches(dict.fromkeys(ids), self._settings.batch_size):
            self.send(record_requests.archive_request(self._version, object_type, part))

    def read(
        self, object_type: str, ids: Sequence[str], *, properties: Sequence[str], id_property: str | None = None
    ) -> dict[str, Record]:
        """Read records by record id, or by a unique property; the answer is keyed by the asked id, missing ones absent.

        Keys ignore case; a contact is also found by its secondary e-mails.
        """
        return read_records(
            self._transport,
            self._version,
            object_type,
            ids,
            properties=properties,
            id_property=id_property,
            batch_size=self._settings.batch_size,
        )

    def has_records(self, object_type: str) -> bool:
        """Say whether the account holds any record of an object type."""
        answer = self.send(record_requests.first_record_request(self._version, object_type))
        return any(dicts(answer.body.get("results")))

    def search(
        self, object_type: str, *, property_name: str, values: Sequence[str], properties: Sequence[str]
    ) -> list[Record]:
        """Find records whose property is one of the values, case ignored, each once.

        Searches are paced apart (5 a second for the whole account) and lag behind writes: for keys use ``read``.
        """
        return search_records(
            self._transport,
            self._version,
            object_type,
            property_name=property_name,
            values=values,
            properties=properties,
        )

    def list_page(
        self, object_type: str, *, properties: Sequence[str], after: str | None = None
    ) -> tuple[list[Record], str | None]:
        """List up to 100 records in the order of their ids; the second value is where the next page starts."""
        return listing.list_page(self._transport, self._version, object_type, properties, after)

    def count(self, object_type: str) -> int:
        """Say how many records search knows of; it lags behind writes, so take it as an estimate."""
        return listing.count(self._transport, self._version, object_type)

    # --- associations -------------------------------------------------------------------------------------------

    def associate(self, from_type: str, to_type: str, links: Iterable[Link]) -> Iterator[list[LinkOutcome]]:
        """Associate pairs, up to 2,000 a request; one list of outcomes a request, as they are acknowledged."""
        return linking.associate(self._transport, self._version, from_type, to_type, links)

    def associated(self, from_type: str, to_type: str, ids: Sequence[str]) -> dict[str, set[str]]:
        """Read the ids each record is associated with, up to 1,000 records a request; an empty set where none."""
        return linking.associated(self._transport, self._version, from_type, to_type, ids)

    def association_types(self, from_type: str, to_type: str, ids: Sequence[str]) -> dict[str, dict[str, LinkTypes]]:
        """Like ``associated``, with the type ids of each pair: from id → to id → types."""
        return linking.association_types(self._transport, self._version, from_type, to_type, ids)

    def association_labels(self, from_type: str, to_type: str) -> dict[str, LinkType]:
        """Read the labels the account has for a kind of link: label → its type. Unlabelled is left out."""
        return listing.association_labels(self._transport, self._version, from_type, to_type)

    # --- schema and account -------------------------------------------------------------------------------------

    def properties(self, object_type: str) -> dict[str, PropertyDefinition]:
        """Read an object type's property definitions by internal name."""
        body = self.send(account_requests.properties_request(self._version, object_type)).body
        found = map(definitions.property_definition, dicts(body.get("results")))
        return {each.name: each for each in found}

    def create_property(
        self,
        object_type: str,
        *,
        name: str,
        label: str,
        type: str,  # noqa: A002 - the API's own word
        field_type: str,
        group_name: str,
        has_unique_value: bool,
        description: str,
    ) -> PropertyDefinition:
        """Create a property. One that is there already, of the same type and uniqueness, is returned as it is.

        That happens when the answer to a first try was lost. Raises RequestRefusedError (409) for another namesake.
        """
        definition = {
            "name": name,
            "label": label,
            "type": type,
            "fieldType": field_type,
            "groupName": group_name,
            "hasUniqueValue": has_unique_value,
            "description": description,
        }
        request = account_requests.create_property_request(self._version, object_type, definition)
        try:
            return definitions.property_definition(self.send(request).body)
        except RequestRefusedError as error:
            namesake = self.properties(object_type).get(name) if error.status == 409 else None
            if namesake and (namesake.type, namesake.has_unique_value) == (type, has_unique_value):
                return namesake
            raise

    def pipelines(self, object_type: str) -> list[Pipeline]:
        """Read an object type's pipelines in display order, archived ones left out."""
        body = self.send(account_requests.pipelines_request(self._version, object_type)).body
        found = [definitions.pipeline(each) for each in dicts(body.get("results")) if each.get("archived") is not True]
        return sorted(found, key=lambda pipeline: pipeline.display_order)

    def owners(self) -> list[Owner]:
        """Read the account's active owners, all pages."""
        found: list[Owner] = []
        after: str | None = None
        while True:
            body = self.send(account_requests.owners_request(self._version, after)).body
            found += map(definitions.owner, dicts(body.get("results")))
            after = next_page(body)
            if after is None:
                return found

    def account(self) -> Account:
        """Say which account this is."""
        found = definitions.account(self.send(account_requests.account_request(self._version)).body)
        self.learn_time_zone(found.time_zone)
        return found

    def learn_time_zone(self, name: str) -> None:
        """Take over the account's time zone as an earlier task read it: it tells when the daily quota resets."""
        self._transport.quota.learn_zone(name)

    def usage(self) -> Usage:
        """Say how much of today's quota is used; all None where the token or the account may not say."""
        try:
            found = definitions.usage(self.send(account_requests.usage_request(self._version)).body)
            self._transport.quota.learn_reset(found.resets_at)
            return found
        except (RequestRefusedError, ScopeError):
            return Usage(daily_limit=None, used_today=None, resets_at=None)

    def scopes(self) -> frozenset[str] | None:
        """Say what the token may do; None where the account has no such endpoint for this kind of token."""
        try:
            body = self.send(account_requests.scopes_request(self._settings.token)).body
        except RequestRefusedError:
            return None
        scopes = body.get("scopes")
        return frozenset(map(str, scopes)) if isinstance(scopes, list) else None
