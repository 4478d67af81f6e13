"""A contact's addresses change places; its lifecycle stage may be kept from going back."""

from __future__ import annotations

import pytest

from hubspot_simulator.account import Account
from hubspot_simulator.server import SimulatorServer
from hubspot_simulator.switches import Switches
from support.simulator import Caller, a_company, a_contact, by_id


def test_an_upsert_by_an_additional_address_makes_it_the_first_one(caller: Caller, account: Account) -> None:
    (known,) = caller.created_ids("contacts", a_contact(1))
    account.add_email(known, "old@example.com")

    answer = caller.batch("contacts", "upsert", by_id("old@example.com", "email", email="old@example.com", city="Lyon"))

    assert answer.json()["results"][0]["id"] == known
    held = account.records("contacts")[known]
    assert (held["email"], held["hs_additional_emails"]) == ("old@example.com", "person1@example.com")
    assert caller.batch("contacts", "create", a_contact(1)).status_code == 409


def test_an_upsert_by_an_additional_address_that_leaves_email_out_keeps_the_first_one(
    caller: Caller, account: Account
) -> None:
    (known,) = caller.created_ids("contacts", a_contact(1))
    account.add_email(known, "old@example.com")

    caller.batch("contacts", "upsert", by_id("old@example.com", "email", city="Lyon"))

    assert account.records("contacts")[known]["email"] == "person1@example.com"


@pytest.mark.parametrize(("keeps", "stage"), [(True, "customer"), (False, "lead")])
@pytest.mark.parametrize("object_type", ["contacts", "companies"])
def test_a_lifecycle_stage_goes_back_unless_the_account_keeps_it(
    server: SimulatorServer, object_type: str, keeps: bool, stage: str
) -> None:
    server.reset(switches=Switches(keeps_lifecycle_forward=keeps))
    caller = Caller(server)
    a_record = a_contact if object_type == "contacts" else a_company
    (known,) = caller.created_ids(object_type, a_record(lifecyclestage="customer"))

    (told,) = caller.batch(object_type, "update", by_id(known, lifecyclestage="lead")).json()["results"]

    assert told["properties"]["lifecyclestage"] == stage
    assert server.account.records(object_type)[known]["lifecyclestage"] == stage


def test_a_stage_that_was_cleared_may_be_any(server: SimulatorServer) -> None:
    server.reset(switches=Switches(keeps_lifecycle_forward=True))
    caller = Caller(server)
    (known,) = caller.created_ids("contacts", a_contact(lifecyclestage="customer"))

    for stage in ("", "lead", "opportunity"):
        caller.batch("contacts", "update", by_id(known, lifecyclestage=stage))

    assert server.account.records("contacts")[known]["lifecyclestage"] == "opportunity"
