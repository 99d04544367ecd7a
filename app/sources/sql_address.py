"""Where a database of customers stands, told by a SQLAlchemy URL, and whether the way there needs TLS.

Invariants: a URL has no password, and no parameter that changes how a driver connects; what is printed is made from
its parts. Read are PostgreSQL, MySQL and MariaDB; SQL Server and Oracle are extras that nobody has run.
"""

import ipaddress
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import URL, make_url
from sqlalchemy.exc import ArgumentError

from app.sources.source import SourceError, escaped


class Maker(StrEnum):
    """Whose database it is."""

    POSTGRESQL = "postgresql"
    MYSQL = "mysql"
    MARIADB = "mariadb"
    SQL_SERVER = "mssql"
    ORACLE = "oracle"


_DRIVERS: Mapping[Maker, str] = {
    Maker.POSTGRESQL: "psycopg",
    Maker.MYSQL: "pymysql",
    Maker.MARIADB: "pymysql",
    Maker.SQL_SERVER: "pymssql",
    Maker.ORACLE: "oracledb",
}
_PARAMETERS: Mapping[Maker, frozenset[str]] = {
    Maker.POSTGRESQL: frozenset({"host"}),
    Maker.MYSQL: frozenset({"unix_socket"}),
    Maker.MARIADB: frozenset({"unix_socket"}),
    Maker.SQL_SERVER: frozenset(),
    Maker.ORACLE: frozenset({"service_name"}),
}
"""What a URL may say behind its question mark: where it is. How to connect is the declaration's."""


@dataclass(frozen=True, slots=True)
class SqlAddress:
    """One database.

    Attributes:
        maker: whose it is.
        url: with the driver that is used, without a password.
        socket: path of a Unix socket, or of its folder; empty for a host.
    """

    maker: Maker
    url: URL
    socket: str

    @property
    def host(self) -> str:
        """The server's name as the URL has it; empty for a Unix socket."""
        return "" if self.socket else self.url.host or ""

    @property
    def is_local(self) -> bool:
        """Whether the way there leaves this machine: a Unix socket and the loopback (RFC 5735, 3; RFC 4291, 2.5.3)."""
        return bool(self.socket) or _is_loopback(self.host)

    @property
    def shown(self) -> str:
        """For people and logs: kind, account, server and database."""
        at = f"{self.url.username}@" if self.url.username else ""
        port = f":{self.url.port}" if self.url.port else ""
        return escaped(f"{self.maker}://{at}{self.socket or self.host}{port}/{self.url.database or ''}")


def address_of(untrusted_url: str) -> SqlAddress:
    """Judge a URL.

    Raises:
        SourceError: not a URL of a database that is read, a password in it, or a parameter that is not taken from it.
    """
    try:
        url = make_url(untrusted_url)
        maker = Maker(url.get_backend_name())
    except (ArgumentError, ValueError):
        raise SourceError("Not a URL of a database that is read: " + ", ".join(Maker), code="sql_url") from None
    if url.password is not None:
        raise SourceError("A URL must not hold a password; say password_file", code="sql_url")
    if "+" in url.drivername and url.drivername != f"{maker}+{_DRIVERS[maker]}":
        raise SourceError(f"This database is read by the driver {_DRIVERS[maker]}", code="sql_url")
    for name, value in url.query.items():
        if name not in _PARAMETERS[maker] or not isinstance(value, str):
            raise SourceError(f"The URL must not say {escaped(name)!r}; see docs/sql-sources.md", code="sql_url")
    socket = str(url.query.get("unix_socket") or url.query.get("host") or "")
    if socket and (url.host or not socket.startswith("/")):
        raise SourceError("The URL names a host and a socket, or a socket that is no path from /", code="sql_url")
    if not socket and (not url.host or "," in url.host):
        raise SourceError("The URL names no server, or more than one", code="sql_url")
    if not url.username or not url.database:
        raise SourceError("The URL names no account, or no database", code="sql_url")
    return SqlAddress(maker, url.set(drivername=f"{maker}+{_DRIVERS[maker]}"), socket)


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host.lower() == "localhost"
