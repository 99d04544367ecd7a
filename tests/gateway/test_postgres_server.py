"""The PostgreSQL that other tests stand on: it keeps what it acknowledged, and leaves nothing behind."""

import os
import select
import subprocess
import sys
import textwrap
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from tests.gateway.postgres_server import PostgresServer, running_server
from tests.ordinary_user import PROJECT


@pytest.fixture(scope="module")
def server() -> Iterator[PostgresServer]:
    """A server of this file's own: it is killed here."""
    with running_server() as it:
        yield it


def test_that_a_database_is_a_copy_of_its_template(server: PostgresServer) -> None:
    def make(name: str) -> None:
        server.execute("CREATE TABLE one (n int); INSERT INTO one VALUES (1)", name)

    template = server.template("one", make)
    first, second = (server.create_database(template=server.template("one", make)) for _ in range(2))
    server.execute("INSERT INTO one VALUES (2)", first)
    assert template not in {first, second}
    assert server.execute("SELECT count(*) FROM one", first) == [(2,)]
    assert server.execute("SELECT count(*) FROM one", second) == [(1,)]


def test_that_what_was_acknowledged_survives_a_kill(server: PostgresServer) -> None:
    name = server.create_database()
    server.execute("CREATE TABLE kept (n int)", name)
    with server.connect(name) as held:
        held.execute("INSERT INTO kept SELECT generate_series(1, 1000)")
        server.kill()
        with pytest.raises(psycopg.OperationalError):
            held.execute("SELECT 1")
    with pytest.raises(psycopg.OperationalError):
        server.connect(name)
    server.start()
    assert server.execute("SELECT count(*) FROM kept", name) == [(1000,)]


def test_that_a_stopped_server_starts_at_the_same_port(server: PostgresServer) -> None:
    server.stop()
    assert not server.runs
    server.start()
    with psycopg.connect(server.url("postgres").replace("+psycopg", "")) as db:
        assert db.execute("SELECT current_user").fetchone() == ("postgres",)
    with psycopg.connect(server.url("postgres", by="socket").replace("+psycopg", "")) as db:
        assert db.execute("SELECT inet_server_addr()").fetchone() == (None,)


def test_that_a_port_asks_for_the_password(server: PostgresServer) -> None:
    with pytest.raises(psycopg.OperationalError):
        psycopg.connect(host="127.0.0.1", port=server.port, user="postgres", password="another", dbname="postgres")


def test_that_a_dump_has_the_rows(server: PostgresServer) -> None:
    name = server.create_database()
    server.execute("CREATE TABLE words (w text); INSERT INTO words VALUES ('canary-5b1f')", name)
    assert b"canary-5b1f" in server.dump(name)


def test_that_a_killed_test_process_leaves_no_server() -> None:
    program = textwrap.dedent(
        """
        from tests.gateway.postgres_server import PostgresServer
        server = PostgresServer()
        print(server.folder, server.pid, server._keeper.pid, flush=True)
        input()
        """
    )
    child = subprocess.Popen(
        [sys.executable, "-W", "error", "-c", program],
        cwd=PROJECT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    with child:
        assert child.stdout is not None
        folder, head, keeper = child.stdout.readline().split()
        keeper_ends = os.pidfd_open(int(keeper))
        assert folder in _command_line(head)
        child.kill()
        assert select.select([keeper_ends], [], [], 60)[0]
        os.close(keeper_ends)
    assert not Path(folder).exists()
    assert folder not in _command_line(head)


def _command_line(pid: str) -> str:
    try:
        return Path(f"/proc/{pid}/cmdline").read_text()
    except OSError:
        return ""
