"""Databases of gateways for tests: owner, gateway's role and migrated tables, as docs/gateway/database.md sets them up.

A test takes the fixture `gateway_database`; each gets a copy of one migrated database.
"""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, create_engine
from sqlalchemy.pool import NullPool

from tests.gateway.postgres_server import PostgresServer

OWNER, GATEWAY, BACKUP = "tirai_owner", "tirai_gateway", "tirai_backup"


@dataclass(frozen=True, slots=True)
class GatewayDatabase:
    """One database, and the ways to it."""

    server: PostgresServer
    name: str

    def url(self, role: str = GATEWAY) -> str:
        """SQLAlchemy's URL, with the password."""
        return self.server.url(self.name, role)

    def words(self, role: str = GATEWAY) -> dict[str, str]:
        """libpq's words for it, as a configuration gives them."""
        place = {"host": "127.0.0.1", "port": str(self.server.port), "dbname": self.name, "sslmode": "disable"}
        return place | {"user": role, "password": self.server.password}

    def engine(self, role: str = GATEWAY, **options: Any) -> Engine:
        """A way in as a role; no connection is kept unless a pool is named."""
        options = {"poolclass": NullPool, "hide_parameters": True} | options
        return create_engine(self.url(role), **options)

    def execute(self, statement: str, role: str = GATEWAY) -> list[tuple[object, ...]]:
        """One statement by itself."""
        return self.server.execute(statement, self.name, role)

    def url_file(self, folder: Path, role: str = OWNER) -> Path:
        """The URL in a file that nobody else reads."""
        file = folder / f"{role}-url"
        file.touch(0o600)
        file.write_text(self.url(role) + "\n")
        return file


def with_roles(server: PostgresServer) -> None:
    """Make the roles, unless they are there."""
    for name in (OWNER, GATEWAY):
        server.role(name)
    server.role(BACKUP, "LOGIN BYPASSRLS")
    server.execute(f"GRANT pg_read_all_data TO {BACKUP}")


def empty_database(server: PostgresServer) -> GatewayDatabase:
    """A database of the owner's, without tables."""
    with_roles(server)
    return GatewayDatabase(server, server.create_database(owner=OWNER))


def migrated_database(server: PostgresServer) -> GatewayDatabase:
    """A database with tables, rights and policies."""
    from app.backoffice.migrating import migrate, owner_engine

    with_roles(server)

    def make(name: str) -> None:
        migrate(owner_engine(server.url(name, OWNER)), GATEWAY)

    template = server.template("gateway", make, owner=OWNER)
    return _copy_of(server, template)


def copied_database(database: GatewayDatabase) -> GatewayDatabase:
    """A copy of a database to which nobody is connected."""
    return _copy_of(database.server, database.name)


def _copy_of(server: PostgresServer, template: str) -> GatewayDatabase:
    name = server.create_database(template=template, owner=OWNER)
    # Rights on a database itself are not copied with it.
    server.execute(f"REVOKE ALL ON DATABASE {name} FROM PUBLIC", name, OWNER)
    server.execute(f"GRANT CONNECT ON DATABASE {name} TO {GATEWAY}, {BACKUP}", name, OWNER)
    return GatewayDatabase(server, name)
