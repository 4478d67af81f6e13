"""How many requests are under way at once: as many as the latency seen needs, fewer after trouble.

Work that keeps a limit of ``rate`` busy needs ``rate × latency`` requests in flight (Little's law), and a few for late
answers; more would only queue at the account's door. On trouble the number halves, and comes back one by one.
"""

from __future__ import annotations

import math
import threading
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from itertools import islice
from typing import TypeVar

Job = TypeVar("Job")
Result = TypeVar("Result")

_FIRST_GUESS = 8
"""Requests in flight before any latency is known."""
_HEADROOM = 1.25
"""Times what the average latency needs: answers that are late must not leave the limit unused."""
_WEIGHT = 0.2
"""Of the newest latency in the running average."""
OPEN_AFTER = 3
"""Requests given up in a row after which HubSpot counts as down: further ones get a single try."""


class Flight:
    """What the requests of one client learn from each other. For several threads at once."""

    def __init__(self, most: int) -> None:
        self._lock = threading.Lock()
        self._most = most
        self._ceiling = float(most)
        self._latency: float | None = None
        self._halved_at = float("-inf")
        self._given_up = 0

    def wanted(self, rate: float) -> int:
        """Say how many requests should be under way at ``rate`` requests a second."""
        with self._lock:
            needed = _FIRST_GUESS if self._latency is None else math.ceil(_HEADROOM * rate * self._latency) + 1
            return max(1, min(needed, int(self._ceiling)))

    def landed(self, *, at: float, seconds: float, is_trouble: bool) -> None:
        """Note that a request sent ``seconds`` ago came back; of failures that come together only one counts."""
        with self._lock:
            if is_trouble:
                if at - self._halved_at > (self._latency or 0.0):
                    self._ceiling, self._halved_at = max(1.0, self._ceiling / 2), at
                return
            self._ceiling = min(self._most, self._ceiling + 1 / self._ceiling)
            known = seconds if self._latency is None else self._latency
            self._latency = known + _WEIGHT * (seconds - known)

    def settled(self, *, was_given_up: bool) -> None:
        """Note how a request ended after all its tries."""
        with self._lock:
            self._given_up = self._given_up + 1 if was_given_up else 0

    @property
    def is_down(self) -> bool:
        """Say whether patience is wasted: the last requests were all given up."""
        with self._lock:
            return self._given_up >= OPEN_AFTER


def in_flight(
    jobs: Iterable[Job], work: Callable[[Job], Result], *, most: int, wanted: Callable[[], int]
) -> Iterator[Result]:
    """Do the work of each job, ``wanted()`` of them at a time (never over ``most``); yield results as they come.

    Jobs are taken one by one, when there is room. After an error no job is taken any more; those under way are waited
    for and yielded, then the error is raised. With ``most`` 1 this is a plain loop, without a thread.
    """
    if most == 1:
        yield from map(work, jobs)
        return
    waiting = iter(jobs)
    under_way: set[Future[Result]] = set()
    failure: BaseException | None = None
    with ThreadPoolExecutor(max_workers=most, thread_name_prefix="hubspot") as pool:
        while True:
            room = 0 if failure else max(0, wanted() - len(under_way))
            under_way |= {pool.submit(work, job) for job in islice(waiting, room)}
            if not under_way:
                break
            done, under_way = wait(under_way, return_when=FIRST_COMPLETED)
            failure = failure or next((each.exception() for each in done if each.exception()), None)
            yield from (each.result() for each in done if not each.exception())
    if failure:
        raise failure
