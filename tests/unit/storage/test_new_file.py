"""A file that a person asked for is whole or not there, and its owner's alone."""

import errno
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from app.storage.new_file import FAILED, FORBIDDEN, FULL, GONE, FileRefusedError, write_new_file


def test_that_it_is_written_whole_for_its_owner_alone(tmp_path: Path) -> None:
    write_new_file(tmp_path / "list.pdf", b"all of it")
    assert (tmp_path / "list.pdf").read_bytes() == b"all of it"
    assert (tmp_path / "list.pdf").stat().st_mode & 0o777 == 0o600
    assert [path.name for path in tmp_path.iterdir()] == ["list.pdf"]


def test_that_an_older_file_is_replaced_and_its_mode_with_it(tmp_path: Path) -> None:
    path = tmp_path / "list.pdf"
    path.write_bytes(b"old")
    path.chmod(0o666)
    write_new_file(path, b"new")
    assert (path.read_bytes(), path.stat().st_mode & 0o777) == (b"new", 0o600)


def test_that_a_link_is_replaced_and_never_followed(tmp_path: Path) -> None:
    other = tmp_path / "other"
    other.write_bytes(b"somebody else's")
    (tmp_path / "list.pdf").symlink_to(other)
    write_new_file(tmp_path / "list.pdf", b"new")
    assert other.read_bytes() == b"somebody else's"
    assert not (tmp_path / "list.pdf").is_symlink()


def refuse_with(code: int) -> Callable[..., int]:
    def refuse(*_any: object) -> int:
        raise OSError(code, os.strerror(code))

    return refuse


@pytest.mark.parametrize(
    ("code", "told"),
    [
        (errno.ENOSPC, FULL),
        (errno.EDQUOT, FULL),
        (errno.EACCES, FORBIDDEN),
        (errno.EROFS, FORBIDDEN),
        (errno.EIO, FAILED),
    ],
)
def test_that_a_disk_that_refuses_leaves_nothing_half_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, code: int, told: str
) -> None:
    path = tmp_path / "list.pdf"
    path.write_bytes(b"old")
    monkeypatch.setattr(os, "fsync", refuse_with(code))
    with pytest.raises(FileRefusedError) as refused:
        write_new_file(path, b"new")
    assert refused.value.code == told
    assert [path.name for path in tmp_path.iterdir()] == ["list.pdf"]
    assert path.read_bytes() == b"old"


def test_that_a_folder_that_is_gone_or_none_is_told(tmp_path: Path) -> None:
    with pytest.raises(FileRefusedError) as refused:
        write_new_file(tmp_path / "gone" / "list.pdf", b"x")
    assert refused.value.code == GONE
    with pytest.raises(FileRefusedError) as refused:
        write_new_file(tmp_path, b"x")
    assert refused.value.code == FAILED
    assert list(tmp_path.iterdir()) == []


def test_that_a_real_full_disk_leaves_nothing(tmp_path: Path) -> None:
    """The kernel refuses a file above the process's limit in the midst of writing, as a full disk does."""
    import resource
    import signal

    before, handler = resource.getrlimit(resource.RLIMIT_FSIZE), signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, before[1]))
    try:
        with pytest.raises(FileRefusedError):
            write_new_file(tmp_path / "list.pdf", bytes(300_000))
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
        signal.signal(signal.SIGXFSZ, handler)
    assert list(tmp_path.iterdir()) == []
