"""Scopes, quota and reject rate: what stops a run ahead of the first write."""

from __future__ import annotations

import pytest

from hubspot_import.client.wire import Usage
from hubspot_import.errors import QuotaError, TooManyRejectsError
from hubspot_import.model import ObjectType
from hubspot_import.planning.quota import check_quota, quota_share, write_requests
from hubspot_import.planning.rejects import check_reject_rate
from hubspot_import.planning.scopes import missing_scopes, read_needs, write_needs

COMPANIES, CONTACTS, TICKETS = ObjectType.COMPANIES, ObjectType.CONTACTS, ObjectType.TICKETS


def usage(limit: int | None = 100, used: int | None = 0) -> Usage:
    return Usage(daily_limit=limit, used_today=used, resets_at="2026-11-24T23:00:00Z")


def test_each_missing_scope_is_named_with_its_purpose():
    lacking = missing_scopes(write_needs([CONTACTS], [], []), {"crm.objects.contacts.read"})
    assert lacking == ["crm.objects.contacts.write (writing contacts)"]


def test_a_link_needs_the_scopes_of_both_ends():
    assert set(write_needs([CONTACTS], [(CONTACTS, COMPANIES)], [])) == {
        "crm.objects.contacts.write",
        "crm.objects.companies.write",
    }


def test_creating_the_key_property_needs_the_schema_scope():
    assert "crm.schemas.companies.write" in write_needs([COMPANIES], [], [COMPANIES])


def test_tickets_have_one_scope_for_everything():
    assert {*write_needs([TICKETS], [], [TICKETS]), *read_needs([TICKETS], with_owners=False)} == {"tickets"}


def test_owners_are_only_asked_for_when_they_are_mapped():
    assert "crm.objects.owners.read" not in read_needs([CONTACTS], with_owners=False)
    assert "crm.objects.owners.read" in read_needs([CONTACTS], with_owners=True)


def test_requests_are_batches_of_creates_and_updates_links_and_properties():
    records = {CONTACTS: {"create": 101, "update": 100, "unchanged": 5}, TICKETS: {"create": 1, "update": 0}}
    assert write_requests(records, {"tickets-contacts": {"create": 2001, "unchanged": 9}}, 2) == 2 + 1 + 1 + 2 + 2


def test_a_plan_beyond_todays_quota_says_when_it_resets():
    with pytest.raises(QuotaError, match="needs 11 requests and 10 of 100 are left today; it resets at 2026-11-24T23"):
        check_quota(11, usage(used=90))


def test_a_plan_that_just_fits_is_let_through():
    assert check_quota(10, usage(used=90)) is None


def test_an_account_that_does_not_tell_its_quota_is_believed():
    assert check_quota(10**6, usage(limit=None, used=None)) is None
    assert quota_share(10, usage(limit=None)) is None


@pytest.mark.parametrize(("rows", "rejected"), [(50, 26), (1, 1), (20, 20), (1000, 999)])
def test_too_many_rejects_stop_the_run(rows, rejected):
    with pytest.raises(TooManyRejectsError, match=f"contacts: {rejected} of {rows} rows are held back"):
        check_reject_rate(CONTACTS, rows=rows, rejected=rejected, limit=0.5)


@pytest.mark.parametrize(("rows", "rejected"), [(50, 25), (49, 48), (0, 0), (10, 0)])
def test_fewer_rejects_do_not(rows, rejected):
    assert check_reject_rate(CONTACTS, rows=rows, rejected=rejected, limit=0.5) is None


def test_a_limit_of_zero_means_not_one_row_of_fifty():
    with pytest.raises(TooManyRejectsError):
        check_reject_rate(CONTACTS, rows=50, rejected=1, limit=0.0)
