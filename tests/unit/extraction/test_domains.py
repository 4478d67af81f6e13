"""Domain names: which endings exist, what somebody registered, and who shares a host."""

from __future__ import annotations

import pytest

from hubspot_import.extraction.domains import (
    has_real_ending,
    is_below,
    is_shared_host,
    normalized_domains,
    registrable,
)


@pytest.mark.parametrize(
    "domain", ["mill.co.za", "mill.za", "mill.example.com", "loom.co.uk", "пример.рф", "x.中国", "x.xn--p1ai"]
)
def test_an_ending_of_the_public_suffix_list_is_real(domain: str) -> None:
    assert has_real_ending(domain)


@pytest.mark.parametrize("domain", ["logo.png", "com", "mill.examplez", "mill..com", ""])
def test_another_ending_is_not(domain: str) -> None:
    assert not has_real_ending(domain)


@pytest.mark.parametrize(
    ("host", "registered"),
    [
        ("mail.loom.co.uk", "loom.co.uk"),
        ("loom.co.uk", "loom.co.uk"),
        ("eu.cedar.example.com", "cedar.example.com"),
        ("a.b.loom.example", "a.b.loom.example"),
    ],
)
def test_the_registrable_part_of_a_host_is_what_somebody_registered(host: str, registered: str) -> None:
    assert registrable(host) == registered


@pytest.mark.parametrize("host", ["gmail.com", "GMX.de", "web.de", "mail.ru", "orange.fr", "eu.yahoo.com"])
def test_free_mail_and_providers_are_shared(host: str) -> None:
    assert is_shared_host(host)


def test_a_companys_own_host_is_not_shared() -> None:
    assert not is_shared_host("mill.example.org")


def test_a_host_below_an_own_domain_is_our_own() -> None:
    own = normalized_domains([" @Desk.example.com ", "", "www.loom.example.com"])
    assert is_below("eu.desk.example.com", own)
    assert is_below("loom.example.com", own)
    assert not is_below("notdesk.example.com", own)
