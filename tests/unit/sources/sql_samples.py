"""Sources for tests: the same few declarations over SQLite in memory, PostgreSQL and MariaDB."""

from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import ClassVar

from sqlalchemy import Engine, create_engine
from sqlalchemy.pool import StaticPool

from app.sources.sql_declaration import SqlDeclaration, declaration_of
from app.sources.sql_line import SqlLine, Way
from app.sources.sql_source import SqlSource, open_sql

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


def declared(*more: str, url: str = "postgresql://reader@db.example/crm", after: str = "") -> SqlDeclaration:
    """A declaration with more lines of `[source]`, and tables after it."""
    plain = {"name": '"crm"', "url": f'"{url}"', "view": '"customers"', "key": '"id"'}
    for line in more:
        name, _, value = line.partition("=")
        plain[name.strip()] = value.strip()
        if name.strip() == "query":
            plain.pop("view")
    lines = [f"{name} = {value}" for name, value in plain.items()]
    return declaration_of("\n".join(["[source]", *lines, after]), Path("/nowhere"))


class Lite:
    """A database in memory, in which a test writes what it likes."""

    made: ClassVar[list["Lite"]] = []

    @classmethod
    def close_all(cls) -> None:
        """After a test."""
        while cls.made:
            cls.made.pop().engine.dispose()

    def __init__(self, *statements: str) -> None:
        self.engine: Engine = create_engine("sqlite://", poolclass=StaticPool)
        self.made.append(self)
        self.lines = 0
        self.paused: list[float] = []
        self.run(*statements)

    def run(self, *statements: str) -> None:
        with self.engine.begin() as db:
            for statement in statements:
                db.exec_driver_sql(statement)

    def connect(self) -> SqlLine:
        self.lines += 1
        return KeptLine(Way(self.engine, lambda _db: ()))

    def open(self, declaration: SqlDeclaration, *, now: Callable[[], datetime] = lambda: NOW) -> SqlSource:
        return open_sql(declaration, connect=self.connect, now=now, pause=self.paused.append)


class KeptLine(SqlLine):
    """A line to a database that lives only as long as its one connection: leaving must not close that."""

    def close(self) -> None:
        self._db.close()


def cells(source: SqlSource) -> Sequence[tuple[str, ...]]:
    """All rows."""
    return [row.cells for row in source]
