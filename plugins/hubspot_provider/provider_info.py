"""The connection type HubSpot, as data for Airflow's form. Imports nothing: it runs inside Airflow's start."""

from __future__ import annotations


def get_provider_info() -> dict[str, object]:
    """Describe the provider; ``package-name`` must equal the distribution's name in pyproject.toml."""
    return {
        "package-name": "hubspot-crm-bulk-import",
        "name": "HubSpot CRM Bulk Import",
        "description": "Imports companies, contacts and tickets into HubSpot.",
        "connection-types": [
            {
                "connection-type": "hubspot",
                "hook-class-name": "hubspot_provider.hooks.hubspot.HubSpotHook",
                "hook-name": "HubSpot",
                "ui-field-behaviour": _UI_FIELDS,
                "conn-fields": _EXTRA_FIELDS,
            }
        ],
    }


_UI_FIELDS: dict[str, object] = {
    "hidden-fields": ["login", "schema"],
    "relabeling": {"password": "Private app access token or service key"},
    # Airflow 3.3.2's Test button fails on a connection saved without a port (it posts 0), so the field stays.
    "placeholders": {"host": "https://api.hubapi.com", "port": "443", "password": "pat-na1-…"},
}


def _field(label: str, description: str, **schema: object) -> dict[str, object]:
    return {"label": label, "description": description, "schema": schema}


_EXTRA_FIELDS: dict[str, object] = {
    "batch_size": _field(
        "Batch size",
        "Records in one request, at most 100 (default 100).",
        type=["integer", "null"],
        minimum=1,
        maximum=100,
    ),
    "max_retries": _field(
        "Retries", "Tries after the first when HubSpot fails (default 3).", type=["integer", "null"], minimum=0
    ),
    "retry_delay": _field(
        "Retry delay", "Seconds before the first retry, then doubling (default 2).", type=["number", "null"], minimum=0
    ),
    "requests_per_second": _field(
        "Requests per second",
        "A ceiling; empty: as fast as the account's own limit allows.",
        type=["number", "null"],
        exclusiveMinimum=0,
    ),
    "delay_between_batches": _field(
        "Delay between batches", "Seconds; pacing makes it needless (default 0).", type=["number", "null"], minimum=0
    ),
    "api_version": _field(
        "API version",
        "HubSpot's API version (default 2026-09).",
        type=["string", "null"],
        enum=["2026-09", "2026-03", "v3", None],
    ),
    "allow_http": _field(
        "Allow plain http", "Only for a local server that is not on loopback (default off).", type=["boolean", "null"]
    ),
    "max_in_flight": _field(
        "Requests in flight",
        "At most so many at once (default 16); 1 sends one after another.",
        type=["integer", "null"],
        minimum=1,
    ),
    "reserve_percent": _field(
        "Reserve",
        "Percent of the account's limit left to others with the same token (default 5).",
        type=["number", "null"],
        minimum=0,
        exclusiveMaximum=100,
    ),
    "ca_bundle": _field(
        "CA bundle", "PEM file of the certificates to trust; empty: the usual ones.", type=["string", "null"]
    ),
    "proxy": _field(
        "Proxy", "Like http://proxy.example.com:3128; empty: as the environment says.", type=["string", "null"]
    ),
}
