"""A gateway as it is run on a server: `tirai gateway serve` in a process of its own, which a test may end or kill."""

import os
import signal
import subprocess
import sys
from pathlib import Path

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
        start = f"{before}\nimport sys; from app.cli import main; sys.exit(main())"
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
        assert self._process.stdout is not None
        self.said = self._process.stdout.readline().strip()
        if not self.said.startswith("Serving"):
            self._process.wait(PATIENCE_S)
            with self._process.stdout as rest:
                raise AssertionError(self.said + rest.read())
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

    def _left(self) -> int:
        code = self._process.wait(PATIENCE_S)
        assert self._process.stdout is not None
        self._process.stdout.close()
        return code
