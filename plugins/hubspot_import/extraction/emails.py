"""E-mail addresses in running text: a cheap scan around each ``@``, then email-validator's word on what it found."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from email_validator import EmailNotValidError, validate_email

MAX_LOCAL_LENGTH = 64
MAX_DOMAIN_LENGTH = 255

# Scripts written without blanks (Chinese, Japanese, Thai) are left out, so that prose around an address does not stick
# to it: メールはa@b.comです.
_LETTERS = "A-Za-z0-9À-ÖØ-öø-ɏͰ-ԯḀ-ῼ"
_LOCAL_END = re.compile(rf"[{_LETTERS}!#$%&'*+=?^_{{|}}~.-]+\Z")
_DOMAIN_START = re.compile(rf"[{_LETTERS}.-]+")
_URL_START = re.compile(r"\w://\S*\Z")
_QUERY_MARKS = re.compile(r"[?&=#]")
_LEADING_PUNCTUATION = ".'*=_-|~{#!?&"


def find_emails(text: str) -> Iterator[tuple[int, int, str]]:
    """Find the addresses of a text as (start, end, address in lower case), in order; the span holds the address alone.

    Brackets, ``mailto:``, quotes and punctuation around an address are not part of it. Work is linear in the text.
    """
    at = text.find("@")
    while at >= 0:
        start, end = _start(text, at), _end(text, at)
        address = normalized_email(text[start:end]) if start < at and end > at + 1 else None
        if address is not None:
            yield start, end, address
        at = text.find("@", at + 1)


@lru_cache(maxsize=65_536)
def normalized_email(candidate: str) -> str | None:
    """Return an address in lower case as HubSpot keeps it, or None when RFC 5322 (email-validator) does not take it."""
    try:
        return validate_email(candidate, check_deliverability=False).normalized.lower()
    except EmailNotValidError:
        return None


def _start(text: str, at: int) -> int:
    """Where the local part begins; ``at`` itself when there is none."""
    found = _LOCAL_END.search(text, max(0, at - MAX_LOCAL_LENGTH - 1), at)
    if found is None or text[found.start() - 1 : found.start()] == "@":
        return at
    local = found.group()
    cut = local.rfind("..") + 2 if ".." in local else 0
    before = _URL_START.search(text, max(0, found.start() - MAX_DOMAIN_LENGTH), found.start())
    if before is not None:
        marks = list(_QUERY_MARKS.finditer(local))
        if not marks and before.group().rstrip("/").count("/") < 3:
            return at  # the user name of a URL: https://user:secret@host
        cut = max(cut, marks[-1].end() if marks else 0)
    rest = local[cut:]
    return found.start() + cut + len(rest) - len(rest.lstrip(_LEADING_PUNCTUATION))


def _end(text: str, at: int) -> int:
    """Where the domain ends; right after the ``@`` when there is none."""
    found = _DOMAIN_START.match(text, at + 1, at + 1 + MAX_DOMAIN_LENGTH)
    if found is None or text[found.end() : found.end() + 1] == "@":
        return at + 1
    domain = found.group().partition("..")[0].rstrip(".-")
    return at + 1 + len(domain)
