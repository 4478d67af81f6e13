"""The figures of one half of the corpus: ours beside the peers'."""

from __future__ import annotations

import random
from collections.abc import Iterator

import pandas as pd

from eval import ours, peers
from eval.corpus import Half, Ticket, tickets
from eval.scoring import Score, Span, score_choices, score_spans

SHARE_KNOWN = 0.85
"""Share of the requesters that are contacts."""

Line = tuple[str, str, Score]
"""What is measured, who was measured, the score."""


def measure(number: int, half: Half) -> Iterator[Line]:
    """Score ours and the peers on so many tickets of one half."""
    made = list(tickets(number, half))
    found = ours.mined(made)
    yield "e-mail", "ours", score_spans(ours.spans(found, "email"), _gold(made, "email"))
    yield "e-mail", "a naive regex", score_spans(peers.naive_emails(made), _gold(made, "email"))
    yield "phone", "ours", score_spans(ours.spans(found, "phone"), _gold(made, "phone"))
    yield "phone", "a naive regex", score_spans(peers.naive_phones(made), _gold(made, "phone"))
    yield "phone", "phonenumbers alone", score_spans(peers.phonenumbers_alone(made), _gold(made, "phone"))
    for kind, name in (("email", "e-mail"), ("phone", "phone")):
        wanted = {place: value for place, ticket in enumerate(made) if (value := getattr(ticket, kind)) is not None}
        yield f"requester's {name}", "ours", score_choices(ours.requesters(found, kind), wanted)
        yield f"requester's {name}", "the first found", score_choices(_first(found, kind), wanted)
    contacts = _contacts(made)
    known = set(contacts)
    wanted_links = {place: ticket.email for place, ticket in enumerate(made) if ticket.email in known}
    yield "links", "ours", score_choices(ours.links(found, contacts), wanted_links)


def _gold(made: list[Ticket], kind: str) -> list[Span]:
    return [
        (place, gold.start, gold.end, gold.value)
        for place, ticket in enumerate(made)
        for gold in ticket.gold
        if gold.kind == kind
    ]


def _first(found: pd.DataFrame, kind: str) -> dict[int, str]:
    first = found[found["kind"] == kind].drop_duplicates("row")
    return dict(zip(first["row"], first["value"], strict=True))


def _contacts(made: list[Ticket]) -> pd.Series:
    """The addresses of most requesters, and of others who are in the tickets: a link to those is a wrong one."""
    rng = random.Random(7)
    everybody = dict.fromkeys(gold.value for ticket in made for gold in ticket.gold if gold.kind == "email")
    return pd.Series([address for address in everybody if rng.random() < SHARE_KNOWN], dtype="str")
