"""Who sees the token: the account over verified TLS, and nobody else; no log, exception, repr or file of a run."""

from __future__ import annotations

import logging
import traceback
from pathlib import Path
from typing import Any

import pytest

from hubspot_import.api import run_import
from hubspot_import.client.client import HubSpotClient
from hubspot_import.client.session import open_session
from hubspot_import.errors import HubSpotImportError, HubSpotUnavailableError, SettingsError
from hubspot_import.settings import ClientSettings
from hubspot_provider.hooks.hubspot import HubSpotHook
from support.clock import FakeClock
from support.listeners import listening, self_signed
from support.sources import a_source, some_companies, some_contacts
from support.write_path import WritePath

TOKEN = "pat-na1-22222222-2222-4222-8222-222222222222"
PROXY_PASSWORD = "open-sesame"


def client_of(base_url: str, **extras: Any) -> HubSpotClient:
    settings = ClientSettings(base_url=base_url, token=TOKEN, max_retries=0, **extras)
    return HubSpotClient(open_session(settings), settings, clock=FakeClock())


def test_a_certificate_nobody_vouches_for_is_refused_before_the_token_is_sent(tmp_path):
    context, _ = self_signed(tmp_path)
    with listening(tls=context) as listener:
        with pytest.raises(HubSpotUnavailableError, match="certificate is not trusted"):
            client_of(f"https://127.0.0.1:{listener.port}").account()
        assert listener.seen == []


def test_a_bundle_of_ones_own_is_trusted_even_where_the_environment_names_another(tmp_path, monkeypatch):
    context, bundle = self_signed(tmp_path)
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(Path(__file__)))
    with listening(tls=context) as listener:
        assert client_of(f"https://127.0.0.1:{listener.port}", ca_bundle=str(bundle)).account().id == "7"


def test_the_bundle_of_the_environment_is_trusted_when_the_connection_names_none(tmp_path, monkeypatch):
    context, bundle = self_signed(tmp_path)
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(bundle))
    with listening(tls=context) as listener:
        assert client_of(f"https://127.0.0.1:{listener.port}").account().id == "7"


def test_requests_go_through_the_proxy_of_the_connection_even_where_the_environment_names_another(monkeypatch):
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:1")
    with listening() as proxy:
        client_of("http://hubspot.test", allow_http=True, proxy=f"http://127.0.0.1:{proxy.port}").account()
        assert [target.startswith("http://hubspot.test/account-info/") for target, _ in proxy.seen] == [True]


@pytest.mark.parametrize("proxy", [f"socks5://me:{PROXY_PASSWORD}@proxy:1", f"me:{PROXY_PASSWORD}@proxy", "http://"])
def test_a_proxy_that_makes_no_sense_is_refused_without_quoting_it(proxy):
    with pytest.raises(SettingsError, match="PROXY must be") as caught:
        client_of("https://api.hubapi.com", proxy=proxy)
    assert PROXY_PASSWORD not in str(caught.value)


def test_a_bundle_that_is_not_there_is_named(tmp_path):
    with pytest.raises(SettingsError, match=r"CA_BUNDLE .*absent\.pem does not exist"):
        client_of("https://api.hubapi.com", ca_bundle=str(tmp_path / "absent.pem"))


def test_a_redirect_to_another_host_takes_no_token_there_even_when_the_bare_session_follows_it():
    with listening() as elsewhere, listening(location=f"http://localhost:{elsewhere.port}/") as listener:
        session = open_session(ClientSettings(base_url=f"http://127.0.0.1:{listener.port}", token=TOKEN))
        session.get(f"http://127.0.0.1:{listener.port}/", timeout=5)
        [(_, sent)], [(_, sent_elsewhere)] = listener.seen, elsewhere.seen
    assert sent["Authorization"] == f"Bearer {TOKEN}"
    assert "Authorization" not in sent_elsewhere


def test_no_repr_shows_the_token_or_the_proxys_password(monkeypatch):
    proxy = f"http://me:{PROXY_PASSWORD}@127.0.0.1:3128"
    settings = ClientSettings(token=TOKEN, proxy=proxy)
    session = open_session(settings)
    shown = " ".join(map(repr, (settings, session, session.auth, HubSpotClient(session, settings), HubSpotHook())))
    assert TOKEN not in shown
    assert PROXY_PASSWORD not in shown


ECHO = {"status": "error", "category": "X", "message": f"you sent Bearer {TOKEN} for person1@firma1.example.net"}
FAILURES: dict[str, dict[str, Any]] = {
    **{str(status): {"status": status, "body": ECHO} for status in (400, 401, 403, 404, 409, 423, 429, 477, 500, 502)},
    "daily": {"status": 429, "body": {**ECHO, "policyName": "DAILY"}},
    "page": {"status": 503, "body": f"<html>Bearer {TOKEN} person1@firma1.example.net</html>"},
    "reset": {"status": 0},
    "malformed": {"kind": "malformed"},
    "truncated": {"kind": "truncated"},
}


AT_THE_FIRST_REQUEST = ("401", "403", "page", "reset")


def failure_of(path: WritePath, source: Path, runs: Path) -> str:
    """Run the import; give the traceback it ended with, empty when it reached its end with every record refused."""
    try:
        report = run_import(source, client=path.client(), runs=runs, clock=path.clock)
    except HubSpotImportError as error:
        return "".join(traceback.format_exception(error))
    assert report["status"] == "failed"
    return ""


@pytest.mark.parametrize(
    ("where", "failure"),
    [*(("/batch/", failure) for failure in FAILURES), *(("/", failure) for failure in AT_THE_FIRST_REQUEST)],
)
def test_a_run_in_which_everything_fails_tells_nobody_the_token_nor_logs_an_address(
    path: WritePath, tmp_path, caplog, where, failure
):
    caplog.set_level(logging.DEBUG)
    path.server.faults.next(10_000, path_contains=where, **FAILURES[failure])
    source = a_source(tmp_path / "inbox", companies=some_companies(2), contacts=some_contacts(2))
    said = failure_of(path, source, tmp_path / "runs") + caplog.text
    files = [file for file in (tmp_path / "runs").rglob("*") if file.is_file()]
    logs = "".join(file.read_text(encoding="utf-8") for file in files if file.suffix == ".log")
    assert "preflight: start" in logs
    assert not [file.name for file in files if path.server.token.encode() in file.read_bytes()]
    for secret in (TOKEN, path.server.token, "person1@"):
        assert secret not in said + logs
