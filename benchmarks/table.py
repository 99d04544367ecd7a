"""The table of customers: frames while one scrolls and types, sorts and filters, beside a plain QTableView.

Ours is the console's table panel over a real session cache: pages of rows come from SQLCipher on another thread. The
peer is a QTableView with Qt's own delegate over the same number of rows in memory, as text; typing filters its list and
resets its model. A frame is what the event loop does between a scroll and the next time it is idle, if it painted.

The clock of a frame is the CPU time of the window's thread: what a neighbour on the machine takes is no frame of ours.
How long a letter or a jump takes to its rows, and sorts and filters, are on the wall, other threads included. The first
paint is over when the rows in sight are painted; the list that grows behind them is painted again. Ours and the peer
take turns.
"""

import random
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QEvent, QObject, Qt
from PySide6.QtWidgets import QAbstractItemView, QApplication, QTableView, QWidget

from app.domain.policy_reader import load_policy
from app.domain.role import Role
from app.domain.table_query import Among, Filter, Sort, TableColumn, TableQuery
from app.resource_files import resource_text
from app.session.cards import Cards
from app.session.found import FIRST_FOUND, Found
from app.session.shown import ShownRow
from app.storage.cache_rows import CacheRow
from app.storage.session_cache import SessionCache
from app.ui.application import make_application
from app.ui.choices import Choices
from app.ui.console.customer_model import CustomerModel
from app.ui.console.finding import Finding
from app.ui.console.table_panel import TablePanel
from app.ui.table.state import TableState
from app.ui.tasks import Tasks
from benchmarks.customers import MADE, inventory, keep_cache_rows, kept_cache_rows, rows_for
from benchmarks.harness import Goal, Report, arguments, grown, percentile, work_folder
from benchmarks.plain_sqlite import new_cache

WIDTH, HEIGHT = 1017, 700
WHEEL, WHEELS, JUMPS = 96, 240, 120
"""Px of a turn of the wheel (three rows), how many turns, how many jumps of the scroll bar."""
TYPED = ("sari wu", "budi", "dewi an", "rahma", "kota", "c-00012")
ONE_FRAME_MS = 16.0
GROWING = ("first paint", "frame of a jump, p50", "from a letter to its rows, p50", "sort by city, after a change")
"""Rows whose growth is drawn."""
Clocked = Callable[[], list[float]]


class CacheDesk:
    """What the table asks of a session, straight from a cache."""

    def __init__(self, cache: SessionCache) -> None:
        policy = load_policy(resource_text("policy", "default.toml"))
        self._cache = cache
        self._cards = Cards(inventory(), lambda: policy, Role.AGENT, "en")

    @property
    def columns(self) -> tuple[TableColumn, ...]:
        return self._cards.columns.all

    def rows(self, ids: Sequence[int]) -> list[ShownRow]:
        return [self._cards.row(row) for row in self._cache.rows(ids)]

    def first_found(self, text: str) -> Found | None:
        ids = self._cache.first_ids(text, FIRST_FOUND)
        return None if ids is None else Found(ids, 0.0)

    def search(self, text: str, queue: str | None, is_stopped: Callable[[], bool] = lambda: False) -> Found:
        return Found(self._cache.ids(text, queue, is_stopped=is_stopped), 0.0)

    def table(self, query: TableQuery) -> Found:
        return Found(self._cache.ids_of(self._cards.columns.placed(query)), 0.0)


class PlainModel(QAbstractTableModel):
    """Rows of text in memory."""

    def __init__(self, rows: list[tuple[str, ...]]) -> None:
        super().__init__()
        self.rows = rows

    def rowCount(self, _parent: object = None) -> int:  # noqa: N802 (Qt's name)
        return len(self.rows)

    def columnCount(self, _parent: object = None) -> int:  # noqa: N802 (Qt's name)
        return 6

    def data(self, index: Any, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        return self.rows[index.row()][index.column()] if role == Qt.ItemDataRole.DisplayRole else None


class Painted(QObject):
    """Whether a viewport has painted since the last look."""

    def __init__(self, view: QAbstractItemView) -> None:
        super().__init__(view)
        self.seen = False
        view.viewport().installEventFilter(self)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:  # noqa: N802 (Qt's name)
        self.seen = self.seen or event.type() == QEvent.Type.Paint
        return False


@dataclass
class Side:
    """A table that is measured: its view, when the rows in sight are there, and when all of them are listed, too."""

    window: QWidget
    view: QTableView
    in_sight: Callable[[], bool]
    is_there: Callable[[], bool]
    find: Callable[[str], None]

    def __post_init__(self) -> None:
        self.painted = Painted(self.view)
        self.window.resize(WIDTH, HEIGHT)
        self.window.show()
        while not self._paints_what_is_in_sight():
            time.sleep(0.0005)  # the threads that read need the interpreter
        self.painted_at = time.perf_counter()
        self.settle()

    def _paints_what_is_in_sight(self) -> bool:
        """One turn of the event loop; whether the rows in sight are painted behind it."""
        there = self.in_sight()
        self.frame()
        return there

    def frame(self, act: Callable[[], object] = lambda: None) -> float | None:
        """CPU milliseconds of one turn of the event loop; None where it painted nothing."""
        self.painted.seen = False
        started = time.thread_time()
        act()
        QApplication.processEvents()
        return (time.thread_time() - started) * 1000 if self.painted.seen else None

    def settle(self) -> list[float]:
        """Frames until all rows are listed and those in sight are there."""
        frames = []
        while True:
            there = self.is_there()
            took = self.frame()
            if took is not None:
                frames.append(took)
            elif there:
                return frames
            time.sleep(0.0005)  # the threads that read need the interpreter

    def scroll(self, values: Sequence[int]) -> tuple[list[float], list[float]]:
        """Frames of scrolling to each of these; and how long it took until the rows were there."""
        bar, frames, whole = self.view.verticalScrollBar(), list[float](), list[float]()
        for value in values:
            started = time.perf_counter()
            took = self.frame(lambda value=value: bar.setValue(value))  # type: ignore[misc]
            frames += [took] if took is not None else []
            frames += self.settle()
            whole.append((time.perf_counter() - started) * 1000)
        return frames, whole

    def type(self) -> tuple[list[float], list[float]]:
        """Frames while words are typed, letter by letter; and how long each letter took to its rows."""
        frames, whole = list[float](), list[float]()
        for word in TYPED:
            for length in range(1, len(word) + 1):
                started = time.perf_counter()
                took = self.frame(lambda: self.find(word[:length]))  # noqa: B023 (called at once)
                frames += [took] if took is not None else []
                frames += self.settle()
                whole.append((time.perf_counter() - started) * 1000)
        self.find("")
        self.settle()
        return frames, whole


def our_side(desk: CacheDesk, tasks: Tasks) -> Side:
    """The console's table over a cache; the session stands, with its inventory and its policy."""
    look = QApplication.instance().look  # type: ignore[union-attr]
    model = CustomerModel(desk, tasks)  # type: ignore[arg-type]
    state = TableState(desk.columns, Choices(), lambda _text: ())
    panel = TablePanel(look, model, (), state)
    finding = Finding(desk, tasks, model, panel)  # type: ignore[arg-type]
    waits = [0]
    finding.found.connect(lambda *_found: waits.clear())

    def find(text: str) -> None:
        waits[:] = [1]
        finding.ask(TableQuery(text))

    def in_sight() -> bool:
        first, last = panel.table.rowAt(0), panel.table.rowAt(panel.table.viewport().height() - 1)
        last = last if last >= 0 else model.rowCount() - 1
        return first >= 0 and all(model.index(row, 0).data() is not None for row in (first, (first + last) // 2, last))

    def is_there() -> bool:
        return not waits and (model.rowCount() == 0 or in_sight())

    side_model = model  # keeps them alive with the side
    panel.keeps = (side_model, finding, state)  # type: ignore[attr-defined]
    find("")
    return Side(panel, panel.table, in_sight, is_there, find)


def plain_side(rows: list[tuple[str, ...]], row_height: int) -> Side:
    """The peer, with rows as high and columns as wide."""
    model, view = PlainModel(rows), QTableView()
    view.setModel(model)
    view.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
    view.verticalHeader().hide()
    view.verticalHeader().setDefaultSectionSize(row_height)
    view.setShowGrid(False)
    for column in range(6):
        view.setColumnWidth(column, WIDTH // 6 - 4)
    lowered: list[str] = []

    def find(text: str) -> None:
        if not lowered:
            lowered.extend((row[0] + " " + row[1] + " " + row[2]).lower() for row in rows)
        model.beginResetModel()
        words = text.split()
        fits = (row for row, words_of in zip(rows, lowered, strict=True) if all(word in words_of for word in words))
        model.rows = list(fits) if words else rows
        model.endResetModel()

    return Side(view, view, lambda: True, lambda: True, find)


def plain_rows(rows: Iterator[CacheRow]) -> list[tuple[str, ...]]:
    """What the peer shows of each row."""
    fields = [field.name for field in inventory().open_fields]
    name, city, last = (fields.index(field) for field in ("full_name", "city", "last_contact"))
    return [(r.open[name], r.number, r.open[city], f"+62 ** {r.masks[0][1]}", r.open[last], r.queue) for r in rows]


def measured(report: Report, n: int, made: list[CacheRow], folder: Path, repeats: int, tasks: Tasks) -> None:
    """One size."""
    cache = new_cache(folder / f"s{n}")
    chunk: list[CacheRow] = []
    for row in rows_for(n, made):
        chunk.append(row)
        if len(chunk) == 3000:
            cache.add(chunk)
            chunk = []
    cache.add(chunk)
    cache.finish_fill()
    rows = plain_rows(rows_for(n, made))
    desk = CacheDesk(cache)
    firsts: tuple[list[float], list[float]] = ([], [])
    for turn in range(repeats + 1):
        ours, took = _made(lambda: our_side(desk, tasks))
        height = ours.view.verticalHeader().defaultSectionSize()
        peer, plain_took = _made(partial(plain_side, rows, height))
        if turn:  # the first was a warm-up
            firsts[0].append(took)
            firsts[1].append(plain_took)
        if turn < repeats:
            _close(ours, peer)
    said = f"{n:,} rows"
    report.add(f"{said}: first paint", *firsts, unit="ms", peer_name="QTableView, rows in memory")
    _scrolls(report, said, ours, peer, repeats)
    _typing(report, said, ours, peer, repeats)
    _answers(report, said, cache, peer, repeats)
    _close(ours, peer)
    cache.close()


def _made(make: Callable[[], Side]) -> tuple[Side, float]:
    """A side, and the milliseconds from nothing until its first rows are painted."""
    started = time.perf_counter()
    side = make()
    return side, (side.painted_at - started) * 1000


def _close(*sides: Side) -> None:
    for side in sides:
        side.window.close()
        side.window.deleteLater()
    QApplication.processEvents()


def _both(ours: Side, peer: Side, repeats: int, act: Callable[[Side], Any]) -> tuple[list[Any], list[Any]]:
    taken: tuple[list[Any], list[Any]] = ([], [])
    for round_ in range(repeats):
        for at in (0, 1) if round_ % 2 == 0 else (1, 0):
            taken[at].append(act((ours, peer)[at]))
    return taken


def _scrolls(report: Report, said: str, ours: Side, peer: Side, repeats: int) -> None:
    name, chance = "QTableView, rows in memory", random.Random(3)
    most = min(side.view.verticalScrollBar().maximum() for side in (ours, peer))
    start = chance.randrange(max(1, most - WHEEL * WHEELS))
    kinds = {
        "wheel": [min(most, start + WHEEL * turn) for turn in range(WHEELS)],
        "jump": [chance.randrange(most) for _ in range(JUMPS)],
    }
    for kind, values in kinds.items():
        taken = _both(ours, peer, repeats, lambda side, values=values: side.scroll(values))  # type: ignore[misc]
        frames = [[once[0] for once in side] for side in taken]
        for part, word in ((0.5, "p50"), (0.99, "p99")):
            ours_, peers = ([percentile(one, part) for one in side] for side in frames)
            goal = Goal(ONE_FRAME_MS, of="ours") if part > 0.9 else None
            report.add(f"{said}: frame of a {kind}, {word}", ours_, peers, unit="ms", peer_name=name, goal=goal)
        if kind == "jump":
            whole = [percentile(once[1], 0.99) for once in taken[0]]
            report.add(f"{said}: rows there after a jump, p99", whole, unit="ms", goal=Goal(50, of="ours"))


def _typing(report: Report, said: str, ours: Side, peer: Side, repeats: int) -> None:
    name = "QTableView, its list filtered"
    taken = _both(ours, peer, repeats, lambda side: side.type())
    for part, word in ((0.5, "p50"), (0.99, "p99")):
        frames = [[percentile(once[0], part) for once in side] for side in taken]
        goal = Goal(50, of="ours") if part > 0.9 else None
        report.add(f"{said}: frame while typing, {word}", *frames, unit="ms", peer_name=name, goal=goal)
    for part, word in ((0.5, "p50"), (0.99, "p99")):
        whole = [[percentile(once[1], part) for once in side] for side in taken]
        report.add(f"{said}: from a letter to its rows, {word}", *whole, unit="ms", peer_name=name)


def _answers(report: Report, said: str, cache: SessionCache, peer: Side, repeats: int) -> None:
    """Sorts and filters, on the thread of the cache: ids alone, of all rows."""
    model = peer.view.model()
    assert isinstance(model, PlainModel)
    rows, desk = model.rows, CacheDesk(cache)
    cities = sorted({row[2] for row in rows})[:3]
    among: tuple[Filter, ...] = (Among("city", tuple(cities)),)
    name = "sorted() or a list of rows in memory"
    first = _clocked(lambda: desk.table(TableQuery(sort=Sort("city"))))
    report.add(f"{said}: sort by city for the first time, which makes its index", [first], unit="ms")

    def fresh(query: TableQuery) -> float:
        cache._orders.changed(())
        return _clocked(lambda: desk.table(query))

    by_city = TableQuery(sort=Sort("city"))
    pairs = [(fresh(by_city), _clocked(lambda: sorted(rows, key=lambda r: r[2]))) for _ in range(repeats)]
    report.add(f"{said}: sort by city, after a change", *_split(pairs), unit="ms", peer_name=name)
    kept = [_clocked(lambda: desk.table(TableQuery(sort=Sort("city", is_down=True)))) for _ in range(repeats)]
    report.add(f"{said}: the same, downwards, order known", kept, unit="ms")
    desk.table(TableQuery(filters=among))
    wanted = set(cities)
    pairs = [
        (fresh(TableQuery(filters=among)), _clocked(lambda: [r for r in rows if r[2] in wanted]))
        for _ in range(repeats)
    ]
    report.add(f"{said}: filter by three cities", *_split(pairs), unit="ms", peer_name=name)
    both = TableQuery(filters=among, sort=Sort("name"))
    desk.table(both)  # the order of a column is kept until a row changes
    pairs = [
        (
            _clocked(lambda: desk.table(both)),
            _clocked(lambda: sorted((r for r in rows if r[2] in wanted), key=lambda r: r[0])),
        )
        for _ in range(repeats)
    ]
    report.add(f"{said}: filter, in an order that is known", *_split(pairs), unit="ms", peer_name=name)


def _clocked(act: Callable[[], object]) -> float:
    started = time.perf_counter()
    act()
    return (time.perf_counter() - started) * 1000


def _split(pairs: list[tuple[float, float]]) -> tuple[list[float], list[float]]:
    return [pair[0] for pair in pairs], [pair[1] for pair in pairs]


def main() -> None:
    """Measure and report."""
    asked = arguments(__doc__, repeats=3, n=100_000)
    app = make_application(["table"], "light", hooks=False)
    app.setQuitOnLastWindowClosed(False)
    settings = {
        "rows": f"{asked.n:,}",
        "repeats": asked.repeats,
        "window": f"{WIDTH} x {HEIGHT}, offscreen",
        "frames of a repeat": f"{WHEELS} turns of the wheel, {JUMPS} jumps, {sum(map(len, TYPED))} letters",
    }
    report, tasks = Report("table", "Table", settings, is_full=asked.full), Tasks()
    with work_folder() as folder:
        made = kept_cache_rows(keep_cache_rows(folder / "rows", min(MADE, asked.n)))
        for n in grown(asked):
            is_told = n == asked.n
            part = report if is_told else Report("table", "Table", settings)
            measured(part, n, made, folder, asked.repeats if is_told else 1, tasks)
            for words in GROWING:
                row = next(row for row in part.rows if row.row == f"{n:,} rows: {words}")
                report.grow(words, n, row.ours, "ms")
    tasks.close()
    report.finish()
    sys.stdout.flush()


if __name__ == "__main__":
    main()
