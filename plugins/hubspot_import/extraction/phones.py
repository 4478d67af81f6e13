"""Phone numbers in running text: runs of digits by a cheap scan, then phonenumbers' own matcher on what they hold."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from phonenumbers import Leniency, PhoneNumberFormat, PhoneNumberMatcher, format_number

from hubspot_import.extraction.folding import Folded, fold
from hubspot_import.extraction.lookalikes import REACH, is_something_else

MIN_DIGITS = 7
"""Fewer digits are no number that could be called from abroad; the (slow) matcher is spared such texts."""
_MAX_RUN_LENGTH = 80
_MAX_DIGITS_IN_A_ROW = 17

_RUN = re.compile(r"(?:\+[ \t]?)?\(?[ \t]?\d(?:[\d \t().\-–‐‑/·~+]{5,}\d|\d{6,})")
_DOUBLE_ZERO = re.compile(r"\D{0,2}00(?=[1-9])")
_BREAK = re.compile(r"(?<=\d)(?:[ \t]{2,}|[ \t]?/[ \t]|[ \t](?=\+))")
_LONG_DIGITS = re.compile(rf"\d{{{_MAX_DIGITS_IN_A_ROW + 1},}}")
_EXTENSION = re.compile(
    r"[ \t]?[,;]?[ \t]?(?:ext(?:ension)?|x|poste|int(?:erno)?|durchwahl|dw|доб|extn|ramal|anexo|#)"
    r"[. :]{0,2}\d{1,6}(?!\d)",
    re.IGNORECASE,
)


class Phone(NamedTuple):
    """One number: its span (an extension included), E.164, and whether a numbering plan has it."""

    start: int
    end: int
    value: str
    is_valid: bool


def find_phones(text: str, region: str | None = None) -> Iterator[Phone]:
    """Find the phone numbers of a text, in order. Work is linear in the text.

    ``region`` (ISO 3166, two letters) lets numbers without a country code be read; without one only
    ``+…`` and ``00…`` count.
    A number with a country code that no plan has, but that is as long as its country's are, is given as not valid.
    Order numbers, dates, amounts, cards and the like are left out (``lookalikes``).
    """
    return phones_in(fold(text), region)


def phones_in(folded: Folded, region: str | None = None) -> Iterator[Phone]:
    """Find the phone numbers of a text that is folded already; the spans are the original's."""
    for run in _RUN.finditer(folded.text):
        for start, end in _pieces(folded.text, run.start(), run.end()):
            for phone in _in_run(folded.text, start, end, region):
                yield Phone(*folded.span(phone.start, phone.end), phone.value, phone.is_valid)


def _pieces(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Cut a run at what parts two numbers, and give the pieces that may hold one."""
    places = [start, *(found.end() for found in _BREAK.finditer(text, start, end)), end]
    for left, right in pairwise(places):
        if right - left <= _MAX_RUN_LENGTH:
            digits = sum(sign.isdigit() for sign in text[left:right])
            if digits >= MIN_DIGITS and not _LONG_DIGITS.search(text, left, right):
                yield left, right


def _in_run(text: str, start: int, end: int, region: str | None) -> Iterator[Phone]:
    """Ask the matcher about one run, with a character on either side for what touches it."""
    if _cannot_be_one(text, start, end, region):
        return
    extension = _EXTENSION.match(text, end, end + 24)
    margin = 1 if start and not text[start - 1].isdigit() else 0
    right = extension.end() if extension else min(len(text), end + 1)
    for left, stop, value, is_valid in _matches(text[start - margin : right], region):
        place, last = start - margin + left, start - margin + stop
        last = max(last, extension.end()) if extension and last >= end else last
        number = text[place : min(last, end)]
        is_settled = number == text[start:end].strip()
        if is_settled or not is_something_else(number, text[max(0, place - REACH) : place], text[last : last + 8]):
            yield Phone(place, last, value, is_valid)


def _cannot_be_one(text: str, start: int, end: int, region: str | None) -> bool:
    """Spare the matcher what would be turned down after it."""
    run = text[start:end].strip()
    if "+" in run:
        return False
    start = text.index(run, start)
    is_glued = start > 0 and text[start - 1].isascii() and text[start - 1].isalpha()
    before, behind = text[max(0, start - REACH) : start], text[end : end + 8]
    is_local = region is None and _DOUBLE_ZERO.match(run) is None
    return is_local or is_glued or is_something_else(run, before, behind)


@lru_cache(maxsize=65_536)
def _matches(run: str, region: str | None) -> tuple[tuple[int, int, str, bool], ...]:
    """What phonenumbers finds in a run: (start, end, E.164, is it valid)."""
    valid = _asked(run, region, Leniency.VALID)
    prefix = _DOUBLE_ZERO.match(run)
    if not valid and prefix:
        # Where 00 needs a carrier's code behind it (Brazil) the library does not read it; people write it all the same.
        place = prefix.end() - 2
        abroad = _asked(f"{run[:place]} +{run[place + 2 :]}", None, Leniency.VALID)
        return tuple((min(start, place), end, value, True) for start, end, value, _ in abroad)
    return valid if valid or "+" not in run else _asked(run, None, Leniency.POSSIBLE)


def _asked(run: str, region: str | None, leniency: int) -> tuple[tuple[int, int, str, bool], ...]:
    return tuple(
        (match.start, match.end, format_number(match.number, PhoneNumberFormat.E164), leniency == Leniency.VALID)
        for match in PhoneNumberMatcher(run, region, leniency=leniency)
    )
