"""Settings from the environment, and the params of a run made from a conf. docs/settings.md has the table."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import Field, dataclass, field, fields
from pathlib import Path
from typing import Any

from hubspot_import.errors import SettingsError
from hubspot_import.model import Mode, ObjectType, Params

PROJECT_ROOT = Path(__file__).resolve().parents[2]
API_VERSIONS = ("2026-09", "2026-03", "v3")
MAX_BATCH_SIZE = 100
DEFAULT_BASE_URL = "https://api.hubapi.com"
LOOPBACK_HOSTS = frozenset({"127.0.0.1", "localhost", "::1"})

CONF_KEYS = (
    "source",
    "mappings",
    "objects",
    "mode",
    "dry_run",
    "limit",
    "default_region",
    "max_reject_rate",
    "hubspot_conn_id",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """Where things are. Paths are absolute."""

    project: Path = PROJECT_ROOT
    runs: Path = PROJECT_ROOT / "runs"
    source: Path | None = None
    sources: tuple[Path, ...] = (PROJECT_ROOT / "include",)
    namespace: str = "default"
    own_domains: tuple[str, ...] = ()

    @classmethod
    def from_env(cls, environment: Mapping[str, str]) -> Settings:
        """Read HUBSPOT_IMPORT_*; relative paths are relative to the project's root."""
        project = Path(environment.get("HUBSPOT_IMPORT_PROJECT") or PROJECT_ROOT).resolve()
        source = environment.get("HUBSPOT_IMPORT_SOURCE")
        sources = environment.get("HUBSPOT_IMPORT_SOURCES") or "include"
        return cls(
            project=project,
            runs=(project / (environment.get("HUBSPOT_IMPORT_RUNS") or "runs")).resolve(),
            source=(project / source).resolve() if source else None,
            sources=tuple((project / root).resolve() for root in sources.split(os.pathsep) if root),
            namespace=environment.get("HUBSPOT_IMPORT_NAMESPACE") or "default",
            own_domains=_domains(environment.get("HUBSPOT_IMPORT_OWN_DOMAINS") or ""),
        )

    def resolve(self, path: str) -> Path:
        """Make a path absolute: relative ones start at the project's root."""
        return (self.project / path).resolve()


def params_from_conf(conf: Mapping[str, Any], settings: Settings) -> Params:
    """Check a run's conf and complete it. Raises SettingsError naming the key, the fault and the valid choices."""
    unknown = [key for key in conf if key not in CONF_KEYS]
    if unknown:
        raise SettingsError(f"unknown conf key {', '.join(map(repr, unknown))}; valid keys are {', '.join(CONF_KEYS)}")
    return Params(
        source=str(_source(conf.get("source"), settings)),
        mappings=str(settings.resolve(_text(conf, "mappings") or "include/mappings")),
        objects=tuple(_objects(conf.get("objects"))),
        mode=_mode(conf.get("mode")),
        dry_run=_flag(conf, "dry_run"),
        limit=_limit(conf.get("limit")),
        default_region=_region(conf.get("default_region")),
        max_reject_rate=_rate(conf.get("max_reject_rate")),
        namespace=settings.namespace,
        own_domains=settings.own_domains,
    )


def _domains(text: str) -> tuple[str, ...]:
    return tuple(text.replace(",", " ").split())


def _text(conf: Mapping[str, Any], key: str) -> str | None:
    value = conf.get(key)
    if value is not None and not isinstance(value, str):
        raise SettingsError(f"conf key '{key}' must be text, not {value!r}")
    return value or None


def _source(value: object, settings: Settings) -> Path:
    if value is None or value == "":
        if settings.source is None:
            raise SettingsError("no source folder: give the conf key 'source' or set HUBSPOT_IMPORT_SOURCE")
        return settings.source
    if not isinstance(value, str):
        raise SettingsError(f"conf key 'source' must be a folder, not {value!r}")
    path = settings.resolve(value)
    if not any(path.is_relative_to(root) for root in settings.sources):
        roots = ", ".join(map(str, settings.sources))
        raise SettingsError(
            f"source {path} is not below an allowed root ({roots}); set HUBSPOT_IMPORT_SOURCES to allow it"
        )
    return path


def _objects(value: object) -> list[ObjectType]:
    valid = ", ".join(ObjectType)
    names = [] if value is None else value
    if not isinstance(names, list | tuple):
        raise SettingsError(f"conf key 'objects' must be a list of {valid}, not {value!r}")
    wrong = [name for name in names if name not in list(ObjectType)]
    if wrong:
        raise SettingsError(f"conf key 'objects' holds {', '.join(map(repr, wrong))}; valid are {valid}")
    return [object_type for object_type in ObjectType if object_type in names]


def _mode(value: object) -> Mode:
    if value is None:
        return Mode.UPSERT
    if value not in list(Mode):
        raise SettingsError(f"mode {value!r} does not exist; valid modes are {', '.join(Mode)}")
    return Mode(str(value))


def _flag(conf: Mapping[str, Any], key: str) -> bool:
    value = conf.get(key, False)
    if not isinstance(value, bool):
        raise SettingsError(f"conf key '{key}' must be true or false, not {value!r}")
    return value


def _limit(value: object) -> int | None:
    if value is None:
        return None
    if not isinstance(value, int) or isinstance(value, bool) or value < 1:
        raise SettingsError(f"conf key 'limit' must be a whole number of at least 1, not {value!r}")
    return value


def _region(value: object) -> str | None:
    if value is None or value == "":
        return None
    if not isinstance(value, str) or len(value) != 2 or not value.isalpha():
        raise SettingsError(f"default_region {value!r} is not a country code; give two letters (ISO 3166) like FR")
    return value.upper()


def _rate(value: object) -> float:
    if value is None:
        return 0.5
    if not isinstance(value, int | float) or isinstance(value, bool) or not 0 <= value <= 1:
        raise SettingsError(f"max_reject_rate must be a number from 0 to 1, not {value!r}")
    return float(value)


@dataclass(frozen=True, slots=True, kw_only=True)
class ClientSettings:
    """How to talk to one account. The token never shows in a repr."""

    base_url: str = DEFAULT_BASE_URL
    token: str = field(repr=False)
    api_version: str = "2026-09"
    batch_size: int = MAX_BATCH_SIZE
    max_retries: int = 3
    retry_delay: float = 2.0
    requests_per_second: float | None = None
    delay_between_batches: float = 0.0
    connect_timeout: float = 5.0
    read_timeout: float = 60.0
    allow_http: bool = False
    ca_bundle: str | None = None
    proxy: str | None = field(default=None, repr=False)  # its address may hold a password
    max_in_flight: int = 16
    reserve_percent: float = 5.0
    rate_limit_url: str = field(default="memory:", metadata={"environment": "HUBSPOT_RATE_LIMIT_URL"})

    @classmethod
    def from_sources(
        cls, base_url: str, token: str, extras: Mapping[str, Any], env: Mapping[str, str]
    ) -> ClientSettings:
        """Take each setting from the connection's extra, else from the environment (upper case), else the default.

        The rate limit is shared by the processes of one Airflow: by a file below AIRFLOW_HOME, where that is set.
        Raises SettingsError naming the setting and what it takes.
        """
        given: dict[str, Any] = {"base_url": base_url, "token": token}
        if home := env.get("AIRFLOW_HOME"):
            extras = {"rate_limit_url": env.get("HUBSPOT_RATE_LIMIT_URL") or f"file://{home}/rate-limit", **extras}
        for setting in fields(cls):
            value = extras.get(setting.name, env.get(environment_name(setting)))
            if setting.name not in given and value not in (None, ""):
                given[setting.name] = _parse_setting(setting.name, str(setting.type), value)
        return cls(**given)

    def __post_init__(self) -> None:
        """Refuse values no account takes."""
        if not 1 <= self.batch_size <= MAX_BATCH_SIZE:
            raise SettingsError(f"BATCH_SIZE must be from 1 to {MAX_BATCH_SIZE}, not {self.batch_size}")
        if self.max_in_flight < 1:
            raise SettingsError(f"MAX_IN_FLIGHT must be at least 1, not {self.max_in_flight}")
        if not 0 <= self.reserve_percent < 100:
            raise SettingsError(f"RESERVE_PERCENT must be from 0 to 99, not {self.reserve_percent:g}")
        if self.api_version not in API_VERSIONS:
            raise SettingsError(f"API_VERSION {self.api_version!r} is unknown; valid are {', '.join(API_VERSIONS)}")
        if not self.token:
            raise SettingsError(
                "no HubSpot token: put it into the connection's password field (or HUBSPOT_API_KEY in .env)"
            )


def environment_name(setting: Field[Any]) -> str:
    """Name the environment variable of a client setting."""
    return str(setting.metadata.get("environment", setting.name.upper()))


def _parse_setting(name: str, kind: str, value: Any) -> Any:
    text = str(value).strip()
    try:
        if kind.startswith("int"):
            number: float = int(text)
        elif kind.startswith("float"):
            number = float(text)
        elif kind == "bool":
            return {"true": True, "1": True, "yes": True, "false": False, "0": False, "no": False}[text.lower()]
        else:
            return text
    except (ValueError, KeyError) as error:
        raise SettingsError(f"{name.upper()} must be a {kind.partition(' ')[0]}, not {text!r}") from error
    if number < 0:
        raise SettingsError(f"{name.upper()} must not be negative, not {text!r}")
    return number
