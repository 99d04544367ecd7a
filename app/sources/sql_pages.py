"""The statements by which a source is read: key-set pages, never OFFSET.

In order of the key: `key > last`. In order of change: rows without a change first, by their key; then
`change >= c AND (change > c OR key > k)`. Names are quoted by SQLAlchemy; values are bound, with the type that their
column has.
"""

from dataclasses import dataclass, replace
from enum import Enum, auto
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, bindparam, column, func, or_, select, table, text
from sqlalchemy.sql.elements import quoted_name
from sqlalchemy.sql.selectable import FromClause
from sqlalchemy.types import NullType

from app.sources.sql_declaration import SqlDeclaration


class Phase(Enum):
    """Which rows are read."""

    ALL = auto()
    WITHOUT_CHANGE = auto()
    BY_CHANGE = auto()


@dataclass(frozen=True, slots=True)
class Place:
    """How far a reading is: behind this row.

    Attributes:
        phase: which rows.
        change: of the row, or the lowest to be read where `key` is None; or None.
        key: of the row, or None before the first.
    """

    phase: Phase
    change: Any = None
    key: Any = None

    def behind(self, change: object, key: object) -> "Place":
        """Behind another row of this phase."""
        return replace(self, change=change if self.phase is Phase.BY_CHANGE else None, key=key)


class Pages:
    """The statements of one source."""

    def __init__(self, declared: SqlDeclaration, key: str = "", change: str = "") -> None:
        """Of a declared source.

        Args:
            declared: what is read.
            key: the name of this column as the database writes it; empty while it is not known.
            change: the same.
        """
        self._from = _relation(declared)
        self._key, self._change = _column(key), _column(change) if change else None

    def nothing(self) -> Select[Any]:
        """All columns, no row."""
        return select(text("*")).select_from(self._from).where(bindparam(None, 1) == bindparam(None, 0))

    def page(self, columns: tuple[str, ...], place: Place, rows: int, up_to: object = None) -> Select[Any]:
        """The rows behind a place: key, change (or the key again) and the columns.

        Args:
            columns: names as the database writes them.
            place: where reading stands.
            rows: how many.
            up_to: only rows whose change is not higher, or None.
        """
        change = self._key if self._change is None else self._change
        query = select(self._key, change, *(_column(name) for name in columns)).select_from(self._from)
        query = query.where(*self._behind(place, up_to))
        order = (change, self._key) if place.phase is Phase.BY_CHANGE else (self._key,)
        return query.order_by(*order).limit(rows)

    def at(self, place: Place) -> Select[Any]:
        """How many rows stand exactly there."""
        query = select(func.count()).select_from(self._from).where(self._key == _value(place.key))
        if place.phase is Phase.BY_CHANGE:
            query = query.where(self._changes == _value(place.change))
        return query

    def without_key(self) -> Select[Any]:
        """One, if a row has no key."""
        return select(bindparam(None, 1)).select_from(self._from).where(self._key.is_(None)).limit(1)

    def highest(self) -> Select[Any]:
        """The highest change."""
        return select(func.max(self._changes)).select_from(self._from)

    def change_of(self, key: object) -> Select[Any]:
        """The change of one row, if it is there."""
        return select(self._changes).select_from(self._from).where(self._key == _value(key)).limit(1)

    @property
    def _changes(self) -> ColumnElement[Any]:
        assert self._change is not None
        return self._change

    def _behind(self, place: Place, up_to: object) -> list[ColumnElement[bool]]:
        key, wanted = self._key, list[ColumnElement[bool]]()
        if place.phase is not Phase.BY_CHANGE:
            if place.phase is Phase.WITHOUT_CHANGE:
                wanted.append(self._changes.is_(None))
            if place.key is not None:
                wanted.append(key > _value(place.key))
            return wanted
        change = self._changes
        wanted.append(change.is_not(None) if place.change is None else change >= _value(place.change))
        if place.key is not None:
            wanted.append(or_(change > _value(place.change), key > _value(place.key)))
        if up_to is not None:
            wanted.append(change <= _value(up_to))
        return [and_(*wanted)]


def _relation(declared: SqlDeclaration) -> FromClause:
    if declared.view:
        schema, _, name = declared.view.rpartition(".")
        return table(name, schema=schema or None)
    plain = declared.query.replace(":", "\\:")  # a colon names no parameter
    return text(f"({plain}\n) tirai_source")  # type: ignore[return-value]


def _column(name: str) -> ColumnElement[Any]:
    return column(quoted_name(name, quote=True))


def _value(value: object) -> ColumnElement[Any]:
    """A bound value without a cast: it is compared as its column is."""
    return bindparam(None, value, type_=NullType())
