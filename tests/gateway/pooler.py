"""A real PgBouncer for tests, between a gateway and its PostgreSQL: it hands out transactions, not connections.

Whatever a client leaves on a connection is there for the next one, or gone: PgBouncer puts nothing right between two
transactions (`server_reset_query` is for sessions). It refuses to run as root, who hands it to an ordinary user.
"""

import os
import shutil
import signal
import socket
import subprocess
import tempfile
from pathlib import Path
from types import TracebackType
from typing import Self

from tests.gateway.databases import GATEWAY, GatewayDatabase
from tests.gateway.ports import free_port
from tests.gateway.postgres_server import PATIENCE_S
from tests.ordinary_user import NOBODY

PROGRAM = shutil.which("pgbouncer", path=f"{os.defpath}:/usr/sbin:/usr/local/sbin")


def why_not() -> str:
    """Why no pooler can be started here, or nothing."""
    return "" if PROGRAM else "NOT RUN: pgbouncer is missing; install Debian's pgbouncer (make test-all does)"


class Pooler:
    """A pooler in transaction mode before one database; `close()` leaves nothing.

    Attributes:
        words: libpq's words for the way to the database through it, as the gateway's role.
    """

    def __init__(self, database: GatewayDatabase, connections: int) -> None:
        """Start one that has so many connections to the server, whatever comes to it."""
        assert PROGRAM
        self._folder = Path(tempfile.mkdtemp(prefix="tirai-pool-", dir="/tmp"))
        self._log = self._folder / "log"
        port = free_port()
        self.words = database.words() | {"port": str(port)}
        (self._folder / "users").write_text(f'"{GATEWAY}" "{database.server.password}"\n')
        settings = {
            "listen_addr": "127.0.0.1",
            "listen_port": port,
            "unix_socket_dir": "",
            "auth_type": "scram-sha-256",
            "auth_file": self._folder / "users",
            "pool_mode": "transaction",
            "default_pool_size": connections,
            "server_tls_sslmode": "disable",
            "query_wait_timeout": PATIENCE_S,
            "logfile": self._log,
        }
        place = f"host=127.0.0.1 port={database.server.port} dbname={database.name}"
        lines = ["[databases]", f"{database.name} = {place}", "[pgbouncer]"]
        lines += [f"{name} = {value}" for name, value in settings.items()]
        file = self._folder / "pgbouncer.ini"
        file.write_text("\n".join(lines) + "\n")
        as_user = {}
        if os.geteuid() == 0:
            as_user = {"user": NOBODY, "group": NOBODY, "extra_groups": []}
            for path in (self._folder, *self._folder.iterdir()):
                os.chown(path, NOBODY, NOBODY)
        self._process = subprocess.Popen(
            [PROGRAM, "--quiet", str(file)],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            cwd="/",
            **as_user,  # type: ignore[call-overload]
        )
        while True:
            assert self._process.poll() is None, self._log.read_text() if self._log.exists() else "it said nothing"
            with socket.socket() as tried:
                if tried.connect_ex(("127.0.0.1", port)) == 0:
                    break

    def close(self) -> None:
        """End it."""
        self._process.send_signal(signal.SIGQUIT)  # at once
        self._process.wait(PATIENCE_S)
        shutil.rmtree(self._folder, ignore_errors=True)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()
