"""A gateway as it is run on a server: `tirai gateway serve` in a process of its own, which a test may end or kill."""

import os
import signal
import subprocess
import sys
import threading
from pathlib import Path
from queue import Empty, SimpleQueue

import httpx

from app.api.client.https_transport import HttpsTransport
from app.domain.gateway_address import GatewayAddress

ROOT = Path(__file__).resolve().parents[2]
PATIENCE_S = 120


class ServedGateway:
    """One process; begun when made.

    Attributes:
        said: the line by which it told that it serves.
        port: where.
    """

    def __init__(self, config: Path, *words: str, before: str = "") -> None:
        """Run it and wait until it serves.

        Args:
            config: its configuration.
            words: further words of the command.
            before: words of Python that run before it, such as a clock that a test moves.
        """
        patient = "from tests.patience import wait_longer; wait_longer()"
        start = f"{before}\n{patient}\nimport sys; from app.cli import main; sys.exit(main())"
        command = [sys.executable, "-c", start, "gateway", "serve", "--config", str(config), *words]
        environment = {"PATH": os.defpath, "PYTHONPATH": str(ROOT), "PYTHONUNBUFFERED": "1", "LC_ALL": "C.UTF-8"}
        self._process = subprocess.Popen(
            command,
            cwd=config.parent,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        self._lines: SimpleQueue[str] = SimpleQueue()
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()
        try:
            self.said = self._lines.get(timeout=PATIENCE_S).strip()
        except Empty:
            self.kill()
            raise AssertionError(f"a gateway said nothing in {PATIENCE_S} s") from None
        if not self.said.startswith("Serving"):
            self._left()
            raise AssertionError("".join([self.said, *self._rest()]))
        self.port = int(self.said.rstrip(".").rsplit(" ", 1)[1])

    @property
    def pid(self) -> int:
        """Its process."""
        return self._process.pid

    def transport(self, authority: Path) -> httpx.BaseTransport:
        """A way to it."""
        return HttpsTransport(GatewayAddress("127.0.0.1", self.port, authority=str(authority)))

    def end(self) -> int:
        """Tell it to leave, as a service manager does; return its exit code."""
        self._process.send_signal(signal.SIGTERM)
        return self._left()

    def kill(self) -> None:
        """End it as a machine that loses its power does."""
        self._process.kill()
        self._left()

    def _read(self) -> None:
        """Take what it says for as long as it lives: a pipe that is full would hold it up."""
        assert self._process.stdout is not None
        with self._process.stdout as lines:
            for line in lines:
                self._lines.put(line)

    def _rest(self) -> list[str]:
        return [self._lines.get() for _ in range(self._lines.qsize())]

    def _left(self) -> int:
        try:
            return self._process.wait(PATIENCE_S)
        except subprocess.TimeoutExpired:
            self._process.kill()
            raise
        finally:
            self._process.wait()
            self._reader.join()
