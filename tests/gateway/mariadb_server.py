"""A real MariaDB for tests: one server in a folder of its own, on a Unix socket and a loopback port, gone afterwards.

It is Debian's `mariadb-server-core`: the server's program and its tables' text, no client and no service. Root hands it
to an ordinary user. A keeper ends the server and removes its folder when the test process is gone, however.
"""

import contextlib
import os
import select
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pymysql

from tests.gateway.ports import free_port
from tests.gateway.postgres_server import KEEPER, PATIENCE_S
from tests.ordinary_user import NOBODY

PROGRAM = Path("/usr/sbin/mariadbd")
_SCRIPTS = Path("/usr/share/mariadb")
_ROOT = "root"
_SMALL = ("--innodb-buffer-pool-size=16M", "--innodb-log-file-size=8M", "--skip-log-bin")
_BEGIN = "create database mysql;\nuse mysql;\nSET @auth_root_socket=NULL;\nSET @skip_auth_anonymous=1;\n"


def why_not() -> str:
    """Why no MariaDB can be started here, or nothing."""
    if not PROGRAM.is_file():
        return f"NOT RUN: {PROGRAM} is missing; install Debian's mariadb-server-core (make test-all does)"
    return ""


class MariaDbServer:
    """A server of its own; `close()` leaves nothing.

    Attributes:
        port: its loopback port.
        socket: its Unix socket.
    """

    def __init__(self, *options: str) -> None:
        """Make the files of a server and start it with more options."""
        self.folder = Path(tempfile.mkdtemp(prefix="tirai-my-", dir="/tmp"))
        self._keeper = subprocess.Popen(
            [sys.executable, "-I", "-S", "-c", KEEPER, self.folder],
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            cwd="/",
            start_new_session=True,
        )
        self.data, self.socket, self.log = self.folder / "data", self.folder / "socket", self.folder / "log"
        self.port, self._options, self._number = free_port(), options, 0
        self.data.mkdir()
        if os.geteuid() == 0:
            for path in (self.folder, self.data):
                os.chown(path, NOBODY, NOBODY)
        try:
            self._make()
            self.start()
        except BaseException:
            self.close()
            raise

    def _make(self) -> None:
        tables = "".join(
            (_SCRIPTS / name).read_text() for name in ("mariadb_system_tables.sql", "mariadb_system_tables_data.sql")
        )
        script = _BEGIN + "SET @current_hostname='localhost';\n" + tables
        made = self._popen("--bootstrap", stdin=subprocess.PIPE)
        made.communicate(script.encode(), PATIENCE_S)
        if made.returncode:
            raise AssertionError(self.log.read_text(errors="replace")[-2_000:])

    def _popen(self, *options: str, stdin: int = subprocess.DEVNULL) -> "subprocess.Popen[bytes]":
        other = os.geteuid() == 0
        line = [str(PROGRAM), "--no-defaults", "-h", str(self.data), *_SMALL, *options]
        log = self.log.open("ab")
        with log:
            return subprocess.Popen(
                line,
                stdin=stdin,
                stdout=log,
                stderr=log,
                cwd=self.folder,
                env={"PATH": os.defpath, "HOME": str(self.folder), "LC_ALL": "C"},
                user=NOBODY if other else None,
                group=NOBODY if other else None,
                extra_groups=[] if other else None,
                start_new_session=True,
            )

    def start(self) -> None:
        """Start it, after `kill`; at the same port. Ready is what it says itself."""
        at = self.log.stat().st_size
        self._process = self._popen(
            f"--socket={self.socket}",
            f"--port={self.port}",
            "--bind-address=127.0.0.1",
            f"--pid-file={self.folder / 'pid'}",
            *self._options,
        )
        tick = threading.Event()
        for _ in range(PATIENCE_S * 20):
            with self.log.open("rb") as log:
                log.seek(at)
                said = log.read()
            if b"ready for connections" in said:
                return
            assert self._process.poll() is None, said[-2_000:].decode(errors="replace")
            tick.wait(0.05)
        raise AssertionError("MariaDB did not come up")

    def kill(self) -> None:
        """SIGKILL it, and return when it is gone."""
        pidfd = os.pidfd_open(self._process.pid)
        signal.pidfd_send_signal(pidfd, signal.SIGKILL)
        assert select.select([pidfd], [], [], PATIENCE_S)[0], "a killed process is still there"
        os.close(pidfd)
        self._process.wait(PATIENCE_S)

    def close(self) -> None:
        """Stop it and remove all of it."""
        process = getattr(self, "_process", None)
        if process is not None and process.poll() is None:
            process.kill()
            process.wait(PATIENCE_S)
        shutil.rmtree(self.folder, ignore_errors=True)
        assert self._keeper.stdin is not None
        self._keeper.stdin.close()
        self._keeper.wait(PATIENCE_S)

    # databases

    def execute(self, *statements: str, database: str = "", account: str = _ROOT, password: str = "") -> list[Any]:
        """Run statements of a test's own words; return the rows of the last."""
        with (
            contextlib.closing(
                pymysql.connect(
                    unix_socket=str(self.socket),
                    user=account,
                    password=password,
                    database=database or None,
                    charset="utf8mb4",
                    ssl_disabled=True,
                    autocommit=True,
                )
            ) as db,
            db.cursor() as cursor,
        ):
            for statement in statements:
                cursor.execute(statement)
            return list(cursor.fetchall())

    def create_database(self) -> str:
        """Make an empty database; return its name."""
        self._number += 1
        self.execute(f"CREATE DATABASE t{self._number} CHARACTER SET utf8mb4")
        return f"t{self._number}"

    def url(self, database: str, account: str = _ROOT) -> str:
        """The URL of a database, by the socket."""
        return f"mariadb://{account}@/{database}?unix_socket={quote(str(self.socket), safe='')}"


@contextlib.contextmanager
def running_mariadb(*options: str) -> Iterator[MariaDbServer]:
    """A server for a while."""
    server = MariaDbServer(*options)
    try:
        yield server
    finally:
        server.close()
