"""The hook: an Airflow connection of type ``hubspot`` becomes one pooled session and a ``HubSpotClient`` on it."""

from __future__ import annotations

import json as json_module
import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cached_property
from typing import Any
from urllib.parse import urlsplit

import requests
from airflow.providers.http.hooks.http import HttpHook

from hubspot_import.client.client import HubSpotClient
from hubspot_import.client.request import ApiRequest
from hubspot_import.client.session import open_session
from hubspot_import.client.windows import Lane
from hubspot_import.client.wire import (
    Account,
    InputOutcome,
    Link,
    LinkOutcome,
    Owner,
    Pipeline,
    PropertyDefinition,
    Record,
    Usage,
)
from hubspot_import.errors import HubSpotImportError, SettingsError
from hubspot_import.settings import DEFAULT_BASE_URL, ClientSettings
from hubspot_provider.hooks.account_words import missing_by_type, reached_words, scope_words


class HubSpotHook(HttpHook):
    """Talk to a HubSpot account: batched, paced and retried by ``hubspot_import.client``.

    The connection is looked up once. Its password is the token, its host the API (scheme and port optional), its
    extra the settings of docs/settings.md; an extra is never sent as an HTTP header.

    :param hubspot_conn_id: the connection to use
    :param method: the HTTP method of ``run``
    """

    conn_name_attr = "hubspot_conn_id"
    default_conn_name = "hubspot_default"
    conn_type = "hubspot"
    hook_name = "HubSpot"

    def __init__(self, hubspot_conn_id: str = default_conn_name, *, method: str = "POST") -> None:
        super().__init__(method=method, http_conn_id=hubspot_conn_id)
        self.hubspot_conn_id = hubspot_conn_id

    @cached_property
    def settings(self) -> ClientSettings:
        """What the connection and the environment say."""
        return client_settings(self.get_connection(self.hubspot_conn_id), os.environ)

    @cached_property
    def client(self) -> HubSpotClient:
        """The client on the hook's one session."""
        return HubSpotClient(self._session, self.settings)

    @cached_property
    def _session(self) -> requests.Session:
        return open_session(self.settings)

    def get_conn(
        self, headers: dict[Any, Any] | None = None, extra_options: dict[str, Any] | None = None
    ) -> requests.Session:
        """Return the pooled, authenticated session; with headers of one's own, a new one that has them.

        ``extra_options`` is HttpHook's and not used: what it would say is in the connection's extra.
        """
        if not headers:
            return self._session
        session = open_session(self.settings)
        session.headers.update(headers)
        return session

    def url_from_endpoint(self, endpoint: str | None) -> str:
        """Put the API's address before an endpoint."""
        return f"{self.settings.base_url}/{(endpoint or '').lstrip('/')}"

    def run(
        self,
        endpoint: str | None = None,
        data: dict[str, Any] | str | None = None,
        headers: dict[str, Any] | None = None,
        extra_options: dict[str, Any] | None = None,
        **request_kwargs: Any,
    ) -> requests.Response:
        """Send any request through the client: ``data`` is the query of a GET, else the JSON body (as is ``json=``).

        Raises the exceptions of ``hubspot_import.errors``. ``extra_options`` is not used, as in ``get_conn``.
        """
        body = request_kwargs.pop("json", None)
        if request_kwargs:
            raise SettingsError(f"HubSpotHook.run does not take {', '.join(request_kwargs)}; give data= or json=")
        response = self.client.send(_request(self.method, endpoint or "", body or data, headers or {})).response
        if response is None:
            raise SettingsError("the request was not answered")
        return response

    def upsert(
        self, object_type: str, records: Sequence[Mapping[str, str]], *, id_property: str | None = None
    ) -> list[InputOutcome]:
        """Create or update records by a unique property (contacts: e-mail), 100 a request."""
        return self.client.upsert(object_type, records, id_property=id_property)

    def create(self, object_type: str, records: Sequence[Mapping[str, str]]) -> list[InputOutcome]:
        """Create records, 100 a request."""
        return self.client.create(object_type, records)

    def update(self, object_type: str, records: Sequence[Mapping[str, str]]) -> list[InputOutcome]:
        """Update records by the record id they carry under ``id``, 100 a request."""
        return self.client.update(object_type, records)

    def read(
        self, object_type: str, ids: Sequence[str], *, properties: Sequence[str], id_property: str | None = None
    ) -> dict[str, Record]:
        """Read records by record id or by a unique property, 100 a request; missing ones are absent."""
        return self.client.read(object_type, ids, properties=properties, id_property=id_property)

    def archive(self, object_type: str, ids: Sequence[str]) -> None:
        """Archive records by record id, 100 a request."""
        self.client.archive(object_type, ids)

    def associate(self, from_type: str, to_type: str, links: Sequence[Link]) -> list[LinkOutcome]:
        """Associate pairs of records, 2,000 a request."""
        batches: Iterator[list[LinkOutcome]] = self.client.associate(from_type, to_type, links)
        return [outcome for batch in batches for outcome in batch]

    def search(
        self, object_type: str, *, property_name: str, values: Sequence[str], properties: Sequence[str]
    ) -> list[Record]:
        """Find records whose property is one of the values."""
        return self.client.search(object_type, property_name=property_name, values=values, properties=properties)

    def properties(self, object_type: str) -> dict[str, PropertyDefinition]:
        """Read an object type's property definitions by internal name."""
        return self.client.properties(object_type)

    def pipelines(self, object_type: str) -> list[Pipeline]:
        """Read an object type's pipelines and stages."""
        return self.client.pipelines(object_type)

    def owners(self) -> list[Owner]:
        """Read the account's active owners."""
        return self.client.owners()

    def account(self) -> Account:
        """Say which account this is."""
        return self.client.account()

    def usage(self) -> Usage:
        """Say how much of today's quota is used."""
        return self.client.usage()

    def test_connection(self) -> tuple[bool, str]:
        """Say which account was reached and what its token may do, or what is wrong with token, scopes or network.

        It is tried once: somebody waits for the button's answer.
        """
        try:
            client = HubSpotClient(self._session, replace(self.settings, max_retries=0))
            reached = reached_words(client.account(), client.usage())
            granted = client.scopes()
        except HubSpotImportError as error:
            return False, str(error)
        return not (granted is not None and missing_by_type(granted)), f"{reached} {scope_words(granted)}"


def client_settings(connection: Any, environment: Mapping[str, str]) -> ClientSettings:
    """Read the client's settings from an Airflow connection, else from the environment.

    Raises SettingsError naming the setting and what it takes.
    """
    # The form saves fields left empty as null: those are not given.
    extras = {name: value for name, value in connection.extra_dejson.items() if value not in (None, "")}
    return ClientSettings.from_sources(_base_url(connection), (connection.password or "").strip(), extras, environment)


def _base_url(connection: Any) -> str:
    host = (connection.host or DEFAULT_BASE_URL).strip().rstrip("/")
    if "://" not in host:
        host = f"{connection.schema or 'https'}://{host}"
    if connection.port and urlsplit(host).port is None:
        host = f"{host}:{connection.port}"
    return host


def _lane(path: str) -> Lane:
    if path.endswith("/search"):
        return Lane.SEARCH
    return Lane.ASSOCIATIONS if "/associations/" in path else Lane.BURST


def _request(method: str, endpoint: str, data: Any, headers: Mapping[str, str]) -> ApiRequest:
    is_query = method in {"GET", "HEAD"}
    body = json_module.loads(data) if isinstance(data, str) else data
    path = "/" + endpoint.lstrip("/")
    return ApiRequest(
        label=f"{method} {path.partition('?')[0]}",
        method=method,
        path=path,
        query=(body or {}) if is_query else {},
        body=None if is_query else body,
        headers=headers,
        is_write=not is_query,
        lane=_lane(path.partition("?")[0]),
        is_repeatable=method not in {"POST", "PATCH"},
        is_answered=False,
    )
