"""Things in tickets that look like addresses or numbers and are none."""

from __future__ import annotations

import random
from collections.abc import Callable

from eval.phrases import Phrases

Make = Callable[[random.Random, Phrases], str]


def digits(rng: random.Random, number: int) -> str:
    """Random digits, the first not zero."""
    return str(rng.randrange(10 ** (number - 1), 10**number))


def a_card(rng: random.Random) -> str:
    """Sixteen digits that pass Luhn."""
    start = "4" + digits(rng, 14)
    total = sum(sum(divmod(int(sign) * (2 if place % 2 == 0 else 1), 10)) for place, sign in enumerate(start))
    number = start + str(-total % 10)
    return " ".join(number[place : place + 4] for place in range(0, 16, 4))


def a_date(rng: random.Random, mark: str) -> str:
    """A day of the year."""
    return mark.join([f"20{rng.randrange(10, 30)}", f"{rng.randrange(1, 13):02}", f"{rng.randrange(1, 29):02}"])


NOISE: dict[str, Make] = {
    "order number": lambda rng, say: f"{say.order} {digits(rng, 10)}",
    "order number in groups": lambda rng, say: f"{say.order} {a_date(rng, '')[:4]}-{digits(rng, 8)}",
    "invoice number": lambda rng, say: f"{say.invoice} {digits(rng, 9)}",
    "invoice number with letters": lambda rng, say: f"{say.invoice} INV-{digits(rng, 7)}",
    "ticket number": lambda rng, _: f"#{digits(rng, 10)}",
    "date": lambda rng, _: a_date(rng, "-"),
    "date, day first": lambda rng, _: ".".join(reversed(a_date(rng, ".").split("."))),
    "date without marks": lambda rng, _: a_date(rng, ""),
    "moment": lambda rng, _: f"{a_date(rng, '-')} {rng.randrange(24):02}:{rng.randrange(60):02}:{rng.randrange(60):02}",
    "span of dates": lambda rng, _: f"{a_date(rng, '/')} - {a_date(rng, '/')}",
    "amount": lambda rng, _: f"{digits(rng, 1)},{digits(rng, 3)},{digits(rng, 3)}.00",
    "amount in Europe": lambda rng, _: f"{digits(rng, 2)}.{digits(rng, 3)},{digits(rng, 2)} EUR",
    "amount, no marks": lambda rng, _: f"USD {digits(rng, 7)}",
    "IPv4": lambda rng, _: ".".join(str(rng.randrange(10, 256)) for _ in range(4)),
    "IPv6": lambda rng, _: f"2001:db8:{digits(rng, 4)}:{digits(rng, 4)}::{digits(rng, 2)}",
    "IBAN": lambda rng, _: f"DE{digits(rng, 2)} 3704 0044 {digits(rng, 4)} {digits(rng, 4)} 00",
    "card": lambda rng, _: a_card(rng),
    "version": lambda rng, _: f"version {digits(rng, 1)}.{digits(rng, 2)}.{digits(rng, 4)}.{digits(rng, 3)}",
    "VAT number": lambda rng, _: f"VAT DE{digits(rng, 9)}",
    "ISBN": lambda rng, _: f"ISBN 978-3-16-{digits(rng, 6)}-{digits(rng, 1)}",
    "parcel": lambda rng, _: f"1Z999AA1{digits(rng, 10)}",
    "parcel in digits": lambda rng, _: f"tracking {digits(rng, 20)}",
    "place": lambda rng, _: f"52.{digits(rng, 7)}, 13.{digits(rng, 6)}",
    "UUID": lambda rng, _: f"{digits(rng, 8)}-{digits(rng, 4)}-4{digits(rng, 3)}-a{digits(rng, 3)}-{digits(rng, 12)}",
    "seconds since 1970": lambda rng, _: f"ts=17{digits(rng, 8)}",
    "Message-ID": lambda rng, _: f"Message-ID: <{digits(rng, 8)}.{digits(rng, 5)}@mail.example.com>",
    "repository": lambda _, __: "git@github.com:mill/loom.git",
    "picture": lambda rng, _: f"icon@{rng.randrange(2, 4)}x.png",
    "user of a URL": lambda _, __: "https://deploy:secret@host.example.com/repo",
    "handle": lambda rng, _: f"@mill{digits(rng, 3)}",
    "price": lambda rng, _: f"{digits(rng, 1)} @ {digits(rng, 1)}.50",
}
"""By kind: what makes one."""
