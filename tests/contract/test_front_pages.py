"""The pages for a browser: what they show, that nothing a record says becomes markup, and what is not there."""

from __future__ import annotations

import re
from html import unescape

import pytest
import requests
from hypothesis import given
from hypothesis import strategies as st

from hubspot_simulator.account import Account
from hubspot_simulator.front.markup import tag
from hubspot_simulator.server import SimulatorServer
from support.clock import FakeClock
from support.simulator import Caller, a_company, a_contact, a_deal, a_link, a_record, a_ticket, by_id

SCRIPT = "<script>alert(1)</script>"


class Browser:
    """Reads pages as text."""

    def __init__(self, server: SimulatorServer) -> None:
        self._server = server
        self.portal = server.account.portal_id

    def answer(self, path: str) -> requests.Response:
        return requests.get(self._server.url + path, timeout=30)

    def page(self, path: str) -> str:
        answer = self.answer(path)
        assert answer.status_code == 200, answer.text
        return answer.text

    def records(self, type_id: str, query: str = "") -> str:
        return self.page(f"/contacts/{self.portal}/objects/{type_id}{query}")

    def record(self, type_id: str, record_id: str) -> str:
        return self.page(f"/contacts/{self.portal}/record/{type_id}/{record_id}")


@pytest.fixture
def browser(server: SimulatorServer) -> Browser:
    return Browser(server)


def text_of(page: str) -> str:
    """A page without its markup, blanks folded."""
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]*>", " ", page)))


def test_the_front_page_counts_records_and_links_and_lists_the_last_requests(browser: Browser, caller: Caller) -> None:
    (contact, second) = caller.created_ids("contacts", a_contact(1), a_contact(2))
    (company,) = caller.created_ids("companies", a_company())
    caller.links("contacts", "companies", "create", a_link(contact, company, 279))
    caller.call("DELETE", f"/crm/objects/2026-09/contacts/{second}")

    seen = text_of(browser.page("/"))

    assert "1 Contacts 1 archived" in seen
    assert "1 Companies" in seen
    assert "1 Links" in seen
    assert "204 contacts.archive" in seen
    assert "201 companies.batch.create" in seen


def test_the_live_part_is_the_front_page_without_its_frame(browser: Browser, caller: Caller) -> None:
    caller.created_ids("tickets", a_ticket())
    live = browser.page("/_simulator/live")
    assert live in browser.page("/")
    assert "<html" not in live


def test_looking_at_pages_is_in_no_book(browser: Browser, account: Account) -> None:
    for path in ("/", "/_simulator/live", f"/contacts/{account.portal_id}/objects/0-1"):
        browser.page(path)
    assert len(account.requests) == 0


def test_a_list_goes_on_page_by_page_to_its_end(browser: Browser, caller: Caller) -> None:
    caller.batch("companies", "create", *(a_company(number) for number in range(60)))

    first = browser.records("0-2")
    link = re.search(r'href="([^"]*)" rel="next"', first)
    assert link is not None
    second = browser.page(unescape(link.group(1)))

    assert (first.count("/record/0-2/"), second.count("/record/0-2/")) == (50, 10)
    assert 'rel="next"' not in second


@pytest.mark.parametrize("words", ["lovelace", "ADA lovelace", "example.com lace"])
def test_a_search_finds_records_that_hold_all_words(browser: Browser, caller: Caller, words: str) -> None:
    caller.created_ids("contacts", a_contact(1, lastname="Lovelace"), a_contact(2, lastname="Hopper"))

    found = text_of(browser.records("0-1", f"?q={words}"))

    assert "Ada Lovelace" in found
    assert "Ada Hopper" not in found


def test_a_search_that_finds_nothing_says_so(browser: Browser, caller: Caller) -> None:
    caller.created_ids("contacts", a_contact())
    assert "No record holds “nobody”." in text_of(browser.records("0-1", "?q=nobody"))


def test_archived_records_are_listed_apart_and_marked(browser: Browser, caller: Caller) -> None:
    (gone, _) = caller.created_ids("tickets", a_ticket(1), a_ticket(2))
    caller.call("DELETE", f"/crm/objects/2026-09/tickets/{gone}")

    assert "Ticket 1" not in browser.records("0-5")
    assert "Ticket 1" in browser.records("0-5", "?archived=true")
    assert "archived" in text_of(browser.record("0-5", gone))


def test_a_record_shows_values_by_label_and_its_links_from_both_ends(browser: Browser, caller: Caller) -> None:
    (contact,) = caller.created_ids("contacts", a_contact(lastname="Lovelace"))
    (company,) = caller.created_ids("companies", a_company(name="Engines"))
    (ticket,) = caller.created_ids("tickets", a_ticket(hs_pipeline="0", hs_pipeline_stage="2"))
    caller.links("contacts", "companies", "create", a_link(contact, company, 279))

    person, firm = browser.record("0-1", contact), browser.record("0-2", company)

    assert "Lifecycle Stage lifecyclestage Lead lead" in text_of(person)
    assert f"/record/0-2/{company}" in person
    assert "Companies 1 Engines Primary" in text_of(person)
    assert "Contacts 1 Ada Lovelace Primary" in text_of(firm)
    assert "Waiting on contact 2" in text_of(browser.record("0-5", ticket))


def test_a_record_shows_what_its_values_were_before(browser: Browser, caller: Caller, clock: FakeClock) -> None:
    (contact,) = caller.created_ids("contacts", a_contact(city="Leeds"))
    before = text_of(browser.record("0-1", contact))
    clock.advance(60)
    caller.batch("contacts", "update", by_id(contact, city="York"))
    caller.batch("contacts", "update", by_id(contact, city=""))

    after = text_of(browser.record("0-1", contact))

    assert "No property has changed since the record was created." in before
    assert "2026-11-23 08:01:00 City York" in after
    assert "2026-11-23 08:00:00 City Leeds" in after
    assert "2026-11-23 08:01:00 City cleared" in after


def test_custom_objects_are_called_as_their_account_calls_them(browser: Browser, caller: Caller) -> None:
    definition = {
        "name": "ship",
        "labels": {"singular": "Ship", "plural": "Our ships"},
        "primaryDisplayProperty": "call_sign",
        "requiredProperties": ["call_sign"],
        "properties": [{"name": "call_sign", "label": "Call sign", "type": "string", "fieldType": "text"}],
        "associatedObjects": ["CONTACT"],
    }
    type_id = caller.post("/crm-object-schemas/2026-09/schemas", definition).json()["objectTypeId"]
    caller.batch("ship", "create", a_record(call_sign="Tango 7"))

    assert "1 Our ships" in text_of(browser.page("/"))
    assert ">Tango 7</a>" in browser.records(type_id)


def test_hubspot_s_own_address_of_a_record_leads_to_its_page(browser: Browser, caller: Caller) -> None:
    url = caller.batch("deals", "create", a_deal()).json()["results"][0]["url"]
    assert "Deal 1" in browser.page(url.removeprefix("https://app.hubspot.com"))


@pytest.mark.parametrize(
    "path", ["/contacts/{portal}/objects/2-99", "/contacts/{portal}/record/0-1/17", "/contacts/1/objects/0-1"]
)
def test_what_is_not_there_is_a_page_that_says_so(browser: Browser, path: str) -> None:
    answer = browser.answer(path.format(portal=browser.portal))
    assert answer.status_code == 404
    assert "There is no" in answer.text


def test_nothing_a_record_says_becomes_markup(browser: Browser, caller: Caller) -> None:
    (contact,) = caller.created_ids("contacts", a_contact(firstname=SCRIPT, lastname='"><img src=x>'))
    (company,) = caller.created_ids("companies", a_company(name=SCRIPT))
    caller.links("contacts", "companies", "create", a_link(contact, company, 279))
    caller.get(f"/crm/objects/2026-09/{SCRIPT}")
    pages = [
        browser.page("/"),
        browser.records("0-1"),
        browser.records("0-1", f"?q={SCRIPT}"),
        browser.record("0-1", contact),
        browser.record("0-2", company),
        browser.answer(f"/contacts/{browser.portal}/record/0-1/{SCRIPT}").text,
    ]
    for page in pages:
        assert "<script>" not in page
        assert "<img" not in page


@pytest.mark.parametrize("path", ["/", "/_simulator/live", "/_simulator/front.css", "/_simulator/front.js"])
def test_a_page_runs_no_script_but_its_own(browser: Browser, path: str) -> None:
    answer = browser.answer(path)
    assert "script-src 'self'" in answer.headers["Content-Security-Policy"]
    assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
    assert answer.headers["X-Content-Type-Options"] == "nosniff"


@given(st.text())
def test_every_text_comes_back_as_it_was(text: str) -> None:
    inside = tag("p", text).removeprefix("<p>").removesuffix("</p>")
    assert not set(inside) & {"<", ">", '"'}
    assert unescape(inside) == text
