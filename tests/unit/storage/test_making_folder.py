"""A set-up's folder: swept once its process is gone, never under a living one. Real processes, real locks."""

import os
import signal
from collections.abc import Callable
from pathlib import Path

from app.storage.making_folder import MakingFolder, sweep_making


def maker(home: Path, then: Callable[[MakingFolder], object]) -> tuple[int, Path]:
    """A process that makes a folder, writes into it, and then does something; it and the folder."""
    ready, told = os.pipe()
    pid = os.fork()
    if pid == 0:
        folder = MakingFolder(home)
        (folder.path / "office.db").write_text("half of an office")
        os.write(told, os.fsencode(folder.path))
        then(folder)
        os._exit(0)
    os.close(told)
    path = Path(os.fsdecode(os.read(ready, 4096)))
    os.close(ready)
    return pid, path


def test_that_what_a_killed_set_up_left_is_swept_and_a_living_ones_is_not(tmp_path: Path) -> None:
    pid, path = maker(tmp_path, lambda _folder: signal.pause())
    assert sweep_making(tmp_path) == 0
    assert (path / "office.db").exists()
    os.kill(pid, signal.SIGKILL)
    os.waitpid(pid, 0)
    assert (path / "office.db").exists(), "the control: nobody was left who could remove it"
    assert sweep_making(tmp_path) == 1
    assert not path.exists()


def test_that_a_sweep_leaves_everything_else_alone(tmp_path: Path) -> None:
    (tmp_path / "office.json").write_text("{}")
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    (elsewhere / "kept").write_text("x")
    (tmp_path / ".set-up-link").symlink_to(elsewhere)
    (tmp_path / ".set-up-file").write_text("x")
    assert sweep_making(tmp_path) == 0
    assert (elsewhere / "kept").exists()
    assert (tmp_path / "office.json").exists()


def test_that_a_folder_which_was_let_go_goes(tmp_path: Path) -> None:
    folder = MakingFolder(tmp_path)
    assert folder.path.stat().st_mode & 0o777 == 0o700
    folder.remove()
    assert list(tmp_path.iterdir()) == []


def test_that_makers_and_sweepers_at_once_never_lose_a_living_folder(tmp_path: Path) -> None:
    """Sweepers look all the time while folders are made: between making and locking, too."""
    sweepers = []
    for _ in range(3):
        pid = os.fork()
        if pid == 0:
            while not (tmp_path / "enough").exists():
                sweep_making(tmp_path)
            os._exit(0)
        sweepers.append(pid)
    try:
        for _ in range(300):
            folder = MakingFolder(tmp_path)
            (folder.path / "office.db").write_text("x")
            assert (folder.path / "office.db").exists()
            folder.remove()
    finally:
        (tmp_path / "enough").touch()
        assert [os.waitpid(pid, 0)[1] for pid in sweepers] == [0, 0, 0]
