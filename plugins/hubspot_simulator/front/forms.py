"""The forms of the front page, and what is sent with them."""

from __future__ import annotations

from collections.abc import Iterable
from urllib.parse import parse_qsl

from pydantic import ValidationError

from hubspot_simulator.faults import FaultKind
from hubspot_simulator.front.markup import Attribute, Markup, joined, tag
from hubspot_simulator.limits import MESSAGES, Lane, Limits

FAULTS_FORM = "/_simulator/form/faults"
CLEAR_FORM = "/_simulator/form/faults/clear"
LIMITS_FORM = "/_simulator/form/limits"


def fault_form() -> Markup:
    """The form that orders a fault; its fields are those of the control endpoint."""
    fields = [
        _field("Kind", _choice("kind", FaultKind)),
        _field("Status", _number("status", value=503, min=0, max=599)),
        _field("How many", _number("count", min=1, placeholder="1, a share: all")),
        _field("Share of them, 0 to 1", _number("rate", min=0, max=1, step=0.01, placeholder="all")),
        _field("Operation", tag("input", name="operation", placeholder="*.batch.upsert", size=16)),
        _field("Path contains", tag("input", name="path_contains", placeholder="any", size=16)),
        _field("Policy of a 429", _choice("policy", sorted(MESSAGES, reverse=True))),
        _field("Seconds, slow or hanging", _number("seconds", value=5, min=0)),
        tag("label", tag("input", type="checkbox", name="after_commit", value="true"), " after taking effect"),
    ]
    clear = tag("button", "Call all off", formaction=CLEAR_FORM, formnovalidate=True, class_="quiet")
    return _form("Order a fault", FAULTS_FORM, fields, tag("button", "Order"), clear)


def limit_form(limits: Limits) -> Markup:
    """The form that changes the limits; it shows them as they were when the page was made."""
    fields = [
        _field("Requests in 10 s", _number("per_10s", value=limits.limit(Lane.BURST), min=1)),
        _field("Associations in 10 s", _number("associations_per_10s", value=limits.limit(Lane.ASSOCIATIONS), min=1)),
        _field("Searches in 1 s", _number("searches_per_second", value=limits.limit(Lane.SEARCH), min=1)),
        _field("Requests a day", _number("per_day", value=limits.per_day, min=0)),
        _field("Used today", _number("used_today", min=0, placeholder="as it is")),
    ]
    return _form("Limits", LIMITS_FORM, fields, tag("button", "Set"))


def _form(title: str, action: str, fields: Iterable[Markup], *buttons: Markup) -> Markup:
    content = joined(tag("div", *fields, class_="fields"), tag("div", *buttons, class_="buttons"))
    return tag("section", tag("h2", title), tag("form", content, action=action, method="post"))


def _field(words: str, field: Markup) -> Markup:
    return tag("label", tag("span", words), field)


def _number(name: str, **attributes: Attribute) -> Markup:
    return tag("input", type="number", name=name, **attributes)


def _choice(name: str, values: Iterable[str]) -> Markup:
    return tag("select", *(tag("option", value.lower().replace("_", " "), value=value) for value in values), name=name)


def read_form(raw: bytes) -> dict[str, str]:
    """Read what a form sent; fields left empty are left out."""
    return dict(parse_qsl(raw.decode("utf-8", "replace")))


def complaint(error: ValidationError) -> str:
    """Say in words what is wrong with the fields, without repeating what was sent."""
    return "; ".join(f"{'.'.join(map(str, item['loc']))}: {item['msg']}" for item in error.errors())
