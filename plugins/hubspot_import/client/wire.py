"""What goes to HubSpot and what comes back, as values. Nothing here knows of HTTP."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class Operation(StrEnum):
    """The batch writes of HubSpot's object API, by their name in the path."""

    CREATE = "create"
    UPDATE = "update"
    UPSERT = "upsert"


@dataclass(frozen=True, slots=True, kw_only=True)
class WriteInput:
    """One record to write.

    ``trace_id`` is unique among the inputs of a call (the importer uses the row number) and comes back in the outcome.
    ``id`` is None for create, the record id for update (``id_property`` None), the key's value for upsert.
    """

    trace_id: str
    id: str | None = None
    id_property: str | None = None
    properties: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class InputOutcome:
    """What became of one input. Written (``record_id`` set) or refused (``category`` and ``message`` set).

    ``message`` is HubSpot's and may hold personal data: for files, never for a log.
    ``category`` ``UNACCOUNTED``: the answer was 2xx but named the input neither in results nor in errors.
    ``category`` ``UNAVAILABLE``: the batch failed beyond the client's patience (``is_retryable``, unless it is a create
    that may have been committed).
    ``category`` ``DUPLICATE_ID``, ``MISSING_KEY``: not sent, see the message.
    """

    trace_id: str
    record_id: str | None = None
    is_new: bool | None = None
    category: str | None = None
    message: str | None = None
    is_retryable: bool = False

    @property
    def is_written(self) -> bool:
        """Say whether HubSpot acknowledged the write."""
        return self.record_id is not None


@dataclass(frozen=True, slots=True, kw_only=True)
class BatchOutcome:
    """An acknowledged (or given up) batch: every input exactly once, in input order. ``number`` counts from 1."""

    number: int
    outcomes: tuple[InputOutcome, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """A record as it stands in the account. Unset requested properties are absent from ``properties``."""

    id: str
    properties: Mapping[str, str]
    archived: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class PropertyOption:
    """One option of an enumeration."""

    value: str
    label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PropertyDefinition:
    """A property of the account's own schema (properties API)."""

    name: str
    label: str
    type: str
    field_type: str
    has_unique_value: bool
    is_read_only: bool
    external_options: bool
    options: tuple[PropertyOption, ...]
    calculated: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class PipelineStage:
    """A stage of a pipeline. ``is_open`` is False when the stage closes a ticket."""

    id: str
    label: str
    display_order: int
    is_open: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Pipeline:
    """A pipeline with its stages in display order."""

    id: str
    label: str
    display_order: int
    stages: tuple[PipelineStage, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Owner:
    """An active owner."""

    id: str
    email: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """Which account was reached (account-info details)."""

    id: str
    account_type: str
    time_zone: str
    ui_domain: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Usage:
    """Today's quota (account-info api-usage); None where the account does not say."""

    daily_limit: int | None
    used_today: int | None
    resets_at: str | None


HUBSPOT_DEFINED = "HUBSPOT_DEFINED"


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkType:
    """One type of an association. Labels the account made itself have the category USER_DEFINED."""

    type_id: int
    category: str = HUBSPOT_DEFINED


LinkTypes = frozenset[LinkType]
"""All types of one pair."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """A pair of record ids to associate, with the type ids: HubSpot's own, and (``more_types``) any others.

    HubSpot replaces the types of a pair that is linked already: name all that are to stay.
    """

    from_id: str
    to_id: str
    type_ids: tuple[int, ...]
    more_types: tuple[LinkType, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkOutcome:
    """What became of a link that was sent."""

    link: Link
    is_written: bool
    category: str | None = None
    message: str | None = None
    is_retryable: bool = False
