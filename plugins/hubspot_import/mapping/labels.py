"""HubSpot's default property labels, so that a file exported from HubSpot's own screens needs no mapping work.

Labels are those of an English account (properties API, contacts recorded 2024; companies and tickets as the index pages
show them). Renamed or translated labels need the column named in the mapping.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping

from hubspot_import.model import ObjectType

_ADDRESS: Mapping[str, tuple[str, ...]] = {
    "address": ("Street Address",),
    "city": ("City",),
    "state": ("State/Region", "State"),
    "zip": ("Postal Code", "Zip Code"),
    "country": ("Country/Region", "Country"),
}
_SHARED: Mapping[str, tuple[str, ...]] = {
    "hs_object_id": ("Record ID",),
    "createdate": ("Create Date",),
    "closedate": ("Close Date",),
    "lifecyclestage": ("Lifecycle Stage",),
    "hs_lead_status": ("Lead Status",),
    "phone": ("Phone Number",),
    "website": ("Website URL",),
    "industry": ("Industry",),
    "annualrevenue": ("Annual Revenue",),
}

DEFAULT_LABELS: Mapping[ObjectType, Mapping[str, tuple[str, ...]]] = {
    ObjectType.COMPANIES: {
        **_SHARED,
        **_ADDRESS,
        "name": ("Company name", "Name"),
        "domain": ("Company Domain Name", "Domain Name"),
        "address2": ("Street Address 2",),
        "numberofemployees": ("Number of Employees",),
        "description": ("Description",),
        "about_us": ("About Us",),
        "type": ("Type",),
        "founded_year": ("Year Founded",),
        "is_public": ("Is Public",),
        "timezone": ("Time Zone",),
        "hubspot_owner_id": ("Company owner",),
        "linkedin_company_page": ("LinkedIn Company Page",),
        "facebook_company_page": ("Facebook Company Page",),
        "twitterhandle": ("Twitter Handle",),
        "total_money_raised": ("Total Money Raised",),
    },
    ObjectType.CONTACTS: {
        **_SHARED,
        **_ADDRESS,
        "firstname": ("First Name",),
        "lastname": ("Last Name",),
        "email": ("Email", "Email Address"),
        "mobilephone": ("Mobile Phone Number",),
        "fax": ("Fax Number",),
        "company": ("Company Name",),
        "jobtitle": ("Job Title",),
        "numemployees": ("Number of Employees",),
        "salutation": ("Salutation",),
        "message": ("Message",),
        "date_of_birth": ("Date of birth",),
        "hs_language": ("Preferred language",),
        "hubspot_owner_id": ("Contact owner",),
    },
    ObjectType.TICKETS: {
        "hs_object_id": ("Record ID", "Ticket ID"),
        "subject": ("Ticket name",),
        "content": ("Ticket description",),
        "createdate": ("Create Date",),
        "closed_date": ("Close Date",),
        "hs_pipeline": ("Pipeline",),
        "hs_pipeline_stage": ("Ticket status",),
        "hs_ticket_priority": ("Priority",),
        "hs_ticket_category": ("Category",),
        "hs_resolution": ("Resolution",),
        "source_type": ("Source",),
        "hubspot_owner_id": ("Ticket owner",),
    },
}

_IGNORED = re.compile(r"[\s_\-\u200b-\u200f\u2060\ufeff]+")


def normalize_header(text: str) -> str:
    """Reduce a header to what is compared: no case, blanks, underscores, hyphens or BOM; full-width forms folded."""
    return _IGNORED.sub("", unicodedata.normalize("NFKC", text).casefold())
