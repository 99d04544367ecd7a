"""The outbox's files: on disk before they are acknowledged, whole or not at all, and never dropped by mistake."""

import errno
import os
import secrets
import stat
from pathlib import Path

import pytest

from app.storage import outbox
from app.storage.outbox import FileTouchedError, Kept, OutboxFolder, OutboxUnwritableError
from app.storage.places import PlaceRefusedError

SESSION, OTHER = "5e" * 16, "0f" * 16
START = bytes(32)


@pytest.fixture
def folder(tmp_path: Path) -> OutboxFolder:
    return OutboxFolder(tmp_path)


def file_of(folder: OutboxFolder) -> Path:
    return folder.path / SESSION


def keep(folder: OutboxFolder, *numbers: int) -> list[bytes]:
    entries = [f"entry {number} ".encode() * 100 for number in numbers]
    for number, entry in zip(numbers, entries, strict=True):
        folder.append(SESSION, entry, number, START)
    return entries


def kept(folder: OutboxFolder) -> Kept:
    found = OutboxFolder(folder.home).read(SESSION)
    assert found is not None
    return found


def test_that_what_was_kept_is_read_in_order_by_another_process(folder: OutboxFolder) -> None:
    entries = keep(folder, 1, 2, 3)
    found = kept(folder)
    assert (found.base, found.base_link, found.last, found.rest) == (0, START, 3, 0)
    assert list(found.entries) == entries
    assert OutboxFolder(folder.home).sessions() == [SESSION]


def test_that_a_file_which_begins_later_says_where(folder: OutboxFolder) -> None:
    folder.append(SESSION, b"sixth", 6, b"\x07" * 32)
    folder.append(SESSION, b"seventh", 7, START)
    found = kept(folder)
    assert (found.base, found.base_link, found.last) == (5, b"\x07" * 32, 7)


def test_that_folder_and_files_are_the_owners_alone_whatever_the_umask(folder: OutboxFolder) -> None:
    before = os.umask(0)
    try:
        keep(folder, 1, 2)
    finally:
        os.umask(before)
    assert stat.S_IMODE(folder.path.stat().st_mode) == 0o700
    assert {stat.S_IMODE(path.stat().st_mode) for path in folder.path.iterdir()} == {0o600}


def test_that_file_and_folder_are_synced_before_an_entry_is_acknowledged(
    folder: OutboxFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    synced: list[tuple[int, int]] = []
    really = os.fsync

    def note(descriptor: int) -> None:
        found = os.fstat(descriptor)
        synced.append((found.st_ino, found.st_size if stat.S_ISREG(found.st_mode) else -1))
        really(descriptor)

    monkeypatch.setattr(os, "fsync", note)
    for number in (1, 2):
        synced.clear()
        keep(folder, number)
        found = file_of(folder).stat()
        assert (found.st_ino, found.st_size) in synced, "with all of the entry in it"
        assert ((folder.path.stat().st_ino, -1) in synced) is (number == 1), "a new name, in its folder"


@pytest.mark.parametrize("cut", [1, 2, 5, 799, 801, 803])
def test_that_a_torn_tail_is_left_out_and_the_next_entry_takes_its_place(folder: OutboxFolder, cut: int) -> None:
    entries = keep(folder, 1, 2)
    path = file_of(folder)
    os.truncate(path, path.stat().st_size - cut)
    found = kept(folder)
    assert found.entries == (entries[0],)
    assert found.rest > 0
    again = OutboxFolder(folder.home)
    again.append(SESSION, b"second, again", 2, START)
    assert kept(folder).entries == (entries[0], b"second, again")
    assert kept(folder).rest == 0


def test_that_an_entry_which_was_acknowledged_is_never_cut_off_as_torn(folder: OutboxFolder) -> None:
    """Who wrote the third knows that there were two: a file that lacks one was cut by somebody."""
    keep(folder, 1, 2)
    os.truncate(file_of(folder), file_of(folder).stat().st_size - 1)
    for one in (folder, OutboxFolder(folder.home)):
        with pytest.raises(FileTouchedError):
            one.append(SESSION, b"third", 3, START)
    assert kept(folder).rest > 0, "what is left of it is still there"


def test_that_a_full_disk_is_said_and_leaves_what_was_there(
    folder: OutboxFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    entries = keep(folder, 1)
    really = os.pwrite

    def half(descriptor: int, data: bytes, at: int) -> int:
        if monkeypatch and len(data) > 100:
            return really(descriptor, data[:100], at)
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(os, "pwrite", half)
        with pytest.raises(OutboxUnwritableError) as refusal:
            folder.append(SESSION, b"x" * 150, 2, START)
        assert refusal.value.code == "outbox_disk"
        with pytest.raises(OutboxUnwritableError):
            folder.append(OTHER, b"x" * 150, 1, START)
    assert kept(folder).entries == tuple(entries)
    assert kept(folder).rest == 0
    assert not (folder.path / OTHER).exists()
    assert [path.name for path in folder.path.iterdir() if path.name.startswith(".new")] == []
    folder.append(SESSION, b"now", 2, START)
    assert kept(folder).last == 2


def test_that_a_sync_which_fails_acknowledges_nothing(folder: OutboxFolder, monkeypatch: pytest.MonkeyPatch) -> None:
    keep(folder, 1)
    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", lambda _d: (_ for _ in ()).throw(OSError(errno.EIO, "Input/output error")))
        with pytest.raises(OutboxUnwritableError):
            folder.append(SESSION, b"second", 2, START)
    assert kept(folder).last == 1


def test_that_too_long_an_entry_and_too_large_a_file_are_refused(
    folder: OutboxFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(OutboxUnwritableError) as refusal:
        folder.append(SESSION, bytes(outbox.LONGEST_ENTRY + 1), 1, START)
    assert refusal.value.code == "outbox_full"
    monkeypatch.setattr(outbox, "LARGEST_FILE", 2000)
    keep(folder, 1, 2)
    with pytest.raises(OutboxUnwritableError) as refusal:
        keep(folder, 3)
    assert refusal.value.code == "outbox_full"
    assert kept(folder).last == 2


def test_that_a_file_goes_only_once_all_of_it_was_delivered(folder: OutboxFolder) -> None:
    keep(folder, 1, 2)
    assert not folder.remove(SESSION, 1)
    assert kept(folder).last == 2
    assert folder.remove(SESSION, 2)
    assert not file_of(folder).exists()
    assert folder.remove(SESSION, 2), "somebody else was faster"


def test_that_a_rest_is_set_aside_and_not_deleted(folder: OutboxFolder) -> None:
    keep(folder, 1, 2)
    os.truncate(file_of(folder), file_of(folder).stat().st_size - 1)
    assert folder.remove(SESSION, 1)
    assert folder.sessions() == folder.refused() == []
    assert [path.suffix for path in folder.path.iterdir() if path.name.startswith(SESSION)] == [".torn"]


def test_that_a_refused_file_stays_and_is_counted_but_not_tried(folder: OutboxFolder) -> None:
    keep(folder, 1)
    data = file_of(folder).read_bytes()
    folder.set_aside(SESSION)
    assert (folder.sessions(), folder.refused()) == ([], [SESSION])
    aside = next(path for path in folder.path.iterdir() if path.suffix == ".refused")
    assert aside.read_bytes() == data
    folder.append(SESSION, b"second", 2, START)
    folder.set_aside(SESSION)
    assert len([path for path in folder.path.iterdir() if path.suffix == ".refused"]) == 2, "none over another"


def test_that_a_file_is_written_anew_from_memory(folder: OutboxFolder) -> None:
    keep(folder, 1, 2)
    folder.put(SESSION, 0, START, [b"first", b"second", b"third"])
    folder.append(SESSION, b"fourth", 4, START)
    assert kept(folder).entries == (b"first", b"second", b"third", b"fourth")


@pytest.mark.parametrize("spoil", ["link", "hard link", "writable", "no outbox", "another session's", "too large"])
def test_that_a_file_which_others_could_have_prepared_is_refused(folder: OutboxFolder, spoil: str) -> None:
    keep(folder, 1)
    path = file_of(folder)
    if spoil == "link":
        path.rename(folder.home / "elsewhere")
        path.symlink_to(folder.home / "elsewhere")
    elif spoil == "hard link":
        os.link(path, folder.home / "second name")
    elif spoil == "writable":
        path.chmod(0o622)
    elif spoil == "no outbox":
        path.write_bytes(secrets.token_bytes(200))
    elif spoil == "another session's":
        folder.append(OTHER, b"x", 1, START)
        (folder.path / OTHER).rename(path)
    else:
        with path.open("ab") as file:
            file.truncate(outbox.LARGEST_FILE * 2)
    with pytest.raises(PlaceRefusedError):
        folder.read(SESSION)
    folder.set_aside(SESSION)
    assert folder.sessions() == ([OTHER] if (folder.path / OTHER).exists() else [])


def test_that_a_folder_which_is_a_link_takes_nothing(folder: OutboxFolder, tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    folder.path.symlink_to(tmp_path / "elsewhere")
    with pytest.raises(PlaceRefusedError):
        keep(folder, 1)
    assert list((tmp_path / "elsewhere").iterdir()) == []


def test_that_only_one_process_delivers_at_a_time(folder: OutboxFolder) -> None:
    with folder.courier() as is_courier:
        assert not is_courier, "nothing lies there"
    keep(folder, 1)
    with folder.courier() as first, OutboxFolder(folder.home).courier() as second:
        assert (first, second) == (True, False)
        keep(folder, 2)
    with OutboxFolder(folder.home).courier() as again:
        assert again


def test_that_what_a_killed_process_was_making_goes_with_the_next_delivery(folder: OutboxFolder) -> None:
    keep(folder, 1)
    (folder.path / f".new-{OTHER}").write_bytes(b"half")
    with folder.courier():
        pass
    assert [path.name for path in folder.path.iterdir() if path.name.startswith(".new")] == []
    assert kept(folder).last == 1


def test_that_an_absent_outbox_is_empty_and_is_not_made(folder: OutboxFolder) -> None:
    assert folder.sessions() == folder.refused() == []
    assert folder.read(SESSION) is None
    assert not folder.path.exists()
