"""Domain names: which endings exist, the registrable part, and hosts at which anybody may have an address."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache, lru_cache

from publicsuffixlist import PublicSuffixList

from hubspot_import.extraction.shared_hosts import SHARED_HOSTS

RESERVED = frozenset({"example.com", "example.net", "example.org"})
"""RFC 2606: whoever documents with them names a company below them, as below a public suffix."""
FILE_ENDINGS = frozenset(
    {"png", "jpg", "jpeg", "gif", "svg", "webp", "bmp", "ico", "pdf", "css", "js", "html", "htm"}
) | {*("xml", "json", "txt", "csv", "log", "docx", "xlsx")}


@lru_cache(maxsize=65_536)
def has_real_ending(domain: str) -> bool:
    """Say whether a domain of at least two labels ends in a top-level domain of the public suffix list (no network)."""
    labels = domain.lower().split(".")
    return len(labels) > 1 and all(labels) and _is_top_level(_ascii(labels[-1]))


def _is_top_level(label: str) -> bool:
    """Say whether a label ends any rule of the list: ``za`` has no rule of its own, but ``co.za`` has."""
    return any(_endings().publicsuffix(probe) is not None for probe in (label, f"co.{label}"))


@lru_cache(maxsize=65_536)
def registrable(host: str) -> str:
    """The part of a host that somebody registered: ``x.co.uk`` of ``mail.x.co.uk``; the host itself when unknown."""
    labels = host.lower().split(".")
    for suffix in RESERVED:
        if host.endswith(f".{suffix}"):
            return ".".join(labels[-3:])
    return _endings().privatesuffix(host.lower()) or host.lower()


def is_shared_host(host: str) -> bool:
    """Say whether addresses at a host tell nothing about a company: free mail and internet providers."""
    return host.lower() in SHARED_HOSTS or registrable(host) in SHARED_HOSTS


def normalized_domains(domains: Iterable[str]) -> frozenset[str]:
    """Domains in lower case, without blanks and a leading @ or www."""
    cleaned = (domain.strip().lower().removeprefix("@").removeprefix("www.") for domain in domains)
    return frozenset(domain for domain in cleaned if domain)


def is_below(host: str, domains: frozenset[str]) -> bool:
    """Say whether a host is one of the domains or below one."""
    if not domains:
        return False
    labels = host.split(".")
    return any(".".join(labels[number:]) in domains for number in range(len(labels)))


@cache
def _endings() -> PublicSuffixList:
    return PublicSuffixList(accept_unknown=False)


def _ascii(label: str) -> str:
    try:
        return label.encode("idna").decode("ascii") if not label.isascii() else label
    except UnicodeError:
        return label
