"""Addresses and numbers made to tell a fast reader from email-validator and phonenumbers: seeded, as many as asked."""

from __future__ import annotations

import random
from functools import cache

import pandas as pd
import phonenumbers
from phonenumbers import PhoneMetadata

_LOCALS = [
    "ann", "bob.lee", "o'brien", "a", "x" * 60, "y" * 64, "z" * 65, "ann+crm", "_x_", "a.b.c.d", "1", "-a", "a-",
    "a--b", "!def!xyz%abc", "jürgen", '"q q"', "a..b", ".a", "a.", "postmaster", "ann=x", "a.b.c.d.e.f.g",
]  # fmt: skip
_DOMAINS = [
    "example.com", "gmail.com", "mail.example.co.uk", "a.b.c.example.org", "foo-bar.de", "x.museum", "EXAMPLE.COM",
    "123.com", "3m.com", "x--y.com", "xn--bcher-kva.de", "xn--a.com", "ab--cd.org", "foo-.com", "-foo.com", "test.test",
    "example.test", "a.invalid", "localhost", "foo.local", "münchen.de", "1.2.3.4", "[1.2.3.4]", "a.1b", "b.c1",
    "a_b.com", "foo.onion", "in-addr.arpa",
    "x.alt", "home.example", "x" * 40 + ".com", "a" * 63 + ".com", "a" * 64 + ".com",
    ("a" * 40 + ".") * 6 + "com", "ex ample.com", "example.c", "example.com\n",
]  # fmt: skip
_ODD = "abz09.-_@ '\"+!#$%&*/=?^`{|}~é\u00df\u200b,;:<>()[]\\\n\tAZ"
_KINDS = ("fixed_line", "mobile", "toll_free", "premium_rate", "shared_cost", "voip", "uan", "pager", "personal_number")
_DIGITS = "0123456789" * 3 + " -.()+/,x"


def odd_addresses(count: int, seed: int) -> pd.Series[str]:
    """Addresses of every make, most of them with a character or two changed."""
    chance = random.Random(seed)
    plain = (_LOCALS[:5], _DOMAINS[:9])
    sources = (plain if chance.random() < 0.6 else (_LOCALS, _DOMAINS) for _ in range(count))
    wholes = (
        f"{chance.choice(locals_)}{chance.randrange(100)}@{chance.choice(domains)}" for locals_, domains in sources
    )
    return pd.Series([_changed(chance, whole, _ODD, chance.choice([0, 1, 1, 2])) for whole in wholes], dtype="str")


def odd_numbers(count: int, seed: int) -> pd.Series[str]:
    """International numbers of every country and kind, most of them with a digit or two changed."""
    chance = random.Random(seed)
    plans = [PhoneMetadata.metadata_for_region(region) for region in sorted(phonenumbers.SUPPORTED_REGIONS)]
    examples = [f"+{plan.country_code}{number}" for plan in plans for number in _examples(plan.id)]
    wholes = (chance.choice(examples) for _ in range(count))
    return pd.Series(
        [_changed(chance, whole, _DIGITS, chance.choice([0, 1, 1, 2, 3])) for whole in wholes], dtype="str"
    )


def odd_domestic_numbers(count: int, seed: int, region: str) -> pd.Series[str]:
    """Numbers as they are dialled within a region: with and without its prefix, with its calling code, and changed."""
    chance, plan = random.Random(seed), PhoneMetadata.metadata_for_region(region)
    fronts = [
        "",
        "",
        plan.national_prefix or "",
        plan.national_prefix or "0",
        "0",
        "00",
        str(plan.country_code),
        "1",
        "8",
    ]
    wholes = (f"{chance.choice(fronts)}{chance.choice(_examples(region))}" for _ in range(count))
    return pd.Series([_changed(chance, whole, _DIGITS, chance.choice([0, 1, 1, 2])) for whole in wholes], dtype="str")


@cache
def _examples(region: str) -> tuple[str, ...]:
    """phonenumbers' own examples of every kind of number in a country."""
    plan = PhoneMetadata.metadata_for_region(region)
    kinds = [getattr(plan, kind) for kind in _KINDS]
    return tuple(kind.example_number for kind in kinds if kind and kind.example_number)


def _changed(chance: random.Random, text: str, characters: str, times: int) -> str:
    """The text with some characters replaced, inserted or removed."""
    letters = list(text)
    for _ in range(times):
        place, how = chance.randrange(len(letters)), chance.random()
        if how < 0.5:
            letters[place] = chance.choice(characters)
        elif how < 0.8 or len(letters) == 1:
            letters.insert(place, chance.choice(characters))
        else:
            del letters[place]
    return "".join(letters)
