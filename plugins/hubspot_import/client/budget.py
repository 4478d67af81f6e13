"""Who shares the account's limit: the threads of this process, the processes of this machine, or all machines.

``HUBSPOT_RATE_LIMIT_URL`` says which: ``memory:``, a folder (``file:///…``) or ``redis://…``. A grant is reserved under
a lock and waited for outside it, so a waiting process keeps nobody else from reserving: grants go in the order they
were asked for.
"""

from __future__ import annotations

import fcntl
import hashlib
import json
import logging
import os
import threading
from collections import defaultdict
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Protocol
from urllib.parse import unquote, urlsplit

from hubspot_import.client import windows
from hubspot_import.client.windows import Grants, Window
from hubspot_import.clock import Clock
from hubspot_import.errors import SettingsError

logger = logging.getLogger(__name__)


class Budget(Protocol):
    """Where grants are kept. Lanes are named; each call is atomic for all who share the budget."""

    def reserve(self, lanes: Mapping[str, Window]) -> float:
        """Grant the next request in all these lanes; return the seconds to wait before sending it."""

    def note_spent(self, lane: str, window: Window, *, spent: int, seconds_ago: float) -> None:
        """Take over how many requests the account counted when it answered one sent ``seconds_ago``."""

    def close(self, lane: str, seconds: float) -> None:
        """Grant nothing in a lane for some seconds."""


class MemoryBudget:
    """For one process: its threads share it."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._lock = threading.Lock()
        self._lanes: defaultdict[str, Grants] = defaultdict(Grants)

    @contextmanager
    def _opened(self) -> Iterator[defaultdict[str, Grants]]:
        with self._lock:
            yield self._lanes

    def reserve(self, lanes: Mapping[str, Window]) -> float:
        """Grant the next request in all these lanes; return the seconds to wait before sending it."""
        with self._opened() as state:
            now = self._clock.monotonic()
            return windows.reserve(state, lanes, now) - now

    def note_spent(self, lane: str, window: Window, *, spent: int, seconds_ago: float) -> None:
        """Take over how many requests the account counted when it answered one sent ``seconds_ago``."""
        with self._opened() as state:
            now = self._clock.monotonic()
            windows.note_spent(state[lane], window, spent=spent, since=now - seconds_ago, now=now)

    def close(self, lane: str, seconds: float) -> None:
        """Grant nothing in a lane for some seconds."""
        with self._opened() as state:
            windows.close(state[lane], self._clock.monotonic() + seconds)


class FileBudget(MemoryBudget):
    """For the processes of one machine: the grants are in a small file, changed under an flock.

    The machine's monotonic clock is one for all its processes. Not for network file systems.
    """

    def __init__(self, path: Path, clock: Clock) -> None:
        super().__init__(clock)
        self._path = path
        self._lock_path = path.with_suffix(".lock")
        with self._opened():
            pass

    @contextmanager
    def _opened(self) -> Iterator[defaultdict[str, Grants]]:
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            with self._locked():
                state = self._read()
                yield state
                self._write(state)
        except OSError as error:
            raise SettingsError(
                f"the rate limit cannot be kept in {self._path.parent} ({error.strerror}); make room there, or set "
                "HUBSPOT_RATE_LIMIT_URL to a folder that can be written, or to redis://…"
            ) from error

    @contextmanager
    def _locked(self) -> Iterator[None]:
        handle = os.open(self._lock_path, os.O_RDWR | os.O_CREAT, 0o600)
        try:
            fcntl.flock(handle, fcntl.LOCK_EX)
            yield
        finally:
            os.close(handle)

    def _read(self) -> defaultdict[str, Grants]:
        """Read the grants; a file that is no longer whole, as a power failure leaves it, is begun anew."""
        state: defaultdict[str, Grants] = defaultdict(Grants)
        if not self._path.exists():
            return state
        try:
            for lane, grants in json.loads(self._path.read_text(encoding="ascii")).items():
                state[lane] = Grants(taken=list(grants["taken"]), closed_until=float(grants["closed_until"]))
        except (ValueError, KeyError, TypeError, AttributeError):
            logger.warning("the rate limit's file %s is damaged and begun anew", self._path)
            return defaultdict(Grants)
        return state

    def _write(self, state: Mapping[str, Grants]) -> None:
        """Replace the file in one piece: a process killed here must not leave half of it."""
        lanes = {lane: {"taken": each.taken, "closed_until": each.closed_until} for lane, each in state.items()}
        partial = self._path.with_suffix(".part")
        partial.write_text(json.dumps(lanes), encoding="ascii")
        partial.replace(self._path)


def open_budget(url: str, *, base_url: str, token: str, clock: Clock) -> Budget:
    """Open the budget a setting names, for one token at one address. Raises SettingsError for what cannot be one."""
    parts = urlsplit(url)
    name = "hubspot-" + hashlib.sha256(f"{base_url}\n{token}".encode()).hexdigest()[:20]
    if parts.scheme in {"", "memory"}:
        return MemoryBudget(clock)
    if parts.scheme == "file":
        return FileBudget(Path(unquote(parts.path)) / f"{name}.json", clock)
    if parts.scheme in {"redis", "rediss"}:
        # Where no Redis is used, its client need not be installed.
        from hubspot_import.client.redis_budget import RedisBudget  # noqa: PLC0415

        return RedisBudget(url, name)
    raise SettingsError("HUBSPOT_RATE_LIMIT_URL must be like file:///folder, redis://host:6379/0 or memory:")
