"""Countries a phone number may belong to: for what-to-type-instead only, never to decide whether a number is valid."""

from __future__ import annotations

from collections.abc import Mapping

GUESSED_REGIONS = ("US", "FR", "GB", "ES", "NL", "BE", "IT", "IN", "BR", "JP", "AU", "CH", "ID", "MA", "DE")
"""Tried in turn when nothing is known about a number's country; Germany last, its plan takes nearly anything."""

COUNTRY_NAMES: Mapping[str, tuple[str, ...]] = {
    "AE": ("United Arab Emirates", "UAE"),
    "AR": ("Argentina",),
    "AT": ("Austria", "Österreich"),
    "AU": ("Australia",),
    "BE": ("Belgium", "België", "Belgique"),
    "BR": ("Brazil", "Brasil"),
    "CA": ("Canada",),
    "CH": ("Switzerland", "Schweiz", "Suisse", "Svizzera"),
    "CL": ("Chile",),
    "CN": ("China",),
    "CO": ("Colombia",),
    "DE": ("Germany", "Deutschland"),
    "DK": ("Denmark", "Danmark"),
    "EG": ("Egypt", "مصر"),
    "ES": ("Spain", "España"),
    "FI": ("Finland", "Suomi"),
    "FR": ("France",),
    "GB": ("United Kingdom", "UK", "Great Britain", "England"),
    "GR": ("Greece",),
    "ID": ("Indonesia",),
    "IE": ("Ireland",),
    "IN": ("India",),
    "IT": ("Italy", "Italia"),
    "JP": ("Japan", "日本"),
    "KE": ("Kenya",),
    "KR": ("South Korea", "Korea"),
    "MA": ("Morocco", "Maroc"),
    "MX": ("Mexico", "México"),
    "MY": ("Malaysia",),
    "NG": ("Nigeria",),
    "NL": ("Netherlands", "Nederland", "The Netherlands"),
    "NO": ("Norway", "Norge"),
    "NZ": ("New Zealand",),
    "PH": ("Philippines",),
    "PL": ("Poland", "Polska"),
    "PT": ("Portugal",),
    "SA": ("Saudi Arabia",),
    "SE": ("Sweden", "Sverige"),
    "SG": ("Singapore",),
    "SN": ("Senegal", "Sénégal"),
    "TH": ("Thailand",),
    "TN": ("Tunisia", "Tunisie"),
    "TR": ("Turkey", "Türkiye"),
    "US": ("United States", "USA", "United States of America"),
    "VN": ("Vietnam",),
    "ZA": ("South Africa",),
}
_BY_NAME = {name.casefold(): region for region, names in COUNTRY_NAMES.items() for name in (region, *names)}


def region_of(country: str) -> str | None:
    """The ISO 3166 code of a country named in a file; None when it is not one we know."""
    return _BY_NAME.get(country.strip().casefold())


def country_name(region: str) -> str:
    """What to call a region in a sentence."""
    return COUNTRY_NAMES[region][0] if region in COUNTRY_NAMES else region
