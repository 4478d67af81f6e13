"""`make bench-simulator`: how fast the simulated account takes contacts, against an application that only echoes.

Each server is a process of its own (the account as `python -m hubspot_simulator` starts it); the client writes prepared
requests to raw sockets and reads no JSON, so that it hides nothing. Both get the same bodies. "per core" divides by the
server's own CPU time: what it would take if the client cost it nothing. ROWS=1000000 shows how much memory that takes.
"""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import msgspec
import psutil

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from support.processes import PROJECT, free_port, wait_for
from support.simulator import a_key

ROWS = int(os.environ.get("ROWS", "50000"))
CONNECTIONS = 3
BATCH, SLICE = 100, 20_000
UPSERT = "/crm/objects/2026-09/contacts/batch/upsert"
TOKEN = "pat-na1-00000000-0000-4000-8000-000000000000"
KEY = "bulk_import_key"
SIMULATOR = ("-m", "hubspot_simulator", "--token", TOKEN, "--limit", "1000000000", "--port")
ECHO = ("-m", "uvicorn", "--log-level", "warning", "bench.echo_app:app", "--port")


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """One pass over all rows."""

    seconds: float
    cpu_seconds: float


class Wire:
    """One connection that is kept open."""

    def __init__(self, port: int) -> None:
        self._socket = socket.create_connection(("127.0.0.1", port))
        self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)

    def send(self, request: bytes) -> None:
        """Send a request, and read its answer to the end; a benchmark of refusals would mean nothing."""
        self._socket.sendall(request)
        answer = self._socket.recv(1 << 16)
        while b"\r\n\r\n" not in answer:
            answer += self._socket.recv(1 << 16)
        head, _, start = answer.partition(b"\r\n\r\n")
        if head[9:12] not in {b"200", b"201"}:
            raise SystemExit(f"refused: {answer[:400]!r}")
        left = int(head.lower().partition(b"content-length: ")[2].split(b"\r\n", 1)[0]) - len(start)
        while left > 0:
            left -= len(self._socket.recv(1 << 18))


def a_request(path: str, body: object) -> bytes:
    """Write a request as it goes over the wire."""
    content = msgspec.json.encode(body)
    head = (
        f"POST {path} HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer {TOKEN}\r\n"
        f"Content-Type: application/json\r\nContent-Length: {len(content)}\r\n\r\n"
    )
    return head.encode() + content


def upserts(numbers: range, by: str) -> list[bytes]:
    """Write the requests that upsert these contacts on their e-mail address or on a unique property."""
    batches = (range(start, min(start + BATCH, numbers.stop)) for start in range(numbers.start, numbers.stop, BATCH))
    return [a_request(UPSERT, {"inputs": [_an_input(number, by) for number in batch]}) for batch in batches]


def _an_input(number: int, by: str) -> dict[str, object]:
    properties = {
        "email": f"person{number}@firm{number % 5000}.example.com",
        "firstname": f"Ada{number}",
        "lastname": f"Lovelace{number}",
        "phone": f"+3312345{number:07}",
        "company": f"Firm {number % 5000}",
        "jobtitle": "Engineer",
        "city": "Lyon",
        "zip": f"{number % 99999:05}",
    }
    if by == KEY:
        properties[KEY] = f"default:id:{number}"
    return {"id": properties[by], "idProperty": by, "properties": properties}


@contextmanager
def serving(command: tuple[str, ...]) -> Iterator[tuple[int, psutil.Process]]:
    """Run a server as a process and give its port."""
    port = free_port()
    environment = {**os.environ, "PYTHONPATH": f"{PROJECT / 'plugins'}:{PROJECT / 'tests'}"}
    process = subprocess.Popen([sys.executable, *command, str(port)], env=environment, stdout=subprocess.DEVNULL)
    try:
        wait_for(lambda: _answers(port), 20, "the server")
        yield port, psutil.Process(process.pid)
    finally:
        process.terminate()
        process.wait()


def _answers(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def send_all(port: int, process: psutil.Process, by: str) -> Measured:
    """Send every row once. Preparing the requests is not counted."""
    wires = [Wire(port) for _ in range(CONNECTIONS)]
    seconds = cpu = 0.0
    with ThreadPoolExecutor(CONNECTIONS) as pool:
        for start in range(0, ROWS, SLICE):
            requests = upserts(range(start, min(start + SLICE, ROWS)), by)
            began, cpu_began = time.perf_counter(), _cpu(process)
            shares = [requests[number::CONNECTIONS] for number in range(CONNECTIONS)]
            list(pool.map(_send_share, wires, shares))
            seconds += time.perf_counter() - began
            cpu += _cpu(process) - cpu_began
    return Measured(seconds=seconds, cpu_seconds=cpu)


def _send_share(wire: Wire, requests: list[bytes]) -> None:
    for request in requests:
        wire.send(request)


def _cpu(process: psutil.Process) -> float:
    times = process.cpu_times()
    return float(times.user + times.system)


def main() -> None:
    """Measure and print the table."""
    table: dict[str, Measured] = {}
    memory: dict[str, int] = {}
    with serving(ECHO) as (port, process):
        table["echo (the peer)"] = send_all(port, process, "email")
    for by in ("email", KEY):
        with serving(SIMULATOR) as (port, process):
            Wire(port).send(a_request("/crm/properties/2026-09/contacts", a_key(KEY, groupName="contactinformation")))
            table[f"new, by {by}"] = send_all(port, process, by)
            table[f"existing, by {by}"] = send_all(port, process, by)
            memory[by] = process.memory_info().rss
    _print(table, memory)


def _print(table: dict[str, Measured], memory: dict[str, int]) -> None:
    say: Callable[[str], None] = print
    say(f"{ROWS} contacts with 8 properties, {BATCH} a request, {CONNECTIONS} connections, no latency")
    say(f"{'':32}{'records/s':>12}{'per core':>12}{'against echo':>14}")
    peer = table["echo (the peer)"]
    for name, measured in table.items():
        ratio = peer.cpu_seconds / measured.cpu_seconds
        say(f"{name:32}{ROWS / measured.seconds:12.0f}{ROWS / measured.cpu_seconds:12.0f}{ratio:14.2f}")
    for by, size in memory.items():
        say(f"memory with {ROWS} contacts, by {by}: {size / 2**20:.0f} MiB")


if __name__ == "__main__":
    main()
