"""Places are the owner's alone, or they are refused."""

import os
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.storage.places import (
    SOCKET_PATH_LIMIT,
    PlaceRefusedError,
    Places,
    checked_folder,
    checked_session_id,
    private_file,
    private_folder,
)

needs_root = pytest.mark.skipif(os.geteuid() != 0, reason="only root can give a file to another user")


def _mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


@pytest.fixture
def no_umask() -> Iterator[None]:
    before = os.umask(0)
    yield
    os.umask(before)


@pytest.mark.attack("A34")
@pytest.mark.usefixtures("no_umask")
def test_that_new_folders_are_the_owners_alone_even_without_a_umask(tmp_path: Path) -> None:
    made = private_folder(tmp_path / "a" / "b")
    assert _mode(made) == 0o700
    assert _mode(made.parent) == 0o700


def test_that_a_folder_that_others_may_read_is_repaired(tmp_path: Path) -> None:
    folder = tmp_path / "wide"
    folder.mkdir(mode=0o755)
    (folder / "own").touch()
    assert _mode(private_folder(folder)) == 0o700


def test_that_an_empty_folder_that_others_may_write_is_repaired(tmp_path: Path) -> None:
    folder = tmp_path / "open"
    folder.mkdir()
    folder.chmod(0o777)
    assert _mode(private_folder(folder)) == 0o700


@pytest.mark.attack("A34")
@pytest.mark.parametrize("mode", [0o777, 0o770, 0o702])
def test_that_a_folder_in_which_others_may_have_put_something_is_refused(tmp_path: Path, mode: int) -> None:
    folder = tmp_path / "open"
    folder.mkdir()
    (folder / "planted").touch()
    folder.chmod(mode)
    with pytest.raises(PlaceRefusedError, match="others could write into it"):
        private_folder(folder)


@pytest.mark.attack("A33")
def test_that_a_link_in_place_of_a_folder_is_refused(tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir(mode=0o755)
    (tmp_path / "link").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(PlaceRefusedError, match="it is a link"):
        private_folder(tmp_path / "link")
    assert _mode(tmp_path / "elsewhere") == 0o755


@pytest.mark.parametrize("what", ["file", "broken link"])
def test_that_what_is_in_the_way_of_a_folder_is_named_and_left(tmp_path: Path, what: str) -> None:
    path = tmp_path / "taken"
    if what == "file":
        path.write_text("mine")
    else:
        path.symlink_to(tmp_path / "nowhere")
    with pytest.raises(PlaceRefusedError, match="in the way"):
        private_folder(path)
    assert os.path.lexists(path)


@needs_root
def test_that_a_folder_of_another_user_is_refused(tmp_path: Path) -> None:
    folder = tmp_path / "theirs"
    folder.mkdir(mode=0o700)
    os.chown(folder, 65534, 65534)
    with pytest.raises(PlaceRefusedError, match="another user"):
        private_folder(folder)


@needs_root
def test_that_a_folder_that_another_user_could_rename_is_refused(tmp_path: Path) -> None:
    parent = tmp_path / "theirs"
    (parent / "ours").mkdir(parents=True, mode=0o700)
    os.chown(parent, 65534, 65534)
    with pytest.raises(PlaceRefusedError, match="above it belongs to another user"):
        private_folder(parent / "ours")


def test_that_a_folder_in_an_open_parent_is_refused_unless_the_parent_is_sticky(tmp_path: Path) -> None:
    parent = tmp_path / "shared"
    parent.mkdir()
    parent.chmod(0o777)
    with pytest.raises(PlaceRefusedError, match="everybody can write"):
        private_folder(parent / "ours")
    parent.chmod(0o1777)
    private_folder(parent / "ours")


def test_that_checking_a_missing_folder_makes_none(tmp_path: Path) -> None:
    with pytest.raises(PlaceRefusedError):
        checked_folder(tmp_path / "missing")
    assert not (tmp_path / "missing").exists()


def test_that_a_file_that_others_may_read_is_repaired(tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.touch()
    file.chmod(0o644)
    private_file(file)
    assert _mode(file) == 0o600


def test_that_a_file_that_others_may_write_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.touch()
    file.chmod(0o666)
    with pytest.raises(PlaceRefusedError, match="others can write"):
        private_file(file)


@pytest.mark.attack("A33")
def test_that_links_of_both_kinds_and_pipes_are_refused_as_files(tmp_path: Path) -> None:
    (tmp_path / "victim").touch(mode=0o600)
    (tmp_path / "soft").symlink_to(tmp_path / "victim")
    os.link(tmp_path / "victim", tmp_path / "hard")
    os.mkfifo(tmp_path / "pipe", 0o600)
    for name in ("soft", "hard", "pipe"):
        with pytest.raises(PlaceRefusedError):
            private_file(tmp_path / name)


@needs_root
def test_that_a_file_of_another_user_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.touch(mode=0o600)
    os.chown(file, 65534, 65534)
    with pytest.raises(PlaceRefusedError, match="another user"):
        private_file(file)


@pytest.mark.parametrize("bad", ["", "..", "a/b", "a b", "x" * 65, "a\n", "ä"])
def test_that_a_session_id_cannot_name_another_place(bad: str) -> None:
    with pytest.raises(ValueError, match="session id"):
        checked_session_id(bad)


def test_that_each_home_has_its_own_sockets_and_short_ones(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(private_folder(tmp_path / "r")))
    one, other = Places.find(tmp_path / "one"), Places.find(tmp_path / "other")
    assert one.runtime != other.runtime
    assert one.runtime == Places.find(tmp_path / "x" / ".." / "one").runtime
    assert len(os.fsencode(one.socket("office"))) <= SOCKET_PATH_LIMIT


@pytest.mark.parametrize("trouble", ["missing", "too long", "open to others", "relative"])
def test_that_an_unusable_runtime_folder_is_replaced_by_a_short_private_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, trouble: str
) -> None:
    offered = tmp_path / ("x" * 90 if trouble == "too long" else "r")
    if trouble != "missing":
        offered.mkdir(mode=0o700)
    if trouble == "open to others":
        offered.chmod(0o777)
    monkeypatch.setenv("XDG_RUNTIME_DIR", "run" if trouble == "relative" else str(offered))
    runtime = Places.find(tmp_path / "home").runtime
    assert runtime.parent == Path(f"/tmp/tirai-{os.geteuid()}")
    assert len(os.fsencode(runtime / "office.sock")) <= SOCKET_PATH_LIMIT


def test_that_a_socket_name_that_would_be_cut_is_refused(places: Places) -> None:
    with pytest.raises(PlaceRefusedError, match="too long"):
        places.socket("x" * 100)


def test_that_the_roots_follow_the_xdg_folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    found = Places.find()
    assert (found.home, found.cache_root) == (tmp_path / "data" / "tirai", tmp_path / "cache" / "tirai")


def test_that_a_relative_xdg_folder_is_ignored(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("XDG_DATA_HOME", "data")
    assert Places.find().home == tmp_path / ".local" / "share" / "tirai"


def test_that_only_what_could_be_a_session_is_listed(places: Places) -> None:
    for name in ("b2", "a1"):
        (places.cache_root / name).mkdir()
    (places.cache_root / "not a session").mkdir()
    assert places.session_ids() == ["a1", "b2"]
