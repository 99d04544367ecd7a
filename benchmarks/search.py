"""Search and lookup in a filled session cache, beside plain SQLite with the same rows and index, and beside a scan.

Ours answers what the console asks: all matching ids in their order, then the first 50 rows as the list shows them.
The peer runs the same full-text expression and reads the same 50 rows and the lists in them; it orders nothing by name.

The clock is the thread's CPU time: everything lies in memory, and a neighbour's turn on the processor is no search.
"""

import json
import random
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from statistics import median
from typing import Any

from app.storage.cache_rows import CacheRow
from app.storage.session_cache import SessionCache
from benchmarks.customers import many_cache_rows
from benchmarks.harness import Goal, Report, arguments, grown, percentile, work_folder
from benchmarks.plain_sqlite import KEY, fill, new_cache, open_fields, plain_copy

SHOWN, COUNT = 50, 60
"""Rows of a screen; queries of each kind."""
BESIDE = ("full name", "customer number")
"""Kinds that the contract does not name."""
_ROWS = "SELECT id, record, number, queue, open, masks FROM customer WHERE id IN (%s)"
Ask = Callable[[str], object]


def timed(asks: Sequence[str], ours: Ask, peer: Ask, rounds: int) -> tuple[list[list[float]], list[list[float]]]:
    """CPU milliseconds of each query of each round, ours and the peer's in turns."""
    taken: tuple[list[list[float]], list[list[float]]] = ([], [])
    for round_ in range(rounds):
        pair: tuple[list[float], list[float]] = ([], [])
        for text in asks:
            for side, ask in ((0, ours), (1, peer)) if round_ % 2 == 0 else ((1, peer), (0, ours)):
                started = time.thread_time()
                ask(text)
                pair[side].append((time.thread_time() - started) * 1000)
        taken[0].append(pair[0])
        taken[1].append(pair[1])
    return taken


def searched(cache: SessionCache) -> Ask:
    """Ours: ids of all, rows of the first screen."""
    return lambda text: cache.rows(cache.ids(text)[:SHOWN])


def first_searched(cache: SessionCache) -> Ask:
    """Ours as one types among very many: the first screen, before the whole search is over."""
    return lambda text: cache.rows(cache.first_ids(text, SHOWN) or ())


def first_searched_plainly(plain: Any) -> Ask:
    """The peer's: the same expression, its first rows, by id."""

    def ask(text: str) -> object:
        words = " AND ".join(f'"{word}"*' for word in text.replace("-", " ").casefold().split())
        query = "SELECT rowid FROM found WHERE found MATCH ? ORDER BY rowid LIMIT ?"
        return _first_rows(plain, [i for (i,) in plain.execute(query, (words, SHOWN))])

    return ask


def searched_plainly(plain: Any) -> Ask:
    """The peer's: the same expression, the first rows."""

    def ask(text: str) -> object:
        words = " AND ".join(f'"{word}"*' for word in text.replace("-", " ").casefold().split())
        ids = [i for (i,) in plain.execute("SELECT rowid FROM found WHERE found MATCH ? ORDER BY rowid", (words,))]
        return _first_rows(plain, ids)

    return ask


def _first_rows(plain: Any, ids: list[int]) -> object:
    first = ids[:SHOWN]
    found = plain.execute(_ROWS % ",".join("?" * len(first)), first)
    return [(*row[:4], json.loads(row[4]), json.loads(row[5])) for row in found]


def scanned(plain: Any) -> Ask:
    """What stands to reason without an index: LIKE over every row."""

    def ask(text: str) -> object:
        return plain.execute("SELECT id, open FROM customer WHERE open LIKE ? LIMIT 50", (f"%{text}%",)).fetchall()

    return ask


def queries(rows: Sequence[CacheRow], count: int) -> dict[str, list[str]]:
    """Queries of each kind, drawn from the rows."""
    chance = random.Random(7)
    name = open_fields()[0].index(open_fields()[2])
    names = [chance.choice(rows).open[name] for _ in range(count)]
    numbers = [chance.choice(rows).number for _ in range(count)]
    kinds = {f"{length} letter{'s' if length > 1 else ''}": [n[:length] for n in names] for length in (1, 2, 3, 4)}
    two = [" ".join(word[:3] for word in n.split()[:2]) for n in names]
    return kinds | {"two beginnings": two, "full name": names, "customer number": numbers}


def main() -> None:
    """Measure and report."""
    asked = arguments(__doc__, repeats=5, n=100_000)
    settings = {
        "customers": f"{asked.n:,}",
        "repeats": asked.repeats,
        "queries of each kind": COUNT,
        "rows shown": SHOWN,
        "clock": "CPU time of the thread",
    }
    report = Report("search", "Search", settings, is_full=asked.full)
    with work_folder() as folder:
        for n in grown(asked):
            _measured(report, n, folder, asked.repeats, is_told=n == asked.n)
    report.finish()


def _measured(report: Report, n: int, folder: Path, rounds: int, *, is_told: bool) -> None:
    """One size: all its rows in the table, or only its points in the plot."""
    rows = many_cache_rows(n)
    cache = new_cache(folder / f"session-{n}")
    fill(cache, rows)
    plain = plain_copy(cache, folder / f"plain-{n}.db")
    kinds = queries(rows, COUNT)
    del rows
    for kind in ("1 letter", "3 letters", "two beginnings"):
        first, _peer = timed(kinds[kind], first_searched(cache), first_searched_plainly(plain), rounds)
        report.grow(f"{kind}, first screen, p50", n, median(percentile(r, 0.5) for r in first), "ms")
    whole, _peer = timed(kinds["3 letters"], searched(cache), searched_plainly(plain), rounds)
    report.grow("3 letters, all that match, p50", n, median(percentile(r, 0.5) for r in whole), "ms")
    report.grow("one customer by id, p50", n, _one_by_id(cache, n), "ms")
    if is_told:
        _report_searches(report, n, cache, plain, kinds, rounds)
        _report_lookups(report, cache, plain, n, rounds)
    plain.close()
    cache.close()
    opened = _report_openings(report if is_told else None, n, folder / f"session-{n}", rounds)
    report.grow("open the cache", n, opened, "ms")


def _one_by_id(cache: SessionCache, n: int) -> float:
    chance = random.Random(12)
    return median(_cpu_ms(lambda: cache.rows([chance.randint(1, n)])) for _ in range(200))


def _cpu_ms(act: Callable[[], object]) -> float:
    started = time.thread_time()
    act()
    return (time.thread_time() - started) * 1000


def _report_searches(
    report: Report, n: int, cache: SessionCache, plain: Any, kinds: dict[str, list[str]], rounds: int
) -> None:
    peer_name, said = "plain SQLite, same index", f"{n:,} customers"
    for kind, texts in kinds.items():
        goal = None if kind in BESIDE else Goal(1.8)
        ours, peer = timed(texts, searched(cache), searched_plainly(plain), rounds)
        medians = [percentile(r, 0.5) for r in ours], [percentile(r, 0.5) for r in peer]
        report.add(f"{said}: {kind}, p50", *medians, unit="ms", peer_name=peer_name, goal=goal)
        tails = [percentile(r, 0.99) for r in ours], [percentile(r, 0.99) for r in peer]
        report.add(f"{said}: {kind}, p99", *tails, unit="ms", peer_name=peer_name, goal=goal)
    slowest = [0.0]
    for kind in ("1 letter", "2 letters", "3 letters", "4 letters", "two beginnings"):
        ours, peer = timed(kinds[kind], first_searched(cache), first_searched_plainly(plain), rounds)
        for part in (0.5, 0.99):
            sides = [percentile(r, part) for r in ours], [percentile(r, part) for r in peer]
            name = f"{said}: {kind}, first screen, p{part * 100:.0f}"
            report.add(name, *sides, unit="ms", peer_name="plain SQLite, the first by id")
        slowest = max(slowest, sides[0], key=median)  # of the last part: p99
    report.add(f"{said}: first screen, slowest p99 of these", slowest, unit="ms")
    ours, scans = timed(kinds["full name"][:10], searched(cache), scanned(plain), min(rounds, 3))
    medians = [percentile(r, 0.5) for r in ours], [percentile(r, 0.5) for r in scans]
    name = f"{said}: full name, p50, beside a scan"
    report.add(name, *medians, unit="ms", peer_name="plain SQLite, LIKE over every row")


def _report_lookups(report: Report, cache: SessionCache, plain: Any, n: int, rounds: int) -> None:
    chance, said = random.Random(11), f"{n:,} customers"
    ids = [str(chance.randint(1, n)) for _ in range(300)]
    ours, peer = timed(ids, lambda i: cache.rows([int(i)]), lambda i: _first_rows(plain, [int(i)]), rounds)
    tails = [percentile(r, 0.99) for r in ours], [percentile(r, 0.99) for r in peer]
    name = f"{said}: one customer by id, p99"
    report.add(name, *tails, unit="ms", peer_name="plain SQLite", goal=Goal(1, of="ours"))
    every = timed([""], lambda _text: cache.ids(), lambda _text: plain.execute("SELECT id FROM customer").fetchall(), 9)
    medians = [r[0] for r in every[0]], [r[0] for r in every[1]]
    report.add(f"{said}: ids of all customers", *medians, unit="ms", peer_name="plain SQLite")


def _report_openings(report: Report | None, n: int, folder: Path, rounds: int) -> float:
    taken = []
    for _ in range(rounds * 2):
        started = time.thread_time()
        cache = SessionCache.open(folder, KEY)
        taken.append((time.thread_time() - started) * 1000)
        cache.close()
    if report is not None:
        report.add(f"{n:,} customers: open the cache, key in hand", taken, unit="ms", goal=Goal(2, of="ours"))
    return median(taken)


if __name__ == "__main__":
    main()
