"""Records that stand in the account without a key of ours are adopted, in few requests, and none is made twice."""

from __future__ import annotations

import csv
from collections import Counter

import pytest

import hubspot_import.extraction.stage
import hubspot_import.loading.stage
import hubspot_import.validation.stage
from hubspot_import.model import ObjectType, Params
from hubspot_import.run_folder import RunFolder
from hubspot_import.settings import PROJECT_ROOT
from support.simulator import VERSION, Caller
from support.write_path import MAPPINGS, WritePath, companies, contacts, findings_of, statuses_of

COMPANIES, CONTACTS = ObjectType.COMPANIES, ObjectType.CONTACTS
SAMPLES = PROJECT_ROOT / "include" / "data"


def a_sample_run(path: WritePath) -> RunFolder:
    """The sample files, loaded, checked and mapped."""
    folder = RunFolder(path.runs / "samples")
    params = Params(source=str(SAMPLES), mappings=str(MAPPINGS)).as_dict()
    folder.update_manifest(run_id="samples", started_at=path.clock.now().isoformat(), params=params)
    for stage in (hubspot_import.loading.stage, hubspot_import.validation.stage, hubspot_import.extraction.stage):
        stage.run(folder)
    return folder


def sample(name: str) -> list[dict[str, str]]:
    with (SAMPLES / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def merge(path: WritePath, object_type: ObjectType, kept: str, other: str) -> None:
    body = {"primaryObjectId": kept, "objectIdToMerge": other}
    answer = Caller(path.server).post(f"/crm/objects/{VERSION}/{object_type}/merge", body)
    assert answer.status_code == 200, answer.text


def searches(path: WritePath, since: int = 0) -> Counter[str]:
    return Counter(record.operation for record in list(path.server.account.requests)[since:])


def test_sample_companies_and_contacts_already_there_without_a_key_are_not_made_twice(path):
    there = sample("companies")[:30]
    ways = ("domain", "name"), ("domain",), ("name",)
    path.client().create(
        COMPANIES,
        [
            {name: row[name] for name in ways[number % 3] if row[name]} or {"name": row["name"]}
            for number, row in enumerate(there)
        ],
    )
    people = [row["email"].strip().lower() for row in sample("contacts") if "@" in row["email"]]
    path.client().create(CONTACTS, [{"email": email} for email in list(dict.fromkeys(people))[:40]])
    stood = {kind: len(path.records(kind)) for kind in (COMPANIES, CONTACTS)}
    folder = a_sample_run(path)
    path.plan(folder)
    path.write(folder)
    for kind in (COMPANIES, CONTACTS):
        counted = Counter(statuses_of(folder, kind).values())
        assert counted["updated"] + counted["unchanged"] == stood[kind]
        assert len(path.records(kind)) == stood[kind] + counted["created"] == counted.total()
    assert stood[COMPANIES] == 30
    assert stood[CONTACTS] == 40
    assert len({record["bulk_import_key"] for record in path.records(COMPANIES)}) == len(path.records(COMPANIES))


def test_a_small_account_is_gone_through_once_instead_of_being_searched(path):
    path.client().create(COMPANIES, [{"name": f"Firm {n}", "domain": f"firm{n}.example.com"} for n in range(1, 151)])
    before = len(path.server.account.requests)
    folder = path.run({COMPANIES: companies(300)})
    seen = searches(path, before)
    assert (seen["companies.list"], seen["companies.search"]) == (1 + 2, 1)
    assert Counter(statuses_of(folder, COMPANIES).values()) == {"updated": 150, "created": 150}


def test_a_large_account_is_searched_for_the_few_rows_of_a_file(path):
    path.client().create(COMPANIES, [{"name": f"Firm {n}", "domain": f"firm{n}.example.com"} for n in range(1, 402)])
    before = len(path.server.account.requests)
    folder = path.run({COMPANIES: companies(3)})
    seen = searches(path, before)
    assert (seen["companies.list"], seen["companies.search"]) == (1, 1 + 1)
    assert set(statuses_of(folder, COMPANIES).values()) == {"updated"}


def test_a_company_whose_domain_was_added_to_the_file_later_is_the_same_company(path):
    path.run({COMPANIES: [{"name": "Firm 1"}]})
    folder = path.run({COMPANIES: companies(1)})
    assert statuses_of(folder, COMPANIES) == {2: "updated"}
    assert len(path.records(COMPANIES)) == 1


@pytest.mark.parametrize("kept", [0, 1])
def test_two_companies_merged_in_hubspot_between_runs_are_not_made_again(path, kept):
    path.run({COMPANIES: companies(4)})
    ids = list(path.server.account.records(COMPANIES))
    merge(path, COMPANIES, ids[kept], ids[1 - kept])
    merge(path, COMPANIES, ids[2], ids[3])
    folder = path.run({COMPANIES: companies(4)})
    assert "created" not in statuses_of(folder, COMPANIES).values()
    assert len(path.records(COMPANIES)) == 2


def test_two_contacts_merged_in_hubspot_between_runs_are_not_made_again(path):
    path.run({CONTACTS: contacts(2)})
    one, other = path.server.account.records(CONTACTS)
    merge(path, CONTACTS, one, other)
    folder = path.run({CONTACTS: contacts(2)})
    assert "created" not in statuses_of(folder, CONTACTS).values()
    assert len(path.records(CONTACTS)) == 1


def test_the_oldest_of_several_is_taken_where_the_mapping_says_so(path):
    for name in ("Older", "Newer"):
        path.client().create(COMPANIES, [{"name": name, "domain": "firm1.example.com"}])
        path.clock.sleep(60)
    oldest, newest = path.server.account.records(COMPANIES)
    mapping = (MAPPINGS / "companies.yaml").read_text(encoding="utf-8") + "\non_ambiguous: oldest\n"
    folder = path.run({COMPANIES: companies(1)}, mappings={COMPANIES: mapping})
    assert path.server.account.records(COMPANIES)[oldest]["name"] == "Firm 1"
    assert path.server.account.records(COMPANIES)[newest]["name"] == "Newer"
    (found,) = findings_of(folder, COMPANIES).to_dict("records")
    assert (found["code"], found["severity"], found["row"]) == ("OLDEST_RECORD_TAKEN", "warning", 2)
    assert all(record_id in found["message"] for record_id in (oldest, newest))
