"""Statements that are made once, for what is asked with each reveal and each entry of the log.

SQLAlchemy puts a statement together anew each time it is written, finds its text by a key made of all its parts, and
wraps what comes back: some 0.2 ms, where SQLite itself needs 0.02. So the hot ones are written once, with
`bindparam` where a value goes, and the embedded file's driver gets their text directly. Over PostgreSQL they take
SQLAlchemy's way, which knows what the driver there wants.

Limits: no `IN`, and each value of a type that the driver knows.
"""

from collections import namedtuple
from collections.abc import Callable, Sequence
from typing import Any

from sqlalchemy import Connection, Executable, LargeBinary
from sqlalchemy.engine import Dialect
from sqlalchemy.exc import DBAPIError, NoResultFound

from app.storage.sqlcipher import DBAPI

_SQLITE = "sqlite"


class _Compiled:
    """A statement as SQLite's driver takes it."""

    def __init__(self, statement: Executable, dialect: Dialect) -> None:
        made: Any = statement.compile(dialect=dialect)  # type: ignore[attr-defined]
        self.text = str(made)
        self.names: tuple[str, ...] = tuple(made.positiontup or ())
        self.given: dict[str, Any] = {name: value for name, value in made.params.items() if value is not None}
        columns = [(column.keyname, column.type) for column in made._result_columns]
        self.row: Callable[[Sequence[Any]], Any] = tuple
        if columns:
            names = [name for name, _type in columns]
            self.row = namedtuple("Found", names, rename=True)._make  # type: ignore[attr-defined]
        readers = [None if isinstance(kind, LargeBinary) else _reader(kind, dialect) for _name, kind in columns]
        self.readers = readers if any(readers) else None

    def values(self, said: dict[str, Any]) -> tuple[Any, ...]:
        """The values in their order.

        Raises:
            KeyError: one is missing.
        """
        known = self.given | said if self.given else said
        return tuple([known[name] for name in self.names])

    def read(self, row: Sequence[Any]) -> Any:
        """A row as it is used."""
        if self.readers is not None:
            row = [read(value) if read else value for read, value in zip(self.readers, row, strict=True)]
        return self.row(row)


def _reader(kind: Any, dialect: Dialect) -> Callable[[Any], Any] | None:
    """What makes a value of what the driver gives, if anything must (a truth value is a number there)."""
    made: Callable[[Any], Any] | None = kind.dialect_impl(dialect).result_processor(dialect, None)
    return made


class Ready:
    """One statement, made once. Any thread may use it, each with a connection of its own."""

    def __init__(self, statement: Executable) -> None:
        """Keep a statement whose values are named by `bindparam`."""
        self._statement = statement
        self._compiled: _Compiled | None = None

    def first(self, db: Connection, **values: Any) -> Any:
        """The first row, by the names of its columns, or None."""
        if db.dialect.name != _SQLITE:
            return db.execute(self._statement, values).first()
        cursor, compiled = self._run(db, values)
        row = cursor.fetchone()
        cursor.close()
        return None if row is None else compiled.read(row)

    def one(self, db: Connection, **values: Any) -> Any:
        """The only row there may be.

        Raises:
            NoResultFound: there is none.
        """
        row = self.first(db, **values)
        if row is None:
            raise NoResultFound("A row that is pointed to is not there.")
        return row

    def all(self, db: Connection, **values: Any) -> Sequence[Any]:
        """All rows."""
        if db.dialect.name != _SQLITE:
            return db.execute(self._statement, values).all()
        cursor, compiled = self._run(db, values)
        return [compiled.read(row) for row in cursor.fetchall()]

    def run(self, db: Connection, **values: Any) -> None:
        """Do it; nothing is asked."""
        if db.dialect.name != _SQLITE:
            db.execute(self._statement, values)
        else:
            self._run(db, values)

    def _run(self, db: Connection, values: dict[str, Any]) -> tuple[Any, _Compiled]:
        compiled = self._compiled
        if compiled is None:
            compiled = self._compiled = _Compiled(self._statement, db.dialect)
        raw: Any = db.connection.driver_connection
        try:
            return raw.execute(compiled.text, compiled.values(values)), compiled
        except DBAPI.Error as e:
            raise DBAPIError.instance(compiled.text, None, e, DBAPI.Error, hide_parameters=True) from e
