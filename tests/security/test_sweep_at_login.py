"""A15 (T10): what two kills at once have left, in any mixture, goes by `tirai wipe`, and silently at the next login.

The real command, a real keyring, an ordinary user. What lives is not touched (its folder's lock is held); what a link
leads to stays; names that Tirai never gives are not its business. At a login nothing is made, no keyring is started,
nobody is asked, and nothing is said where nothing was left.
"""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.keyring_session import missing_programs
from tests.ordinary_user import ordinary_folder, run_as_ordinary_user

pytestmark = pytest.mark.slow  # real processes

LEFT = """
import fcntl, json, os, subprocess, sys, time
from pathlib import Path
import tests.keyring_session as session
folder = Path({folder!r})
if {services!r}:
    more = "<servicedir>" + str(folder / "services") + "</servicedir></busconfig>"
    session._BUS_CONFIGURATION = session._BUS_CONFIGURATION.replace("</busconfig>", more)
with session.{start}(folder) as environment:
    for name in set(os.environ) - set(environment):
        del os.environ[name]
    os.environ.update(environment | {{"XDG_CACHE_HOME": str(folder / "cache")}})
    line = [sys.executable, "-I", "-m", "app", "wipe", *{words!r}]
    def wipe():
        done = subprocess.run(line, capture_output=True, text=True, check=False)
        return [done.returncode, done.stdout, done.stderr]
    told = {{}}
{body}
    print(json.dumps(told))
"""
MIXTURE = """
    from app.storage.keyring_store import open_key_store
    from app.storage.places import Places
    from app.storage.wiping import hold_session_lock
    store = open_key_store()
    places = Places.find(None).prepare()
    root, victim = places.cache_root, folder / "victim"
    (victim / "deep").mkdir(parents=True)
    (victim / "file").write_text("stays")
    held = hold_session_lock(places.session_folder("a11ve"))
    (root / "a11ve" / "cache.db").write_text("in use")
    for name in ("a11ve", "both", "entry-only"):
        store.put_session(name, bytes(32))
    for name in ("both", "folder-only", "half-written", "lock-only", "strange"):
        (root / name).mkdir(mode=0o700)
    for name in ("cache.db", "cache.db-wal", "cache.db-shm", "cache.db-journal", "lock"):
        (root / "both" / name).write_text("left")
    (root / "folder-only" / "cache.db").write_text("left")
    (root / "half-written" / "cache.db-wal").write_bytes(b"")
    (root / "lock-only" / "lock").symlink_to(victim / "made by mistake")
    (root / "strange" / "sub" / "sub").mkdir(parents=True)
    (root / "strange" / "sub" / "link").symlink_to(victim)
    os.mkfifo(root / "strange" / "pipe")
    (root / "strange" / "sub").chmod(0)
    (root / "link").symlink_to(victim)
    (root / "a file").write_text("not of Tirai's making")
    (root / "plain").write_text("in a session's place")
    told["code"], told["out"], told["err"] = wipe()
    told["left"] = sorted(p.name for p in root.iterdir())
    told["entries"] = store.session_ids()
    told["victim"] = sorted(p.name for p in victim.rglob("*"))
    told["alive"] = (root / "a11ve" / "cache.db").read_text()
    os.close(held)
    told["second"] = wipe()
    told["left at last"] = sorted(p.name for p in root.iterdir())
    told["entries at last"] = store.session_ids()
    told["seat stays"] = len(store.seat_half())
    store.close()
"""


@pytest.fixture
def folder() -> Iterator[Path]:
    if missing := missing_programs():
        pytest.skip(f"no {' and no '.join(missing)} here")
    with ordinary_folder() as place:
        yield place


def played(folder: Path, *words: str, body: str, start: str = "private_keyring", services: bool = False) -> Any:
    program = LEFT.format(folder=str(folder), words=words, body=body, start=start, services=services)
    done = run_as_ordinary_user(program, folder)
    assert done.stderr == ""
    return json.loads(done.stdout)


@pytest.mark.attack("A15", "A33")
@pytest.mark.parametrize("words", [(), ("--quiet",)], ids=["by hand", "at a login"])
def test_that_every_mixture_goes_but_for_what_lives_and_what_is_not_ours(folder: Path, words: tuple[str, ...]) -> None:
    told = played(folder, *words, body=MIXTURE)
    assert (told["code"], told["err"]) == (0, "")
    assert (told["left"], told["entries"], told["alive"]) == (["a file", "a11ve"], ["a11ve"], "in use")
    assert told["victim"] == ["deep", "file"]
    assert (told["left at last"], told["entries at last"]) == (["a file"], [])
    assert told["seat stays"] == 32
    if words:
        assert told["out"] == told["second"][1] == ""
    else:
        assert len(told["out"].splitlines()) == 8, told["out"]


NOTHING_LEFT = """
    before = sorted(str(p) for p in folder.rglob("*"))
    told["done"] = wipe()
    told["made"] = sorted({str(p) for p in folder.rglob("*")} - set(before))
    told["started"] = (folder / "mark").exists()
"""


@pytest.mark.attack("A15")
@pytest.mark.parametrize("start", ["private_keyring", "private_bus"])
def test_that_a_login_with_nothing_left_says_makes_and_starts_nothing(folder: Path, start: str) -> None:
    services = folder / "services"
    services.mkdir()
    service = f"[D-BUS Service]\nName=org.freedesktop.secrets\nExec=/bin/sh -c 'touch {folder / 'mark'}; exit 1'\n"
    (services / "secrets.service").write_text(service)
    (folder / "services").chmod(0o755)
    told = played(folder, "--quiet", body=NOTHING_LEFT, start=start, services=True)
    assert told == {"done": [0, "", ""], "made": [], "started": False}


def test_that_a_wipe_by_hand_does_start_a_keyring(folder: Path) -> None:
    """The control: the bus would have started one."""
    services = folder / "services"
    services.mkdir()
    service = f"[D-BUS Service]\nName=org.freedesktop.secrets\nExec=/bin/sh -c 'touch {folder / 'mark'}; exit 1'\n"
    (services / "secrets.service").write_text(service)
    body = "\n    wipe()\n    told['started'] = (folder / 'mark').exists()\n"
    assert played(folder, body=body, start="private_bus", services=True) == {"started": True}


def test_that_a_login_without_any_bus_still_takes_the_files(folder: Path) -> None:
    body = """
    del os.environ["DBUS_SESSION_BUS_ADDRESS"], os.environ["XDG_RUNTIME_DIR"]
    (folder / "cache" / "tirai" / "dead").mkdir(parents=True, mode=0o700)
    (folder / "cache" / "tirai").chmod(0o700)
    told["done"] = wipe()
    told["left"] = [p.name for p in (folder / "cache" / "tirai").iterdir()]
"""
    assert played(folder, "--quiet", body=body, start="private_bus") == {"done": [0, "", ""], "left": []}
