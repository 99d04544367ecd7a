"""A32, A33, A34, A42 (T3): folders that somebody prepared, links, foreign owners, any umask, and another OS user.

The product's own starts are an ordinary user's. What is refused is refused in one sentence with exit code 5, and what a
link leads to is not touched. Enforced by the operating system (*process*), and against the same OS user by *software*.
"""

import os
import socket
import stat
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.ordinary_user import NOBODY, ordinary_folder, skip_unless_ordinary_user_can_run
from tests.security.directing import Director, directed

pytestmark = pytest.mark.slow  # real processes

PLAY = Path(__file__).with_name("everybody_play.py")
STRANGER = 65533
COMMANDS = (("wipe",), ("wipe", "--quiet"), ("audit", "verify"))


@pytest.fixture
def folder() -> Iterator[Path]:
    """An ordinary user's home, with a victim beside it that nobody may touch."""
    skip_unless_ordinary_user_can_run()
    with ordinary_folder() as place:
        for name in ("home", "home/.cache", "home/.local", "home/.local/share", "victim", "victim/5e55"):
            (place / name).mkdir(mode=0o700)
        (place / "victim" / "5e55" / "file").write_text("stays")
        owned_by_person(place)
        yield place


def owned_by_person(place: Path) -> None:
    for path in (place, *place.rglob("*")):
        if os.geteuid() == 0:
            os.chown(path, NOBODY, NOBODY, follow_symlinks=False)


def tirai(folder: Path, *words: str, **settings: str) -> "subprocess.CompletedProcess[str]":
    is_root = os.geteuid() == 0
    return subprocess.run(
        [sys.executable, "-I", "-m", "app", *words],
        cwd="/",
        env={"HOME": str(folder / "home"), "PATH": os.defpath, "XDG_RUNTIME_DIR": str(folder / "home"), **settings},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
        user=NOBODY if is_root else None,
        group=NOBODY if is_root else None,
        extra_groups=[] if is_root else None,
    )


def is_refused(done: "subprocess.CompletedProcess[str]", place: Path, why: str) -> bool:
    """One sentence that names the place and the reason, and exit code 5."""
    lines = done.stderr.splitlines()
    return done.returncode == 5 and done.stdout == "" and len(lines) == 1 and str(place) in lines[0] and why in lines[0]


@pytest.mark.attack("A33")
@pytest.mark.parametrize("words", COMMANDS, ids=" ".join)
@pytest.mark.parametrize("place", [".cache/tirai", ".local/share/tirai", "tirai"])
def test_that_a_link_in_place_of_a_folder_is_refused_and_not_followed(
    folder: Path, place: str, words: tuple[str, ...]
) -> None:
    link = folder / "home" / place
    link.symlink_to(folder / "victim")
    owned_by_person(folder)
    done = tirai(folder, *words)
    if words == ("wipe", "--quiet") and place != ".cache/tirai":
        assert (done.returncode, done.stdout, done.stderr) == (0, "", ""), "it uses no other folder"
    else:
        assert is_refused(done, link, "it is a link"), done.stderr
    assert (folder / "victim" / "5e55" / "file").read_text() == "stays"
    assert [p.name for p in (folder / "victim").iterdir()] == ["5e55"]


@pytest.mark.attack("A34")
@pytest.mark.parametrize("words", COMMANDS, ids=" ".join)
def test_that_a_folder_into_which_others_could_write_is_refused_while_it_holds_anything(
    folder: Path, words: tuple[str, ...]
) -> None:
    made = folder / "home" / ".cache" / "tirai"
    (made / "5e55").mkdir(parents=True)
    owned_by_person(folder)
    made.chmod(0o777)
    assert is_refused(tirai(folder, *words), made, "others could write into it")
    assert (made / "5e55").exists()


@pytest.mark.attack("A34")
def test_that_an_empty_folder_of_ones_own_is_repaired(folder: Path) -> None:
    made = folder / "home" / ".cache" / "tirai"
    made.mkdir()
    owned_by_person(folder)
    made.chmod(0o777)
    assert tirai(folder, "wipe", "--quiet").returncode == 0
    assert stat.S_IMODE(made.stat().st_mode) == 0o700


@pytest.mark.attack("A34")
@pytest.mark.skipif(os.geteuid() != 0, reason="only root can make a folder of somebody else's")
@pytest.mark.parametrize("variable", ["XDG_CACHE_HOME", "XDG_DATA_HOME"])
def test_that_somebody_elses_folder_is_refused(folder: Path, variable: str) -> None:
    foreign = folder / "foreign"
    (foreign / "tirai").mkdir(parents=True)
    for mode in (0o755, 0o777):
        for path in (foreign, foreign / "tirai"):
            os.chown(path, STRANGER, STRANGER)
            path.chmod(mode)
        done = tirai(folder, "wipe", **{variable: str(foreign)})
        assert is_refused(done, foreign / "tirai", "another user"), done.stderr


@pytest.mark.parametrize("variable", ["XDG_CACHE_HOME", "XDG_DATA_HOME"])
def test_that_a_place_where_nothing_can_be_made_is_refused(folder: Path, variable: str) -> None:
    if os.access("/usr", os.W_OK) and os.geteuid() != 0:
        pytest.skip("this user may write everywhere")
    done = tirai(folder, "wipe", **{variable: "/usr"})
    assert is_refused(done, Path("/usr/tirai"), "cannot be made"), done.stderr


@pytest.mark.parametrize("variable", ["XDG_CACHE_HOME", "XDG_DATA_HOME", "XDG_RUNTIME_DIR"])
def test_that_a_relative_folder_of_the_environment_is_ignored(folder: Path, variable: str) -> None:
    tirai(folder, "wipe", **{variable: "victim/5e55"})
    assert [p.name for p in (folder / "victim" / "5e55").iterdir()] == ["file"]
    assert not Path("/victim").exists()


def test_that_a_folder_for_temporary_files_that_others_read_keeps_nothing(folder: Path) -> None:
    shared = folder / "shared"
    shared.mkdir()
    owned_by_person(folder)
    shared.chmod(0o777)
    tirai(folder, "self-check", TMPDIR=str(shared))
    assert list(shared.iterdir()) == []


# --- everything alive at once, started under umask 000


@pytest.fixture(scope="module")
def director() -> Iterator[Director]:
    with directed(PLAY, reads_memory=False) as it:
        yield it


@pytest.mark.attack("A34")
def test_that_under_any_umask_every_file_folder_and_socket_is_the_owners_alone(director: Director) -> None:
    seen = director.ask("modes")
    assert seen["umask"] == 0, "the control: all were started under it"
    assert {"office.db", "front-door", "cache.db", "office.sock"} <= set(seen["names"]), "the control: there was much"
    assert seen["open"] == []


def connected_by(uid: int, path: str) -> str:
    """How a connection ends that another OS user tries."""
    read_end, write_end = os.pipe()
    pid = os.fork()
    if pid == 0:
        answer = "never tried"
        try:
            os.setgroups([])
            os.setgid(uid)
            os.setuid(uid)
            with socket.socket(socket.AF_UNIX) as line:
                line.settimeout(60)
                line.connect(path)
                line.settimeout(2)  # who came so far was let in, answered or not
                line.sendall(b"GET /hello HTTP/1.1\r\nHost: office\r\n\r\n")
                answer = line.recv(4096).decode("latin-1") or "closed"
        except OSError as error:
            answer = type(error).__name__
        finally:
            os.write(write_end, answer.encode())
            os._exit(0)
    os.close(write_end)
    os.waitpid(pid, 0)
    with os.fdopen(read_end) as answers:
        return answers.read()


@pytest.mark.attack("A32")
@pytest.mark.skipif(os.geteuid() != 0, reason="only root can become another user")
def test_that_another_os_user_reaches_no_socket_even_if_the_folders_were_opened(director: Director) -> None:
    paths = director.ask("modes")["sockets"]
    assert len(paths) >= 2, "the office's and an import's"
    for path in paths:
        assert connected_by(STRANGER, path) == "PermissionError"
        assert connected_by(NOBODY, path) not in ("PermissionError", "never tried"), "the control: its own user does"
    office = next(path for path in paths if path.endswith("office.sock"))
    opened = list(Path(office).parents)[:3]
    modes = [stat.S_IMODE(path.stat().st_mode) for path in opened]
    try:
        for path in opened:
            path.chmod(0o755)
        assert connected_by(STRANGER, office) == "PermissionError", "the socket is its owner's alone, too"
    finally:
        for path, mode in zip(opened, modes, strict=True):
            path.chmod(mode)
