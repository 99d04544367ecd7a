"""Wipe: from the call until a session's data cannot be read any more, and until nothing of it is left.

On a real keyring (a private gnome-keyring). The key's end must not depend on how much there is: it is measured at a
tenth of the customers, too. The peer is what one would do without a key: unlinking the files.
"""

import contextlib
import os
import secrets
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

from app.storage.keyring_store import KeyStore, open_key_store
from app.storage.places import Places
from app.storage.wiping import wipe_session
from benchmarks.customers import keep_cache_rows, kept_cache_rows
from benchmarks.harness import Goal, Report, arguments, in_turns, work_folder
from benchmarks.plain_sqlite import fill, new_cache
from tests.keyring_session import missing_programs, private_keyring

_INSIDE = "TIRAI_BENCH_KEYRING"


def template(folder: Path, n: int) -> Path:
    """A filled session folder, made once and copied for each turn."""
    cache = new_cache(folder / f"template-{n}")
    fill(cache, kept_cache_rows(keep_cache_rows(folder / f"rows-{n}", n)))
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


def measure(n: int, repeats: int) -> None:
    """Measure and report; the environment names the private keyring."""
    report = Report("wipe", "Wipe", {"customers": n, "repeats": repeats, "keyring": "gnome-keyring over D-Bus"})
    few = max(100, n // 10)
    with work_folder() as folder:
        for name in ("home", "cache", "run"):
            (folder / name).mkdir(mode=0o700)
        places = Places(folder / "home", folder / "cache", folder / "run").prepare()
        store = open_key_store()
        files: dict[int, list[float]] = {n: [], few: []}

        def turn(count: int, made: Path) -> Callable[[], float]:
            def key_gone() -> float:
                key, cache = wiped_ms(places, store, made)
                files[count].append(cache)
                return key

            return key_gone

        keys = in_turns({"all": turn(n, template(folder, n)), "few": turn(few, template(folder, few))}, repeats)
        store.close()
    report.add("key gone, looked at again", keys["all"], files[n], unit="ms", peer_name="unlink", goal=Goal(50, "ours"))
    report.add(
        f"key gone: {n:,} against {few:,} customers",
        keys["all"],
        keys["few"],
        unit="ms",
        peer_name=f"{few:,} customers",
        goal=Goal(1.5),
    )
    whole = [key + file for key, file in zip(keys["all"], files[n], strict=True)]
    report.add("nothing left", whole, files[n], unit="ms", peer_name="unlink alone")
    report.finish()


@contextlib.contextmanager
def _keyring() -> Iterator[dict[str, str]]:
    with work_folder() as folder, private_keyring(folder) as environment:
        yield environment | {_INSIDE: "1"}


def main() -> None:
    """Measure inside a private keyring."""
    asked = arguments(__doc__, repeats=15)
    if os.environ.get(_INSIDE):
        measure(asked.n, asked.repeats)
        return
    if missing := missing_programs():
        sys.exit(f"This benchmark needs {' and '.join(missing)} (packages dbus and gnome-keyring).")
    with _keyring() as environment:
        sys.exit(subprocess.call([sys.executable, "-m", "benchmarks.wipe", *sys.argv[1:]], env=environment))


if __name__ == "__main__":
    main()
