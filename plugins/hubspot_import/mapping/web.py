"""Domains and web addresses."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from hubspot_import.mapping.reading import Reading, refused

_LABEL = r"[^\W_](?:[\w-]{0,61}[^\W_])?"
_DOMAIN = re.compile(rf"(?:{_LABEL}\.)+(?:[^\W\d_]{{2,63}}|xn--[a-z0-9-]{{2,59}})")
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")
_MAX_DOMAIN = 253


def parse_domain(text: str) -> Reading:
    """Read a bare domain name; the wire form is lower case."""
    domain = text.lower()
    if _is_domain(domain):
        return Reading(domain)
    suggestion = _bare_domain(domain)
    return refused("it is not a bare domain name", suggestion if _is_domain(suggestion) else None)


def parse_url(text: str) -> Reading:
    """Read a web address, with or without http(s)://; it is sent as typed, as HubSpot keeps URLs as text."""
    if re.search(r"\s", text):
        return refused("it holds a blank", _suggested_url(re.sub(r"\s+", "", text)))
    host = _host(text)
    if host is not None and _is_domain(host):
        return Reading(text)
    return refused("it has no scheme and host of a web page", _suggested_url(text))


def _is_domain(text: str) -> bool:
    return len(text) <= _MAX_DOMAIN and _DOMAIN.fullmatch(text) is not None and "_" not in text


def _host(text: str) -> str | None:
    """The host of an http(s) address or of one without a scheme, lower case."""
    has_scheme = re.match(r"https?://", text, re.IGNORECASE)
    if not has_scheme and _SCHEME.match(text) and not re.match(r"[^/:]+:[0-9]+(/|$)", text):
        return None
    try:
        parts = urlsplit(text if has_scheme else f"//{text}")
        port = parts.port
    except ValueError:
        return None
    return None if port == 0 or parts.username is not None else parts.hostname


def _bare_domain(text: str) -> str:
    """What is left of an address, an e-mail or a slip of the pen when only the domain is kept."""
    text = re.sub(r"\s+", "", text).replace(",", ".")
    text = re.sub(r"^[a-z]*:?/+", "", text)
    text = re.split(r"[/?#:]", text.rpartition("@")[2], maxsplit=1)[0]
    return re.sub(r"\.{2,}", ".", text).strip(".").removeprefix("www.")


def _suggested_url(text: str) -> str | None:
    mended = re.sub(r"^(https?)[:;.]?/{0,3}(?=[^/])", r"\1://", text, flags=re.IGNORECASE).replace(",", ".")
    mended = mended if re.match(r"https?://", mended, re.IGNORECASE) else f"https://{mended.rpartition('@')[2]}"
    host = _host(mended)
    return mended if host is not None and _is_domain(host) and not re.search(r"\s", mended) else None
