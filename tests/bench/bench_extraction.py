"""How fast tickets are mined, and that hostile text costs no more a megabyte the longer it is.

Beside ours stands the plain way: phonenumbers' matcher and a regular expression over every text, in the same run.
`python tests/bench/bench_extraction.py [most megabytes]` (default 100).
"""

from __future__ import annotations

import re
import sys
import time
from collections.abc import Callable, Iterable
from pathlib import Path

from phonenumbers import PhoneNumberMatcher

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from hubspot_import.api import mine_text

ORDINARY = "The export stops half way since Monday and nobody in the office can say why; order 4471 is late. "
CONTACTS = (
    "Hello, {} I cannot log in. You can reach me at ann.mill{}@loom.example.com or on +44 20 7946 {:04}. Thanks, Ann"
)
HOSTILE = {"@": "@", "digits": "7", "nested >": "> ", "digits and dots": "12.34 ", "a@a.": "a@a.", "at": " at "}
_NAIVE = re.compile(r"[\w.+-]+@[\w-]+\.[\w.-]+")


def main() -> None:
    """Print both tables."""
    ordinary = [f"{ORDINARY * 3}{number}" for number in range(20_000)]
    contacts = [CONTACTS.format(ORDINARY, number, number % 10_000) for number in range(5_000)]
    print(f"{'tickets':30}{'ours, tickets/s':>18}{'plain, tickets/s':>18}{'ratio':>8}")
    for name, texts in (("ordinary text", ordinary), ("contacts in every ticket", contacts)):
        ours, plain = (len(texts) / _seconds(way, texts) for way in (mine_text, _plain))
        print(f"{name:30}{ours:18,.0f}{plain:18,.0f}{ours / plain:7.1f}x")
    sizes = [size for size in (1, 10, 100) if size <= int(sys.argv[1] if len(sys.argv) > 1 else 100)]
    print(f"\n{'one hostile text, seconds':30}" + "".join(f"{size:>9} MB" for size in sizes))
    for name, unit in HOSTILE.items():
        times = [_seconds(mine_text, [unit * (size * 1_000_000 // len(unit))]) for size in sizes]
        print(f"{name:30}" + "".join(f"{seconds:12.2f}" for seconds in times))


def _plain(texts: Iterable[str]) -> int:
    return sum(len(_NAIVE.findall(text)) + sum(1 for _ in PhoneNumberMatcher(text, None)) for text in texts)


def _seconds(work: Callable[[list[str]], object], texts: list[str]) -> float:
    started = time.process_time()
    work(texts)
    return time.process_time() - started


if __name__ == "__main__":
    main()
