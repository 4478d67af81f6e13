"""The sample files in include/data, through the stages that need no account: what a first demo must end with."""

from __future__ import annotations

import csv
import re

import pandas as pd
import pytest

import hubspot_import.extraction.stage
import hubspot_import.loading.stage
import hubspot_import.validation.stage
from hubspot_import import tables
from hubspot_import.model import ObjectType, Params, StageResult
from hubspot_import.run_folder import RunFolder
from hubspot_import.settings import PROJECT_ROOT

COMPANIES, CONTACTS, TICKETS = ObjectType
SAMPLES = PROJECT_ROOT / "include" / "data"
ROWS = {COMPANIES: 48, CONTACTS: 81, TICKETS: 166}
RESERVED_HOST = re.compile(r"[a-z0-9-]+(\.[a-z0-9-]+)*\.example\.(com|net|org)")
SCRIPTS = {
    "Arabic": r"[\u0620-\u064a]",
    "Chinese or Japanese": r"[\u4e00-\u9fff]",
    "Cyrillic": r"[\u0430-\u044f]",
    "Greek": r"[\u03b1-\u03c9]",
}
LANGUAGES = {
    "English": r"\bthe\b.*\bis\b",
    "French": r"\bnous\b",
    "Spanish": r"\blos\b",
    "German": r"\bnicht\b",
    "Arabic": SCRIPTS["Arabic"] + "{3}",
    "Indonesian": r"\btidak\b|\byang\b|\bbelum\b",
    "Japanese": r"[\u3040-\u309f]",
    "Portuguese": r"\bnão\b",
    "Italian": r"\bBuon(?:giorno|asera)\b|\bdelle\b",
}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> RunFolder:
    folder = RunFolder(tmp_path_factory.mktemp("runs") / "samples")
    params = Params(source=str(SAMPLES), mappings=str(PROJECT_ROOT / "include" / "mappings"))
    folder.update_manifest(run_id="samples", started_at="2026-11-24T08:00:00+00:00", params=params.as_dict())
    return folder


@pytest.fixture(scope="module")
def extracted(folder: RunFolder) -> StageResult:
    """What extraction counted, after loading and validating."""
    hubspot_import.loading.stage.run(folder)
    hubspot_import.validation.stage.run(folder)
    return hubspot_import.extraction.stage.run(folder)


def sample(object_type: ObjectType) -> list[dict[str, str]]:
    """The rows of a sample file as any CSV reader sees them."""
    with (SAMPLES / f"{object_type}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def found_targets(folder: RunFolder, from_type: ObjectType, to_type: ObjectType) -> pd.DataFrame:
    links = tables.read(folder.links(from_type, to_type, "candidates"), schema=tables.LINK_CANDIDATES)
    return links[links["to_row"].notna()]


@pytest.mark.parametrize("object_type", ObjectType)
def test_every_row_becomes_a_record(extracted: StageResult, object_type: ObjectType) -> None:
    assert extracted.counts[f"{object_type}.rows_in"] == ROWS[object_type]
    assert extracted.counts[f"{object_type}.records"] == ROWS[object_type]


@pytest.mark.parametrize("object_type", ObjectType)
def test_there_is_nothing_to_find_fault_with(
    extracted: StageResult, folder: RunFolder, object_type: ObjectType
) -> None:
    assert extracted.counts
    assert list(tables.read(folder.findings(object_type), schema=tables.FINDINGS)["message"]) == []
    assert tables.read(folder.dataset(object_type, "rejects")).empty


@pytest.mark.parametrize("object_type", ObjectType)
def test_every_record_has_a_key_of_its_own(extracted: StageResult, folder: RunFolder, object_type: ObjectType) -> None:
    keys = tables.read(folder.dataset(object_type, "records"))[tables.KEY]
    assert len(keys) == extracted.counts[f"{object_type}.records"]
    assert keys.notna().all()
    assert keys.is_unique


@pytest.mark.parametrize(
    ("from_type", "to_type", "number"),
    [(CONTACTS, COMPANIES, 78), (TICKETS, CONTACTS, 145), (TICKETS, COMPANIES, 138)],
)
def test_the_links_that_can_be_made(
    extracted: StageResult, folder: RunFolder, from_type: ObjectType, to_type: ObjectType, number: int
) -> None:
    assert extracted.counts[f"links.{from_type}-{to_type}"] >= number
    assert len(found_targets(folder, from_type, to_type)) == number


def test_tickets_stay_unlinked_for_want_of_an_address_or_of_a_known_one(
    extracted: StageResult, folder: RunFolder
) -> None:
    with_address = extracted.counts["links.tickets-contacts"]
    assert ROWS[TICKETS] - with_address == 9
    assert with_address - len(found_targets(folder, TICKETS, CONTACTS)) == 12


def test_names_and_postcodes_that_look_like_something_else_survive(extracted: StageResult, folder: RunFolder) -> None:
    assert extracted.counts
    contacts = tables.read(folder.dataset(CONTACTS, "records"))
    assert {"Null", "O'Brien"} <= set(contacts["lastname"])
    assert {"01718", "01067", "00100"} <= set(contacts["zip"])


def test_every_host_is_reserved_for_examples() -> None:
    hosts = [row["domain"] for row in sample(COMPANIES)]
    hosts += [row["website"].removeprefix("https://") for row in sample(COMPANIES)]
    hosts += [row["email"].rpartition("@")[2] for row in sample(CONTACTS)]
    hosts += re.findall(r"@([a-z0-9.-]+[a-z])", " ".join(row["content"] for row in sample(TICKETS)))
    assert [host for host in hosts if not RESERVED_HOST.fullmatch(host)] == []


def test_no_two_tickets_read_the_same() -> None:
    tickets = sample(TICKETS)
    assert len({row["content"] for row in tickets}) == len(tickets)
    assert sum("\n" in row["content"] for row in tickets) > len(tickets) / 2


@pytest.mark.parametrize("language", LANGUAGES)
def test_tickets_are_written_in_several_languages(language: str) -> None:
    written = [row for row in sample(TICKETS) if re.search(LANGUAGES[language], row["content"], re.DOTALL)]
    assert len(written) >= 2


@pytest.mark.parametrize("script", SCRIPTS)
def test_names_are_written_in_several_scripts(script: str) -> None:
    assert [row for row in sample(CONTACTS) if re.search(SCRIPTS[script], row["firstname"])]
