"""Every exception of the importer, by what can be done about it.

::

    HubSpotImportError               what all share
    ├── FatalError                   a retry cannot help; somebody must change something
    │   ├── SettingsError            a setting, a param or a conf key
    │   ├── MappingError             a mapping file
    │   ├── SourceError              the source folder or a file in it
    │   ├── TooManyRejectsError      more rows held back than the run allows
    │   ├── TokenError               401: the token is wrong or expired
    │   ├── ScopeError               403: the token lacks a scope
    │   ├── SchemaError              the account's schema stands in the way
    │   ├── QuotaError               the daily quota is gone; says when it resets
    │   └── RequestRefusedError      HubSpot refused a request that cannot succeed as it is
    ├── RetryableError               may pass by itself
    │   ├── HubSpotUnavailableError  5xx, 429 or the network, beyond the client's patience
    │   ├── IncompleteImportError    some batches were not written; a retry sends only what is missing
    │   └── TaskCrashedError         a task ended without telling why: killed, out of time, or a bug
    └── InvariantError               our own books do not balance: a bug

Bad data is a value (a Finding, an outcome), never an exception. A message names the thing, the fault and the remedy,
and never holds a token, an e-mail, a phone number or ticket text.
"""

from __future__ import annotations

from datetime import datetime


class HubSpotImportError(Exception):
    """What all errors of the importer share."""


class FatalError(HubSpotImportError):
    """A retry cannot help."""


class SettingsError(FatalError):
    """A setting, a param or a conf key is wrong."""


class MappingError(FatalError):
    """A mapping file is wrong; the message names file, key and valid choices."""


class SourceError(FatalError):
    """The source folder or a file in it cannot be used."""


class TooManyRejectsError(FatalError):
    """More rows were held back than ``max_reject_rate`` allows; nothing was written."""


class TokenError(FatalError):
    """HubSpot does not accept the token (401)."""


class ScopeError(FatalError):
    """The token lacks a scope (403); the message names it."""


class SchemaError(FatalError):
    """The account's schema stands in the way, e.g. the key property may not be created."""


class QuotaError(FatalError):
    """The account's daily quota is gone; the message says when it resets, and ``resets_at``, where that is known."""

    def __init__(self, message: str, *, resets_at: datetime | None = None) -> None:
        super().__init__(message)
        self.resets_at = resets_at


class RequestRefusedError(FatalError):
    """HubSpot refused a whole request for a reason that will not pass. Holds status and category, never the body."""

    def __init__(self, message: str, *, status: int, category: str | None = None) -> None:
        super().__init__(message)
        self.status = status
        self.category = category


class RetryableError(HubSpotImportError):
    """May pass by itself; Airflow's retry is worth it."""


class HubSpotUnavailableError(RetryableError):
    """HubSpot or the network failed beyond the client's patience."""

    def __init__(self, message: str, *, status: int | None = None) -> None:
        super().__init__(message)
        self.status = status


class IncompleteImportError(RetryableError):
    """Some batches were not written; the rest was, and a retry sends only what is missing."""


class TaskCrashedError(RetryableError):
    """A task ended without telling why: killed, out of time, or a bug."""


class InvariantError(HubSpotImportError):
    """Our own books do not balance: a bug, not the user's fault."""
