"""Which company stands for a domain: the oldest that bears it."""

from __future__ import annotations

from collections.abc import Iterable

from hubspot_simulator.records import Record


class CompanyDomains:
    """An index of companies by domain: begun with those that stand, told of every one that is written from then on."""

    def __init__(self, companies: Iterable[Record]) -> None:
        self._ids: dict[str, set[str]] = {}
        self._domains: dict[str, str] = {}
        for company in companies:
            self.note(company)

    def note(self, company: Record) -> None:
        """Take in a company as it stands now."""
        before = self._domains.pop(company.id, None)
        if before is not None:
            self._ids[before].discard(company.id)
        domain = company.properties.get("domain", "").lower()
        if domain and not company.archived:
            self._domains[company.id] = domain
            self._ids.setdefault(domain, set()).add(company.id)

    def find(self, domain: str) -> str | None:
        """Name the oldest company of a domain."""
        return min(self._ids.get(domain.lower(), ()), key=int, default=None)
