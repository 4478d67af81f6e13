"""How many requests an account takes: by token, by lane, by day; and what its books say of it."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
import requests

from hubspot_simulator.__main__ import parser, switches
from hubspot_simulator.limits import Lane
from hubspot_simulator.server import SimulatorServer
from hubspot_simulator.switches import Switches
from support.clock import FakeClock
from support.simulator import Caller, a_contact

CONTACTS = "/crm/objects/2026-09/contacts"
USAGE = "/account-info/2026-09/api-usage/daily/private-apps"


def limits_of(*arguments: str) -> tuple[int, int | None, int]:
    """Per 10 seconds, associations per 10 seconds, per day, as the command line asks."""
    asked = switches(parser().parse_args(list(arguments)))
    return asked.limit_per_10s, asked.associations_per_10s, asked.limit_per_day


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        ((), (100, 100, 250_000)),
        (("--tier", "starter"), (100, 100, 250_000)),
        (("--tier", "professional"), (190, 150, 625_000)),
        (("--tier", "enterprise"), (190, 150, 1_000_000)),
        (("--tier", "enterprise", "--add-on", "2"), (250, 200, 3_000_000)),
        (("--tier", "professional", "--limit", "7"), (7, 7, 625_000)),
        (("--limit", "7", "--associations-limit", "3", "--limit-per-day", "9"), (7, 3, 9)),
    ],
)
def test_the_tier_sets_the_limits_unless_others_are_asked_for(arguments, expected):
    assert limits_of(*arguments) == expected


def test_associations_have_a_window_of_their_own(server: SimulatorServer) -> None:
    server.reset(switches=Switches(limit_per_10s=1, associations_per_10s=2))
    caller = Caller(server)
    statuses = [caller.get(CONTACTS).status_code for _ in range(2)]
    statuses += [caller.links("contacts", "companies", "read", {"id": "1"}).status_code for _ in range(3)]
    assert statuses == [200, 429, 207, 207, 429]


def test_each_token_has_a_burst_of_its_own_and_all_share_the_day(clock: FakeClock) -> None:
    limits = Switches(limit_per_10s=1, limit_per_day=3)
    with SimulatorServer(clock=clock, switches=limits, other_tokens=["pat-na1-other"]) as server:
        statuses = []
        for token in (server.token, server.token, "pat-na1-other", "pat-na1-other"):
            bearer = {"Authorization": f"Bearer {token}"}
            statuses.append(requests.get(server.url + CONTACTS, headers=bearer, timeout=30).status_code)
        used = server.account.limits.used_today
    assert (statuses, used) == ([200, 429, 200, 429], 2)


def test_the_day_begins_at_midnight_of_the_accounts_zone(server: SimulatorServer, clock: FakeClock) -> None:
    server.reset(switches=Switches(limit_per_day=2, time_zone="America/New_York"))
    caller = Caller(server)
    usage = caller.get(USAGE).json()["results"][0]
    caller.get(CONTACTS)
    refused = [caller.get(CONTACTS), caller.get(USAGE)]
    assert usage["resetsAt"] == "2026-11-24T05:00:00.000Z"
    assert [answer.status_code for answer in refused] == [429, 429]
    assert refused[0].json()["policyName"] == "DAILY"
    clock.advance((datetime(2026, 11, 24, 5, tzinfo=UTC) - clock.now()).total_seconds())
    assert caller.get(CONTACTS).status_code == 200


def test_the_account_tells_its_zone(server: SimulatorServer) -> None:
    server.reset(switches=Switches(time_zone="America/St_Johns"))
    told = Caller(server).get("/account-info/2026-09/details").json()
    assert (told["timeZone"], told["utcOffset"]) == ("America/St_Johns", "-03:30")
    assert told["utcOffsetMilliseconds"] == -12_600_000


def test_the_books_show_what_each_window_granted(server: SimulatorServer, clock: FakeClock) -> None:
    server.reset(switches=Switches(limit_per_10s=3))
    caller = Caller(server)
    for advance in (0, 0, 6, 0, 5, 5):
        clock.advance(advance)
        caller.get(CONTACTS)
    books = caller.get("/_simulator/requests").json()
    assert books["windows"]["burst"] == {"seconds": 10.0, "max_rolling": 3, "granted": [3, 2]}
    assert books["by_status"] == {"200": 5, "429": 1}
    assert server.account.requests.most_in_a_window(Lane.BURST) == 3


def test_the_books_count_paths_without_their_values(caller: Caller) -> None:
    caller.created_ids("contacts", a_contact(1), a_contact(2))
    caller.get(f"{CONTACTS}/1")
    by_path = caller.get("/_simulator/requests").json()["by_path"]
    assert by_path["POST /crm/objects/2026-09/{object_type}/batch/create"] == 2
    assert len(by_path) == 2
