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
    # Airflow 3.3.2's Test button is refused (400) for a connection saved without a port: its list posts 0 for none.
    "relabeling": {
        "password": "Token (service key or private app)",
        "host": "API base",
        "port": "Port (fill in 443: the Test button needs one)",
    },
    "placeholders": {"host": "https://api.hubapi.com", "port": "443", "password": "pat-na1-…"},
}


def _field(label: str, description: str, **schema: object) -> dict[str, object]:
    return {"label": label, "description": description, "schema": schema}


def _whole(label: str, description: str, **limits: int) -> dict[str, object]:
    return _field(label, description, type=["integer", "null"], **limits)


def _number(label: str, description: str, **limits: float) -> dict[str, object]:
    return _field(label, description, type=["number", "null"], **limits)


def _text(label: str, description: str, *examples: str) -> dict[str, object]:
    return _field(label, description, type=["string", "null"], examples=list(examples))


# A field left empty leaves the environment its say, then the default (docs/settings.md).
_EXTRA_FIELDS: dict[str, object] = {
    "api_version": _field(
        "API version",
        "HubSpot's API version (default 2026-09).",
        type=["string", "null"],
        enum=["2026-09", "2026-03", "v3", None],
    ),
    "batch_size": _whole("Batch size", "Records in one request, at most 100 (default 100).", minimum=1, maximum=100),
    "max_retries": _whole("Retries", "Tries after the first when HubSpot fails (default 3).", minimum=0),
    "retry_delay": _number(
        "Retry delay", "Seconds before the first retry on average, then doubling (default 2).", minimum=0
    ),
    "requests_per_second": _number(
        "Requests per second", "A ceiling; empty: as fast as the account's own limit allows.", exclusiveMinimum=0
    ),
    "reserve_percent": _number(
        "Reserve",
        "Percent of the account's limit left to others with the same token (default 5).",
        minimum=0,
        exclusiveMaximum=100,
    ),
    "max_in_flight": _whole(
        "Requests in flight", "At most so many at once (default 16); 1 sends one after another.", minimum=1
    ),
    "rate_limit_url": _text(
        "Rate limit shared through",
        "file:///folder for the processes of one machine, redis://host:6379/0 for several, memory: for none "
        "(default: a folder of AIRFLOW_HOME). An address with a password belongs into HUBSPOT_RATE_LIMIT_URL.",
        "redis://redis:6379/0",
    ),
    "delay_between_batches": _number(
        "Delay between batches", "Seconds; pacing makes it needless (default 0).", minimum=0
    ),
    "connect_timeout": _number("Connect timeout", "Seconds to wait for a connection (default 5).", exclusiveMinimum=0),
    "read_timeout": _number("Read timeout", "Seconds to wait for an answer (default 60).", exclusiveMinimum=0),
    "ca_bundle": _text(
        "CA bundle",
        "PEM file (or folder) of the certificates to trust; empty: the usual ones.",
        "/etc/ssl/certs/ca-certificates.crt",
    ),
    "proxy": _text(
        "Proxy",
        "Empty: as HTTPS_PROXY says. An address with a password belongs into the environment.",
        "http://proxy.example.com:3128",
    ),
    "allow_http": _field(
        "Allow plain http",
        "For a local server that is not on loopback; the token then travels in clear (default off).",
        type=["boolean", "null"],
    ),
}
