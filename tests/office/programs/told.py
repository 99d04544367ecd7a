#!/usr/bin/python3
"""A program of IT's for tests: writes what it was given into a folder, then ends as its words say.

    told.py FOLDER WORD [SECONDS]

Words: done, refused (exit code 7), killed, sleep, deaf (leaves before it reads), loud (prints a lot, and its input).
"""

import json
import os
import signal
import sys
import time
from pathlib import Path


def is_open(fd: int) -> bool:
    try:
        os.fstat(fd)
    except OSError:
        return False
    return True


def write(path: Path, text: str) -> None:
    """Whoever sees the file finds all of it."""
    half = path.with_name(f".{path.name}")
    half.write_text(text)
    half.rename(path)


def main() -> int:
    folder, word = Path(sys.argv[1]), sys.argv[2]
    seen = {
        "pid": os.getpid(),
        "cmdline": Path("/proc/self/cmdline").read_bytes().decode(),
        "environ": Path("/proc/self/environ").read_bytes().decode(),
        "fds": {fd: str(Path(f"/proc/self/fd/{fd}").readlink()) for fd in range(64) if is_open(fd)},
        "cwd": str(Path.cwd()),
    }
    write(folder / "started.json", json.dumps(seen))
    if word == "deaf":
        return 0
    text = sys.stdin.buffer.read().decode()
    write(folder / "value", text)
    if word == "killed":
        os.kill(os.getpid(), signal.SIGTERM)
    if word == "sleep":
        if os.fork() == 0:
            write(folder / "child", str(os.getpid()))
            time.sleep(600)
        time.sleep(600)
    if word == "loud":
        for _ in range(2_000):
            sys.stdout.write(text * 20)
            sys.stderr.write(text * 20)
    return 7 if word == "refused" else 0


if __name__ == "__main__":
    sys.exit(main())
