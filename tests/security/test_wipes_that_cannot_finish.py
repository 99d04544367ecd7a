"""A16, A17 (T10): whatever keeps a file from being deleted, the key goes first, and everybody is told of what stays.

Real obstacles, planted by root into the folder of an ordinary user's session: a file and a folder that are immutable, a
read-only file system, a mount point, a folder of somebody else's; and, where nobody needs root, a file held open and a
Secret Service that does not let its entry go. Then the real product is played: its receipt, `tirai wipe`, the next
start and the office's log all say what stayed, until the obstacle is gone.
"""

import contextlib
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.keyring_session import missing_programs
from tests.ordinary_user import NOBODY, ordinary_folder, run_as_ordinary_user, skip_unless_ordinary_user_can_run
from tests.security.directing import Director, directed

pytestmark = pytest.mark.slow  # real processes

PLAY = Path(__file__).with_name("wipe_play.py")
KEEPS = Path(__file__).with_name("secret_service_that_keeps.py")
SESSION = "5e55"
CONTENT = b"ciphertext of a session"
NOTHING: dict[str, list[str]] = {"entries": [], "files": []}
FILES = ("cache.db", "cache.db-wal", "cache.db-shm", "cache.db-journal", "cache.db.tmp1", "lock")

Obstacle = Callable[[Path], contextlib.AbstractContextManager[None]]


def called(*words: str | Path) -> None:
    subprocess.run(list(map(str, words)), check=True, capture_output=True)


@contextlib.contextmanager
def immutable_file(folder: Path) -> Iterator[None]:
    called("chattr", "+i", folder / "cache.db")
    try:
        yield
    finally:
        called("chattr", "-i", folder / "cache.db")


@contextlib.contextmanager
def immutable_folder(folder: Path) -> Iterator[None]:
    called("chattr", "+i", folder)
    try:
        yield
    finally:
        called("chattr", "-i", folder)


@contextlib.contextmanager
def read_only_file_system(folder: Path) -> Iterator[None]:
    called("mount", "--bind", folder, folder)
    try:
        called("mount", "-o", "remount,ro,bind", folder)
        yield
    finally:
        called("umount", folder)


@contextlib.contextmanager
def mount_point(folder: Path) -> Iterator[None]:
    """The folder's files go, the folder itself cannot."""
    called("mount", "--bind", folder, folder)
    try:
        yield
    finally:
        called("umount", folder)


@contextlib.contextmanager
def somebody_elses(folder: Path) -> Iterator[None]:
    planted = folder / "planted"
    planted.mkdir()
    (planted / "file").write_text("x")
    try:
        yield
    finally:
        shutil.rmtree(planted)


OBSTACLES: dict[str, tuple[Obstacle, str]] = {
    "a file is immutable": (immutable_file, "cache.db: Operation not permitted"),
    "the folder is immutable": (immutable_folder, "Operation not permitted"),
    "the file system is read-only": (read_only_file_system, "Read-only file system"),
    "the folder is a mount point": (mount_point, "Device or resource busy"),
    "a folder is somebody else's": (somebody_elses, "another file: Permission denied"),
}


def need_root() -> None:
    if os.geteuid() != 0:
        pytest.skip("only root can plant this obstacle in an ordinary user's folder")
    skip_unless_ordinary_user_can_run()


@contextlib.contextmanager
def obstructed(name: str, folder: Path) -> Iterator[str]:
    """The obstacle while the block lasts; a system that has no such thing is a skip."""
    plant, says = OBSTACLES[name]
    with contextlib.ExitStack() as stack:
        try:
            stack.enter_context(plant(folder))
        except (OSError, subprocess.CalledProcessError) as error:
            pytest.skip(f"this system cannot plant it: {type(error).__name__}")
        yield says


# --- one wipe by the command


@pytest.fixture
def folder() -> Iterator[Path]:
    """An ordinary user's folder with a home, and a dead session's cache in `cache/tirai`."""
    if missing := missing_programs():
        pytest.skip(f"no {' and no '.join(missing)} here")
    with ordinary_folder() as place:
        session = place / "cache" / "tirai" / SESSION
        session.mkdir(parents=True)
        (place / "office").mkdir()
        (place / "office" / "office.json").write_text("{}")
        for name in FILES:
            (session / name).write_bytes(CONTENT)
        if os.geteuid() == 0:
            for path in place.rglob("*"):
                os.chown(path, NOBODY, NOBODY)
        for path in (place, place / "cache", session.parent, session, place / "office"):
            path.chmod(0o700)
        yield place


WIPE = """
import json, os, subprocess, sys
from pathlib import Path
from tests.keyring_session import private_bus, private_keyring
folder = Path({folder!r})
with {start}(folder) as environment:
    for name in set(os.environ) - set(environment):
        del os.environ[name]
    os.environ.update(environment | {{"XDG_CACHE_HOME": str(folder / "cache")}})
    {prepare}
    from app.storage.keyring_store import open_key_store
    store = open_key_store(sessions_only=True)
    store.put_session({session!r}, bytes(32))
    line = [sys.executable, "-I", "-m", "app", "wipe", *{words!r}, "--home", str(folder / "office")]
    done = subprocess.run(line, capture_output=True, text=True, check=False)
    print(json.dumps([done.returncode, done.stdout, done.stderr, store.session_ids()]))
    store.close()
"""
START_KEEPING = """
    import atexit
    fake = subprocess.Popen([sys.executable, {path!r}, {way!r}], stdout=subprocess.PIPE)
    fake.stdout.readline()
    atexit.register(lambda: (fake.wait(), fake.stdout.close()))
"""


def wiped(
    folder: Path, *words: str, start: str = "private_keyring", prepare: str = ""
) -> tuple[int, str, str, list[str]]:
    """Put a half into a fresh keyring, run `tirai wipe`; code, output, errors, and whose halves are left."""
    program = WIPE.format(folder=str(folder), session=SESSION, words=words, start=start, prepare=prepare)
    done = run_as_ordinary_user(program, folder)
    assert done.stderr == ""
    code, out, err, halves = json.loads(done.stdout)
    return code, out, err, halves


def noted(folder: Path) -> list[tuple[str, ...]]:
    """What waits for the log."""
    lines = (folder / "office" / "for-the-log").read_text().splitlines()
    return [tuple(json.loads(line)[n] for n in ("event", "outcome", "reason", "detail")) for line in lines]


@pytest.mark.attack("A16")
@pytest.mark.parametrize("name", OBSTACLES)
def test_that_the_key_goes_and_the_command_says_what_stays(folder: Path, name: str) -> None:
    need_root()
    session = folder / "cache" / "tirai" / SESSION
    with obstructed(name, session) as says:
        code, out, err, halves = wiped(folder, "--json")
        assert (code, halves) == (5, [])
        told = json.loads(out)
        (report,) = told["sessions"]
        key, files = report["steps"]
        assert not told["ok"]
        assert (key["what"], key["outcome"]) == ("keyring", "removed")
        assert (files["what"], files["outcome"]) == ("cache", "failed")
        assert says in files["detail"]
        assert "its key is gone" in err
        assert noted(folder) == [("wipe.incomplete", "failed", "by_hand", "keyring=removed cache=failed")]
        code, out, err, _ = wiped(folder)
        assert code == 5
        assert says in out
        assert session.exists()
    code, out, err, halves = wiped(folder, "--json")
    assert (code, halves, err) == (0, [], "")
    assert not session.exists()
    assert noted(folder)[-1] == ("wipe", "ok", "by_hand", "keyring=removed cache=removed")


@pytest.mark.attack("A16")
@pytest.mark.parametrize("name", ["a file is immutable", "the file system is read-only"])
def test_that_the_sweep_at_a_login_says_it_too_and_ends_with_a_code(folder: Path, name: str) -> None:
    need_root()
    with obstructed(name, folder / "cache" / "tirai" / SESSION) as says:
        code, out, err, halves = wiped(folder, "--quiet")
    assert (code, out, halves) == (5, "", [])
    assert says in err
    assert noted(folder) == [("wipe.incomplete", "failed", "at_login", "keyring=removed cache=failed")]


@pytest.mark.attack("A16")
def test_that_a_file_held_open_goes_all_the_same(folder: Path) -> None:
    """On Linux an open file keeps its blocks until it is closed: ciphertext whose key is gone."""
    held = os.open(folder / "cache" / "tirai" / SESSION / "cache.db", os.O_RDONLY)
    code, _out, err, halves = wiped(folder, "--json")
    assert (code, halves, err) == (0, [], "")
    assert not (folder / "cache" / "tirai" / SESSION).exists()
    assert os.read(held, 100) == CONTENT
    os.close(held)


@pytest.mark.attack("A16")
@pytest.mark.parametrize("way", ["refuses", "lies"])
def test_that_a_keyring_that_keeps_the_entry_is_said_and_the_files_go(folder: Path, way: str) -> None:
    prepare = START_KEEPING.format(path=str(KEEPS), way=way)
    code, out, err, halves = wiped(folder, "--json", start="private_bus", prepare=prepare)
    assert (code, halves) == (5, [SESSION]), "the control: it is still there"
    key, files = json.loads(out)["sessions"][0]["steps"]
    assert (key["what"], key["outcome"], files["outcome"]) == ("keyring", "failed", "removed")
    assert "end your desktop session" in err
    assert not (folder / "cache" / "tirai" / SESSION).exists()
    assert noted(folder) == [("wipe.incomplete", "failed", "by_hand", "keyring=failed cache=removed")]


# --- the whole product


@pytest.fixture(scope="module")
def director() -> Iterator[Director]:
    need_root()
    with directed(PLAY, str(len(PLAYED)), reads_memory=False) as it:
        yield it


PLAYED = ("a file is immutable", "the file system is read-only")


@pytest.mark.attack("A16")
@pytest.mark.parametrize("name", PLAYED)
def test_that_receipt_command_next_start_and_log_tell_of_a_wipe_until_it_is_whole(
    director: Director, name: str
) -> None:
    begun = director.ask("begin")
    session, place = begun["session"], Path(begun["folder"])
    with obstructed(name, place):
        receipt = director.ask("leave")
        assert receipt["title"] == "This session is wiped, but for what is marked"
        assert receipt["lines"]["keyring"]["outcome"] == "removed"
        assert receipt["lines"]["cache"]["outcome"] == "failed"
        assert "its key is gone" in receipt["lines"]["cache"]["words"]
        assert director.ask("left")["entries"] == []
        again = director.ask("start", expects="receipt")
        assert (again["cause"], again["lines"]["cache"]["outcome"]) == ("sweep", "failed")
        by_hand = director.ask("wipe", words=["--json"])
        assert by_hand["code"] == 5
        assert json.loads(by_hand["out"])["sessions"][0]["session"] == session
    after = director.ask("start", expects="receipt")
    assert (after["cause"], after["lines"]["cache"]["outcome"]) == ("sweep", "removed")
    assert director.ask("left") == NOTHING
    told = [entry_of(e) for e in director.ask("log")["entries"] if e["session"] == session]
    assert ("wipe.incomplete", "failed", "signed_out", "keyring=removed cache=failed") in told
    assert [t for t in told if t[2] in ("sweep", "by_hand")] == [
        ("wipe.incomplete", "failed", "sweep", "keyring=was_not_there cache=failed"),
        ("wipe.incomplete", "failed", "by_hand", "keyring=was_not_there cache=failed"),
        ("wipe", "ok", "sweep", "keyring=was_not_there cache=removed"),
    ]


def entry_of(entry: dict[str, Any]) -> tuple[str, str, str, str]:
    return entry["event"], entry["outcome"], entry["reason"], entry["detail"]


if sys.platform != "linux":
    pytest.skip("the guardian is Linux only", allow_module_level=True)
