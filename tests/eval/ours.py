"""What the importer finds in the corpus' tickets, whose it takes it for, and whom it links them to."""

from __future__ import annotations

import pandas as pd

from eval.corpus import OWN_DOMAIN, Ticket
from eval.scoring import Span
from hubspot_import.api import mine_text
from hubspot_import.extraction.candidates import best_addresses, best_numbers, match_by_value, surest
from hubspot_import.tables import ROW


def mined(tickets: list[Ticket]) -> pd.DataFrame:
    """Mine the tickets' texts with their regions, as the stage does."""
    texts, regions = [ticket.text for ticket in tickets], [ticket.region for ticket in tickets]
    found = mine_text(texts, regions=regions, own_domains=[OWN_DOMAIN])
    return found.rename(columns={"text": "row"}).assign(column="content")


def spans(found: pd.DataFrame, kind: str) -> list[Span]:
    """The finds of one kind."""
    rows = found[found["kind"] == kind]
    return list(zip(rows["row"], rows["start"], rows["end"], rows["value"], strict=True))


def requesters(found: pd.DataFrame, kind: str) -> dict[int, str]:
    """Each ticket's own address or number, as far as it is sure enough to be written."""
    nobody = pd.Series([], dtype="str")
    best = best_addresses(found, nobody) if kind == "email" else best_numbers(found)
    sure = surest(best)
    return dict(zip(sure[ROW], sure["value"], strict=True))


def links(found: pd.DataFrame, contacts: pd.Series) -> dict[int, str]:
    """The contact each ticket is linked to, by address; suggestions left out. ``contacts`` is indexed by row."""
    targets = pd.DataFrame({ROW: contacts.index, "value": contacts.to_numpy()})
    wanted = best_addresses(found, contacts)
    matched = surest(match_by_value(wanted, targets, match_property="email", matched_by="ticket_email"))
    known = matched.dropna(subset=["to_row"])
    return {int(row): str(contacts[to]) for row, to in zip(known["from_row"], known["to_row"], strict=True)}
