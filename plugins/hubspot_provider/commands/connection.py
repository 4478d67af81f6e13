"""The HubSpot connection as Airflow takes it from the environment. A token is never in argv or in a log."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from urllib.parse import unquote, urlsplit

from hubspot_import.settings import DEFAULT_BASE_URL

DEFAULT_CONN_ID = "hubspot_default"


def variable(conn_id: str) -> str:
    """Name the environment variable Airflow reads a connection from."""
    return f"AIRFLOW_CONN_{conn_id.upper()}"


def connection_json(host: str, token: str, *, allow_http: bool = False) -> str:
    """Write a connection in the form Airflow takes from the environment."""
    extra = {"allow_http": True} if allow_http else {}
    return json.dumps({"conn_type": "hubspot", "host": host, "password": token, "extra": extra})


def with_connection(environment: Mapping[str, str]) -> dict[str, str]:
    """Build hubspot_default from HUBSPOT_API_KEY (and HUBSPOT_API_BASE) unless it is set already."""
    name = variable(DEFAULT_CONN_ID)
    token = environment.get("HUBSPOT_API_KEY")
    if environment.get(name) or not token:
        return dict(environment)
    allow_http = environment.get("HUBSPOT_ALLOW_HTTP", "").lower() == "true"
    host = environment.get("HUBSPOT_API_BASE") or DEFAULT_BASE_URL
    return {**environment, name: connection_json(host, token, allow_http=allow_http)}


def has_connection(environment: Mapping[str, str]) -> bool:
    """Say whether hubspot_default comes from the environment."""
    return bool(environment.get(variable(DEFAULT_CONN_ID)) or environment.get("HUBSPOT_API_KEY"))


def account_mark(environment: Mapping[str, str], conn_id: str) -> str:
    """Tell accounts apart without keeping the token: host and the start of the token's hash.

    A connection that only Airflow's database holds is told by its id.
    """
    text = environment.get(variable(conn_id))
    if not text:
        return f"connection {conn_id}"
    host, token = _host_and_token(text)
    return f"{host} {hashlib.sha256(token.encode()).hexdigest()[:12]}"


def _host_and_token(text: str) -> tuple[str, str]:
    if text.lstrip().startswith("{"):
        fields = json.loads(text)
        port = fields.get("port")
        return f"{fields.get('host') or DEFAULT_BASE_URL}{f':{port}' if port else ''}", fields.get("password") or ""
    parts = urlsplit(text)
    return f"{parts.hostname}:{parts.port}", unquote(parts.password or "")
