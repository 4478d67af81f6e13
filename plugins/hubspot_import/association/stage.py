"""Associate: the planned links whose ends are written, in batches. A retry sends only what is missing."""

from __future__ import annotations

import logging
from collections import Counter

import pandas as pd

from hubspot_import import tables
from hubspot_import.association.pairs import (
    compose,
    open_links,
    record_ids,
    resolve,
    sendable,
    sent_links,
    settled_links,
)
from hubspot_import.client.client import HubSpotClient
from hubspot_import.clock import Clock, SystemClock
from hubspot_import.errors import IncompleteImportError
from hubspot_import.model import LINK_TYPES, LinkStatus, ObjectType, Stage, StageResult
from hubspot_import.outcome_files import OutcomeLog, attempt_prefix, last_outcomes, next_attempt
from hubspot_import.run_folder import RunFolder
from hubspot_import.tables import LINK_OUTCOMES, LINK_PLAN, OUTCOMES, PLAN

logger = logging.getLogger(__name__)

LinkType = tuple[ObjectType, ObjectType]


def run(folder: RunFolder, client: HubSpotClient, *, clock: Clock | None = None) -> StageResult:
    """Make the planned links of every kind, with an outcome for each. Nothing in a dry run or without a plan.

    Works with the outcomes there are: a link whose end was never written is ``no_parent``. When all was tried and
    requests were given up, IncompleteImportError names the rows. Counts: ``links.<from>-<to>.<status>``.
    """
    logger.info("STEP 5/6: associate")
    if folder.params().dry_run or not folder.plan_path.exists():
        logger.info("links: dry run or no plan, nothing is written")
        return StageResult(stage=Stage.ASSOCIATE)
    counts: dict[str, int] = {}
    missing: list[str] = []
    for from_type, to_type in LINK_TYPES:
        if tables.parts(folder.links(from_type, to_type, "plan")):
            found, rows = _link(folder, client, (from_type, to_type), clock or SystemClock())
            counts |= {f"links.{from_type}-{to_type}.{status}": found[status] for status in LinkStatus}
            if rows:
                missing.append(f"{len(rows)} {from_type} -> {to_type} ({from_type} rows {min(rows)} to {max(rows)})")
    if missing:
        raise IncompleteImportError(
            f"links were not made: {'; '.join(missing)}; HubSpot did not answer; the retry sends only what is missing"
        )
    return StageResult(stage=Stage.ASSOCIATE, counts=counts)


def _link(folder: RunFolder, client: HubSpotClient, pair: LinkType, clock: Clock) -> tuple[Counter[str], list[int]]:
    """Make the links of one kind; give what became of them, and the rows whose link was given up."""
    from_type, to_type = pair
    directory = folder.links(from_type, to_type, "outcomes")
    last = last_outcomes(directory, LINK_OUTCOMES, ["from_row", "to_row", "to_id"])
    plan = tables.read(folder.links(from_type, to_type, "plan"), schema=LINK_PLAN)
    from_ids, to_ids = (_ids(folder, kind) for kind in pair)
    links = open_links(resolve(plan, from_ids, to_ids), last)
    to_send = sendable(links)
    logger.info("%s -> %s: %d links in, %d to make", from_type, to_type, len(plan), len(to_send))
    counts: Counter[str] = Counter()
    given_up: list[int] = []
    prefix = attempt_prefix(next_attempt(directory))
    with OutcomeLog(directory=directory, schema=LINK_OUTCOMES, prefix=prefix, clock=clock) as log:
        settled = settled_links(links)
        log.add(settled)
        counts.update(settled["status"])
        for answers in client.associate(from_type, to_type, compose(to_send).values()):
            sent = sent_links(to_send, {(each.link.from_id, each.link.to_id): each for each in answers})
            log.add(sent)
            counts.update(sent["status"])
            lost = {each.link.from_id for each in answers if each.is_retryable}
            given_up += to_send.loc[to_send["from_id"].isin(lost), "from_row"].tolist()
    closing = ", ".join(f"{counts[status]} {status}" for status in LinkStatus)
    logger.info("%s -> %s: %d links out: %s", from_type, to_type, len(plan), closing)
    return counts, given_up


def _ids(folder: RunFolder, object_type: ObjectType) -> pd.Series:
    """Lead from row to HubSpot id for one object type; empty when it is not in the run."""
    plan = tables.read(folder.dataset(object_type, "plan"), columns=["row", "record_id"], schema=PLAN)
    return record_ids(last_outcomes(folder.outcomes(object_type), OUTCOMES, ["row"]), plan)
