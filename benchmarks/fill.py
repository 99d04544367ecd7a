"""Fill: from a signed-in console's first question to its last row, through the real API, beside plain SQLite.

The office runs in a process of its own behind its private socket, as in production, with SQLCipher's memory security
on; the console's cache has search from its first rows on. The peer is plain SQLite (the same library without a key)
with the same rows, ready in memory, the same indexes and search, in the order that is fastest there: one transaction,
indexes last. The clock is the one on the wall, since office and console work side by side; processor time stands below.

In the same run: how soon after the first rows a search is answered while the rest comes in, and in a real window the
longest turn of the GUI thread until the last row is there (processor time of that thread, `tests/gui_watch.py`; from
the first rows on, so that the console's own coming in front is not in it).
"""

import os
import threading
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median

from app.session.desk import Desk
from app.storage.cache_rows import WrittenRow
from benchmarks.harness import Report, arguments, cpu_s, grown, in_own_process, work_folder
from benchmarks.made_office import OfficeOfItsOwn, office_of_its_own, signed_in
from benchmarks.many_customers import with_many_customers, written_rows
from benchmarks.plain_sqlite import fill_plain_in_best_order, new_cache, plain_connection

PATIENCE_S = 900.0
Taken = dict[str, list[float]]


class FirstSearch:
    """Searches once the first rows are there, on a thread of its own as a console does, and notes when it was told."""

    def __init__(self, desk: Desk, text: str) -> None:
        self._desk, self._text = desk, text
        self._there = threading.Event()
        self._asks = threading.Thread(target=self._ask)
        self.ms, self.found = 0.0, 0
        self._asks.start()

    def on_progress(self, _done: int, _total: int) -> None:
        """Rows came."""
        self._there.set()

    def wait(self) -> float:
        """Milliseconds from the first rows to the answer."""
        self._asks.join()
        return self.ms

    def _ask(self) -> None:
        self._there.wait(PATIENCE_S)
        began = time.perf_counter()
        first = self._desk.first_found(self._text) or self._desk.search(self._text, None)
        shown = self._desk.rows(first.ids[:50])
        self.ms, self.found = (time.perf_counter() - began) * 1000, len(shown)


def measured(folder: Path, n: int, repeats: int) -> Taken:
    """Rows a second of each fill, ours and the peer's in turns; processor seconds; and each first search."""
    taken: Taken = {}
    with office_of_its_own(folder) as office:
        with_many_customers(office, n)
        rows: list[WrittenRow] = []
        for turn in range(repeats + 1):  # the first is a warm-up
            kept = _ours(office, {} if turn == 0 else taken, n, rows)
            rows = rows or kept
            _peer(folder / f"plain-{turn}", {} if turn == 0 else taken, rows)
    return taken


def _ours(office: OfficeOfItsOwn, taken: Taken, n: int, known: list[WrittenRow]) -> list[WrittenRow]:
    """One fill; its rows, if they are not known yet."""
    desk = signed_in(office)
    search = FirstSearch(desk, "sa")
    used, began = office.cpu_s(), time.perf_counter()
    desk.fill(search.on_progress)
    seconds = time.perf_counter() - began
    taken.setdefault("ours", []).append(n / seconds)
    taken.setdefault("ours cpu", []).append(n / (office.cpu_s() - used))
    taken.setdefault("search", []).append(search.wait())
    assert search.found
    found = desk._cache.use(lambda cache: (cache.count(), known or written_rows(cache)))
    assert found[0] == n, found[0]
    desk.end("signed_out")
    return found[1]


def _peer(folder: Path, taken: Taken, rows: list[WrittenRow]) -> None:
    folder.mkdir(mode=0o700)
    cache = new_cache(folder / "maker")
    connection = plain_connection(folder / "plain.db")
    used, began = cpu_s(), time.perf_counter()
    fill_plain_in_best_order(connection, cache, rows)
    seconds = time.perf_counter() - began
    taken.setdefault("peer", []).append(len(rows) / seconds)
    taken.setdefault("peer cpu", []).append(len(rows) / (cpu_s() - used))
    connection.close()
    cache.close()


def in_a_window(folder: Path, n: int) -> float:
    """Milliseconds of processor of the GUI thread's longest turn, from the first rows to the last."""
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    with office_of_its_own(folder) as office:
        with_many_customers(office, n)
        desk = signed_in(office)
        longest = _watched(desk, n)
        desk.end("signed_out")
    return longest


def _watched(desk: Desk, n: int) -> float:
    from PySide6.QtCore import QEventLoop, QTimer

    from app.bootstrap.screens import load_screens
    from app.ui.application import make_application
    from app.ui.tasks import Tasks
    from tests.gui_watch import GuiWatch
    from tests.ui.conftest import Signed

    application = make_application(["fill"], "light", hooks=False)
    application.setQuitOnLastWindowClosed(False)
    load_screens()
    tasks, filled = Tasks(), list[bool]()
    signed = Signed(application.look, tasks, desk)  # type: ignore[arg-type]
    signed.window.show()
    signed.window._on_signed_in(desk)
    console = signed.window.console
    assert console is not None
    console.flow.filled.connect(lambda: filled.append(True))

    def wait(is_so: Callable[[], bool]) -> None:
        """Have Qt's own loop turn, which alone says when a turn is over."""
        loop, looks, patience = QEventLoop(), QTimer(interval=5), QTimer(singleShot=True)
        looks.timeout.connect(lambda: loop.quit() if is_so() else None)
        patience.timeout.connect(loop.quit)
        looks.start()
        patience.start(int(PATIENCE_S * 1000))
        loop.exec()
        assert is_so(), "the rows do not come"

    wait(lambda: console.model.rowCount() > 0)
    with GuiWatch() as watch:
        wait(lambda: bool(filled) and console.model.rowCount() == n)
    assert watch.count, "no turn was seen"
    for turn in watch.turns:
        print(f"a turn of {turn}")
    signed.window._console = None
    signed.window.close()
    tasks.close()
    return watch.longest_ms


def main() -> None:
    """Measure and report."""
    asked = arguments(__doc__, repeats=3, n=100_000)
    settings = {
        "customers": f"{asked.n:,}",
        "repeats": asked.repeats,
        "transport": "private socket of the embedded office",
        "memory security": "on in the office, off in the cache and the peer",
        "peer": "one transaction, indexes last, WAL, synchronous NORMAL, 16 MiB of cache, as ours has",
    }
    report = Report("fill", "Fill through the API", settings, is_full=asked.full)
    with work_folder() as folder:
        for n in grown(asked):
            is_told = n == asked.n
            taken = in_own_process(measured, folder / f"rate-{n}", n, asked.repeats if is_told else 1)
            for series in ("ours", "peer"):
                name = "ours" if series == "ours" else "plain SQLite, best order"
                report.grow(name, n, n / median(taken[series]), "s")
            if is_told:
                _say(report, n, taken)
                turn = in_own_process(in_a_window, folder / f"window-{n}", n)
                report.add(f"{n:,} customers: longest turn of the GUI thread meanwhile", [turn], unit="ms")
    report.finish()


def _say(report: Report, n: int, taken: Taken) -> None:
    said, peer = f"{n:,} customers", "plain SQLite, same rows, indexes and search, best order"
    name = f"{said}: fill, from the office to the last row"
    report.add(name, taken["ours"], taken["peer"], unit="rows/s", peer_name=peer)
    name = f"{said}: the same by processor time, office and console"
    report.add(name, taken["ours cpu"], taken["peer cpu"], unit="rows/CPU s", peer_name=peer)
    report.add(f"{said}: first search, after the first rows", taken["search"], unit="ms")


if __name__ == "__main__":
    main()
