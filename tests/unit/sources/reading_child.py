"""How a process of its own fares with a file: `python -m tests.unit.sources.reading_child FILE` reads it to its end.

A file that ends in `.toml` declares a database.
"""

import json
import resource
import subprocess
import sys
import time
from dataclasses import asdict, dataclass
from pathlib import Path

from app.domain.errors import InputRefusedError
from app.sources.opening import open_source
from app.sources.source import Source

ROOT = Path(__file__).parents[3]


@dataclass(frozen=True)
class Fared:
    """What became of a child that read a file."""

    said: str
    rows: int
    peak_mb: float
    seconds: float


def read_in_child(path: Path) -> Fared:
    """Read a file to its end in a process of its own."""
    line = [sys.executable, "-m", "tests.unit.sources.reading_child", str(path)]
    done = subprocess.run(line, cwd=ROOT, capture_output=True, text=True, check=True, timeout=120)
    return Fared(**json.loads(done.stdout))


def _read(path: Path) -> Fared:
    begun, rows, said = time.monotonic(), 0, ""
    try:
        for _row in _opened(path):
            rows += 1
    except InputRefusedError as refused:
        said = str(refused)
    return Fared(said, rows, _peak_kb() / 1024, time.monotonic() - begun)


def _opened(path: Path) -> Source:
    if path.suffix != ".toml":
        return open_source(path)
    from app.sources.sql_declaration import read_declaration
    from app.sources.sql_source import open_sql

    return open_sql(read_declaration(path))


def _peak_kb() -> int:
    """Linux hands `ru_maxrss` on from the process before an exec to the one after it, so ask the kernel for VmHWM."""
    status = Path("/proc/self/status")
    if status.exists():
        return next(int(row.split()[1]) for row in status.read_text().splitlines() if row.startswith("VmHWM"))
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss


if __name__ == "__main__":
    print(json.dumps(asdict(_read(Path(sys.argv[1])))))
