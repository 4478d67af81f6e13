"""The simulator's pages in a browser: the chart moves by itself, records are found by clicking, faults are ordered."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
import requests

from hubspot_simulator.server import SimulatorServer
from support.browser import a_page
from support.simulator import Caller, a_company, a_contact, a_link

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(120)]
NARROW = 375


@pytest.fixture(scope="module")
def server() -> Iterator[SimulatorServer]:
    with SimulatorServer() as running:
        yield running


@pytest.fixture(scope="module")
def caller(server: SimulatorServer) -> Caller:
    """An account with a contact of a company."""
    caller = Caller(server)
    (contact,) = caller.created_ids("contacts", a_contact(lastname="<script>alert(1)</script>"))
    (company,) = caller.created_ids("companies", a_company(name="Engines & Co"))
    caller.links("contacts", "companies", "create", a_link(contact, company, 279))
    return caller


@pytest.fixture(scope="module")
def page(server: SimulatorServer, caller: Caller) -> Iterator[Any]:
    with a_page(1280) as page:
        page.complaints = []
        page.on("console", lambda message: page.complaints.append(message.text))
        page.on("pageerror", lambda error: page.complaints.append(str(error)))
        page.on("dialog", lambda dialog: page.complaints.append(dialog.message))
        yield page


def test_the_chart_and_the_counts_move_while_the_account_is_at_work(
    server: SimulatorServer, caller: Caller, page: Any
) -> None:
    page.goto(server.url)
    before = page.locator(".chart path.used").get_attribute("d")
    caller.batch("contacts", "create", a_contact(2))
    page.locator(".tiles").get_by_text("2", exact=True).wait_for()
    assert page.locator(".chart path.used").get_attribute("d") != before
    assert page.complaints == []


def test_one_clicks_from_the_account_to_a_record_and_along_its_links(page: Any, server: SimulatorServer) -> None:
    page.goto(server.url)
    page.get_by_role("navigation").get_by_role("link", name="Contacts").click()
    page.get_by_label("Search").fill("person1")
    page.get_by_role("button", name="Search").click()
    page.get_by_role("link", name="Ada <script>").click()
    page.get_by_role("heading", name="Ada <script>alert(1)</script>").wait_for()
    page.get_by_role("link", name="Engines & Co").click()
    page.get_by_role("heading", name="Engines & Co").wait_for()
    assert page.get_by_role("link", name="Ada <script>").is_visible()
    assert page.complaints == []


def test_a_fault_ordered_in_the_form_strikes(page: Any, server: SimulatorServer, caller: Caller) -> None:
    page.goto(server.url)
    page.get_by_label("Status").fill("502")
    page.get_by_role("button", name="Order").click()
    page.get_by_text("502 for the next 1 of any method *").wait_for()
    assert caller.get("/crm/objects/2026-09/contacts").status_code == 502
    assert requests.get(f"{server.url}/_simulator/health", timeout=10).ok
    assert page.complaints == []


@pytest.mark.parametrize("path", ["/", "/contacts/{portal}/objects/0-1", "/contacts/{portal}/record/0-1/{contact}"])
def test_no_page_is_wider_than_a_telephone(page: Any, server: SimulatorServer, path: str) -> None:
    contact = next(iter(server.account.records("contacts")))
    page.set_viewport_size({"width": NARROW, "height": 800})
    page.goto(server.url + path.format(portal=server.account.portal_id, contact=contact))
    assert page.evaluate("document.documentElement.scrollWidth") == NARROW
