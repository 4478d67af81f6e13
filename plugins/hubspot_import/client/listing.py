"""List an object type, count it, and read the labels of links."""

from __future__ import annotations

from collections.abc import Sequence

from hubspot_import.client.answer import dicts
from hubspot_import.client.definitions import record
from hubspot_import.client.reading import next_page
from hubspot_import.client.record_requests import association_labels_request, count_request, list_request
from hubspot_import.client.transport import Transport
from hubspot_import.client.wire import HUBSPOT_DEFINED, LinkType, Record


def list_page(
    transport: Transport, version: str, object_type: str, properties: Sequence[str], after: str | None
) -> tuple[list[Record], str | None]:
    """Read one page of a list; see ``HubSpotClient.list_page``."""
    body = transport.send(list_request(version, object_type, properties, after)).body
    return [record(each) for each in dicts(body.get("results"))], next_page(body)


def count(transport: Transport, version: str, object_type: str) -> int:
    """Read the total of a search without conditions."""
    total = transport.send(count_request(version, object_type)).body.get("total")
    return total if isinstance(total, int) else 0


def association_labels(transport: Transport, version: str, from_type: str, to_type: str) -> dict[str, LinkType]:
    """Read the labels of a kind of link by name."""
    body = transport.send(association_labels_request(version, from_type, to_type)).body
    return {
        str(each["label"]): LinkType(type_id=int(each["typeId"]), category=str(each.get("category") or HUBSPOT_DEFINED))
        for each in dicts(body.get("results"))
        if each.get("label")
    }
