"""What every benchmark shares: turns in processes of their own, medians of pairs, a table, and `build/bench/NAME.json`.

Invariants: ours and its peers take turns within one run, and each turn may have a process of its own, because some
settings (SQLCipher's memory security) are process-wide; the ratio is the median of the pairs' ratios, not the ratio
of the medians; the document holds every single measurement, the machine, its load, versions and settings.
"""

import argparse
import json
import multiprocessing
import os
import platform
import shutil
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from importlib.metadata import version
from pathlib import Path
from typing import Any

from benchmarks.goals import Goal as Goal  # noqa: PLC0414 (benchmarks take it from here)
from benchmarks.goals import goal_of

ROOT = Path(__file__).resolve().parents[1]
RESULTS = ROOT / "build" / "bench"
FULL = "full"
"""Where, below the results, those of a full run lie: an ordinary run leaves them as they are."""
A_MILLION = 1_000_000
FULL_REPEATS = 3
LIBRARIES = ("sqlcipher3", "cryptography", "PySide6-Essentials", "SQLAlchemy", "fastapi", "pydantic", "httpx")

Turn = Callable[[], float]


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a table: medians, and what they were made of."""

    row: str
    ours: float
    peer: float | None
    unit: str
    ratio: float | None
    goal: str
    met: bool | None
    peer_name: str = ""
    ours_repeats: tuple[float, ...] = ()
    peer_repeats: tuple[float, ...] = ()
    missed_by: float | None = None


@dataclass(frozen=True, slots=True)
class Point:
    """What something cost with so many rows, for the plots of growth."""

    series: str
    n: int
    value: float
    unit: str


@dataclass(slots=True)
class Report:
    """The rows of one benchmark, and the settings under which they came about."""

    name: str
    title: str
    settings: dict[str, Any]
    rows: list[Row] = field(default_factory=list)
    points: list[Point] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    is_full: bool = False
    load_before: tuple[float, ...] = field(default_factory=os.getloadavg)
    began: float = field(default_factory=time.monotonic)

    def add(
        self,
        row: str,
        ours: Sequence[float],
        peer: Sequence[float] | None = None,
        *,
        unit: str,
        peer_name: str = "",
        goal: Goal | None = None,
    ) -> Row:
        """Add a line from the repeats of ours and of the peer, which were measured in pairs.

        Args:
            row: its name.
            ours: our figures.
            peer: theirs.
            unit: of both.
            peer_name: who that is.
            goal: where the contract (`benchmarks/goals.py`) has none.
        """
        goal = goal_of(self.name, row) or goal
        made = row_of(row, ours, peer, unit=unit, peer_name=peer_name, goal=goal)
        self.rows.append(made)
        return made

    def grow(self, series: str, n: int, value: float, unit: str) -> None:
        """Add a point to a plot of growth."""
        self.points.append(Point(series, n, value, unit))

    def finish(self, folder: Path | None = None) -> Path:
        """Print the table and write the document, into `build/bench` or TIRAI_BENCH_RESULTS; returns its path.

        A full run's lies in `full` below it.
        """
        folder = folder or Path(os.environ.get("TIRAI_BENCH_RESULTS") or RESULTS)
        folder = folder / FULL if self.is_full else folder
        said = "".join(f"\n\n{note}" for note in self.notes)
        print(f"\n## {self.title}\n\n{table(self.rows)}{said}\n\n{circumstances(self.document())}", flush=True)
        folder.mkdir(parents=True, exist_ok=True)
        path = folder / f"{self.name}.json"
        path.write_text(json.dumps(self.document(), indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
        return path

    def document(self) -> dict[str, Any]:
        """Everything, as it is written."""
        return {
            "name": self.name,
            "title": self.title,
            "settings": self.settings,
            "machine": machine(),
            "load": {"before": self.load_before, "after": os.getloadavg()},
            "versions": versions(),
            "measured": time.strftime("%Y-%m-%d %H:%M UTC", time.gmtime()),
            "took_s": round(time.monotonic() - self.began, 1),
            "rows": [asdict(row) for row in self.rows],
            "points": [asdict(point) for point in self.points],
            "notes": self.notes,
        }


def row_of(
    row: str,
    ours: Sequence[float],
    peer: Sequence[float] | None,
    *,
    unit: str,
    peer_name: str = "",
    goal: Goal | None = None,
) -> Row:
    """Medians of the repeats, and the median of the ratios of their pairs.

    Raises:
        ValueError: there are no repeats, or they do not pair.
    """
    if not ours or (peer is not None and len(peer) != len(ours)):
        raise ValueError("Repeats come in pairs.")
    ratio = None if peer is None else statistics.median(a / b for a, b in zip(ours, peer, strict=True))
    median = statistics.median(ours)
    return Row(
        row=row,
        ours=median,
        peer=None if peer is None else statistics.median(peer),
        unit=unit,
        ratio=ratio,
        goal=goal.text(unit) if goal else "",
        met=goal.is_met(median, ratio) if goal else None,
        peer_name=peer_name,
        ours_repeats=tuple(ours),
        peer_repeats=tuple(peer or ()),
        missed_by=goal.missed_by(median, ratio) if goal else None,
    )


def in_turns(turns: Mapping[str, Turn], repeats: int) -> dict[str, list[float]]:
    """Measure each in turn, `repeats` times; every second round goes backwards, so that nobody is always first."""
    measured: dict[str, list[float]] = {name: [] for name in turns}
    for round_ in range(repeats):
        names = list(turns)
        for name in names if round_ % 2 == 0 else reversed(names):
            measured[name].append(turns[name]())
    return measured


def in_own_process(work: Callable[..., Any], *arguments: Any) -> Any:
    """Do one piece of work in a fresh process that nothing else has touched, and bring back what it returns."""
    fresh = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(1, mp_context=fresh) as process:
        return process.submit(work, *arguments).result()


def cpu_s(pid: int | None = None) -> float:
    """Seconds of processor that this process, or one of ours, has used: what a neighbour's load leaves as it is."""
    if pid is None:
        return time.process_time()
    fields = Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rsplit(") ", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def family_cpu_s() -> float:
    """Seconds of processor that this process and all that came from it have used, those that ended included."""
    parents, used = {}, {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                fields = (entry / "stat").read_text(encoding="ascii", errors="replace").rsplit(") ", 1)[1].split()
            except OSError:  # it has just ended
                continue
            parents[int(entry.name)], used[int(entry.name)] = int(fields[1]), sum(map(int, fields[11:15]))
    family = {os.getpid()}
    while more := {pid for pid, parent in parents.items() if parent in family} - family:
        family |= more
    return sum(used[pid] for pid in family) / os.sysconf("SC_CLK_TCK")


def percentile(values: Sequence[float], part: float) -> float:
    """The value below which this part (0 to 1) of the values lies."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(len(ordered) * part))]


def table(rows: Sequence[Row]) -> str:
    """The rows in Markdown."""
    lines = ["| | ours | peer | ratio | goal | met |", "|---|---:|---:|---:|---|---|"]
    for row in rows:
        peer = "" if row.peer is None else f"{number(row.peer)} {row.unit} ({row.peer_name})"
        ratio = "" if row.ratio is None else f"{number(row.ratio)} x"
        lines.append(f"| {row.row} | {number(row.ours)} {row.unit} | {peer} | {ratio} | {row.goal} | {met(row)} |")
    return "\n".join(lines)


def met(row: Row) -> str:
    """Whether a row meets its goal, and by how much it does not."""
    by = "" if row.missed_by is None else f", by {number(row.missed_by)} x"
    return {True: "yes", False: f"**no**{by}", None: ""}[row.met]


def number(value: float) -> str:
    """A figure with three digits that say something."""
    if value >= 1000:
        return f"{float(f'{value:.3g}'):,.0f}"
    return f"{value:.3g}"


def circumstances(document: Mapping[str, Any]) -> str:
    """One sentence on where and how the figures came about."""
    load = ", ".join(f"{value:.1f}" for value in document["load"]["before"])
    place, settings = document["machine"], document["settings"]
    took = f"took {document['took_s']:.0f} s; " if "took_s" in document else ""
    said = ", ".join(f"{name} {value}" for name, value in settings.items())
    return (
        f"{document['measured']}; {place['processors']} processors ({place['model']}), {place['memory_gib']} GiB, "
        f"Python {document['versions']['python']}, SQLCipher {document['versions']['SQLCipher']}; "
        f"load average at the start {load}; {took}{said}."
    )


def machine() -> dict[str, Any]:
    """What these figures were measured on."""
    pages = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
    return {
        "system": platform.platform(),
        "model": _processor(),
        "processors": len(os.sched_getaffinity(0)),
        "memory_gib": round(pages / 2**30),
    }


def _processor() -> str:
    try:
        text = Path("/proc/cpuinfo").read_text(encoding="utf-8")
    except OSError:
        return platform.machine()
    names = [line.split(":", 1)[1].strip() for line in text.splitlines() if line.startswith("model name")]
    return names[0] if names else platform.machine()


def versions() -> dict[str, str]:
    """Python's and the libraries' that count here."""
    from app.storage import sqlcipher

    connection = sqlcipher.DBAPI.connect(":memory:")
    cipher = str(connection.execute("PRAGMA cipher_version").fetchone()[0])
    connection.close()
    found = {"python": platform.python_version(), "SQLCipher": cipher, "SQLite": sqlcipher.DBAPI.sqlite_version}
    return found | {name: version(name) for name in LIBRARIES}


def arguments(
    about: str | None, repeats: int, n: int = 20_000, full: tuple[int, int] = (A_MILLION, FULL_REPEATS)
) -> argparse.Namespace:
    """`--n` customers and `--repeats` rounds, from the command line.

    Args:
        about: what the benchmark measures.
        repeats: rounds, where none are asked for.
        n: customers, likewise.
        full: both of a full run (`--full`), which has those customers and no others.
    """
    parser = argparse.ArgumentParser(description=(about or "").split("\n", 1)[0])
    parser.add_argument("--n", type=int, help=f"customers ({n:,}; {full[0]:,} in a full run)")
    parser.add_argument("--repeats", type=int, help=f"rounds, ours and peers in turns ({repeats}; {full[1]})")
    parser.add_argument("--full", action="store_true", help="what a full run measures, in place of the ordinary")
    asked = parser.parse_args()
    most, rounds = full if asked.full else (n, repeats)
    asked.n = most if asked.n is None else asked.n
    asked.repeats = rounds if asked.repeats is None else asked.repeats
    if asked.n < 100 or asked.repeats < 1:
        parser.error("at least 100 customers and one round")
    return asked


def grown(asked: argparse.Namespace) -> tuple[int, ...]:
    """The sizes of a plot of growth: a thousand, ten thousand and so on up to what was asked for, and that.

    A full run has the last alone: the ordinary run measures the others.
    """
    return (*(n for n in (1_000, 10_000, 100_000) if n < asked.n and not asked.full), asked.n)


@contextmanager
def work_folder() -> Iterator[Path]:
    """A folder of this user's alone on a real disk, below `build/`, that goes at the end."""
    (ROOT / "build").mkdir(exist_ok=True)
    folder = Path(tempfile.mkdtemp(prefix="bench-", dir=ROOT / "build"))
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)
