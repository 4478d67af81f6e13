"""What stands in the account for the rows of one part: the record each row is, or the several it could be."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

import pandas as pd

from hubspot_import.client.wire import Record
from hubspot_import.mapping.spec import OnAmbiguous
from hubspot_import.planning.ways import DOMAIN, Way, answered_texts, asked_texts, is_other_company
from hubspot_import.tables import ROW

CREATED = "createdate"
Ask = Callable[[Way, list[str]], Mapping[str, Sequence[Record]]]
"""Asks the account by one way for texts; gives the records that answer to each."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """``records``: row → the record that stands for it. ``ambiguous``: row → ids of the several that fit.

    A row in both was given the oldest of them.
    """

    records: Mapping[int, Record] = field(default_factory=dict)
    ambiguous: Mapping[int, tuple[str, ...]] = field(default_factory=dict)

    def and_then(self, later: Standing) -> Standing:
        """Add what a later way found for the rows that were still open."""
        return Standing(records={**later.records, **self.records}, ambiguous={**later.ambiguous, **self.ambiguous})

    def still_open(self, records: pd.DataFrame) -> pd.DataFrame:
        """The rows no way has found yet."""
        return records[~records[ROW].isin({*self.records, *self.ambiguous})]


def by_text(found: Iterable[Record], way: Way) -> dict[str, list[Record]]:
    """Sort the records of a search by the texts they answer to."""
    sorted_records: dict[str, list[Record]] = {}
    for record in found:
        for text in answered_texts(record, way):
            sorted_records.setdefault(text, []).append(record)
    return sorted_records


def match(
    records: pd.DataFrame,
    texts: pd.Series,
    answers: Mapping[str, Sequence[Record]],
    way: Way,
    *,
    on_ambiguous: OnAmbiguous = OnAmbiguous.REJECT,
) -> Standing:
    """Give each row the records that answer to its texts: one is the row's record, several are a question.

    ``texts`` comes from ``asked_texts`` and shares the index of ``records``.
    """
    candidates: dict[int, dict[str, Record]] = {}
    rows = records[ROW].loc[texts.index]
    domains = records[DOMAIN].loc[texts.index] if DOMAIN in records else [None] * len(texts)
    for row, text, domain in zip(rows, texts, domains, strict=True):
        own_domain = domain if isinstance(domain, str) else None
        for record in answers.get(text, ()):
            if not is_other_company(way, own_domain, record):
                candidates.setdefault(int(row), {})[record.id] = record
    return Standing(
        records={
            row: _oldest(found.values())
            for row, found in candidates.items()
            if len(found) == 1 or on_ambiguous is OnAmbiguous.OLDEST
        },
        ambiguous={row: tuple(sorted(found)) for row, found in candidates.items() if len(found) > 1},
    )


def _oldest(found: Iterable[Record]) -> Record:
    """The record created first; HubSpot's ids grow, which decides between two of one moment."""
    return min(found, key=lambda record: (record.properties.get(CREATED, ""), int(record.id)))


def look_up(
    records: pd.DataFrame, ladder: Iterable[Way], ask: Ask, *, on_ambiguous: OnAmbiguous = OnAmbiguous.REJECT
) -> Standing:
    """Find what stands for each row, the best way first; a later way is asked for the rows still open."""
    standing = Standing()
    for way in ladder:
        still_open = standing.still_open(records)
        texts = asked_texts(still_open, way)
        if len(texts):
            answers = ask(way, list(texts.unique()))
            standing = standing.and_then(match(still_open, texts, answers, way, on_ambiguous=on_ambiguous))
    return standing
