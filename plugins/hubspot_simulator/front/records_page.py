"""The records of one object type: a page of them, those that hold some words, or the archived ones."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from hubspot_simulator.account import Account
from hubspot_simulator.front.document import document, label, list_path, moment, number, record_path, table
from hubspot_simulator.front.markup import Markup, joined, tag
from hubspot_simulator.front.titles import naming, shown_value, title
from hubspot_simulator.object_types import ObjectType
from hubspot_simulator.records import Record

PAGE_SIZE = 50
LOOKED_THROUGH = 50_000
"""Records one page of a search looks through; the account answers nobody else meanwhile."""
MOST_COLUMNS = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What the address asks for: words, the id the page begins after, archived ones."""

    words: str = ""
    after: int = 0
    archived: bool = False

    @classmethod
    def of(cls, query: Mapping[str, str]) -> Asked:
        """Read the address's query; what is no id begins at the beginning."""
        after = query.get("after", "")
        return cls(
            words=query.get("q", "").strip(),
            after=int(after) if after.isascii() and after.isdigit() else 0,
            archived=query.get("archived") == "true",
        )

    def query(self, **changed: str) -> dict[str, str]:
        """Write it into an address again."""
        standing = {"q": self.words, "archived": "true" if self.archived else ""}
        return {name: value for name, value in {**standing, **changed}.items() if value}


def records_page(account: Account, kind: ObjectType, asked: Asked) -> str:
    """Show the records of a type, PAGE_SIZE at a time."""
    found, go_on = _page(account, kind, asked)
    columns = _columns(account, kind)
    definitions = account.schemas[kind.name].properties
    named = [definitions[name].body["label"] if name in definitions else name for name in columns]
    heads = [tag("th", words, scope="col") for words in (label(account, kind), *named, "Created", "Record ID")]
    rows = [_row(account, kind, record, columns) for record in found]
    listing = table(heads, rows, class_="records") if found else tag("p", _nothing(asked, go_on), class_="empty")
    heading = tag("div", tag("h1", label(account, kind)), _search_form(account, kind, asked), class_="heading")
    return document(
        account, label(account, kind), heading, listing, _paging(account, kind, asked, go_on), here=kind.name
    )


def _page(account: Account, kind: ObjectType, asked: Asked) -> tuple[list[Record], int | None]:
    """Find the records of a page, and the id the next one begins after."""
    words = asked.words.lower().split()
    found: list[Record] = []
    last = 0
    for looked, record in enumerate(account.stores[kind.name].after(asked.after, archived=asked.archived)):
        if len(found) == PAGE_SIZE or looked == LOOKED_THROUGH:
            return found, last
        last = int(record.id)
        if not words or _holds(record, words):
            found.append(record)
    return found, None


def _holds(record: Record, words: list[str]) -> bool:
    text = " ".join((record.id, *record.properties.values())).lower()
    return all(word in text for word in words)


def _columns(account: Account, kind: ObjectType) -> tuple[str, ...]:
    shown_apart = {*naming(account, kind), "hs_object_id", "createdate", "hs_createdate", kind.modified_property}
    return tuple(name for name in kind.default_properties if name not in shown_apart | {"content"})[:MOST_COLUMNS]


def _row(account: Account, kind: ObjectType, record: Record, columns: tuple[str, ...]) -> Markup:
    link = tag("a", title(account, kind, record), href=record_path(account, kind, record.id))
    values = [shown_value(account, kind, name, record.properties.get(name, ""), in_full=False) for name in columns]
    return tag(
        "tr",
        tag("th", link, scope="row"),
        *(tag("td", value) for value in values),
        tag("td", moment(record.created_at), class_="n"),
        tag("td", record.id, class_="n"),
    )


def _search_form(account: Account, kind: ObjectType, asked: Asked) -> Markup:
    box = tag("input", type="search", name="q", value=asked.words, placeholder="Any value", aria_label="Search")
    archived = tag("input", type="checkbox", name="archived", value="true", checked=asked.archived)
    return tag(
        "form",
        box,
        tag("label", archived, " archived ones"),
        tag("button", "Search"),
        action=list_path(account, kind),
        class_="search",
    )


def _nothing(asked: Asked, go_on: int | None) -> str:
    if go_on is not None:
        return f"None among the {number(LOOKED_THROUGH)} records looked through; there are more."
    if asked.after:
        return "No more records."
    return f"No record holds “{asked.words}”." if asked.words else "No records yet."


def _paging(account: Account, kind: ObjectType, asked: Asked, go_on: int | None) -> Markup:
    links = []
    if asked.after:
        links.append(tag("a", "First page", href=list_path(account, kind, **asked.query())))
    if go_on is not None:
        links.append(tag("a", "Next page", href=list_path(account, kind, **asked.query(after=str(go_on))), rel="next"))
    return tag("nav", *links, class_="paging", aria_label="Paging") if links else joined()
