"""What to do about a run that stopped, by the class of the error. The error's own message says what is wrong."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from hubspot_import import errors

AGAIN = "Then run it again; what is written already is not written twice."

REMEDIES: Mapping[type[Exception], str] = {
    errors.SettingsError: f"Correct the setting or param in the trigger form or the environment. {AGAIN}",
    errors.MappingError: f"Correct the mapping file. {AGAIN}",
    errors.SourceError: f"Put the file where the run looks for it, or correct the param source. {AGAIN}",
    errors.TooManyRejectsError: "Correct the rows listed here (rejects/ holds them with their reasons), or raise "
    f"max_reject_rate if so many are expected. {AGAIN}",
    errors.TokenError: f"Put a valid token into the Airflow connection. {AGAIN}",
    errors.ScopeError: f"Give the private app or service key the scope that is named. {AGAIN}",
    errors.SchemaError: f"Change the mapping or the property in HubSpot as the message says. {AGAIN}",
    errors.QuotaError: f"Wait until the quota resets, or have it raised. {AGAIN}",
    errors.RequestRefusedError: f"HubSpot's answer says what it did not accept; correct that. {AGAIN}",
    errors.HubSpotUnavailableError: "Nothing is wrong with the files: run it again, or clear the failed task, when "
    "HubSpot answers (status.hubspot.com). Only what is missing is sent.",
    errors.IncompleteImportError: "Clear the failed task or run it again: only what is missing is sent.",
    errors.TaskCrashedError: "Read the task's log, then clear the task or run it again: it goes on where it stopped.",
    errors.InvariantError: "This is a fault of the importer, not of your files. Report it with the run folder's "
    "manifest.json and report.json.",
}

_BY_NAME = {kind.__name__: remedy for kind, remedy in REMEDIES.items()}
_UNKNOWN = "The log of the task (import.log) holds the details. Clear the failed task, or run it again."


@dataclass(frozen=True, slots=True, kw_only=True)
class Failure:
    """A stage that did not end well, and the way on."""

    stage: str
    error: str
    message: str

    @property
    def remedy(self) -> str:
        """What a person does next."""
        return _BY_NAME.get(self.error, _UNKNOWN)


def unfinished(stage: str) -> Failure:
    """Describe a stage that neither finished nor said why: its process was ended from outside."""
    message = f"{stage} did not finish and left no error: it was ended from outside."
    return Failure(stage=stage, error=errors.TaskCrashedError.__name__, message=message)
