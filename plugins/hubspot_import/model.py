"""The values the stages hand each other. Vocabulary: docs/architecture.md."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from enum import StrEnum
from typing import Any


class ObjectType(StrEnum):
    """HubSpot's object types we import, in the order they are written: parents first."""

    COMPANIES = "companies"
    CONTACTS = "contacts"
    TICKETS = "tickets"

    @property
    def singular(self) -> str:
        """The word for one record: company, contact, ticket."""
        return {"companies": "company"}.get(self, self.removesuffix("s"))


LINK_TYPES: tuple[tuple[ObjectType, ObjectType], ...] = (
    (ObjectType.CONTACTS, ObjectType.COMPANIES),
    (ObjectType.TICKETS, ObjectType.CONTACTS),
    (ObjectType.TICKETS, ObjectType.COMPANIES),
)
"""The links a run makes, as (from, to), in the order they are made."""


class Stage(StrEnum):
    """The stages of a run, in order; also the Airflow task ids."""

    LOAD = "load"
    VALIDATE = "validate"
    EXTRACT_AND_MAP = "extract_and_map"
    PREFLIGHT = "preflight"
    IMPORT_COMPANIES = "import_companies"
    IMPORT_CONTACTS = "import_contacts"
    IMPORT_TICKETS = "import_tickets"
    ASSOCIATE = "associate"
    REPORT = "report"

    @classmethod
    def importing(cls, object_type: ObjectType) -> Stage:
        """Name the stage that writes one object type."""
        return cls(f"import_{object_type}")


class Severity(StrEnum):
    """An error holds its row back; a warning does not."""

    ERROR = "error"
    WARNING = "warning"


class Mode(StrEnum):
    """Which records a run may write."""

    UPSERT = "upsert"
    CREATE_ONLY = "create_only"
    UPDATE_ONLY = "update_only"


class PlanAction(StrEnum):
    """What the plan says will be done to a record."""

    CREATE = "create"
    UPDATE = "update"
    UNCHANGED = "unchanged"
    SKIP = "skip"
    REJECT = "reject"


class OutcomeStatus(StrEnum):
    """What became of a record that was planned."""

    CREATED = "created"
    UPDATED = "updated"
    UNCHANGED = "unchanged"
    SKIPPED = "skipped"
    FAILED = "failed"

    @property
    def is_final(self) -> bool:
        """Say whether a record with this outcome is done for its present content."""
        return self is not OutcomeStatus.FAILED


class LinkStatus(StrEnum):
    """What became of a planned link. ``no_parent``: an end was never written, so nothing could be sent."""

    CREATED = "created"
    EXISTING = "existing"
    FAILED = "failed"
    NO_PARENT = "no_parent"


class RunStatus(StrEnum):
    """The truth about a run; docs/architecture.md has the table."""

    SUCCESS = "success"
    DEGRADED = "degraded"
    FAILED = "failed"
    STOPPED = "stopped"


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """What a check saw in one place of one file. Build it with ``findings.finding``: the catalogue words it.

    ``row`` is the number a spreadsheet shows (first record 2), ``line`` the physical line it starts on; both are None
    for a finding about a whole file or column. ``value`` is the offending text; it never goes into a log.
    ``object_type`` is None only where a file is read on its own, outside a run (``api.read_table``).
    """

    code: str
    severity: Severity
    object_type: ObjectType | None
    row: int | None = None
    line: int | None = None
    column: str | None = None
    value: str | None = None
    message: str
    fix: str
    suggestion: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Params:
    """What a run was asked to do. ``source`` and ``mappings`` are absolute paths; empty ``objects``: all present."""

    source: str
    mappings: str
    objects: tuple[ObjectType, ...] = ()
    mode: Mode = Mode.UPSERT
    dry_run: bool = False
    limit: int | None = None
    default_region: str | None = None
    max_reject_rate: float = 0.5
    namespace: str = "default"
    own_domains: tuple[str, ...] = ()

    def as_dict(self) -> dict[str, Any]:
        """Return plain JSON values."""
        return {name: list(value) if isinstance(value, tuple) else value for name, value in asdict(self).items()}

    @classmethod
    def from_dict(cls, values: Mapping[str, Any]) -> Params:
        """Read what ``as_dict`` gave."""
        objects = tuple(ObjectType(name) for name in values["objects"])
        own_domains = tuple(values.get("own_domains", ()))
        return cls(**{**values, "objects": objects, "mode": Mode(values["mode"]), "own_domains": own_domains})


@dataclass(frozen=True, slots=True, kw_only=True)
class ApiStats:
    """How a client spent its requests. ``writes`` counts requests that could change the account, retries included."""

    requests: int = 0
    writes: int = 0
    retries: int = 0
    rate_limited: int = 0
    seconds_waited_for_limit: float = 0.0

    def __add__(self, other: ApiStats) -> ApiStats:
        """Add two spans of work."""
        mine, theirs = asdict(self), asdict(other)
        return ApiStats(**{name: mine[name] + theirs[name] for name in mine})

    def __sub__(self, earlier: ApiStats) -> ApiStats:
        """What was spent since an earlier reading."""
        mine, theirs = asdict(self), asdict(earlier)
        return ApiStats(**{name: mine[name] - theirs[name] for name in mine})


@dataclass(frozen=True, slots=True, kw_only=True)
class StageResult:
    """A finished stage: counts only, never data. It is what a task returns and what ``stages/<stage>.json`` holds.

    ``counts`` is flat, e.g. ``{"contacts.rows_in": 81, "contacts.rows_out": 80}``.
    """

    stage: Stage
    counts: Mapping[str, int] = field(default_factory=dict)
    seconds: float = 0.0

    def as_dict(self) -> dict[str, Any]:
        """Return plain JSON values."""
        return asdict(self)
