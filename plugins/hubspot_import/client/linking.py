"""Associate records in batches, and read what is associated."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator, Mapping, Sequence, Sized
from typing import Any

from hubspot_import.client.accounting import UNACCOUNTED, UNAVAILABLE
from hubspot_import.client.answer import dicts
from hubspot_import.client.batching import batch_name, batches
from hubspot_import.client.reading import next_page
from hubspot_import.client.record_requests import associate_request, associated_request
from hubspot_import.client.transport import Transport
from hubspot_import.client.wire import HUBSPOT_DEFINED, Link, LinkOutcome, LinkType, LinkTypes
from hubspot_import.errors import HubSpotUnavailableError

logger = logging.getLogger(__name__)

MAX_LINKS = 2000
MAX_LINK_READS = 1000


def associate(
    transport: Transport, version: str, from_type: str, to_type: str, links: Iterable[Link]
) -> Iterator[list[LinkOutcome]]:
    """Associate pairs in batches; see ``HubSpotClient.associate``."""
    total = len(links) if isinstance(links, Sized) else None

    def send_part(job: tuple[int, Sequence[Link]]) -> tuple[int, list[LinkOutcome]]:
        number, part = job
        sent = _send(transport, version, from_type, to_type, list(dict.fromkeys(part)))
        return number, [sent[link] for link in part]

    for number, outcomes in transport.side_by_side(enumerate(batches(links, MAX_LINKS), start=1), send_part):
        name = batch_name(number, MAX_LINKS, total)
        written = sum(outcome.is_written for outcome in outcomes)
        refused = len(outcomes) - written
        logger.info("%s to %s: %s associate: %d written, %d refused", from_type, to_type, name, written, refused)
        yield outcomes


def _send(
    transport: Transport, version: str, from_type: str, to_type: str, links: Sequence[Link]
) -> dict[Link, LinkOutcome]:
    try:
        attempt = transport.send(associate_request(version, from_type, to_type, links))
    except HubSpotUnavailableError as error:
        logger.error("%s to %s: %s", from_type, to_type, error)
        return {link: _failed(link, UNAVAILABLE, str(error), is_retryable=True) for link in links}
    if attempt.is_success:
        return link_outcomes(links, attempt.body)
    if len(links) == 1:
        category = attempt.category or f"HTTP_{attempt.status}"
        return {links[0]: _failed(links[0], category, attempt.message or category)}
    half = len(links) // 2
    first = _send(transport, version, from_type, to_type, links[:half])
    return first | _send(transport, version, from_type, to_type, links[half:])


def link_outcomes(links: Sequence[Link], body: Mapping[str, Any]) -> dict[Link, LinkOutcome]:
    """Match the results and errors of a 2xx answer to the links, by the ids of both ends (numbers or text)."""
    written = {(str(each.get("fromObjectId")), str(each.get("toObjectId"))) for each in dicts(body.get("results"))}
    errors = list(dicts(body.get("errors")))
    outcomes = {}
    for link in links:
        error = next((each for each in errors if _blames(each, link)), None)
        if (link.from_id, link.to_id) in written:
            outcomes[link] = LinkOutcome(link=link, is_written=True)
        elif error is not None:
            outcomes[link] = _failed(link, _category(error), str(error.get("message") or ""))
        else:
            outcomes[link] = _failed(link, UNACCOUNTED, "HubSpot's answer names the link nowhere.")
    return outcomes


def _blames(error: Mapping[str, Any], link: Link) -> bool:
    context = error.get("context")
    if not isinstance(context, dict):
        return False
    froms, tos, either = (_ids(context, name) for name in ("fromObjectId", "toObjectId", "id"))
    if froms or tos:
        return (not froms or link.from_id in froms) and (not tos or link.to_id in tos)
    sub_category = str(error.get("subCategory"))
    if sub_category.endswith("FROM_OBJECT_NOT_FOUND"):
        return link.from_id in either
    if sub_category.endswith("TO_OBJECT_NOT_FOUND"):
        return link.to_id in either
    return link.from_id in either or link.to_id in either


def _ids(context: Mapping[str, Any], name: str) -> frozenset[str]:
    value = context.get(name)
    values = value if isinstance(value, list) else [value]
    return frozenset(str(each) for each in values if each is not None)


def _category(error: Mapping[str, Any]) -> str:
    sub_category = str(error.get("subCategory") or "").rpartition(".")[2]
    return sub_category or str(error.get("category") or "REFUSED")


def _failed(link: Link, category: str, message: str, *, is_retryable: bool = False) -> LinkOutcome:
    return LinkOutcome(link=link, is_written=False, category=category, message=message, is_retryable=is_retryable)


def associated(
    transport: Transport, version: str, from_type: str, to_type: str, ids: Sequence[str]
) -> dict[str, set[str]]:
    """Read the records each record is associated with, all pages; see ``HubSpotClient.associated``."""
    read = association_types(transport, version, from_type, to_type, ids)
    return {from_id: set(pairs) for from_id, pairs in read.items()}


def association_types(
    transport: Transport, version: str, from_type: str, to_type: str, ids: Sequence[str]
) -> dict[str, dict[str, LinkTypes]]:
    """Read what each record is associated with and by which types, all pages."""

    def read_part(part: Sequence[str]) -> dict[str, dict[str, LinkTypes]]:
        return _read_part(transport, version, from_type, to_type, part)

    found: dict[str, dict[str, LinkTypes]] = {}
    for read in transport.side_by_side(batches(dict.fromkeys(ids), MAX_LINK_READS), read_part):
        found |= read
    return found


def _read_part(
    transport: Transport, version: str, from_type: str, to_type: str, ids: Sequence[str]
) -> dict[str, dict[str, LinkTypes]]:
    """Read the links of up to MAX_LINK_READS records; a record with many of them has its pages asked for again."""
    found: dict[str, dict[str, LinkTypes]] = {each: {} for each in ids}
    pages: dict[str, str | None] = dict.fromkeys(ids)
    while pages:
        body = transport.send(associated_request(version, from_type, to_type, pages)).body
        _check_read_errors(from_type, to_type, body)
        pages = {}
        for result in dicts(body.get("results")):
            from_id = _from_id(result)
            known = found.setdefault(from_id, {})
            known.update((str(each["toObjectId"]), _types(each)) for each in dicts(result.get("to")))
            after = next_page(result)
            if after is not None:
                pages[from_id] = after
    return found


def _types(target: Mapping[str, Any]) -> LinkTypes:
    return frozenset(
        LinkType(type_id=int(each["typeId"]), category=str(each.get("category") or HUBSPOT_DEFINED))
        for each in dicts(target.get("associationTypes"))
        if each.get("typeId") is not None
    )


def _from_id(result: Mapping[str, Any]) -> str:
    start = result.get("from")
    return str(start.get("id")) if isinstance(start, dict) else ""


def _check_read_errors(from_type: str, to_type: str, body: Mapping[str, Any]) -> None:
    """Let 'not found' pass: HubSpot's word for a record without associations. Others would hide what exists."""
    for error in dicts(body.get("errors")):
        if error.get("category") != "OBJECT_NOT_FOUND":
            raise HubSpotUnavailableError(f"HubSpot could not read all links {from_type} to {to_type}")
