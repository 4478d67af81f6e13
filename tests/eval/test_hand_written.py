"""Two hundred tickets written by hand, with what is in each typed by hand."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pytest

from hubspot_import.api import mine_text

OWN_DOMAIN = "desk.example.com"


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """One line of the file. ``finds``: role and value, in the order they stand in the text."""

    language: str
    region: str | None
    text: str
    finds: tuple[tuple[str, str], ...]

    @property
    def addresses(self) -> int:
        """How many finds are addresses."""
        return sum("@" in value for _, value in self.finds)


def read() -> list[Written]:
    """Read the file; lines that begin with # are remarks."""
    lines = Path(__file__).with_name("hand_written.txt").read_text("utf-8").splitlines()
    return [_written(line) for line in lines if line and not line.startswith("#")]


def _written(line: str) -> Written:
    language, region, text, finds = line.split("|")
    pairs = [find.partition(" ") for find in finds.split("; ") if find]
    return Written(
        language=language,
        region=region or None,
        text=text.replace("\\n", "\n"),
        finds=tuple((role, value) for role, _, value in pairs),
    )


ALL = read()


@pytest.mark.parametrize("ticket", ALL, ids=lambda ticket: f"{ticket.language}-{ALL.index(ticket)}")
def test_what_is_in_a_ticket_is_found_and_nothing_else(ticket: Written) -> None:
    found = mine_text([ticket.text], regions=ticket.region, own_domains=[OWN_DOMAIN])
    assert tuple(zip(found["role"], found["value"], strict=True)) == ticket.finds


def test_there_are_as_many_of_each_kind_as_promised() -> None:
    assert len(ALL) >= 200
    assert len({ticket.language for ticket in ALL}) >= 10
    assert sum(not ticket.finds for ticket in ALL) >= 60
    assert sum(ticket.addresses > 1 for ticket in ALL) >= 40
    assert sum(any(role == "quoted" for role, _ in ticket.finds) for ticket in ALL) >= 30
