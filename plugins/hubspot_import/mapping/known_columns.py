"""What a draft knows of HubSpot's default properties: their types, and other words people have for their columns."""

from __future__ import annotations

from collections.abc import Mapping

from hubspot_import.mapping.labels import DEFAULT_LABELS, normalize_header
from hubspot_import.mapping.spec import RECORD_ID, PropertyType
from hubspot_import.model import ObjectType

KNOWN_TYPES: Mapping[str, PropertyType] = {
    "email": PropertyType.EMAIL,
    "phone": PropertyType.PHONE,
    "mobilephone": PropertyType.PHONE,
    "fax": PropertyType.PHONE,
    "website": PropertyType.URL,
    "domain": PropertyType.DOMAIN,
    "numberofemployees": PropertyType.INTEGER,
    "annualrevenue": PropertyType.NUMBER,
    "total_money_raised": PropertyType.NUMBER,
    "createdate": PropertyType.DATETIME,
    "closedate": PropertyType.DATETIME,
    "closed_date": PropertyType.DATETIME,
    "is_public": PropertyType.BOOL,
    "industry": PropertyType.ENUMERATION,
    "lifecyclestage": PropertyType.ENUMERATION,
    "hs_lead_status": PropertyType.ENUMERATION,
    "hs_ticket_priority": PropertyType.ENUMERATION,
    "hs_pipeline_stage": PropertyType.ENUMERATION,
    "hs_ticket_category": PropertyType.MULTI_ENUMERATION,
    "source_type": PropertyType.ENUMERATION,
}
"""Types of default properties by name (the shipped mappings); the others are text, or the account tells."""

_OTHER_WORDS: Mapping[ObjectType, Mapping[str, tuple[str, ...]]] = {
    ObjectType.COMPANIES: {
        "name": ("company", "organisation", "organization", "account name"),
        "domain": ("company domain",),
        "phone": ("telephone", "tel"),
        "website": ("url", "web site", "web"),
        "zip": ("postcode", "post code", "zip"),
        "numberofemployees": ("employees", "headcount"),
    },
    ObjectType.CONTACTS: {
        "email": ("e-mail", "mail", "e-mail address"),
        "firstname": ("given name", "forename"),
        "lastname": ("surname", "family name"),
        "phone": ("telephone", "tel"),
        "mobilephone": ("mobile", "mobile phone", "cell"),
        "company": ("organisation", "organization", "account name"),
        "jobtitle": ("title", "position"),
        "zip": ("postcode", "post code", "zip"),
    },
    ObjectType.TICKETS: {
        "subject": ("title", "summary"),
        "content": ("description", "body", "text"),
        "createdate": ("created", "created date", "created at", "creation date"),
        "closed_date": ("closed", "closed at", "resolved at"),
        "hs_pipeline_stage": ("status", "stage", "state"),
        "source_type": ("channel",),
    },
}
ID_HEADERS: Mapping[ObjectType, tuple[str, ...]] = {
    ObjectType.COMPANIES: ("company id", "account id", "external id", "id"),
    ObjectType.TICKETS: ("ticket id", "ticket number", "case number", "case id", "external id", "number", "id", "key"),
}
"""Headers of a column that may tell rows of one object type apart, the most telling first."""


def property_names(object_type: ObjectType) -> dict[str, str]:
    """Map normalized headers to property names: internal names first, then HubSpot's labels, then other words."""
    labels = {name: words for name, words in DEFAULT_LABELS[object_type].items() if name != RECORD_ID}
    pairs = [(name, name) for name in labels]
    for words in (labels, _OTHER_WORDS[object_type]):
        pairs += [(word, name) for name, all_words in words.items() for word in all_words]
    found: dict[str, str] = {}
    for word, name in pairs:
        found.setdefault(normalize_header(word), name)
    return found
