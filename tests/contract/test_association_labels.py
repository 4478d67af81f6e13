"""Labels of a pair of object types: made, borne, replaced, taken off, removed."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import requests

from hubspot_simulator.account import Account
from hubspot_simulator.persistence import StateFile
from hubspot_simulator.server import SimulatorServer
from hubspot_simulator.switches import Switches
from support.simulator import Caller, a_company, a_contact, a_label, a_link, labelled

LABELS = "/crm/associations/2026-09/contacts/companies/labels"


@pytest.fixture
def pair(caller: Caller) -> tuple[str, str]:
    (contact,), (company,) = caller.created_ids("contacts", a_contact()), caller.created_ids("companies", a_company())
    return contact, company


def types_of(caller: Caller, pair: tuple[str, str], *, back: bool = False) -> list[tuple[int, str | None]]:
    ends, record_id = (("companies", "contacts"), pair[1]) if back else (("contacts", "companies"), pair[0])
    told = caller.links(*ends, "read", {"id": record_id}).json()["results"][0]["to"][0]["associationTypes"]
    return [(kind["typeId"], kind["label"]) for kind in told]


def made(caller: Caller, **label: Any) -> list[int]:
    answer = caller.post(LABELS, a_label(**label))
    assert answer.status_code == 200, answer.text
    return [row["typeId"] for row in answer.json()["results"]]


def test_a_label_is_made_for_both_directions_with_ids_of_the_accounts_own(caller: Caller) -> None:
    answer = caller.post(LABELS, a_label(label="Manages", inverseLabel="Managed by"))

    rows = answer.json()["results"]
    assert [(row["category"], row["label"]) for row in rows] == [
        ("USER_DEFINED", "Manages"),
        ("USER_DEFINED", "Managed by"),
    ]
    back = caller.get("/crm/associations/2026-09/companies/contacts/labels").json()["results"]
    assert rows[0] in caller.get(LABELS).json()["results"]
    assert rows[1] in back
    assert rows[0] not in back


def test_a_link_bears_a_label_beside_the_unlabelled_type_at_both_ends(caller: Caller, pair: tuple[str, str]) -> None:
    there, back = made(caller, label="Manages", inverseLabel="Managed by")

    answer = caller.links("contacts", "companies", "create", labelled(pair, there))

    assert answer.json()["results"][0]["labels"] == ["Manages"]
    assert types_of(caller, pair) == [(1, "Primary"), (there, "Manages"), (279, None)]
    assert types_of(caller, pair, back=True) == [(2, "Primary"), (back, "Managed by"), (280, None)]


def test_sending_a_link_again_replaces_its_labels(caller: Caller, pair: tuple[str, str]) -> None:
    first, _ = made(caller, name="first", label="First")
    second, _ = made(caller, name="second", label="Second")
    caller.links("contacts", "companies", "create", labelled(pair, first))

    caller.links("contacts", "companies", "create", labelled(pair, second))

    assert types_of(caller, pair) == [(1, "Primary"), (second, "Second"), (279, None)]


def test_taking_a_label_off_leaves_the_link(caller: Caller, account: Account, pair: tuple[str, str]) -> None:
    label, _ = made(caller)
    caller.links("contacts", "companies", "create", labelled(pair, label))

    answer = caller.links("contacts", "companies", "labels/archive", labelled(pair, label))

    assert answer.status_code == 200
    assert types_of(caller, pair) == [(1, "Primary"), (279, None)]


def test_the_unlabelled_type_cannot_be_taken_off(caller: Caller, pair: tuple[str, str]) -> None:
    caller.links("contacts", "companies", "create", a_link(*pair, 279))

    caller.links("contacts", "companies", "labels/archive", a_link(*pair, 279))

    assert types_of(caller, pair) == [(1, "Primary"), (279, None)]


def test_a_label_is_named_with_the_category_it_has(caller: Caller, pair: tuple[str, str]) -> None:
    label, _ = made(caller)

    answer = caller.links("contacts", "companies", "create", a_link(*pair, label))

    assert answer.status_code == 400
    assert answer.json()["message"] == f"0-{label} is not a valid association type between CONTACT and COMPANY"


def test_an_association_type_without_its_category_is_refused(caller: Caller, pair: tuple[str, str]) -> None:
    link = {"from": {"id": pair[0]}, "to": {"id": pair[1]}, "types": [{"associationTypeId": 279}]}

    answer = caller.links("contacts", "companies", "create", link)

    assert answer.status_code == 400
    assert answer.json()["message"].endswith("Some required fields were not set: [associationCategory]")


def test_a_label_is_renamed(caller: Caller, pair: tuple[str, str]) -> None:
    label, _ = made(caller, label="Old")
    caller.links("contacts", "companies", "create", labelled(pair, label))

    answer = caller.call("PUT", LABELS, json={"associationTypeId": label, "label": "New"})

    assert answer.status_code == 204
    assert (label, "New") in types_of(caller, pair)


def test_a_label_that_is_borne_is_not_removed_and_then_is(caller: Caller, pair: tuple[str, str]) -> None:
    label, _ = made(caller)
    caller.links("contacts", "companies", "create", labelled(pair, label))

    refused = caller.call("DELETE", f"{LABELS}/{label}")
    caller.links("contacts", "companies", "labels/archive", labelled(pair, label))
    removed = caller.call("DELETE", f"{LABELS}/{label}")

    assert (refused.status_code, removed.status_code) == (400, 204)
    assert label not in [row["typeId"] for row in caller.get(LABELS).json()["results"]]
    assert caller.links("contacts", "companies", "create", labelled(pair, label)).status_code == 400


def test_hubspots_own_types_stay(caller: Caller) -> None:
    assert caller.call("DELETE", f"{LABELS}/279").status_code == 404
    assert caller.call("PUT", LABELS, json={"associationTypeId": 1, "label": "Main"}).status_code == 404


@pytest.mark.parametrize("wrong", [{"name": ""}, {"label": None}, {"name": "two-words"}, {"name": "1st"}])
def test_a_label_without_its_fields_or_with_a_bad_name_is_refused(caller: Caller, wrong: dict[str, Any]) -> None:
    assert caller.post(LABELS, a_label() | wrong).status_code == 400


def test_a_label_that_exists_is_refused(caller: Caller) -> None:
    made(caller, name="one", label="One")

    assert caller.post(LABELS, a_label(name="one", label="Other")).status_code == 400
    assert caller.post(LABELS, a_label(name="other", label="One")).status_code == 400


def test_a_pair_has_so_many_labels(server: SimulatorServer) -> None:
    server.reset(switches=Switches(labels_per_pair=1))
    caller = Caller(server)
    made(caller)

    assert caller.post(LABELS, a_label(name="second", label="Second")).status_code == 400


@pytest.mark.parametrize("prefix", ["/crm/v4/associations", "/crm/associations/v4", "/crm/associations/2026-03"])
def test_labels_have_their_other_addresses(caller: Caller, prefix: str) -> None:
    answer = caller.get(f"{prefix}/0-5/0-2/labels")

    assert [row["typeId"] for row in answer.json()["results"]] == [26, 339]


def test_companies_are_parents_and_children_of_each_other(caller: Caller) -> None:
    child, parent = caller.created_ids("companies", a_company(1), a_company(2))

    caller.links("companies", "companies", "create", a_link(child, parent, 14))

    rows = {
        row["from"]["id"]: [kind["typeId"] for kind in row["to"][0]["associationTypes"]]
        for row in caller.links("companies", "companies", "read", {"id": child}, {"id": parent}).json()["results"]
    }
    assert rows == {child: [14, 450], parent: [13, 450]}


def test_labels_and_the_links_that_bear_them_outlive_the_process(tmp_path: Path) -> None:
    path = tmp_path / "account.jsonl"
    with SimulatorServer(path) as server:
        caller = Caller(server)
        (contact,) = caller.created_ids("contacts", a_contact())
        (company,) = caller.created_ids("companies", a_company())
        label, _ = made(caller)
        caller.links("contacts", "companies", "create", labelled((contact, company), label))
        told = types_of(caller, (contact, company))
        gone, _ = made(caller, name="gone", label="Gone")
        caller.call("DELETE", f"{LABELS}/{gone}")

    again = Account()
    StateFile(path, again).close()

    way = again.association_types.way("contacts", "companies")
    assert way is not None
    assert [(kind.type_id, kind.label) for kind in way.in_order(again.link_store.types(way, contact, company))] == told
    assert gone not in way.types


def test_labels_need_the_scopes_of_both_ends(caller: Caller, account: Account) -> None:
    account.scopes.discard("crm.objects.companies.write")

    answer: requests.Response = caller.post(LABELS, a_label())

    assert (answer.status_code, answer.json()["category"]) == (403, "MISSING_SCOPES")
