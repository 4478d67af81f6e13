"""HTML that cannot carry what a record says into the page: every text is escaped unless it was made here."""

from __future__ import annotations

from html import escape

VOID = frozenset({"br", "input", "link", "meta"})
Attribute = str | int | float | bool | None


class Markup(str):
    """Text that is HTML already."""

    __slots__ = ()


def tag(name: str, /, *content: str | None, **attributes: Attribute) -> Markup:
    """Build an element. Content that is no :class:`Markup` is escaped; None is left out.

    Attributes are written with hyphens (``text_anchor``), a trailing underscore is dropped (``class_``); True gives a
    bare attribute, False and None none.
    """
    opening = f"<{name}{''.join(_attribute(key, value) for key, value in attributes.items())}>"
    return Markup(opening if name in VOID else f"{opening}{joined(*content)}</{name}>")


def joined(*content: str | None) -> Markup:
    """Put pieces one after the other."""
    return Markup("".join(part if isinstance(part, Markup) else escape(part) for part in content if part is not None))


def _attribute(name: str, value: Attribute) -> str:
    if value is None or value is False:
        return ""
    written = name.rstrip("_").replace("_", "-")
    return f" {written}" if value is True else f' {written}="{escape(str(value))}"'
