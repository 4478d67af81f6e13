"""The account behind a socket: in a thread of a test, or as a process of its own (``__main__``)."""

from __future__ import annotations

import socket
import threading
from collections.abc import Sequence
from pathlib import Path
from types import TracebackType
from typing import Self

import uvicorn

from hubspot_simulator.account import Account
from hubspot_simulator.app import create_app
from hubspot_simulator.clock import Clock
from hubspot_simulator.faults import Faults
from hubspot_simulator.gateway import Gateway
from hubspot_simulator.persistence import StateFile
from hubspot_simulator.switches import Switches
from hubspot_simulator.tokens import DEFAULT_TOKEN

START_SECONDS = 20


class SimulatorServer:
    """A HubSpot account on loopback, served by a thread of this process.

    ::

        with SimulatorServer(clock=clock) as server:
            server.faults.next(status=503)
            ...  # talk to server.url with server.token
            server.account.records("contacts")

    ``switches`` stands for ``seed``, ``limit_per_10s`` and ``shuffle`` together when it is given.
    """

    def __init__(
        self,
        state_file: Path | None = None,
        *,
        clock: Clock | None = None,
        seed: int = 0,
        token: str = DEFAULT_TOKEN,
        limit_per_10s: int = 100,
        shuffle: bool = True,
        port: int = 0,
        host: str = "127.0.0.1",
        switches: Switches | None = None,
        other_tokens: Sequence[str] = (),
    ) -> None:
        switches = switches or Switches(seed=seed, limit_per_10s=limit_per_10s, shuffle=shuffle)
        self.token = token
        self.faults = Faults()
        self.other_tokens = tuple(other_tokens)
        self._gateway = Gateway(self._new_account(switches, clock), self.faults)
        self.host = host
        self._asked_port = port
        self._state_file = state_file
        self._state: StateFile | None = None
        self._socket: socket.socket | None = None
        self._server: uvicorn.Server | None = None
        self._thread: threading.Thread | None = None

    @property
    def account(self) -> Account:
        """The account as it stands."""
        return self._gateway.account

    @property
    def gateway(self) -> Gateway:
        """The way of every request through the account."""
        return self._gateway

    def reset(self, *, clock: Clock | None = None, switches: Switches | None = None) -> None:
        """Begin with an empty account (same clock and switches unless others are given) and no faults."""
        if self._state is not None:
            raise RuntimeError("an account that lives in a file is not reset; remove the file")
        old = self.account
        with old.lock:
            self.faults.clear()
            self._gateway.account = self._new_account(switches or old.switches, clock or old.clock)

    def _new_account(self, switches: Switches, clock: Clock | None) -> Account:
        return Account(switches=switches, clock=clock, token=self.token, other_tokens=self.other_tokens)

    @property
    def url(self) -> str:
        """Where the account is reached."""
        if self._socket is None:
            raise RuntimeError("the simulator has not been started")
        return f"http://{self.host}:{self._socket.getsockname()[1]}"

    def listen(self) -> uvicorn.Server:
        """Restore the account, take the port, and give the server that has yet to run."""
        if self._state_file is not None:
            self._state = StateFile(self._state_file, self.account)
        self._socket = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
        self._socket.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        self._socket.bind((self.host, self._asked_port))
        self._socket.listen(128)  # who connects from here on waits rather than being refused
        config = uvicorn.Config(
            create_app(self._gateway, self._state),
            log_level="warning",
            access_log=False,
            lifespan="off",
            timeout_graceful_shutdown=2,
        )
        self._server = uvicorn.Server(config)
        return self._server

    def run(self) -> None:
        """Serve until the server is told to stop, then close the account's file."""
        server = self._server or self.listen()
        try:
            server.run(sockets=[self._socket] if self._socket else None)
        finally:
            self._close()

    def start(self) -> Self:
        """Serve in a thread, and come back when requests are answered."""
        server = self.listen()
        self._thread = threading.Thread(target=self.run, name="hubspot-simulator", daemon=True)
        self._thread.start()
        waiting = threading.Event()
        for _ in range(START_SECONDS * 100):
            if server.started or not self._thread.is_alive():
                break
            waiting.wait(0.01)
        if not server.started:
            raise RuntimeError("the simulator did not start")
        return self

    def stop(self) -> None:
        """Stop serving."""
        if self._server is not None:
            self._server.should_exit = True
        if self._thread is not None:
            self._thread.join()

    def _close(self) -> None:
        if self._state is not None:
            self._state.close()
            self._state = None
        if self._socket is not None:
            self._socket.close()

    def __enter__(self) -> Self:
        return self.start()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()
