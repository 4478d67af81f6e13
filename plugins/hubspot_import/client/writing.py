"""Write records in batches, so that one bad record costs one record."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Sequence

from hubspot_import.client import accounting
from hubspot_import.client.batching import batches, set_aside
from hubspot_import.client.record_requests import write_request
from hubspot_import.client.transport import Transport
from hubspot_import.client.wire import BatchOutcome, InputOutcome, Operation, WriteInput
from hubspot_import.clock import Clock
from hubspot_import.errors import HubSpotUnavailableError
from hubspot_import.settings import ClientSettings

logger = logging.getLogger(__name__)


def write_records(
    transport: Transport,
    settings: ClientSettings,
    clock: Clock,
    *,
    operation: Operation,
    object_type: str,
    inputs: Sequence[WriteInput],
) -> Iterator[BatchOutcome]:
    """Send the inputs batch by batch; see ``HubSpotClient.write``."""
    aside = set_aside(object_type, operation, inputs)
    parts = batches(inputs, settings.batch_size)
    started = clock.monotonic()
    done = 0
    for number, part in enumerate(parts, start=1):
        if number > 1 and settings.delay_between_batches:
            clock.sleep(settings.delay_between_batches)
        to_send = [each for each in part if each.trace_id not in aside]
        outcomes = aside | {
            outcome.trace_id: outcome
            for outcome in _send(transport, settings.api_version, operation, object_type, to_send)
        }
        batch = BatchOutcome(number=number, of=len(parts), outcomes=tuple(outcomes[each.trace_id] for each in part))
        done += len(part)
        seconds = clock.monotonic() - started
        _log(object_type, operation, batch, rate=done / seconds if seconds > 0 else 0.0, left=len(inputs) - done)
        yield batch


def _send(
    transport: Transport, version: str, operation: Operation, object_type: str, inputs: Sequence[WriteInput]
) -> list[InputOutcome]:
    """Send one batch; when HubSpot refuses it as a whole (400, 409), its halves, down to the record to blame."""
    if not inputs:
        return []
    request = write_request(version, operation, object_type, inputs)
    try:
        attempt = transport.send(request)
    except HubSpotUnavailableError as error:
        logger.error("%s: %s", object_type, error)
        return accounting.unavailable(inputs, is_repeatable=request.is_repeatable)
    if attempt.is_success:
        return accounting.account_for(operation, inputs, attempt.body)
    if len(inputs) == 1:
        return [accounting.refused_alone(inputs[0], attempt)]
    half = len(inputs) // 2
    logger.warning("%s: %s for a batch of %d: sending it in halves", object_type, attempt.fault, len(inputs))
    return [
        outcome
        for part in (inputs[:half], inputs[half:])
        for outcome in _send(transport, version, operation, object_type, part)
    ]


def _log(object_type: str, operation: Operation, batch: BatchOutcome, *, rate: float, left: int) -> None:
    written = sum(outcome.is_written for outcome in batch.outcomes)
    logger.info(
        "%s: batch %d/%d %s: %d written, %d refused, %.1f records/s, %d left",
        object_type,
        batch.number,
        batch.of,
        operation,
        written,
        len(batch.outcomes) - written,
        rate,
        left,
    )
