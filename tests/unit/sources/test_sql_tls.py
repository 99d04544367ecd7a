"""The way to a database on another machine: proved, or not gone; and a server that says nothing is left."""

import os
import shutil
import socket
import tempfile
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from app.sources.source import SourceError
from app.sources.sql_source import open_sql
from tests.gateway.mariadb_server import running_mariadb, why_not
from tests.gateway.pki import Authority, Certified, self_signed
from tests.gateway.postgres_server import running_server
from tests.ordinary_user import NOBODY
from tests.unit.sources.sql_samples import cells, declared

READER = "tirai_read"


@dataclass
class Tls:
    """A real server with TLS, whose certificate a test changes."""

    url: str
    certificate: Path
    key: Path
    reload: Callable[[], object]
    password: Path

    def use(self, certified: Certified) -> None:
        for source, target in ((certified.certificate, self.certificate), (certified.key, self.key)):
            shutil.copyfile(source, target)
            target.chmod(0o600)
            if os.geteuid() == 0:
                os.chown(target, NOBODY, NOBODY)
        self.reload()

    def read(self, *tls: str, url: str = "") -> object:
        more = [f'password_file = "{self.password}"']
        return cells(open_sql(declared(*more, url=url or self.url, after="\n".join(["[tls]", *tls]))))


@pytest.fixture(scope="module")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    return Authority(tmp_path_factory.mktemp("pki"))


def _password(folder: Path, text: str) -> Path:
    file = folder / "password"
    file.touch(0o600)
    file.write_text(text + "\n")
    return file


def _with_tls() -> list[Path]:
    """Folders of a system's PostgreSQL."""
    return sorted(path.parent for path in Path("/usr/lib/postgresql").glob("*/bin/postgres"))


@contextmanager
def postgresql(folder: Path, authority: Authority) -> Iterator[Tls]:
    if not (programs := _with_tls()):
        pytest.skip("NOT RUN: the wheel's PostgreSQL speaks no TLS; install a system's (/usr/lib/postgresql)")
    with running_server(programs[-1]) as server:
        certificate, key = server.folder / "tls.pem", server.folder / "tls.key"
        server.role(READER)
        server.execute("CREATE TABLE customers (id int)")
        server.execute("INSERT INTO customers VALUES (1)")
        server.execute(f"GRANT SELECT ON customers TO {READER}")
        with (server.data / "postgresql.conf").open("a") as file:
            file.write(f"ssl = on\nssl_cert_file = '{certificate}'\nssl_key_file = '{key}'\n")
        (server.data / "pg_hba.conf").write_text("local all all trust\nhostssl all all 127.0.0.1/32 scram-sha-256\n")
        url = f"postgresql://{READER}@127.0.0.1:{server.port}/postgres"
        password = _password(folder, server.password)

        def begin_anew() -> None:
            server.stop()
            server.start()

        made = Tls(url, certificate, key, begin_anew, password)
        made.use(authority.issue("postgresql"))
        yield made


@contextmanager
def mariadb(folder: Path, authority: Authority) -> Iterator[Tls]:
    if reason := why_not():
        pytest.skip(reason)
    first = authority.issue("mariadb")
    place = Path(tempfile.mkdtemp(prefix="tirai-tls-", dir="/tmp"))
    certificate, key = place / "tls.pem", place / "tls.key"
    try:
        made = Tls("", certificate, key, lambda: None, _password(folder, "rahasia"))
        made.use(first)
        if os.geteuid() == 0:
            os.chown(place, NOBODY, NOBODY)
        with running_mariadb(f"--ssl-cert={certificate}", f"--ssl-key={key}") as server:
            database = server.create_database()
            server.execute(
                f"CREATE USER {READER}@'127.0.0.1' IDENTIFIED BY 'rahasia' REQUIRE SSL",
                f"GRANT SELECT ON {database}.* TO {READER}@'127.0.0.1'",
                f"CREATE TABLE {database}.customers (id int)",
                f"INSERT INTO {database}.customers VALUES (1)",
            )
            made.url = f"mariadb://{READER}@127.0.0.1:{server.port}/{database}"
            made.reload = lambda: server.execute("FLUSH SSL")
            yield made
    finally:
        shutil.rmtree(place, ignore_errors=True)


@pytest.fixture(scope="module", params=[postgresql, mariadb], ids=["postgresql", "mariadb"])
def server(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory, authority: Authority
) -> Iterator[Tls]:
    with request.param(tmp_path_factory.mktemp("tls"), authority) as made:
        yield made


def test_that_a_proved_server_is_read(server: Tls, authority: Authority) -> None:
    server.use(authority.issue("right"))
    assert server.read(f'ca = "{authority.file}"') == [("1",)]


@pytest.mark.parametrize("kind", ["foreign", "self_signed", "other_host", "expired"])
def test_that_another_certificate_ends_it(server: Tls, authority: Authority, tmp_path: Path, kind: str) -> None:
    server.use(
        {
            "foreign": lambda: Authority(tmp_path, "another").issue("foreign"),
            "self_signed": lambda: self_signed(tmp_path),
            "other_host": authority.for_another_host,
            "expired": authority.expired,
        }[kind]()
    )
    with pytest.raises(SourceError, match=r"cannot be reached: .*certificate") as refused:
        server.read(f'ca = "{authority.file}"')
    assert "rahasia" not in str(refused.value)


def test_that_the_loopback_is_read_without_tls_where_the_server_allows_it(server: Tls) -> None:
    with pytest.raises(SourceError, match="cannot be reached"):  # these want TLS
        server.read()


# servers that would be told a name or a password in the clear


class Listening:
    """A server that answers the first words of one kind and writes down all that it hears."""

    def __init__(self, greeting: bytes, answer: bytes) -> None:
        self.heard = b""
        self._greeting, self._answer = greeting, answer
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port = self._listener.getsockname()[1]
        self.ended = threading.Event()
        threading.Thread(target=self._serve, daemon=True).start()

    def _serve(self) -> None:
        line, _ = self._listener.accept()
        with line:
            line.sendall(self._greeting)
            while part := line.recv(4096):
                self.heard += part
                if self._answer:
                    line.sendall(self._answer)
                    self._answer = b""
        self.ended.set()

    def close(self) -> None:
        self._listener.close()


PG_SSL_REQUEST = bytes.fromhex("0000000804d2162f")
_GREETING = b"\x0a8.0.0\0" + b"\1\0\0\0" + b"ABCDEFGH\0" + bytes.fromhex("fff7 21 0200 ff81 15") + bytes(10)
_PAYLOAD = _GREETING + b"ABCDEFGHIJKL\0mysql_native_password\0"
MYSQL_WITHOUT_TLS = len(_PAYLOAD).to_bytes(3, "little") + b"\0" + _PAYLOAD
"""Protocol::HandshakeV10 whose capabilities lack CLIENT_SSL (0x0800)."""


@pytest.mark.parametrize(
    ("kind", "greeting", "answer", "expected"),
    [("postgresql", b"", b"N", PG_SSL_REQUEST), ("mysql", MYSQL_WITHOUT_TLS, b"", b"")],
    ids=["postgresql", "mysql"],
)
def test_that_a_server_without_tls_hears_neither_account_nor_password(
    authority: Authority, tmp_path: Path, kind: str, greeting: bytes, answer: bytes, expected: bytes
) -> None:
    there = Listening(greeting, answer)
    password = _password(tmp_path, "rahasia")
    url = f"{kind}://{READER}@127.0.0.1:{there.port}/crm"
    source = declared(f'password_file = "{password}"', url=url, after=f'[tls]\nca = "{authority.file}"')
    with pytest.raises(SourceError, match=r"cannot be reached: .*SSL"):
        open_sql(source)
    assert there.ended.wait(120)
    there.close()
    assert there.heard == expected


@pytest.mark.parametrize("kind", ["postgresql", "mysql"])
def test_that_a_server_that_says_nothing_is_left(kind: str) -> None:
    there = Listening(b"", b"")
    source = declared("connect_timeout_s = 2", url=f"{kind}://{READER}@127.0.0.1:{there.port}/crm")
    with pytest.raises(SourceError, match="cannot be reached"):
        open_sql(source)
    there.close()
