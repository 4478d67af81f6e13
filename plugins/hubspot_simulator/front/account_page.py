"""The account at a glance: what it holds, what it was asked of late, and the levers that make its life hard."""

from __future__ import annotations

from hubspot_simulator.account import Account
from hubspot_simulator.faults import Faults
from hubspot_simulator.front.activity import faults_section, last_requests_section, requests_section
from hubspot_simulator.front.document import document, label, list_path, number
from hubspot_simulator.front.forms import fault_form, limit_form
from hubspot_simulator.front.markup import Markup, joined, tag
from hubspot_simulator.object_types import ObjectType


def account_page(account: Account, faults: Faults, complaint: str = "") -> str:
    """Show the account; its live part is renewed by the page's script. ``complaint``: what is wrong with a form."""
    notice = tag("p", complaint, class_="complaint", role="alert") if complaint else None
    live = tag("div", live_part(account, faults), id="live")
    levers = tag("div", fault_form(), limit_form(account.limits), class_="two levers")
    return document(account, "Account", joined(notice), live, levers)


def live_part(account: Account, faults: Faults) -> Markup:
    """Show what changes while the account is at work."""
    tiles = [_tile(account, kind) for kind in account.types]
    links = sum(account.link_store.total(way) for way in account.association_types.ways())
    tiles.append(tag("li", tag("strong", number(links)), tag("span", "Links")))
    return joined(
        tag("ul", *tiles, class_="tiles"),
        faults_section(faults.open_orders()),
        requests_section(account),
        last_requests_section(account),
    )


def _tile(account: Account, kind: ObjectType) -> Markup:
    store = account.stores[kind.name]
    archived = sum(1 for _ in store.after(0, archived=True))
    note = tag("small", f"{number(archived)} archived", class_="soft") if archived else None
    words = joined(tag("strong", number(len(store) - archived)), tag("span", label(account, kind)), note)
    return tag("li", tag("a", words, href=list_path(account, kind)))
