"""Companies that are one: of one domain, or of one name when their domains are equal or one has none."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

import pandas as pd

from hubspot_import.findings import Code
from hubspot_import.mapping.nulls import nothing
from hubspot_import.model import Finding
from hubspot_import.validation.duplicates import duplicate_row, fold, is_behind
from hubspot_import.validation.sheet import Sheet
from hubspot_import.validation.types import positions


@dataclass(frozen=True, slots=True)
class _Company:
    position: int
    name: str | None
    domain: str | None


@dataclass(frozen=True, slots=True)
class _Keepers:
    """The companies seen so far that stay. ``backwards``: the file is read from its end."""

    backwards: bool
    by_domain: dict[str, _Company] = field(default_factory=dict)
    by_name: dict[str, list[_Company]] = field(default_factory=dict)

    def add(self, company: _Company) -> None:
        if company.domain is not None:
            self.by_domain.setdefault(company.domain, company)
        if company.name is not None:
            self.by_name.setdefault(company.name, []).append(company)

    def of_domain(self, company: _Company) -> _Company | None:
        keeper = self.by_domain.get(company.domain) if company.domain is not None else None
        return keeper if keeper is not None and self._is_ahead(keeper, company) else None

    def namesakes(self, company: _Company) -> list[_Company]:
        found = self.by_name.get(company.name, []) if company.name is not None else []
        return [keeper for keeper in found if self._is_ahead(keeper, company)]

    def _is_ahead(self, keeper: _Company, company: _Company) -> bool:
        return is_behind(company.position, keeper.position, backwards=self.backwards)


def check_companies(sheet: Sheet, is_valid: pd.Series[bool], *, backwards: bool = False) -> Iterator[Finding]:
    """Report companies that repeat one ahead of them; one name with different domains is two companies and a warning.

    Valid rows are judged first, so that an invalid one never costs a valid one its place.
    """
    keepers = _Keepers(backwards=backwards)
    step = -1 if backwards else 1
    for company in _companies(sheet, [*positions(is_valid)[::step], *positions(~is_valid)[::step]]):
        fault = _repeat_of(sheet, company, keepers)
        if fault is not None:
            yield fault
            continue
        namesakes = keepers.namesakes(company)
        if namesakes and is_valid[company.position]:
            yield sheet.report(
                Code.SAME_NAME_DIFFERENT_DOMAIN,
                company.position,
                column=sheet.column_of("name"),
                value=str(sheet.texts["name"][company.position]),
                first_row=sheet.numbers[namesakes[0].position],
            )
        keepers.add(company)


def _companies(sheet: Sheet, order: list[int]) -> list[_Company]:
    nobody = nothing(sheet.rows.index)
    names = fold(sheet.texts.get("name", nobody)).tolist()
    domains = (fold(sheet.parsed["domain"].wire) if "domain" in sheet.parsed else nobody).tolist()
    return [_Company(position, _text(names[position]), _text(domains[position])) for position in order]


def _repeat_of(sheet: Sheet, company: _Company, keepers: _Keepers) -> Finding | None:
    keeper = keepers.of_domain(company)
    if keeper is not None and keeper.name == company.name:
        return duplicate_row(sheet, company.position, keeper.position, "same name and domain")
    if keeper is not None:
        return sheet.report(
            Code.DUPLICATE_UNIQUE_PROPERTY_VALUE,
            company.position,
            column=sheet.column_of("domain"),
            value=str(sheet.texts["domain"][company.position]),
            first_row=sheet.numbers[keeper.position],
        )
    for namesake in keepers.namesakes(company):
        if company.domain is None or namesake.domain is None:
            return duplicate_row(sheet, company.position, namesake.position, "same name, and one has no domain")
    return None


def _text(value: object) -> str | None:
    return value if isinstance(value, str) else None
