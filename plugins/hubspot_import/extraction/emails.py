"""E-mail addresses in running text: a cheap scan around each ``@``, then email-validator's word on what it found."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from email_validator import SPECIAL_USE_DOMAIN_NAMES, EmailNotValidError, validate_email

from hubspot_import.extraction.domains import FILE_ENDINGS, has_real_ending
from hubspot_import.extraction.folding import Folded, fold
from hubspot_import.extraction.spelt import spelt_addresses
from hubspot_import.mapping.emails import PLAIN_EMAIL

MAX_LOCAL_LENGTH = 64
MAX_DOMAIN_LENGTH = 255
MAX_PLAIN_DOMAIN_LENGTH = 63
"""Up to this length no label of a domain can be too long either."""

# Prose glued to an address is told from it by script: メールはa@b.comです. A local part is of the script that stands
# before the @, a label of the script it begins with.
_LATIN = "A-Za-z0-9À-ÖØ-öø-ɏ\u0300-\u036fḀ-ỿ"
_MARKS = "!#$%&'*+=?^_{|}~.\u2019-"
_LATIN_LOCAL_END = re.compile(rf"[{_LATIN}{_MARKS}]+\Z")
_OTHER_LOCAL_END = re.compile(rf"[^\W{_LATIN}]+(?:[0-9{_MARKS}]*[^\W{_LATIN}]+)*[0-9]*\Z")
_LABEL = re.compile(rf"[{_LATIN}](?:[{_LATIN}_-]*[{_LATIN}])?|(?:[^\W_{_LATIN}]|[\u0900-\u0dff\u0e30-\u0e4e-])+")
_URL_START = re.compile(r"(?:\w://|(?<!\w)mailto:)\S*\Z", re.IGNORECASE)
_QUERY_MARKS = re.compile(r"[?&=#]")
_LEADING_PUNCTUATION = ".'\u2019*=_-|~{#!?&$%^+"
_SENTENCE = re.compile(r"[A-Z\u00c0-\u00de][a-z\u00df-\u00ff]+")
_PATH = re.compile(r":[\w.~-]*/[\w./~-]*|:[\w-]+\.[A-Za-z]{2,4}(?!\w)")
_MESSAGE_ID_LINE = re.compile(r"[>\s]*(?:message-id|in-reply-to|references|content-id)\s*:", re.IGNORECASE)
_HEADER_AHEAD = re.compile(r"\n(?![ \t])")
_MACHINE_LOCAL = re.compile(
    r"(?=.{20,})(?=(?:\D*\d){5})(?:[0-9a-f.-]+|.*[$=].*|[A-Za-z0-9._-]*JavaMail.*|\d{8,}\..*|[A-Za-z0-9+_=-]{30,})",
    re.IGNORECASE,
)
_RETINA = re.compile(r"\dx\.", re.IGNORECASE)
_IS_PLAIN = re.compile(PLAIN_EMAIL)


def find_emails(text: str) -> Iterator[tuple[int, int, str]]:
    """Find the addresses of a text as (start, end, address in lower case), in order; the span holds the address alone.

    Full-width, invisible and HTML-encoded characters and ``name [at] domain [dot] com`` are read as meant. Brackets,
    ``mailto:``, quotes and punctuation around an address are not part of it. Work is linear in the text.
    """
    return emails_in(fold(text))


def emails_in(folded: Folded) -> Iterator[tuple[int, int, str]]:
    """Find the addresses of a text that is folded already; the spans are the original's."""
    for start, end, address in sorted(_found(folded.text)):
        yield (*folded.span(start, end), address)


@lru_cache(maxsize=65_536)
def normalized_email(candidate: str) -> str | None:
    """Return an address in lower case as HubSpot keeps it, or None when RFC 5322 (email-validator) does not take it."""
    local, _, domain = candidate.rpartition("@")
    is_short = len(local) <= MAX_LOCAL_LENGTH and len(domain) <= MAX_PLAIN_DOMAIN_LENGTH
    if (
        is_short
        and _IS_PLAIN.fullmatch(candidate)
        and domain.rpartition(".")[2].lower() not in SPECIAL_USE_DOMAIN_NAMES
    ):
        return candidate.lower()
    try:
        return validate_email(candidate, check_deliverability=False).normalized.lower()
    except EmailNotValidError:
        return None


def _found(text: str) -> Iterator[tuple[int, int, str]]:
    at = text.find("@")
    while at >= 0:
        if not _may_be_one(text, at):
            at = text.find("@", at + 1)
            continue
        start = _start(text, at)
        end = _end(text, at) if start < at else at
        if end > at + 1 and not _is_machine_made(text, start, at, end):
            address = normalized_email(text[start:end])
            if address is not None:
                yield start, end, address
        at = text.find("@", at + 1)
    for start, end, candidate in spelt_addresses(text):
        domain = candidate.rpartition("@")[2]
        address = normalized_email(candidate) if has_real_ending(domain) else None
        if address is not None:
            yield start, end, address


def _may_be_one(text: str, at: int) -> bool:
    """Turn down at a glance what has no letter or digit behind the ``@``, or a blank before it."""
    return text[at + 1 : at + 2].isalnum() and not text[at - 1 : at].isspace()


def _start(text: str, at: int) -> int:
    """Where the local part begins; ``at`` itself when there is none."""
    reach = max(0, at - MAX_LOCAL_LENGTH - 1)
    found = _LATIN_LOCAL_END.search(text, reach, at) or _OTHER_LOCAL_END.search(text, reach, at)
    if found is None or text[found.start() - 1 : found.start()] == "@":
        return at
    local = found.group()
    cut = local.rfind("..") + 2 if ".." in local else 0
    ahead = text[max(0, found.start() - MAX_DOMAIN_LENGTH) : found.start()]
    before = _URL_START.search(ahead) if ":" in ahead else None
    if before is not None:
        is_link = before.group()[1:4] == "://"
        marks = list(_QUERY_MARKS.finditer(local)) if is_link or "?" in before.group() + local else []
        if not marks and is_link and before.group().rstrip("/").count("/") < 3:
            return at  # the user name of a URL: https://user:secret@host
        cut = max(cut, marks[-1].end() if marks else 0)
    rest = local[cut:]
    return found.start() + cut + len(rest) - len(rest.lstrip(_LEADING_PUNCTUATION))


def _end(text: str, at: int) -> int:
    """Where the domain ends; right after the ``@`` when there is none."""
    labels, position = [], at + 1
    while position - at <= MAX_DOMAIN_LENGTH:
        label = _LABEL.match(text, position, at + 1 + MAX_DOMAIN_LENGTH)
        if label is None:
            break
        labels.append(label.group())
        position = label.end() + 1
        if text[label.end() : label.end() + 1] != ".":
            break
    domain = ".".join(labels)
    if text[at + 1 + len(domain) : at + 2 + len(domain)] == "@":
        return at + 1
    return at + 1 + len(_real_domain(labels))


def _real_domain(labels: list[str]) -> str:
    """The labels that make a domain: without a sentence glued behind it, ending in a real top-level domain."""
    while len(labels) > 1:
        last = labels[-1]
        if last.lower() in FILE_ENDINGS and not has_real_ending(".".join(labels)):
            return ""
        rest = labels[:-1]
        is_sentence = _SENTENCE.fullmatch(last) and len(rest) > 1 and rest[-1].islower()
        if not (is_sentence and has_real_ending(".".join(rest))):
            if has_real_ending(".".join(labels)):
                return ".".join(labels)
            shorter = _shorter_ending(rest, last)
            if shorter:
                return shorter
        labels = rest
    return ""


def _shorter_ending(rest: list[str], last: str) -> str:
    """The domain when prose in its own script is glued to a top-level domain of that script: 中国です."""
    if last.isascii():
        return ""
    endings = (".".join([*rest, last[:length]]) for length in range(min(len(last) - 1, 12), 1, -1))
    return next((ending for ending in endings if has_real_ending(ending)), "")


def _is_machine_made(text: str, start: int, at: int, end: int) -> bool:
    """Tell Message-IDs, ``git@host:path``, ``cid:`` references and retina images from addresses."""
    local, domain, before = text[start:at], text[at + 1 : end], text[start - 1 : start]
    if _RETINA.match(domain) or text[max(0, start - 4) : start].lower() == "cid:":
        return True
    following = text[end : end + 1]
    if following == ":" and (local.lower() in ("git", "hg", "svn") or _PATH.match(text, end, end + 80)):
        return "//" not in text[end : end + 4]
    if before == "<" and _MACHINE_LOCAL.fullmatch(local):
        return True
    return before == "<" and _is_in_message_header(text, start)


def _is_in_message_header(text: str, start: int) -> bool:
    """Say whether a place is in a header line (its folded lines counted) that holds Message-IDs."""
    window = text[max(0, start - 1_000) : start]
    line = 0
    for header in _HEADER_AHEAD.finditer(window):
        line = header.end()
    return _MESSAGE_ID_LINE.match(window, line) is not None
