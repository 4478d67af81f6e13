"""What `make import` tells the DAG run it starts, through the child's environment. Empty under a scheduler."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

RUN = "HUBSPOT_IMPORT_LAUNCH_RUN"
RESUME = "HUBSPOT_IMPORT_LAUNCH_RESUME"
FINGERPRINT = "HUBSPOT_IMPORT_LAUNCH_FINGERPRINT"
PROGRESS_FD = "HUBSPOT_IMPORT_LAUNCH_PROGRESS_FD"


@dataclass(frozen=True, slots=True, kw_only=True)
class Launch:
    """One start by the command: the run folder's name, whether it is resumed, and what makes runs the same."""

    run: str | None = None
    is_resume: bool = False
    fingerprint: str | None = None

    @classmethod
    def from_env(cls, environment: Mapping[str, str]) -> Launch:
        """Read what the command set; without it, an empty launch."""
        return cls(
            run=environment.get(RUN) or None,
            is_resume=environment.get(RESUME) == "true",
            fingerprint=environment.get(FINGERPRINT) or None,
        )

    def as_env(self) -> dict[str, str]:
        """Return the environment variables that ``from_env`` reads."""
        return {RUN: self.run or "", RESUME: str(self.is_resume).lower(), FINGERPRINT: self.fingerprint or ""}
