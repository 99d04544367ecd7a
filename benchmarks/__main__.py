"""All benchmarks one after the other, then the tables and plots: `python -m benchmarks [--full] [--only NAME ...]`.

`--full` is `make bench-full`: then, with a million rows wherever the goals ask for them, and 500 consoles at the
gateways; `--million` is that second half alone. What fails is named and the others run; a run that is stopped (Ctrl-C,
SIGTERM) writes what it has. Both end with an error.
"""

import argparse
import compileall
import contextlib
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from types import FrameType

from benchmarks.documents import write_documents
from benchmarks.harness import RESULTS, ROOT
from benchmarks.schedule import FULL, NAMES, OF_CONSOLES, ORDINARY, PATIENCE, Run, keep, table

GRACE_S = 20.0
"""So long a benchmark may take to put its servers away."""
STOPPED = 130
Measure = Callable[[Run, Sequence[str]], str]


def words_of(run: Run, asked: argparse.Namespace) -> list[str]:
    """The command line of one benchmark."""
    words = list(run.words)
    if run.name == OF_CONSOLES:
        return words
    for option in ("n", "repeats"):  # what is said last holds
        if getattr(asked, option) is not None:
            words += [f"--{option}", str(getattr(asked, option))]
    return words


def measured(run: Run, words: Sequence[str]) -> str:
    """Run one in a process of its own; how it ended."""
    environment = os.environ | {"QT_QPA_PLATFORM": "offscreen"}
    command = [sys.executable, "-m", f"benchmarks.{run.name}", *words]
    process = subprocess.Popen(command, cwd=ROOT, env=environment, start_new_session=True)
    try:
        return "done" if process.wait(PATIENCE * run.planned_s) == 0 else "failed"
    except subprocess.TimeoutExpired:
        print(f"{run.name} takes {PATIENCE} times as long as planned: stopped.", file=sys.stderr, flush=True)
        return "failed"
    finally:
        end(process)


def end(process: subprocess.Popen[bytes]) -> None:
    """Have a benchmark that still runs end as Ctrl-C does it, servers and all; and if it does not, at once."""
    for sign in (signal.SIGINT, signal.SIGKILL):
        if process.poll() is None:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process.pid, sign)
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.wait(GRACE_S)


def run_all(runs: Sequence[Run], asked: argparse.Namespace, measure: Measure, folder: Path) -> list[Run]:
    """Run them one after the other and keep what each took; one that was stopped is the last.

    Args:
        runs: which.
        asked: sizes and rounds, for all.
        measure: runs one and says how it ended.
        folder: where it is kept.
    """
    ended: list[Run] = []
    for run in runs:
        began = time.monotonic()
        try:
            how = measure(run, words_of(run, asked))
        except KeyboardInterrupt:
            how = "stopped"
        ended.append(run.after(time.monotonic() - began, how))
        keep(ended[-1:], folder)
        if how == "stopped":
            break
    return ended


def _asked() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("--n", type=int, help="customers, for all")
    parser.add_argument("--repeats", type=int, help="rounds, for all")
    parser.add_argument("--full", action="store_true", help="with a million rows, too")
    parser.add_argument("--million", action="store_true", help="only what a full run has above the ordinary one")
    parser.add_argument("--only", nargs="+", choices=NAMES, help="these alone; the tables stay")
    return parser.parse_args()


def _stop(_sign: int, _frame: FrameType | None) -> None:
    raise KeyboardInterrupt


def main() -> None:
    """Run each in a process of its own; then write the tables of the documents anew, and say what each took."""
    asked = _asked()
    signal.signal(signal.SIGTERM, _stop)
    compiled = [compileall.compile_dir(ROOT / name, quiet=2) for name in ("app", "benchmarks", "tests")]
    assert all(compiled), "what each process would compile anew"
    folder = Path(os.environ.get("TIRAI_BENCH_RESULTS") or RESULTS)
    runs = FULL if asked.million else (*ORDINARY, *FULL) if asked.full else ORDINARY
    runs = tuple(run for run in runs if not asked.only or run.name in asked.only)
    ended = run_all(runs, asked, measured, folder)
    if not asked.only:
        write_documents(folder)
    print(f"\n{table(ended)}", flush=True)
    failed = [run.name for run in ended if run.ended == "failed"]
    if failed:
        print(f"Failed: {', '.join(failed)}.", file=sys.stderr)
    if any(run.ended == "stopped" for run in ended):
        print(f"Stopped; not run: {', '.join(run.name for run in runs[len(ended) :]) or 'nothing'}.", file=sys.stderr)
        sys.exit(STOPPED)
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()
