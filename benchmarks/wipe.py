"""Wipe: from the call until a session's data cannot be read any more, and until nothing of it is left.

On a real keyring (a private gnome-keyring). The key's end must not depend on how much there is: it is measured with
10,000 customers, with more, and in a full run with a million. The peer is what one would do without a key: unlinking
the files.
"""

import contextlib
import os
import secrets
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from statistics import median

from app.storage.keyring_store import KeyStore, open_key_store
from app.storage.places import Places
from app.storage.wiping import wipe_session
from benchmarks.customers import many_cache_rows
from benchmarks.harness import A_MILLION, Goal, Report, arguments, in_turns, work_folder
from benchmarks.plain_sqlite import fill, new_cache
from tests.keyring_session import missing_programs, private_keyring

_INSIDE = "TIRAI_BENCH_KEYRING"
LEAST = 10_000
"""Against so many customers it must not grow."""
_SOON = Goal(50, of="ours")


def template(folder: Path, n: int) -> Path:
    """A filled session folder, made once and copied for each turn."""
    cache = new_cache(folder / f"template-{n}")
    fill(cache, many_cache_rows(n))
    cache.close()
    return folder / f"template-{n}"


def wiped_ms(places: Places, store: KeyStore, made: Path) -> tuple[float, float]:
    """Milliseconds until the key was gone (looked at again), and of the files after it."""
    session = secrets.token_hex(16)
    shutil.copytree(made, places.session_folder(session))
    store.put_session(session, secrets.token_bytes(32))
    report = wipe_session(places, store, session)
    assert report.ok, report
    assert not places.session_folder(session).exists()
    keyring, cache = report.steps
    return keyring.ms, cache.ms


def measure(n: int, repeats: int, *, is_full: bool) -> None:
    """Measure and report; the environment names the private keyring."""
    counts = [LEAST, *([n] if n > LEAST else [])]
    said = ", ".join(f"{count:,}" for count in counts)
    settings = {"customers": said, "repeats": repeats, "keyring": "gnome-keyring over D-Bus"}
    report = Report("wipe", "Wipe", settings, is_full=is_full)
    with work_folder() as folder:
        for name in ("home", "cache", "run"):
            (folder / name).mkdir(mode=0o700)
        places = Places(folder / "home", folder / "cache", folder / "run").prepare()
        store = open_key_store()
        files: dict[int, list[float]] = {count: [] for count in counts}

        def turn(count: int, made: Path) -> Callable[[], float]:
            def key_gone() -> float:
                key, cache = wiped_ms(places, store, made)
                files[count].append(cache)
                return key

            return key_gone

        keys = in_turns({str(count): turn(count, template(folder, count)) for count in counts}, repeats)
        store.close()
    least = keys[str(LEAST)]
    for count in counts:
        gone, unlinked = keys[str(count)], files[count]
        words = f"{count:,} customers"
        report.add(f"{words}: key gone, looked at again", gone, unlinked, unit="ms", peer_name="unlink", goal=_SOON)
        if count > LEAST:
            name = f"{words}: key gone, against {LEAST:,}"
            report.add(name, gone, least, unit="ms", peer_name=f"{LEAST:,} customers")
        whole = [key + file for key, file in zip(gone, unlinked, strict=True)]
        report.add(f"{words}: nothing left", whole, unlinked, unit="ms", peer_name="unlink alone")
        report.grow("the key is gone", count, median(gone), "ms")
        report.grow("nothing is left", count, median(whole), "ms")
    report.finish()


@contextlib.contextmanager
def _keyring() -> Iterator[dict[str, str]]:
    with work_folder() as folder, private_keyring(folder) as environment:
        yield environment | {_INSIDE: "1"}


def main() -> None:
    """Measure inside a private keyring."""
    asked = arguments(__doc__, repeats=15, n=100_000, full=(A_MILLION, 5))
    if os.environ.get(_INSIDE):
        measure(asked.n, asked.repeats, is_full=asked.full)
        return
    if missing := missing_programs():
        sys.exit(f"This benchmark needs {' and '.join(missing)} (packages dbus and gnome-keyring).")
    with _keyring() as environment:
        sys.exit(subprocess.call([sys.executable, "-m", "benchmarks.wipe", *sys.argv[1:]], env=environment))


if __name__ == "__main__":
    main()
