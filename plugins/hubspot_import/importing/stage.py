"""Import: the planned writes of one object type, in batches. A retry sends only what is missing."""

from __future__ import annotations

import logging
from collections import Counter
from dataclasses import dataclass, field

import pandas as pd

from hubspot_import import account_metadata, key_registry, tables
from hubspot_import.client.client import HubSpotClient
from hubspot_import.clock import Clock, SystemClock
from hubspot_import.errors import IncompleteImportError, SchemaError, ScopeError
from hubspot_import.importing import key_property
from hubspot_import.importing.outcomes import registry_rows, settled_rows, written_rows
from hubspot_import.importing.pending import OPERATIONS, pending, write_inputs
from hubspot_import.mapping.spec import RECORD_ID
from hubspot_import.model import ObjectType, OutcomeStatus, PlanAction, Stage, StageResult
from hubspot_import.outcome_files import OutcomeLog, attempt_prefix, last_outcomes_of, next_attempt
from hubspot_import.run_folder import RunFolder
from hubspot_import.tables import OUTCOMES

logger = logging.getLogger(__name__)


@dataclass(slots=True, kw_only=True)
class _Import:
    """One attempt at one object type."""

    client: HubSpotClient
    object_type: ObjectType
    key: str
    clock: Clock
    outcomes: OutcomeLog
    registry: OutcomeLog
    counts: Counter[str] = field(default_factory=Counter)
    batches: int = 0
    not_written: list[int] = field(default_factory=list)


def run(
    folder: RunFolder, client: HubSpotClient, object_type: ObjectType, *, clock: Clock | None = None
) -> StageResult:
    """Write one object type as planned, with an outcome for every record. Nothing in a dry run or without a plan.

    A record HubSpot refuses is an outcome. A batch that keeps failing does not stop the others; when all was tried
    IncompleteImportError names the rows. Counts: ``<type>.rows_in``, ``.done_before`` and one for each outcome status.
    """
    logger.info("STEP 4/6: import %s", object_type)
    stage = Stage.importing(object_type)
    if folder.params().dry_run:
        logger.info("%s: dry run, nothing is written", object_type)
        return StageResult(stage=stage)
    mapping = folder.mappings().get(object_type)
    if mapping is None or not folder.plan_path.exists():
        logger.info("%s: not in the plan, nothing to write", object_type)
        return StageResult(stage=stage)
    _create_key_properties(folder, client)
    clock = clock or SystemClock()
    directory = folder.outcomes(object_type)
    prefix = attempt_prefix(next_attempt(directory))
    with (
        _registry(folder, object_type, prefix, clock) as registry,
        OutcomeLog(directory=directory, schema=OUTCOMES, prefix=prefix, clock=clock, ahead=registry) as outcomes,
    ):
        attempt = _Import(
            client=client, object_type=object_type, key=mapping.key, clock=clock, outcomes=outcomes, registry=registry
        )
        for plan in tables.stream(folder.dataset(object_type, "plan")):
            _import_part(attempt, plan, last_outcomes_of(directory, OUTCOMES, plan["row"]))
    _close(attempt)
    return StageResult(stage=stage, counts={f"{object_type}.{name}": number for name, number in attempt.counts.items()})


def _registry(folder: RunFolder, object_type: ObjectType, attempt: str, clock: Clock) -> OutcomeLog:
    account = str(folder.manifest()["account"]["id"])
    prefix = f"{key_registry.file_prefix(clock.now(), folder.run_id)}-{attempt}"
    directory = folder.key_registry(account, object_type)
    return OutcomeLog(directory=directory, schema=key_registry.KEYS, prefix=prefix, clock=clock)


def _create_key_properties(folder: RunFolder, client: HubSpotClient) -> None:
    """Make the key properties the plan names, unless this run has. Raises SchemaError with the other way out."""
    metadata = account_metadata.read(folder)
    for entry in folder.plan_summary()["schema"]:
        object_type, name = ObjectType(entry["object_type"]), str(entry["property"])
        if name in metadata.properties[object_type]:
            continue
        try:
            made = client.create_property(
                object_type,
                name=name,
                label=key_property.LABEL,
                type=key_property.TYPE,
                field_type=key_property.FIELD_TYPE,
                group_name=key_property.GROUPS[object_type],
                has_unique_value=True,
                description=key_property.DESCRIPTION,
            )
        except ScopeError as error:
            raise SchemaError(f"{key_property.other_way(object_type, name)} ({error})") from error
        metadata = metadata.with_property(object_type, made)
        account_metadata.write(folder, metadata)
        logger.info("%s: created the unique property %s", object_type, name)


def _import_part(attempt: _Import, plan: pd.DataFrame, last: pd.DataFrame) -> None:
    """Send what is left of one part of the plan: creates, then updates."""
    left = pending(plan, last)
    attempt.counts["rows_in"] += len(plan)
    attempt.counts["done_before"] += left.done
    logger.info(
        "%s: %d rows in, %d to create, %d to update, %d settled without a request, %d done before",
        attempt.object_type,
        len(plan),
        len(left.to_send[PlanAction.CREATE]),
        len(left.to_send[PlanAction.UPDATE]),
        len(left.settled),
        left.done,
    )
    _take(attempt, settled_rows(left.settled, at=attempt.clock.now()))
    for action, rows in left.to_send.items():
        _send(attempt, action, rows)


def _send(attempt: _Import, action: PlanAction, rows: pd.DataFrame) -> None:
    inputs = write_inputs(rows, action, attempt.key)
    by_row = rows.set_index("row")
    for batch in attempt.client.write(OPERATIONS[action], attempt.object_type, inputs, total=len(rows)):
        attempt.batches += 1
        written = written_rows(by_row, batch.outcomes, action, batch=attempt.batches, at=attempt.clock.now())
        if attempt.key != RECORD_ID:
            attempt.registry.add(registry_rows(written))
        _take(attempt, written)
        attempt.not_written += [int(each.trace_id) for each in batch.outcomes if each.is_retryable]


def _take(attempt: _Import, rows: pd.DataFrame) -> None:
    attempt.outcomes.add(rows)
    attempt.counts.update(rows["status"])


def _close(attempt: _Import) -> None:
    """Log the attempt's sums; raise when batches were given up."""
    counts, missing = attempt.counts, attempt.not_written
    for status in OutcomeStatus:
        counts.setdefault(str(status), 0)
    closing = ", ".join(f"{counts[str(status)]} {status}" for status in OutcomeStatus)
    logger.info("%s: %d rows out: %s", attempt.object_type, counts["rows_in"], closing)
    if missing:
        raise IncompleteImportError(
            f"{attempt.object_type}: {len(missing)} of {counts['rows_in']} records were not written (rows "
            f"{min(missing)} to {max(missing)}), HubSpot did not answer; the retry sends only what is missing"
        )
