"""E-mail addresses: exactly what email-validator accepts (RFC 5322 syntax, no DNS), and what to type instead."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
from email_validator import SPECIAL_USE_DOMAIN_NAMES, EmailNotValidError, validate_email

from hubspot_import.mapping.reading import Reading, refused

_ATOM = r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+"
_LABEL = r"[A-Za-z0-9]+(?:-[A-Za-z0-9]+)*"
PLAIN_EMAIL = rf"{_ATOM}(?:\.{_ATOM})*@(?:{_LABEL}\.)+[A-Za-z]{{2,}}"
"""What an ordinary address looks like; with the two conditions of ``plainly_valid`` it needs no second look."""
_RESERVED = rf"(?i)\.(?:{'|'.join(map(re.escape, SPECIAL_USE_DOMAIN_NAMES))})$"
_MAX_LOCAL_LENGTH, _MAX_PLAIN_DOMAIN_LENGTH = 64, 63

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


def plainly_valid(texts: pd.Series[str]) -> pd.Series[str]:
    """Give the wire form of every address that is plainly valid; null elsewhere. ``texts`` may hold nulls.

    The library has the last word on reserved names, other scripts, punycode and whatever is long or odd.
    """
    array = pa.array(texts, type=pa.large_string(), from_pandas=True)
    fits = pc.and_(
        pc.match_substring_regex(array, f"^{PLAIN_EMAIL}$"),
        pc.invert(pc.match_substring_regex(array, _RESERVED)),
    )
    at = pc.find_substring(array, "@")
    domain_length = pc.subtract(pc.subtract(pc.binary_length(array), at), 1)
    is_short = pc.and_(
        pc.less_equal(at, _MAX_LOCAL_LENGTH),
        pc.less_equal(domain_length, _MAX_PLAIN_DOMAIN_LENGTH),  # then no label is too long either
    )
    wire = pc.if_else(pc.and_(fits, is_short), pc.ascii_lower(array), None)
    return pd.Series(wire.to_pandas(), dtype="str").set_axis(texts.index)


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
