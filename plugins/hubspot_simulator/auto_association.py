"""The account setting that gives a new contact the company its e-mail domain names (hubspot-api.md §5 and §13.5).

What is reported: the contact gets the domain's company, which is made when there is none, and has it as its primary one
even when another was meant. Assumed: addresses of mail providers are left alone, and a company made this way is named
by its domain.
"""

from __future__ import annotations

from datetime import datetime

from hubspot_simulator.account import Account
from hubspot_simulator.company_domains import CompanyDomains
from hubspot_simulator.object_types import COMPANIES, CONTACTS
from hubspot_simulator.property_values import PropertyValues
from hubspot_simulator.records import Record
from hubspot_simulator.system_properties import on_create

MAIL_PROVIDERS = frozenset(
    (
        "aol.com",
        "free.fr",
        "gmail.com",
        "gmx.de",
        "gmx.net",
        "googlemail.com",
        "hotmail.com",
        "icloud.com",
        "live.com",
        "mail.com",
        "mail.ru",
        "me.com",
        "msn.com",
        "orange.fr",
        "outlook.com",
        "proton.me",
        "protonmail.com",
        "qq.com",
        "web.de",
        "yahoo.com",
        "yandex.ru",
    )
)


def associate_by_domain(account: Account, contact: Record, now: datetime) -> None:
    """Link a new contact to its domain's company, made here if need be."""
    domain = contact.properties.get("email", "").rpartition("@")[2]
    way = account.association_types.way(CONTACTS.name, COMPANIES.name)
    if not domain or domain in MAIL_PROVIDERS or way is None:
        return
    if account.company_domains is None:
        account.company_domains = CompanyDomains(account.stores[COMPANIES.name])
    company_id = account.company_domains.find(domain) or _new_company(account, domain, now)
    account.link_store.associate(way, contact.id, company_id, [way.plain])


def _new_company(account: Account, domain: str, now: datetime) -> str:
    values = on_create(COMPANIES, {"domain": domain, "name": domain}, account.new_id(), now)
    company = Record(id=values["hs_object_id"], properties=PropertyValues(values), created_at=now, updated_at=now)
    account.stores[COMPANIES.name].put(company, account.schemas[COMPANIES.name].unique)
    return company.id
