"""E-mail addresses: exactly what email-validator accepts (RFC 5322 syntax, no DNS), and what to type instead."""

from __future__ import annotations

import re
from collections.abc import Iterator

from email_validator import EmailNotValidError, validate_email

from hubspot_import.mapping.reading import Reading, refused

PLAIN_EMAIL = (
    r"[A-Za-z0-9_+]([A-Za-z0-9_+-]|\.[A-Za-z0-9_+-]){0,30}"
    r"@([A-Za-z0-9]{1,30}\.){1,3}(com|net|org|edu|fr|de|nl|be|es|it|pt|ch|at|se|dk|no|fi|pl|ie|uk|us|ca|id|in|jp|br)"
)
"""Addresses that need no second look; every one of them is accepted by ``parse_email`` too (a test holds that)."""

PROVIDERS = ("gmail.com", "yahoo.com", "hotmail.com", "outlook.com", "icloud.com", "aol.com", "gmx.de", "web.de")
_SLIPS = {
    "gmial.com": "gmail.com",
    "gmal.com": "gmail.com",
    "gamil.com": "gmail.com",
    "gmail.co": "gmail.com",
    "gmail.con": "gmail.com",
    "hotmial.com": "hotmail.com",
    "hotmail.con": "hotmail.com",
    "yaho.com": "yahoo.com",
    "yahoo.con": "yahoo.com",
    "outlok.com": "outlook.com",
}
_BARE_NAMES = {provider.partition(".")[0]: provider for provider in PROVIDERS}
_SEVERAL = re.compile(r"[^\s@;,<>]+@[^\s@;,<>]+")
_INVISIBLE = re.compile(r"[\u00ad\u200b-\u200f\u202a-\u202e\u2060\ufeff]")
_SPELT_AT = re.compile(r"\s*[\[({]\s*at\s*[\])}]\s*|\s+at\s+", re.IGNORECASE)
_SPELT_DOT = re.compile(r"\s*[\[({]\s*dot\s*[\])}]\s*|\s+dot\s+", re.IGNORECASE)


def parse_email(text: str) -> Reading:
    """Read an address; the wire form is lower case, as HubSpot stores it."""
    address, fault = _validated(text)
    if address is not None:
        return Reading(address)
    if len(_SEVERAL.findall(text)) > 1:
        return refused("it holds more than one address", _suggested(_SEVERAL.findall(text)[0]))
    return refused(fault, _suggested(text))


def _validated(text: str) -> tuple[str | None, str]:
    try:
        return validate_email(text, check_deliverability=False).normalized.lower(), ""
    except EmailNotValidError as error:
        reason = str(error).rstrip(".")
        return None, reason[:1].lower() + reason[1:]


def _suggested(text: str) -> str | None:
    """The first repair of the text that is a valid address."""
    for repaired in _repairs(text):
        address, _ = _validated(repaired)
        if address is not None:
            local, _, domain = address.rpartition("@")
            return f"{local}@{_SLIPS.get(domain, domain)}"
    return None


def _repairs(text: str) -> Iterator[str]:
    """What the writer may have meant, the smallest change first."""
    text = _INVISIBLE.sub("", text).strip()
    between_brackets = re.search(r"<([^<>]+)>", text)
    text = between_brackets.group(1).strip() if between_brackets else text
    text = re.sub(r"^mailto:\s*", "", text, flags=re.IGNORECASE).strip(" \t\r\n.,;:'\"()[]<>")
    yield text
    spelt = _SPELT_DOT.sub(".", _SPELT_AT.sub("@", text))
    tidy = re.sub(r"\.{2,}", ".", re.sub(r"@{2,}", "@", re.sub(r"\s+", "", spelt)))
    tidy = tidy.replace(".@", "@").replace("@.", "@")
    yield tidy
    local, at, domain = tidy.rpartition("@")
    if at:
        domain = re.sub(r"[,;:]+", ".", domain).strip(".")
        yield f"{local}@{domain}"
        yield f"{local.replace(',', '.')}@{domain}"
        if domain.lower() in _BARE_NAMES:
            yield f"{local}@{_BARE_NAMES[domain.lower()]}"
    else:
        yield from _with_at_sign(tidy)


def _with_at_sign(text: str) -> Iterator[str]:
    """Put the missing @ in front of a provider everybody knows."""
    for provider in (*PROVIDERS, *_SLIPS):
        local = text[: -len(provider)].rstrip(".,#&")
        if text.lower().endswith(provider) and local:
            yield f"{local}@{provider}"
