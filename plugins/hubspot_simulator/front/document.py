"""The frame of every page: head, navigation, and the words numbers and moments are shown in."""

from __future__ import annotations

from datetime import UTC, datetime
from urllib.parse import urlencode

from hubspot_simulator.account import Account
from hubspot_simulator.front.markup import Markup, joined, tag
from hubspot_simulator.object_types import ObjectType

STYLE_PATH, SCRIPT_PATH, LIVE_PATH = "/_simulator/front.css", "/_simulator/front.js", "/_simulator/live"
CONTENT_POLICY = (
    "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; img-src 'self' data:; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)


def document(account: Account, title: str, *content: Markup, here: str = "") -> str:
    """Put a page together; ``here`` is the object type whose place in the navigation is marked."""
    links = [_nav_link("/", "Account", here == "")]
    links += [_nav_link(list_path(account, kind), label(account, kind), here == kind.name) for kind in account.types]
    head = tag(
        "head",
        tag("meta", charset="utf-8"),
        tag("meta", name="viewport", content="width=device-width, initial-scale=1"),
        tag("meta", name="color-scheme", content="light dark"),
        tag("title", f"{title} · HubSpot simulator"),
        tag("link", rel="icon", href="data:,"),
        tag("link", rel="stylesheet", href=STYLE_PATH),
    )
    brand = tag("p", "HubSpot simulator ", tag("span", f"account {account.portal_id}"), class_="brand")
    header = tag("header", tag("div", brand, tag("nav", *links, aria_label="Pages"), class_="page"))
    script = tag("script", src=SCRIPT_PATH, defer=True)
    body = tag("body", header, tag("main", *content, class_="page"), script)
    return "<!doctype html>\n" + tag("html", head, body, lang="en")


def _nav_link(href: str, words: str, is_here: bool) -> Markup:
    return tag("a", words, href=href, aria_current="page" if is_here else None)


def list_path(account: Account, kind: ObjectType, **query: str) -> str:
    """The page of an object type's records, at the path HubSpot's interface has it."""
    path = f"/contacts/{account.portal_id}/objects/{kind.type_id}"
    return f"{path}?{urlencode(query)}" if query else path


def record_path(account: Account, kind: ObjectType, record_id: str) -> str:
    """The page of one record, at the path HubSpot's interface has it."""
    return f"/contacts/{account.portal_id}/record/{kind.type_id}/{record_id}"


def label(account: Account, kind: ObjectType) -> str:
    """Name an object type for a reader: a custom one as the account calls it."""
    custom = account.custom_types.get(kind.name)
    return kind.name.capitalize() if custom is None else str(custom["labels"].get("plural") or custom["name"])


def number(value: float) -> str:
    """Write a whole number with thin spaces between thousands."""
    return f"{value:,.0f}".replace(",", "\u202f")


def moment(when: datetime) -> Markup:
    """Write a moment to the second, in UTC; the whole of it as a title."""
    in_utc = when.astimezone(UTC)
    return tag("time", f"{in_utc:%Y-%m-%d %H:%M:%S}", datetime=in_utc.isoformat(), title=in_utc.isoformat())


def table(heads: list[Markup], rows: list[Markup], **attributes: str) -> Markup:
    """Build a table that scrolls within its own width."""
    parts = joined(tag("thead", tag("tr", *heads)), tag("tbody", *rows))
    return tag("div", tag("table", parts, **attributes), class_="scroll")
