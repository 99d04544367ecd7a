"""Cache fill: a session cache with search, from the first page to the last, beside plain SQLite with the same search.

Each turn has a process of its own, since SQLCipher's memory security stays on once it was on. Rows lie ready in memory,
as a stream gives them, for both sides; what the office and the socket cost is a row of its own. The clock is the
processes' CPU time: nothing here waits for the disk, and neighbours come and go.
"""

from pathlib import Path
from statistics import median

from app.storage import sqlcipher
from benchmarks.customers import keep_cache_rows, kept_cache_rows, written_down
from benchmarks.harness import Report, arguments, cpu_s, grown, in_own_process, in_turns, work_folder
from benchmarks.made_office import desk_fill_s
from benchmarks.plain_sqlite import (
    KEY,
    fill,
    fill_plain,
    fill_plain_from_rows,
    fill_plain_in_best_order,
    new_cache,
    plain_connection,
    prepared,
)

GROWING = {"ours": None, "best": True}
"""Which turns the plot of growth has: ours, and the peer in its best order."""
OFFICE_CUSTOMERS = 5_000
"""So many at most, where a whole office has to import them first."""


def ours(kept: Path, folder: Path, memory_security: bool) -> float:
    """CPU seconds of one fill of a session cache."""
    rows = written_down(kept_cache_rows(kept))
    _switch(folder, memory_security)
    started = cpu_s()
    cache = new_cache(folder / "session")
    fill(cache, rows)
    taken = cpu_s() - started
    assert cache.count() == len(rows)
    cache.close()
    return taken


def _switch(folder: Path, memory_security: bool) -> None:
    """Memory security is the process's: one connection with it switches it on for all."""
    folder.mkdir(mode=0o700)
    if memory_security:
        sqlcipher.connect(folder / "switch.db", KEY, memory_security=True, create=True).close()


def peer_from_rows(kept: Path, folder: Path, best_order: bool) -> float:
    """CPU seconds of the same fill of a plain file, values made out of rows within it."""
    rows = written_down(kept_cache_rows(kept))
    folder.mkdir(mode=0o700)
    cache = new_cache(folder / "maker")
    started = cpu_s()
    connection = plain_connection(folder / "plain.db")
    (fill_plain_in_best_order if best_order else fill_plain_from_rows)(connection, cache, rows)
    taken = cpu_s() - started
    connection.close()
    cache.close()
    return taken


def peer_from_values(kept: Path, folder: Path) -> float:
    """CPU seconds of the same fill with everything ready to be bound."""
    folder.mkdir(mode=0o700)
    rows, words = prepared(folder / "maker", written_down(kept_cache_rows(kept)))
    started = cpu_s()
    connection = plain_connection(folder / "plain.db")
    fill_plain(connection, rows, words)
    taken = cpu_s() - started
    connection.close()
    return taken


def _one(best_order: bool | None, kept: Path, folder: Path) -> float:
    """One turn of ours (None), or of the peer."""
    if best_order is None:
        return float(in_own_process(ours, kept, folder, False))
    return float(in_own_process(peer_from_rows, kept, folder, best_order))


def main() -> None:
    """Measure and report."""
    asked = arguments(__doc__, repeats=3, n=100_000)
    report = Report("cache_fill", "Cache fill", {"customers": asked.n, "repeats": asked.repeats, "clock": "CPU time"})
    with work_folder() as folder:
        kept = keep_cache_rows(folder / "rows", asked.n)
        count = iter(range(1_000_000))

        def fresh() -> Path:
            return folder / str(next(count))

        taken = in_turns(
            {
                "ours": lambda: in_own_process(ours, kept, fresh(), False),
                "best": lambda: in_own_process(peer_from_rows, kept, fresh(), True),
                "rows": lambda: in_own_process(peer_from_rows, kept, fresh(), False),
                "values": lambda: in_own_process(peer_from_values, kept, fresh()),
                "secure": lambda: in_own_process(ours, kept, fresh(), True),
            },
            asked.repeats,
        )
        for n in grown(asked):
            of_size = kept if n == asked.n else keep_cache_rows(folder / f"rows-{n}", n)
            once = taken if n == asked.n else {name: [_one(work, of_size, fresh())] for name, work in GROWING.items()}
            for name, series in (("ours", "ours"), ("best", "plain SQLite, best order")):
                report.grow(series, n, median(once[name]), "CPU s")
        few, some = max(1, asked.repeats // 2), min(asked.n, OFFICE_CUSTOMERS)
        kept_some = keep_cache_rows(folder / "some", some)
        whole = in_turns(
            {
                "desk": lambda: in_own_process(desk_fill_s, fresh(), some),
                "cache": lambda: in_own_process(ours, kept_some, fresh(), False),
            },
            few,
        )
    rate = {name: [asked.n / s for s in seconds] for name, seconds in taken.items()}
    rate |= {name: [some / s for s in seconds] for name, seconds in whole.items()}
    best = "plain SQLite, same rows, indexes and search, in one transaction, indexes last"
    report.add("fill with search", rate["ours"], rate["best"], unit="rows/CPU s", peer_name=best)
    same = "plain SQLite, found from the first page on, too"
    report.add("fill with search, same order", rate["ours"], rate["rows"], unit="rows/CPU s", peer_name=same)
    report.add(
        "fill with search, beside values ready to be bound",
        rate["ours"],
        rate["values"],
        unit="rows/CPU s",
        peer_name="plain SQLite, nothing but the inserts",
    )
    report.add("memory security on", rate["secure"], rate["ours"], unit="rows/CPU s", peer_name="ours with it off")
    report.add(
        f"from the office through the socket, {some:,} customers",
        rate["desk"],
        rate["cache"],
        unit="rows/CPU s",
        peer_name="ours, rows ready in memory",
    )
    report.finish()


if __name__ == "__main__":
    main()
