"""The account at a glance: what it holds, what it was asked of late."""

from __future__ import annotations

from itertools import islice

from hubspot_simulator.account import Account
from hubspot_simulator.front.document import document, label, list_path, number, table
from hubspot_simulator.front.markup import Markup, joined, tag
from hubspot_simulator.object_types import ObjectType
from hubspot_simulator.request_log import RequestRecord

LAST_REQUESTS = 15


def account_page(account: Account) -> str:
    """Show the account; its live part is renewed by the page's script."""
    return document(account, "Account", tag("div", live_part(account), id="live"))


def live_part(account: Account) -> Markup:
    """Show what changes while the account is at work."""
    tiles = [_tile(account, kind) for kind in account.types]
    links = sum(account.link_store.total(way) for way in account.association_types.ways())
    tiles.append(tag("li", tag("strong", number(links)), tag("span", "Links")))
    return joined(tag("ul", *tiles, class_="tiles"), _last_requests(account))


def _tile(account: Account, kind: ObjectType) -> Markup:
    store = account.stores[kind.name]
    archived = sum(1 for _ in store.after(0, archived=True))
    note = tag("small", f"{number(archived)} archived", class_="soft") if archived else None
    words = joined(tag("strong", number(len(store) - archived)), tag("span", label(kind)), note)
    return tag("li", tag("a", words, href=list_path(account, kind)))


def _last_requests(account: Account) -> Markup:
    heading = tag("h2", "Last requests ", tag("span", f"of {number(len(account.requests))}", class_="soft"))
    heads = [tag("th", words, scope="col") for words in ("Status", "Operation", "Inputs", "Path")]
    rows = [_request_row(record) for record in islice(reversed(account.requests), LAST_REQUESTS)]
    listing = table(heads, rows, class_="requests") if rows else tag("p", "None yet.", class_="empty")
    return tag("section", heading, listing)


def _request_row(record: RequestRecord) -> Markup:
    status = tag("span", str(record.status) if record.status else "dropped", class_=f"status {_mood(record.status)}")
    path = joined(tag("span", record.method, class_="method"), " ", record.path)
    return tag(
        "tr",
        tag("td", status),
        tag("td", record.operation),
        tag("td", number(record.inputs) if record.inputs else "", class_="n"),
        tag("td", path, class_="path"),
    )


def _mood(status: int) -> str:
    if status in {207, 429}:
        return "mixed"
    return "fine" if 200 <= status < 300 else "wrong"
