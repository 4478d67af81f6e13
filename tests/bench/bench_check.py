"""`make bench-check`: reading and checking contacts, against pandas.read_csv and one library call a value.

11 columns, 3 % odd values, half of the rows with a phone. Every stage is a process of its own, so that its time holds
its imports and its memory is its peak. The plain way reads the same file, asks email-validator and phonenumbers for
every value, and looks for repeated addresses; it writes nothing and says nothing about rows.
"""

from __future__ import annotations

import csv
import os
import random
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from support.processes import PROJECT

ROWS = int(os.environ.get("ROWS", "200000"))
COLUMNS = (
    "firstname", "lastname", "email", "phone", "company", "jobtitle", "city", "zip", "country", "lifecyclestage",
    "notes",
)  # fmt: skip
ODD_EMAILS = ("nobody", "a b@example.com", "a@@example.com", "ann@example", "ann.@example.com")
ODD_PHONES = ("call me", "0612345678", "+33 6", "12")
WAYS = {"load": "load", "validate": "validate", "the plain way": "plain"}


def contacts(rows: int) -> Iterator[tuple[str, ...]]:
    """Make up contacts: the same ones every time."""
    chance = random.Random(5)
    for number in range(rows):
        email = f"person{number}@firm{number % 5000}.{chance.choice(('com', 'fr', 'co.uk', 'io'))}"
        phone = f"+33 6 12 {chance.randrange(10**6):06}" if number % 2 else ""
        odd = chance.random()
        email = chance.choice(ODD_EMAILS) if odd < 0.02 else email
        phone = chance.choice(ODD_PHONES) if 0.02 < odd < 0.03 else phone
        yield (
            f"Ada{number % 997}", f"Lovelace {number}", email, phone, f"Firm {number % 5000}", "Engineer", "Lyon",
            f"{number % 99999:05}", "France", "lead", f'Met at "the, fair" {number}' if number % 50 == 0 else "",
        )  # fmt: skip


def load(folder: Path) -> None:
    """Run the first stage."""
    from hubspot_import import pipeline
    from hubspot_import.settings import Settings

    conf = {"source": str(folder / "inbox"), "objects": ["contacts"], "mappings": str(PROJECT / "include/mappings")}
    settings = Settings.from_env({"HUBSPOT_IMPORT_SOURCES": str(folder)})
    pipeline.load(pipeline.open_run(folder / "runs", "bench"), conf, settings)


def validate(folder: Path) -> None:
    """Run the second stage on what the first one read."""
    from hubspot_import import pipeline
    from hubspot_import.model import Stage

    pipeline.run_stage(Stage.VALIDATE, pipeline.open_run(folder / "runs", "bench"))


def plain(folder: Path) -> None:
    """What most people write first."""
    import pandas as pd
    import phonenumbers
    from email_validator import EmailNotValidError, validate_email

    rows = pd.read_csv(folder / "inbox" / "contacts.csv")
    faults = 0
    for row in rows.itertuples():
        try:
            validate_email(str(row.email), check_deliverability=False)
        except EmailNotValidError:
            faults += 1
        if isinstance(row.phone, str):
            try:
                faults += not phonenumbers.is_valid_number(phonenumbers.parse(row.phone))
            except phonenumbers.NumberParseException:
                faults += 1
    faults += int(rows["email"].duplicated().sum())


def main() -> None:
    """Measure each in its own process and print the table."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "inbox").mkdir()
        with (folder / "inbox" / "contacts.csv").open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file)
            writer.writerow(COLUMNS)
            writer.writerows(contacts(ROWS))
        measured = {label: _measured(way, folder) for label, way in WAYS.items()}
    print(f"{ROWS} contacts, {len(COLUMNS)} columns, 3 % odd values, half with phones")
    print(f"{'':16}{'seconds':>10}{'rows/s':>12}{'peak MiB':>10}")
    for label, (seconds, peak) in measured.items():
        print(f"{label:16}{seconds:10.1f}{ROWS / seconds:12.0f}{peak:10.0f}")
    ours = measured["load"][0] + measured["validate"][0]
    print(f"load and validate: {ROWS / ours:.0f} rows/s, {measured['the plain way'][0] / ours:.1f} times the plain way")


def _measured(way: str, folder: Path) -> tuple[float, float]:
    """Seconds and peak MiB of one way, as its own process tells them."""
    environment = {**os.environ, "PYTHONPATH": f"{PROJECT / 'plugins'}:{PROJECT / 'tests'}"}
    command = [sys.executable, __file__, way, str(folder)]
    said = subprocess.run(command, env=environment, stdout=subprocess.PIPE, text=True, check=True).stdout
    seconds, peak = said.split()[-2:]
    return float(seconds), float(peak)


def _run(way: Callable[[Path], None], folder: Path) -> None:
    began = time.perf_counter()
    way(folder)
    seconds = time.perf_counter() - began
    print(seconds, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)


if __name__ == "__main__":
    if len(sys.argv) > 1:
        _run({"load": load, "validate": validate, "plain": plain}[sys.argv[1]], Path(sys.argv[2]))
    else:
        main()
