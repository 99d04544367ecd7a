"""All benchmarks one after the other, then the tables and plots: `python -m benchmarks [--full] [--only NAME ...]`.

`--full` is `make bench-full`: with a million rows wherever the goals ask for them, and 500 consoles at the gateways.
"""

import argparse
import os
import subprocess
import sys
import time

from benchmarks.documents import ORDER, write_documents
from benchmarks.harness import ROOT

OWN_WORDS = {
    "analytics": (("--n", "20000"), ("--n", "100000")),
    "audit": (("--n", "100000"), ("--n", "1000000")),
    "import_customers": (("--n", "10000"), ("--n", "100000")),
    "team_load": (
        ("--consoles", "24", "--customers", "500", "--seconds", "10", "--gateways", "1"),
        ("--consoles", "500", "--gateways", "1", "2"),
    ),
}
"""Words of those whose size is another than the rest's: in `make bench`, and in the full run."""
WITHOUT_PEER = "analytics"
OF_CONSOLES = "team_load"
"""Knows neither customers nor rounds."""


def words_of(name: str, asked: argparse.Namespace) -> list[str]:
    """The command line of one benchmark."""
    words = list(OWN_WORDS.get(name, ((), ()))[asked.full])
    if name == OF_CONSOLES:
        return words
    for option in ("n", "repeats"):  # what is said last holds
        if getattr(asked, option) is not None:
            words += [f"--{option}", str(getattr(asked, option))]
    return [*words, "--full"] if asked.full and name != WITHOUT_PEER else words


def main() -> None:
    """Run each in a process of its own, and the one without a peer; then write the tables of the documents anew."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("--n", type=int, help="customers, for all")
    parser.add_argument("--repeats", type=int, help="rounds, for all")
    parser.add_argument("--full", action="store_true", help="with a million rows")
    parser.add_argument("--only", nargs="+", choices=[*ORDER, WITHOUT_PEER], help="these alone; the tables stay")
    asked = parser.parse_args()
    environment = os.environ | {"QT_QPA_PLATFORM": "offscreen"}
    failed, took = [], {}
    for name in asked.only or [*ORDER, WITHOUT_PEER]:
        began = time.monotonic()
        command = [sys.executable, "-m", f"benchmarks.{name}", *words_of(name, asked)]
        if subprocess.call(command, cwd=ROOT, env=environment) != 0:
            failed.append(name)
        took[name] = time.monotonic() - began
    if not asked.only:
        write_documents()
    for name, seconds in took.items():
        print(f"{name:20}{seconds:8.0f} s")
    print(f"{'all':20}{sum(took.values()):8.0f} s", flush=True)
    if failed:
        sys.exit(f"Failed: {', '.join(failed)}.")


if __name__ == "__main__":
    main()
