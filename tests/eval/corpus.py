"""A labelled corpus of tickets, made from a seed: every span, value and role is known because it was put there."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum

from eval.more_phrases import ALL_PHRASES
from eval.noise import NOISE
from eval.phrases import Phrases
from eval.writing import a_number, address_written, an_address, e164, number_written

OWN_DOMAIN = "desk.example.com"
REGIONS = {
    "en": ("US", "GB", "CA", "AU", "IN"),
    "de": ("DE", "AT"),
    "fr": ("FR", "BE"),
    "es": ("ES", "MX"),
    "pt": ("BR", "PT"),
    "it": ("IT",),
    "nl": ("NL",),
    "pl": ("PL",),
    "sv": ("SE",),
    "tr": ("TR",),
    "ru": ("RU",),
    "ja": ("JP",),
    "zh": ("CN",),
    "ar": ("SA",),
}


class Half(StrEnum):
    """Which half of the templates: ``tuning`` may be looked at when rules are changed, ``held_back`` may not."""

    TUNING = "tuning"
    HELD_BACK = "held_back"


@dataclass(frozen=True, slots=True, kw_only=True)
class Gold:
    """One thing to find."""

    kind: str
    value: str
    start: int
    end: int
    role: str


@dataclass(slots=True, kw_only=True)
class Ticket:
    """A ticket's text and what is in it. ``email`` and ``phone`` are the requester's own, or None."""

    region: str
    text: str = ""
    gold: list[Gold] = field(default_factory=list)
    email: str | None = None
    phone: str | None = None

    def say(self, text: str) -> None:
        """Add text in which nothing is to be found."""
        self.text += text

    def put(self, sentence: str, *, kind: str, value: str, written: str, role: str, name: str = "") -> None:
        """Add a sentence, with what is written at its ``{x}``."""
        before, _, behind = sentence.replace("{n}", name).partition("{x}")
        self.text += before
        self.gold.append(
            Gold(kind=kind, value=value, start=len(self.text), end=len(self.text) + len(written), role=role)
        )
        self.text += written + behind


@dataclass(frozen=True, slots=True, kw_only=True)
class Maker:
    """Makes the parts of one ticket."""

    ticket: Ticket
    say: Phrases
    language: str
    half: Half
    rng: random.Random

    def one_of(self, phrases: tuple[str, ...]) -> str:
        """A phrase of this half's."""
        return self.rng.choice(phrases[0 if self.half is Half.TUNING else 1 :: 2])

    def address(self, sentence: str, role: str, value: str | None = None, *, is_plain: bool = False) -> str:
        """Put an address into a sentence."""
        address = value or an_address(self.rng)
        written = address if is_plain else address_written(address, self.rng)
        name = "" if self.language in ("ja", "zh") else self.rng.choice(("Ann Lee", "Jo Mill", "Vera Birch"))
        self.ticket.put(sentence, kind="email", value=address, written=written, role=role, name=name)
        return address

    def number(self, sentence: str, role: str) -> str:
        """Put a phone number into a sentence."""
        number = a_number(self.ticket.region, self.rng)
        written = number_written(number, self.language, self.rng)
        self.ticket.put(sentence, kind="phone", value=e164(number), written=written, role=role)
        return e164(number)

    def body(self) -> None:
        """Greeting, problem, noise, and where the requester is to be reached."""
        rng, ticket = self.rng, self.ticket
        ticket.say(f"{self.one_of(self.say.hello)}\n\n{self.one_of(self.say.problem)}\n")
        for kind in rng.sample(list(NOISE), rng.randrange(4)):
            ticket.say(NOISE[kind](rng, self.say) + rng.choice(("\n", ".\n", "\n\n")))
        if rng.random() < 0.15:
            self.address(self.one_of(self.say.desk) + "\n", "agent", f"help@{OWN_DOMAIN}", is_plain=True)
        if rng.random() < 0.12:
            self.address(self.one_of(self.say.colleague) + "\n", "cc", is_plain=True)
        if rng.random() < 0.75:
            ticket.email = self.address(self.one_of(self.say.email), "requester")
            ticket.say(rng.choice(("\n", " ", "\n\n")))
        if rng.random() < 0.6:
            ticket.phone = self.number(self.one_of(self.say.phone) + "\n", "requester")
        if rng.random() < 0.1:
            self.address(f"\n{self.say.cc}\n", "cc", is_plain=True)

    def signature(self) -> None:
        """A signature, at times with the requester's address and number."""
        self.ticket.say(f"\n{self.say.bye}\n-- \nJo Mill\n")
        if self.rng.random() < 0.6:
            known = self.ticket.email
            address = self.address("{x}\n", "signature", known, is_plain=True)
            self.ticket.email = known or address
        if self.rng.random() < 0.5:
            number = self.number("Tel. {x}\n", "signature")
            self.ticket.phone = self.ticket.phone or number

    def quoted(self, style: int) -> None:
        """An earlier mail below the own words, in one of five styles, with an address in it."""
        mark = "> " if style in (0, 3) else ""
        other = f"help@{OWN_DOMAIN}" if self.rng.random() < 0.5 else an_address(self.rng)
        role = "agent" if other.endswith(OWN_DOMAIN) else "quoted"
        self.ticket.say("\n\n")
        if style in (0, 1):
            self.address(self.say.wrote + "\n", role, other, is_plain=True)
        elif style == 2:
            self.ticket.say(f"{self.say.original}\n")
            self.address(self.say.headers[0] + "\n", role, other, is_plain=True)
        elif style == 4:
            self.address("\n".join(self.say.headers) + "\n\n", role, other, is_plain=True)
        self.ticket.say(f"{mark}{self.one_of(self.say.problem)}\n")
        self.address(f"{mark}{self.one_of(self.say.email)}\n", "quoted")
        if self.rng.random() < 0.4:
            self.number(f"{mark}{self.one_of(self.say.phone)}\n", "quoted")


def tickets(number: int, half: Half, seed: int = 2026) -> Iterator[Ticket]:
    """Make tickets; the same ones for the same arguments."""
    rng = random.Random(f"{seed}/{half}")
    languages = list(ALL_PHRASES)
    for place in range(number):
        language = languages[place % len(languages)]
        ticket = Ticket(region=rng.choice(REGIONS[language]))
        maker = Maker(ticket=ticket, say=ALL_PHRASES[language], language=language, half=half, rng=rng)
        if rng.random() < 0.08:
            maker.address(f"> {maker.one_of(maker.say.email)}\n", "quoted")
            ticket.say("\n\n")
        maker.body()
        if rng.random() < 0.3:
            maker.signature()
        if rng.random() < 0.35:
            maker.quoted(rng.randrange(5))
        yield ticket
