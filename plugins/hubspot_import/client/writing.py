"""Write records in batches, so that one bad record costs one record."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from hubspot_import.client import accounting
from hubspot_import.client.batching import batch_name, batches, set_aside
from hubspot_import.client.reading import read_records
from hubspot_import.client.record_requests import write_request
from hubspot_import.client.transport import Transport
from hubspot_import.client.wire import BatchOutcome, InputOutcome, Operation, Record, WriteInput
from hubspot_import.clock import Clock
from hubspot_import.errors import HubSpotUnavailableError
from hubspot_import.settings import MAX_BATCH_SIZE, ClientSettings

logger = logging.getLogger(__name__)

CONFLICT = "CONFLICT"
_EXISTING_ID = re.compile(r"Existing ID: ([0-9]+)")
"""In HubSpot's message of a conflict (recorded: hubspot-api.md §3.4)."""

Batch = tuple[int, Sequence[WriteInput]]


def write_records(
    transport: Transport,
    settings: ClientSettings,
    clock: Clock,
    *,
    operation: Operation,
    object_type: str,
    inputs: Iterable[WriteInput],
    total: int | None = None,
) -> Iterator[BatchOutcome]:
    """Send the inputs batch by batch; see ``HubSpotClient.write``."""
    writer = _Writer(transport=transport, version=settings.api_version, operation=operation, object_type=object_type)
    jobs = _spaced(enumerate(batches(inputs, settings.batch_size), start=1), clock, settings.delay_between_batches)
    started = clock.monotonic()
    done = 0
    for batch in transport.side_by_side(jobs, writer.batch):
        done += len(batch.outcomes)
        seconds = clock.monotonic() - started
        name = batch_name(batch.number, settings.batch_size, total)
        left = None if total is None else total - done
        _log(writer, name, batch, rate=done / seconds if seconds > 0 else 0.0, left=left)
        yield batch


def _spaced(batches: Iterable[Batch], clock: Clock, delay: float) -> Iterator[Batch]:
    for batch in batches:
        if batch[0] > 1 and delay:
            clock.sleep(delay)
        yield batch


@dataclass(frozen=True, slots=True, kw_only=True)
class _Writer:
    """Writes batches of one object type by one operation; for several threads at once."""

    transport: Transport
    version: str
    operation: Operation
    object_type: str

    def batch(self, job: Batch) -> BatchOutcome:
        """Send one batch; every input gets an outcome."""
        number, inputs = job
        outcomes = set_aside(self.object_type, self.operation, inputs)
        to_send = [each for each in inputs if each.trace_id not in outcomes]
        sent = {each.trace_id: each for each in self.send(to_send)}
        sent |= self._existing_updated(to_send, sent) | self._found_after_all(to_send, sent)
        outcomes |= sent
        return BatchOutcome(number=number, outcomes=tuple(outcomes[each.trace_id] for each in inputs))

    def send(self, inputs: Sequence[WriteInput]) -> list[InputOutcome]:
        """Send inputs; when HubSpot refuses them as a whole (400, 409), their halves, down to the record to blame."""
        if not inputs:
            return []
        request = write_request(self.version, self.operation, self.object_type, inputs)
        try:
            attempt = self.transport.send(request)
        except HubSpotUnavailableError as error:
            logger.error("%s: %s", self.object_type, error)
            return accounting.unavailable(inputs, is_repeatable=request.is_repeatable)
        if attempt.is_success:
            return accounting.account_for(self.operation, inputs, attempt.body)
        if len(inputs) == 1:
            return [accounting.refused_alone(inputs[0], attempt)]
        half = len(inputs) // 2
        logger.warning("%s: %s for a batch of %d: sending it in halves", self.object_type, attempt.fault, len(inputs))
        return [*self.send(inputs[:half]), *self.send(inputs[half:])]

    def _existing_updated(
        self, inputs: Sequence[WriteInput], outcomes: Mapping[str, InputOutcome]
    ) -> dict[str, InputOutcome]:
        """Update the records that the conflicts of an upsert name, their key left as it is.

        The key was nobody's, but the record's e-mail is another contact's: there is nothing to create.
        """
        if self.operation is not Operation.UPSERT:
            return {}
        named = {each.trace_id: _existing_id(outcomes[each.trace_id]) for each in inputs}
        updates = [
            replace(each, id=record_id, id_property=None, properties=_without_key(each))
            for each in inputs
            if (record_id := named[each.trace_id]) is not None
        ]
        if not updates:
            return {}
        logger.info("%s: %d records exist already: updating them", self.object_type, len(updates))
        updated = replace(self, operation=Operation.UPDATE).send(updates)
        return {each.trace_id: replace(each, is_new=False) if each.is_written else each for each in updated}

    def _found_after_all(
        self, inputs: Sequence[WriteInput], outcomes: Mapping[str, InputOutcome]
    ) -> dict[str, InputOutcome]:
        """Look for the records an answer named nowhere, by their key, before they are called lost."""
        lost = [each for each in inputs if outcomes[each.trace_id].category == accounting.UNACCOUNTED]
        found: dict[str, InputOutcome] = {}
        for id_property in dict.fromkeys(_key(each)[1] for each in lost):
            by_key = {_key(each)[0]: each for each in lost if _key(each)[1] == id_property and _key(each)[0]}
            for key, record in self._read(by_key, id_property).items():
                trace_id = by_key[key].trace_id
                if accounting.agrees(by_key[key].properties, record.properties):
                    found[trace_id] = InputOutcome(trace_id=trace_id, record_id=record.id)
        return found

    def _read(self, by_key: Mapping[str, WriteInput], id_property: str | None) -> Mapping[str, Record]:
        names = list(dict.fromkeys(name for each in by_key.values() for name in each.properties))
        try:
            return read_records(
                self.transport,
                self.version,
                self.object_type,
                list(by_key),
                properties=names,
                id_property=id_property,
                batch_size=MAX_BATCH_SIZE,
            )
        except HubSpotUnavailableError as error:
            logger.error("%s: %s", self.object_type, error)
            return {}


def _key(each: WriteInput) -> tuple[str, str | None]:
    """What a record can be read by: its key or id; a record to create only by its e-mail."""
    return (each.id, each.id_property) if each.id else (each.properties.get("email", ""), "email")


def _existing_id(outcome: InputOutcome) -> str | None:
    named = _EXISTING_ID.search(outcome.message or "") if outcome.category == CONFLICT else None
    return named[1] if named else None


def _without_key(each: WriteInput) -> Mapping[str, str]:
    return {name: value for name, value in each.properties.items() if name != each.id_property}


def _log(writer: _Writer, name: str, batch: BatchOutcome, *, rate: float, left: int | None) -> None:
    written = sum(outcome.is_written for outcome in batch.outcomes)
    logger.info(
        "%s: %s %s: %d written, %d refused, %.1f records/s%s",
        writer.object_type,
        name,
        writer.operation,
        written,
        len(batch.outcomes) - written,
        rate,
        "" if left is None else f", {left} left",
    )
