"""The books: which requests reached the account, which of them wrote, and how many were granted when."""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from itertools import islice

from hubspot_simulator.limits import LANE_SECONDS, Lane
from hubspot_simulator.replies import JsonObject

KEPT_RECORDS = 20_000
"""Requests that are kept one by one; the counts go on without end."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestRecord:
    """One request. ``inputs`` counts the inputs of a batch; ``operation`` is like ``contacts.batch.upsert``.

    ``route`` is the path without its values, ``at`` the clock's seconds when the request arrived, ``granted`` whether
    it was counted in ``lane``'s window: what was refused, and what failed by order, was not.
    """

    method: str
    path: str
    route: str
    operation: str
    status: int
    is_write: bool
    inputs: int
    at: float
    lane: Lane
    granted: bool


@dataclass(slots=True)
class LaneBook:
    """What one lane granted: in each window from the first request on, and the most in any rolling window."""

    seconds: float
    began: float | None = None
    windows: list[int] = field(default_factory=list)
    most: int = 0
    _recent: deque[float] = field(default_factory=deque)

    def enter(self, at: float) -> None:
        """Count a granted request."""
        self.began = at if self.began is None else self.began
        number = max(0, int((at - self.began) // self.seconds))
        self.windows += [0] * (number + 1 - len(self.windows))
        self.windows[number] += 1
        while self._recent and self._recent[0] <= at - self.seconds:
            self._recent.popleft()
        self._recent.append(at)
        self.most = max(self.most, len(self._recent))

    def body(self) -> JsonObject:
        """Show the lane; ``granted`` counts each window, the last one being under way."""
        return {"seconds": self.seconds, "max_rolling": self.most, "granted": list(self.windows)}


class RequestLog:
    """The requests in order (the last ``KEPT_RECORDS``), and the counts of all of them."""

    def __init__(self) -> None:
        self.clear()

    def clear(self) -> None:
        """Begin anew."""
        self._kept: deque[RequestRecord] = deque(maxlen=KEPT_RECORDS)
        self._counts: dict[str, Counter[str]] = {name: Counter() for name in ("status", "operation", "path")}
        self._lanes = {lane: LaneBook(seconds) for lane, seconds in LANE_SECONDS.items()}
        self._total = self._writes = 0

    def append(self, record: RequestRecord) -> None:
        """Enter a request."""
        self._kept.append(record)
        self._total += 1
        self._writes += record.is_write
        self._counts["status"][str(record.status)] += 1
        self._counts["operation"][record.operation] += 1
        self._counts["path"][f"{record.method} {record.route}"] += 1
        if record.granted:
            self._lanes[record.lane].enter(record.at)

    def __iter__(self) -> Iterator[RequestRecord]:
        return iter(self._kept)

    def newest(self) -> Iterator[RequestRecord]:
        """Give the requests that are kept, the last one first."""
        return reversed(self._kept)

    def __len__(self) -> int:
        return self._total

    def __getitem__(self, position: int) -> RequestRecord:
        return self._kept[position]

    def most_in_a_window(self, lane: Lane) -> int:
        """Say how many requests of a lane any of its rolling windows granted at most."""
        return self._lanes[lane].most

    def by_status(self) -> dict[str, int]:
        """Count the requests by status."""
        return dict(sorted(self._counts["status"].items()))

    def summary(self, last: int = 50) -> JsonObject:
        """Count requests by status, operation and path, show the windows, and list the last requests."""
        newest = list(islice(self.newest(), last))[::-1]
        return {
            "total": self._total,
            "writes": self._writes,
            **{f"by_{name}": dict(sorted(counter.items())) for name, counter in self._counts.items()},
            "windows": {str(lane): book.body() for lane, book in self._lanes.items()},
            "last": [asdict(record) for record in newest],
        }
