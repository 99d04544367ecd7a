"""A database as a source of customers: a view or query, read by key-set pages, whole or from a mark on.

Invariants: no row is lost and none comes twice within a reading, also when the server is killed in the midst of it; a
key that is empty or stands twice is refused; rows without a change, and a change that went backwards or lies in the
future, are said and read, not lost. Memory holds one page of bounded weight. A refusal names a row's key and a column,
never a value.
"""

import time
from array import array
from collections.abc import Callable, Collection, Iterator
from contextlib import closing
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from math import ceil
from typing import Any
from uuid import UUID

from app.sources.source import SourceError, UntrustedRow, escaped, header_fault
from app.sources.sql_cells import cell_text
from app.sources.sql_declaration import SqlDeclaration
from app.sources.sql_faults import LineLostError
from app.sources.sql_line import Row, SqlLine, way_to
from app.sources.sql_marks import Mark, mark_of
from app.sources.sql_pages import Pages, Phase, Place
from app.sources.xlsx_cells import CellFault

ROW_LIMIT = 4_194_304
"""Characters of one row, as in a CSV file."""
PAGE_LIMIT = 16_777_216
"""Characters after which a page ends early."""
PAUSES_S = (0.5, 1.0, 2.0, 4.0, 8.0)
"""Before each try to go on after the server was lost; a page that comes makes all of them good again."""
_KEY_SHOWN = 64
_KEYS = (int, str, Decimal, date, bytes, UUID)

Connect = Callable[[], SqlLine]


@dataclass(frozen=True, slots=True)
class _Read:
    """One row of a page."""

    key: Any
    change: Any
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SqlSource:
    """An opened database.

    Attributes:
        declared: what is read.
        header: the names of its columns.
        since: the mark behind which is read, or None to read all.
        left_out: columns that are not asked for; their cells are empty.
        reading: the last iteration's.
    """

    declared: SqlDeclaration
    header: tuple[str, ...]
    connect: Connect
    now: Callable[[], datetime]
    pause: Callable[[float], None]
    since: Mark | None = None
    left_out: frozenset[str] = frozenset()
    reading: "list[_Reading]" = field(default_factory=list, repr=False)

    @property
    def name(self) -> str:
        """By which its mark is known."""
        return self.declared.name

    @property
    def encoding(self) -> str:
        """Who decodes its text."""
        return "database"

    @property
    def mark(self) -> str:
        """What to keep once all rows came in: empty before the end, and where no column of change is declared."""
        return self.reading[-1].mark_text if self.reading else ""

    @property
    def remarks(self) -> tuple[str, ...]:
        """What the last iteration has to say besides its rows, a sentence each."""
        return tuple(self.reading[-1].remarks) if self.reading else ()

    def without(self, columns: Collection[str]) -> "SqlSource":
        """The same source, which does not ask for these columns: what nobody collects stays where it is."""
        return self._like(left_out=frozenset(columns))

    def after(self, mark: str) -> "SqlSource":
        """The same source from a kept mark on; from the beginning where that is none, or of another declaration."""
        known = mark_of(mark) if self.declared.change else None
        return self._like(since=known if known is not None and known.digest == self.declared.digest else None)

    def _like(self, since: Mark | None = None, left_out: frozenset[str] | None = None) -> "SqlSource":
        return SqlSource(
            self.declared,
            self.header,
            self.connect,
            self.now,
            self.pause,
            since or self.since,
            self.left_out if left_out is None else left_out,
        )

    def __iter__(self) -> Iterator[UntrustedRow]:
        """The rows; a line is a row's place in this reading, from 1.

        Raises:
            SourceError: at the first row that cannot be read, or when the database refuses or does not come back.
        """
        self.reading[:] = [_Reading(self)]
        return self.reading[0].rows()


def open_sql(
    declared: SqlDeclaration,
    *,
    connect: Connect | None = None,
    now: Callable[[], datetime] = lambda: datetime.now(UTC),
    pause: Callable[[float], None] = time.sleep,
) -> SqlSource:
    """Connect once and read the names of the columns.

    Args:
        declared: what to read.
        connect: makes a connection; by default the declared one.
        now: the time, with a zone.
        pause: waits so many seconds.

    Raises:
        SourceError: no connection, no such view or column, or names that cannot be used.
    """
    if connect is None:
        way = way_to(declared, declared.password.read())
        connect = lambda: SqlLine(way)  # noqa: E731  (the way is made once)
    try:
        line = connect()
        try:
            header = line.names(Pages(declared).nothing())
        finally:
            line.close()
    except LineLostError as error:
        raise SourceError(f"{declared.address.shown} cannot be reached: {error}", code="sql_away") from None
    if fault := header_fault(tuple(" ".join(name.split()) for name in header)):
        raise SourceError(fault, "Columns of the view", code="sql")
    for wanted, key in ((declared.key, "key"), (declared.change, "change")):
        if wanted and wanted.casefold() not in map(str.casefold, header):
            raise SourceError(f"There is no column {wanted!r}, which {key} names", code="sql")
    return SqlSource(declared, header, connect, now, pause)


class _Reading:
    """One iteration: where it stands, and the connection that it has at the moment."""

    def __init__(self, source: SqlSource) -> None:
        self.remarks: list[str] = []
        self.mark_text = ""
        self._source, self._declared = source, source.declared
        self._columns = tuple(name for name in source.header if name not in source.left_out)
        by_name = {name.casefold(): name for name in source.header}
        self._key_name = by_name[self._declared.key.casefold()]
        self._pages = Pages(self._declared, self._key_name, by_name.get(self._declared.change.casefold(), ""))
        self._line: SqlLine | None = None
        self._is_first_line = True
        self._began = source.now()
        self._highest: object = None
        self._up_to: object = None
        self._seen = array("q")
        self._seen_before: frozenset[int] = frozenset()
        self._mark: Mark | None = source.since
        self._without_change = self._in_future = 0
        self._row = 0

    def rows(self) -> Iterator[UntrustedRow]:
        try:
            for place in self._places():
                yield from self._rows_behind(place)
            self._say()
        finally:
            self._leave()

    # places

    def _places(self) -> Iterator[Place]:
        if not self._declared.change:
            yield Place(Phase.ALL)
            return
        yield Place(Phase.WITHOUT_CHANGE)
        yield Place(Phase.BY_CHANGE, change=self._retried(self._lowest))

    def _lowest(self, line: SqlLine) -> object:
        """The change from which on is read; None for all.

        It is the marked one, less the overlap: rows of the same change came later, and a transaction that began before
        the last reading may have ended after it. Where the change went backwards all is read.
        """
        since = self._source.since
        if since is None or not self._is_still_true(line, since):
            self._mark = None
            return None
        return _earlier(since.change, self._declared.overlap_s)

    def _is_still_true(self, line: SqlLine, since: Mark) -> bool:
        """Whether the marked row still has that change, or a later one; without it, whether any row has."""
        found = line.first(self._pages.change_of(since.key)) or line.first(self._pages.highest())
        change = found[0] if found else None
        try:
            fell = change is None or change < since.change  # type: ignore[operator]
        except TypeError:
            fell = True
        if fell:
            self.remarks.append(
                f"The column {self._declared.change} went backwards since the last reading; everything was read again."
            )
        return not fell

    # pages

    def _rows_behind(self, place: Place) -> Iterator[UntrustedRow]:
        size = self._declared.page_rows
        while True:
            here = place
            page, is_last = self._retried(lambda line, here=here: self._page(line, here, size))  # type: ignore[misc]
            for read in page:
                self._row += 1
                self._note(place.phase, read)
                yield UntrustedRow(self._row, read.cells, key=self._shown(read.key))
            if is_last:
                return
            place = place.behind(page[-1].change, page[-1].key)

    def _page(self, line: SqlLine, place: Place, size: int) -> tuple[list[_Read], bool]:
        """A page, and whether it is the last."""
        up_to = self._up_to if place.phase is Phase.BY_CHANGE else None
        page, weight = list[_Read](), 0
        with closing(line.rows(self._pages.page(self._columns, place, size, up_to))) as found:
            for row in found:
                read = self._cells(row)
                if page and read.key == page[-1].key:
                    raise self._twice(read.key)
                page.append(read)
                weight += sum(map(len, read.cells))
                if weight > PAGE_LIMIT:
                    break
        if len(page) < size and weight <= PAGE_LIMIT:
            return page, True
        last = place.behind(page[-1].change, page[-1].key)
        count = line.first(self._pages.at(last))
        if count is not None and count[0] != 1:
            raise self._twice(page[-1].key)
        return page, False

    def _cells(self, row: Row) -> _Read:
        key, change, *values = row
        if not isinstance(key, _KEYS):
            raise SourceError(f"{self._key_name}, which key names, is no number, text, time or bytes", code="sql_key")
        found = iter(values)
        cells = tuple("" if name in self._source.left_out else self._cell(key, name, next(found))
                      for name in self._source.header)  # fmt: skip
        if sum(map(len, cells)) > ROW_LIMIT:
            raise SourceError(f"More than {ROW_LIMIT} characters in one row", self._place(key), code="sql")
        return _Read(key, change, cells)

    def _cell(self, key: object, name: str, value: object) -> str:
        try:
            return cell_text(value, self._declared.zone)
        except CellFault as fault:
            raise SourceError(str(fault), f"{self._place(key)}, column {escaped(name)}", code="sql_cell") from None

    def _twice(self, key: object) -> SourceError:
        words = f"More than one row has this {self._key_name}, which key names: rows would be lost"
        return SourceError(words, self._place(key), code="sql_key")

    # connections

    def _retried(self, ask: Callable[[SqlLine], Any]) -> Any:
        """An answer, if need be from a new connection; nothing of a page that broke off was handed on.

        Raises:
            SourceError: the database does not come back.
        """
        pauses = iter(PAUSES_S)
        while True:
            try:
                return ask(self._connected())
            except LineLostError as error:
                self._leave()
                wait_s = next(pauses, None)
                if wait_s is None:
                    where = self._declared.address.shown
                    words = f"{where} was lost in the midst of reading, and did not come back: {error}"
                    raise SourceError(words, code="sql_lost") from None
                self._source.pause(wait_s)

    def _connected(self) -> SqlLine:
        if self._line is not None:
            return self._line
        line = self._source.connect()
        try:
            self._begin(line)
        except BaseException:
            line.close()
            raise
        self._line = line
        return line

    def _begin(self, line: SqlLine) -> None:
        """Look at the data of a new connection.

        The first one's highest change bounds what later ones read: a row that changes after the server was lost goes
        beyond it, is not read a second time, and belongs to the next reading. One that comes to it is told (`_note`).
        """
        if line.first(self._pages.without_key()) is not None:
            raise SourceError(f"A row has no {self._key_name}, which key names: it would be lost", code="sql_key")
        if not self._declared.change:
            return
        if not self._is_first_line:
            self._seen_before = frozenset(self._seen)
            return
        highest = line.first(self._pages.highest())
        self._check_kind(highest[0] if highest else None)
        self._is_first_line, self._highest = False, highest[0] if highest else None

    def _check_kind(self, change: object) -> None:
        """Refuse a column of change whose order is not that of time."""
        if isinstance(change, datetime):
            if change.tzinfo is None and self._declared.zone is None:
                raise SourceError(
                    f"The times of {self._declared.change} have no zone; say time_zone in the source's file", code="sql"
                )
        elif change is not None and (isinstance(change, bool) or not isinstance(change, int | Decimal | date | bytes)):
            raise SourceError(
                f"The column {self._declared.change} is neither a time nor a number that grows", code="sql"
            )

    def _leave(self) -> None:
        line, self._line = self._line, None
        if line is not None:
            line.close()
            self._up_to = self._highest

    # what is noted

    def _note(self, phase: Phase, read: _Read) -> None:
        if phase is Phase.ALL:
            return
        mark = hash((read.key,))  # of -1 and -2 themselves it would be the same
        if mark in self._seen_before:
            raise SourceError(
                "A row changed while the database was lost, and came a second time; begin again", self._place(read.key)
            )
        self._seen.append(mark)
        if phase is Phase.WITHOUT_CHANGE:
            self._without_change += 1
        elif self._is_future(read.change):
            self._in_future += 1
        else:
            self._mark = Mark(self._declared.digest, read.change, read.key)

    def _is_future(self, change: object) -> bool:
        """Whether a time of change is still to come: a mark there would hide what changes until then."""
        latest = self._began + timedelta(seconds=self._declared.overlap_s)
        if isinstance(change, datetime):
            if change.tzinfo is None:
                change = change.replace(tzinfo=self._declared.zone)
            return change > latest
        if isinstance(change, date):
            return change > latest.astimezone(self._declared.zone or UTC).date()
        return False

    def _say(self) -> None:
        name = self._declared.change
        if self._without_change:
            self.remarks.append(f"{self._without_change} rows have no {name}; they are read each time.")
        if self._in_future:
            self.remarks.append(f"{self._in_future} rows have a {name} in the future; they are read each time.")
        if name and self._mark is not None:
            self.mark_text = self._mark.text()

    def _place(self, key: object) -> str:
        return f"Row {escaped(self._key_name)} = {self._shown(key)}"

    def _shown(self, key: object) -> str:
        """A key for people."""
        try:
            text = cell_text(key, UTC)
        except CellFault:
            text = bytes(key).hex() if isinstance(key, bytes | memoryview) else type(key).__name__
        return escaped(text if len(text) <= _KEY_SHOWN else f"{text[:_KEY_SHOWN]}...")


def _earlier(change: object, overlap_s: int) -> object:
    """A time of change less the overlap; a number as it is."""
    try:
        if isinstance(change, datetime):
            return change - timedelta(seconds=overlap_s)
        if isinstance(change, date):
            return change - timedelta(days=ceil(overlap_s / 86_400))
    except OverflowError:
        pass
    return change
