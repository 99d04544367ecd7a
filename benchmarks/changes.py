"""A thousand customers change while a cache is in use: rows, search index and orders by the live cache's own way.

The peer is plain SQLite with the same rows, indexes and search, written to in one transaction as well. Both take over
the same thousand, drawn anew for each turn; the clock is CPU time, since nothing here waits for the disk.
"""

import random
from dataclasses import replace
from pathlib import Path
from statistics import median
from typing import Any

from app.storage.cache_rows import CacheRow
from app.storage.session_cache import SessionCache
from benchmarks.customers import many_cache_rows
from benchmarks.harness import Report, arguments, cpu_s, grown, in_turns, work_folder
from benchmarks.plain_sqlite import fill, new_cache, open_fields, plain_copy

CHANGED = 1_000


def draw(rows: list[CacheRow], chance: random.Random) -> list[CacheRow]:
    """Rows that moved to another city and queue: their open fields, words and orders are others."""
    names = open_fields()[0]
    city = names.index("city")
    made = []
    for row in chance.sample(rows, min(CHANGED, len(rows))):
        other = chance.choice(rows)
        open_ = (*row.open[:city], other.open[city], *row.open[city + 1 :])
        made.append(replace(row, queue=other.queue, open=open_))
    return made


def change_ours(cache: SessionCache, rows: list[CacheRow]) -> float:
    """CPU seconds of a console's own way to take changes over, with the mark of how far it follows."""
    started = cpu_s()
    cache.follow(rows, (), "follows", b"mark")
    return cpu_s() - started


def change_plainly(plain: Any, cache: SessionCache, rows: list[CacheRow]) -> float:
    """The same in a plain file; values are made out of rows within it, as ours makes them."""
    started = cpu_s()
    ids = [(row.id,) for row in rows]
    plain.execute("BEGIN IMMEDIATE")
    plain.executemany("DELETE FROM found WHERE rowid = ?", ids)
    plain.executemany("DELETE FROM customer WHERE id = ?", ids)
    plain.executemany("INSERT INTO customer VALUES (?, ?, ?, ?, ?, ?, ?)", map(cache._stored, rows))
    plain.executemany("INSERT INTO found (rowid, words) VALUES (?, ?)", map(cache._indexed, rows))
    plain.execute("COMMIT")
    return cpu_s() - started


def measured(report: Report, n: int, folder: Path, repeats: int, *, is_told: bool) -> None:
    """One size of the cache: a row of the table, or only its points in the plot."""
    chance = random.Random(3)
    rows = many_cache_rows(n)
    cache = new_cache(folder / f"session-{n}")
    fill(cache, rows)
    plain = plain_copy(cache, folder / f"plain-{n}.db")
    drawn = [draw(rows, chance) for _ in range(repeats + 1)]
    change_ours(cache, drawn[-1])
    change_plainly(plain, cache, drawn[-1])
    ours_, peers = iter(drawn), iter(drawn)
    taken = in_turns(
        {
            "ours": lambda: change_ours(cache, next(ours_)) * 1000,
            "peer": lambda: change_plainly(plain, cache, next(peers)) * 1000,
        },
        repeats,
    )
    plain.close()
    cache.close()
    if is_told:
        name = f"{n:,} customers: {CHANGED:,} changes"
        report.add(
            name, taken["ours"], taken["peer"], unit="ms", peer_name="plain SQLite, same rows, indexes and search"
        )
    report.grow("ours", n, median(taken["ours"]), "ms")
    report.grow("plain SQLite", n, median(taken["peer"]), "ms")


def main() -> None:
    """Measure and report."""
    asked = arguments(__doc__, repeats=9, n=100_000)
    settings = {"customers": f"{asked.n:,}", "changed at once": CHANGED, "repeats": asked.repeats, "clock": "CPU time"}
    report = Report("changes", f"{CHANGED:,} changes", settings, is_full=asked.full)
    with work_folder() as folder:
        for n in grown(asked):
            measured(report, n, folder, asked.repeats, is_told=n == asked.n)
    report.finish()


if __name__ == "__main__":
    main()
