"""A wipe removes the key first, then everything else, follows no link, and says what it could not remove."""

import fcntl
import os
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.domain.errors import WorkstationError
from app.storage.cache_rows import CacheRow
from app.storage.places import Places, private_folder
from app.storage.session_cache import SessionCache
from app.storage.wiping import (
    CACHE_NAME,
    LOCK_NAME,
    SessionLockedError,
    WipeOutcome,
    WipeReport,
    hold_session_lock,
    sweep,
    wipe_session,
)
from tests.ordinary_user import ordinary_folder, run_as_ordinary_user, skip_unless_ordinary_user_can_run

REMOVED, WAS_NOT_THERE, FAILED = WipeOutcome.REMOVED, WipeOutcome.WAS_NOT_THERE, WipeOutcome.FAILED


class MemoryHalves:
    """Session halves in a dictionary, and the order in which things were asked."""

    def __init__(self, *session_ids: str) -> None:
        self.halves = dict.fromkeys(session_ids, bytes(32))
        self.on_delete: list[list[str]] = []
        self.watched: Path | None = None

    def session(self, session_id: str) -> bytes | None:
        return self.halves.get(session_id)

    def delete_session(self, session_id: str) -> bool:
        if self.watched is not None:
            self.on_delete.append(sorted(path.name for path in self.watched.iterdir()))
        return self.halves.pop(session_id, None) is not None

    def session_ids(self) -> list[str]:
        return sorted(self.halves)


class DeadHalves(MemoryHalves):
    """A keyring that stopped answering."""

    def delete_session(self, session_id: str) -> bool:
        raise WorkstationError("The keyring does not answer.", code="K1")

    def session_ids(self) -> list[str]:
        raise WorkstationError("The keyring does not answer.", code="K1")


class StickyHalves(MemoryHalves):
    """A keyring that says it removed what it keeps."""

    def delete_session(self, session_id: str) -> bool:
        return True


def outcomes(report: WipeReport) -> dict[str, WipeOutcome]:
    return {step.name: step.outcome for step in report.steps}


@pytest.fixture
def session(places: Places) -> Iterator[Path]:
    """The folder of a session `s1` that was killed: a cache with its companions, nobody holds the lock."""
    folder = places.session_folder("s1")
    descriptor = hold_session_lock(folder)
    cache = SessionCache.create(folder, bytes(32), ["name"], ["name"])
    cache.add([CacheRow(1, "00", "C-1", "q", ("Siti",), ())])
    yield folder
    cache.close()
    os.close(descriptor)


def test_that_half_and_files_are_gone_and_counted(places: Places, session: Path) -> None:
    store = MemoryHalves("s1", "other")
    size = sum(path.stat().st_size for path in session.iterdir())
    count = len(list(session.iterdir()))
    report = wipe_session(places, store, "s1")
    assert (report.ok, outcomes(report)) == (True, {"keyring": REMOVED, "cache": REMOVED})
    assert (report.steps[1].count, report.steps[1].size_bytes) == (count, size)
    assert all(step.ms >= 0 for step in report.steps)
    assert store.session_ids() == ["other"]
    assert not session.exists()


def test_that_the_key_goes_first(places: Places, session: Path) -> None:
    store = MemoryHalves("s1")
    store.watched = session
    wipe_session(places, store, "s1")
    assert len(store.on_delete) == 1
    assert CACHE_NAME in store.on_delete[0]


def test_that_a_second_wipe_finds_nothing(places: Places, session: Path) -> None:
    store = MemoryHalves("s1")
    wipe_session(places, store, "s1")
    report = wipe_session(places, store, "s1")
    assert (report.ok, outcomes(report)) == (True, {"keyring": WAS_NOT_THERE, "cache": WAS_NOT_THERE})
    assert not session.exists()


def test_that_everything_in_the_folder_goes_and_nothing_behind_a_link(places: Places, session: Path) -> None:
    victim = private_folder(places.home / "victim")
    (victim / "file").write_text("stays")
    (session / "link to folder").symlink_to(victim)
    (session / "link to file").symlink_to(victim / "file")
    (session / "deep" / "er").mkdir(parents=True)
    (session / "deep" / "er" / "x").write_text("goes")
    (session / "deep" / "link").symlink_to(victim)
    os.mkfifo(session / "pipe")
    os.link(victim / "file", session / "second name")
    report = wipe_session(places, MemoryHalves(), "s1")
    assert outcomes(report)["cache"] is REMOVED
    assert not session.exists()
    assert (victim / "file").read_text() == "stays"


def test_that_a_session_folder_that_is_a_link_is_removed_and_not_followed(places: Places) -> None:
    victim = private_folder(places.home / "victim")
    (victim / "file").write_text("stays")
    places.session_folder("s2").symlink_to(victim)
    assert wipe_session(places, MemoryHalves(), "s2").ok
    assert not os.path.lexists(places.session_folder("s2"))
    assert (victim / "file").read_text() == "stays"


def test_that_own_folders_without_permissions_still_go(places: Places, session: Path) -> None:
    (session / "sub").mkdir()
    (session / "sub" / "x").touch()
    (session / "sub").chmod(0)
    session.chmod(0o500)
    assert wipe_session(places, MemoryHalves(), "s1").ok
    assert not session.exists()


def test_that_a_dead_keyring_is_said_and_the_files_go_all_the_same(places: Places, session: Path) -> None:
    report = wipe_session(places, DeadHalves("s1"), "s1")
    assert (report.ok, outcomes(report)) == (False, {"keyring": FAILED, "cache": REMOVED})
    assert report.steps[0].detail == "The keyring does not answer."
    assert not session.exists()


def test_that_no_keyring_at_all_is_not_taken_for_a_removed_key(places: Places, session: Path) -> None:
    report = wipe_session(places, None, "s1")
    assert (report.ok, outcomes(report)) == (False, {"keyring": FAILED, "cache": REMOVED})
    assert not session.exists()


def test_that_a_half_that_is_still_there_after_removal_is_said(places: Places) -> None:
    report = wipe_session(places, StickyHalves("s1"), "s1")
    assert outcomes(report) == {"keyring": FAILED, "cache": WAS_NOT_THERE}
    assert "still has" in report.steps[0].detail


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can plant a file that the ordinary user cannot delete")
def test_that_a_file_that_cannot_be_deleted_is_said_while_the_key_and_the_rest_go() -> None:
    skip_unless_ordinary_user_can_run()
    with ordinary_folder() as folder:
        cache = folder / "cache"
        planted = cache / "s1" / "planted"
        planted.mkdir(parents=True)
        (planted / "file").write_text("x")
        (cache / "s1" / CACHE_NAME).write_text("x")
        (cache / "s1" / LOCK_NAME).write_text("")
        for path in (cache, cache / "s1", cache / "s1" / CACHE_NAME, cache / "s1" / LOCK_NAME):
            os.chown(path, 65534, 65534)
        done = run_as_ordinary_user(
            f"""
from pathlib import Path
from app.storage.places import Places
from app.storage.wiping import wipe_session
from tests.unit.storage.test_wiping import MemoryHalves
store = MemoryHalves("s1")
report = wipe_session(Places(Path("/nowhere"), Path({str(cache)!r}), Path("/nowhere")), store, "s1")
print(report.ok, [str(step.outcome) for step in report.steps], store.session_ids())
print(report.steps[1].detail)
""",
            folder,
        )
        assert done.stderr == ""
        first, second = done.stdout.splitlines()
        assert first == "False ['removed', 'failed'] []"
        assert "another file: Permission denied" in second
        assert not (cache / "s1" / CACHE_NAME).exists()
        assert (planted / "file").exists()


def test_that_wipes_at_the_same_time_all_succeed(places: Places) -> None:
    for round_ in range(10):
        session_id = f"s{round_}"
        folder = private_folder(places.session_folder(session_id))
        for n in range(100):
            (folder / f"f{n}").touch()
        store = MemoryHalves(session_id)
        reports: list[WipeReport] = []
        start = threading.Barrier(4)

        def wipe(
            session_id: str = session_id,
            store: MemoryHalves = store,
            reports: list[WipeReport] = reports,
            start: threading.Barrier = start,
        ) -> None:
            start.wait()
            reports.append(wipe_session(places, store, session_id))

        threads = [threading.Thread(target=wipe) for _ in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert [report.ok for report in reports] == [True] * 4
        assert sum(report.steps[1].count for report in reports) == 100
        assert sum(outcomes(report)["keyring"] is REMOVED for report in reports) == 1
        assert not folder.exists()


def test_that_a_living_session_is_not_swept_and_a_dead_one_is(places: Places, session: Path) -> None:
    store = MemoryHalves("s1", "dead", "half only")
    store.halves["half-only"] = store.halves.pop("half only")
    private_folder(places.session_folder("dead"))
    private_folder(places.session_folder("no-half"))
    reports = {report.session: report for report in sweep(places, store)}
    assert sorted(reports) == ["dead", "half-only", "no-half"]
    assert all(report.ok for report in reports.values())
    assert outcomes(reports["half-only"]) == {"keyring": REMOVED, "cache": WAS_NOT_THERE}
    assert (store.session_ids(), places.session_ids()) == (["s1"], ["s1"])
    assert session.exists()


def test_that_a_session_can_be_swept_once_its_holder_is_gone(places: Places) -> None:
    descriptor = hold_session_lock(places.session_folder("s9"))
    store = MemoryHalves("s9")
    assert sweep(places, store) == []
    os.close(descriptor)
    assert [report.session for report in sweep(places, store)] == ["s9"]
    assert sweep(places, store) == []


def test_that_a_sweep_with_a_dead_keyring_clears_the_folders_and_says_so(places: Places) -> None:
    private_folder(places.session_folder("s9"))
    reports = sweep(places, DeadHalves("s9"))
    assert [(report.session, report.ok) for report in reports] == [("", False), ("s9", False)]
    assert places.session_ids() == []


def test_that_a_link_in_the_cache_root_or_in_place_of_a_lock_does_not_stop_a_sweep(places: Places) -> None:
    victim = private_folder(places.home / "victim")
    places.session_folder("link").symlink_to(victim)
    folder = private_folder(places.session_folder("s9"))
    (folder / LOCK_NAME).symlink_to(victim / "made by mistake")
    assert all(report.ok for report in sweep(places, MemoryHalves()))
    assert places.session_ids() == []
    assert list(victim.iterdir()) == []


def test_that_a_lock_is_held_by_one(places: Places) -> None:
    folder = places.session_folder("s9")
    descriptor = hold_session_lock(folder)
    with pytest.raises(SessionLockedError):
        hold_session_lock(folder)
    os.close(descriptor)
    os.close(hold_session_lock(folder))


def test_that_a_folder_swept_while_it_is_being_locked_is_made_again(
    places: Places, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = places.session_folder("s9")
    flock = fcntl.flock
    swept: list[WipeReport] = []

    def sweep_first(descriptor: int, operation: int) -> None:
        monkeypatch.setattr(fcntl, "flock", flock)
        swept.extend(sweep(places, MemoryHalves()))
        flock(descriptor, operation)

    monkeypatch.setattr(fcntl, "flock", sweep_first)
    descriptor = hold_session_lock(folder)
    assert [report.session for report in swept] == ["s9"]
    assert (folder / LOCK_NAME).stat().st_ino == os.fstat(descriptor).st_ino
    assert sweep(places, MemoryHalves()) == []
    os.close(descriptor)
