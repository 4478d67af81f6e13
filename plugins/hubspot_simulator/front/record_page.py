"""One record: its properties, what HubSpot keeps of it by itself, and what it is linked to."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from hubspot_simulator.account import Account
from hubspot_simulator.association_types import Way
from hubspot_simulator.front.document import document, label, list_path, moment, number, record_path, table
from hubspot_simulator.front.markup import Markup, joined, tag
from hubspot_simulator.front.titles import shown_value, title
from hubspot_simulator.object_types import ObjectType
from hubspot_simulator.records import Record

MOST_LINKS = 100
"""Links of one kind that are listed; the others are counted."""
MOST_VERSIONS = 200
"""Versions of values that are listed, the newest ones."""


def record_page(account: Account, kind: ObjectType, record: Record) -> str:
    """Show one record."""
    name = title(account, kind, record)
    names = sorted(record.properties, key=lambda name: _words(account, kind, name).lower())
    kept = [name for name in names if _is_kept(account, kind, name)]
    given = [name for name in names if name not in kept]
    left = tag(
        "div",
        tag("section", tag("h2", "Properties"), _values(account, kind, record, given)),
        tag("section", tag("h2", "History"), _history(account, kind, record)),
    )
    right = tag(
        "div",
        tag("section", *_links(account, kind, record), class_="links"),
        tag("section", tag("h2", "Kept by HubSpot"), _values(account, kind, record, kept)),
    )
    columns = tag("div", left, right, class_="two")
    return document(account, name, _heading(account, kind, record, name), columns, here=kind.name)


def _words(account: Account, kind: ObjectType, name: str) -> str:
    known = account.schemas[kind.name].properties.get(name)
    return name if known is None else str(known.body["label"])


def _is_kept(account: Account, kind: ObjectType, name: str) -> bool:
    known = account.schemas[kind.name].properties.get(name)
    return known is not None and (known.is_calculated or known.is_read_only)


def _heading(account: Account, kind: ObjectType, record: Record, name: str) -> Markup:
    eyebrow = tag(
        "p", tag("a", label(account, kind), href=list_path(account, kind)), " · ", record.id, class_="eyebrow"
    )
    badge = tag("span", "archived", class_="badge") if record.archived else None
    created = joined("Created ", moment(record.created_at), ", last changed ", moment(record.updated_at))
    return tag("div", eyebrow, tag("h1", name, badge), tag("p", created, class_="soft"), class_="heading")


def _values(account: Account, kind: ObjectType, record: Record, names: Iterable[str]) -> Markup:
    rows = [_value_row(account, kind, name, record.properties[name]) for name in names]
    heads = [tag("th", words, scope="col") for words in ("Property", "Value")]
    return table(heads, rows, class_="values") if rows else tag("p", "None.", class_="empty")


def _value_row(account: Account, kind: ObjectType, name: str, value: str) -> Markup:
    words = _words(account, kind, name)
    head = joined(words, tag("small", name, class_="soft")) if words != name else joined(name)
    return tag("tr", tag("th", head, scope="row"), tag("td", shown_value(account, kind, name, value)))


def _history(account: Account, kind: ObjectType, record: Record) -> Markup:
    """List the versions of what was changed, the newest first; what was never changed has none."""
    versions = sorted(account.stores[kind.name].history.of(record.id), key=lambda version: version[1])[::-1]
    if not versions:
        return tag("p", "No property has changed since the record was created.", class_="empty")
    rows = [_version_row(account, kind, *version) for version in versions[:MOST_VERSIONS]]
    heads = [tag("th", words, scope="col") for words in ("From", "Property", "Value")]
    return table(heads, rows, class_="history")


def _version_row(account: Account, kind: ObjectType, name: str, at: datetime, value: str) -> Markup:
    shown = shown_value(account, kind, name, value) if value else tag("span", "cleared", class_="soft")
    when = tag("td", moment(at), class_="n")
    return tag("tr", when, tag("td", _words(account, kind, name)), tag("td", shown))


def _links(account: Account, kind: ObjectType, record: Record) -> list[Markup]:
    ways = list(account.association_types.ways_from(kind.name))
    lists = [_linked(account, way, record) for way in ways if account.link_store.count(way, record.id)]
    return [tag("h2", "Linked to"), *(lists or [tag("p", "Nothing.", class_="empty")])]


def _linked(account: Account, way: Way, record: Record) -> Markup:
    kind = account.types.find(way.to_type)
    count = account.link_store.count(way, record.id)
    shown = account.link_store.linked(way, record.id, limit=MOST_LINKS)
    items = [_link(account, kind, to_id, _labels(way, type_ids)) for to_id, type_ids in shown]
    more = tag("li", f"and {number(count - len(shown))} more", class_="soft") if count > len(shown) else None
    heading = tag("h3", label(account, kind), " ", tag("span", number(count), class_="soft"))
    return tag("div", heading, tag("ul", *items, more))


def _link(account: Account, kind: ObjectType, record_id: str, labels: list[str]) -> Markup:
    record = account.stores[kind.name].get(record_id)
    words = record_id if record is None else title(account, kind, record)
    badges = [tag("span", text, class_="badge") for text in labels]
    return tag("li", tag("a", words, href=record_path(account, kind, record_id)), *badges)


def _labels(way: Way, type_ids: Iterable[int]) -> list[str]:
    return [item.label for item in way.in_order(type_ids) if item.label is not None]
