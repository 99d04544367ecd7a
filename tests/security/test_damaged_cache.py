"""T3, T10: a script of the same OS user spoils a session's cache under the running console, or puts an older one back.

Real sessions, real SQLCipher files. Whatever is done to the file, the next use finds it out, no row of it is shown, the
file is put aside in the session's folder, a new one with another half, key and generation is filled from the office,
the office writes down what was done, and the draft is still there. Enforced by *key* (MACs of pages), by the kernel
(the time of change) and by the generation that the guardian keeps.
"""

import contextlib
import json
import os
import random
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from app.session.desk import Desk
from app.session.errors import CacheLostError, OfficeAwayError
from app.session.noting import DRAFT_ITEM, Draft
from app.session.open_cache import CACHES
from app.storage import session_cache, sqlcipher
from app.storage.cache_rows import CacheRow
from app.storage.session_cache import SessionCache
from app.storage.sqlcipher import EncryptedFileError
from tests.demo.customers import demo_customers
from tests.office.door import entries
from tests.office.made import MadeOffice, made_office

PLAY = Path(__file__).with_name("older_cache_play.py")
KEY = bytes(range(32))
PAGE = 4096


@dataclass
class Attacked:
    """A session whose cache is attacked, and what was told of it."""

    office: MadeOffice
    desk: Desk
    told: list[str] = field(default_factory=list)

    @property
    def folder(self) -> Path:
        return self.office.places.session_folder(self.desk.session)

    @property
    def path(self) -> Path:
        return self.folder / "cache.db"

    @property
    def log(self) -> Path:
        return self.folder / "cache.db-wal"

    def copy(self) -> Path:
        """A copy of file and log as they lie there now, outside of the folder."""
        kept = self.office.places.home.parent / f"kept-{random.randrange(10**9)}"
        kept.mkdir(mode=0o700)
        for file in (self.path, self.log):
            shutil.copy2(file, kept)
        return kept

    def names(self) -> list[str]:
        return sorted(row.name for row in self.desk.rows(self.desk.search("", None).ids))


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[MadeOffice]:
    with made_office(tmp_path_factory.mktemp("office")) as office:
        office.hire("ratna", "Ratna Dewanti")
        office.bring_in(demo_customers(300, 7))
        yield office


@pytest.fixture
def it(office: MadeOffice) -> Iterator[Attacked]:
    attacked = Attacked(office, office.desk("ratna"))
    attacked.desk.when_cache_is_replaced(attacked.told.append)
    yield attacked
    receipt = attacked.desk.end("signed_out")
    assert receipt.ok
    assert not attacked.folder.exists(), "the wipe removes what was put aside, too"


# what is done to the file


def cut_in_half(it: Attacked) -> None:
    os.truncate(it.path, it.path.stat().st_size // PAGE // 2 * PAGE)


def emptied(it: Attacked) -> None:
    os.truncate(it.path, 0)


def cut_within_a_page(it: Attacked) -> None:
    os.truncate(it.path, it.path.stat().st_size - 100)


def with_the_log_cut(it: Attacked) -> None:
    os.truncate(it.log, it.log.stat().st_size - 1000)


def _flip(path: Path, at: int) -> None:
    with path.open("r+b") as file:
        file.seek(at)
        byte = file.read(1)
        file.seek(at)
        file.write(bytes([byte[0] ^ 1]))


def flipped_in_the_middle(it: Attacked) -> None:
    _flip(it.path, it.path.stat().st_size // 2)


def flipped_in_its_first_bytes(it: Attacked) -> None:
    _flip(it.path, 3)


def flipped_and_dated_back(it: Attacked) -> None:
    was = it.path.stat()
    _flip(it.path, was.st_size // 2)
    os.utime(it.path, ns=(was.st_atime_ns, was.st_mtime_ns))


def _plain(path: Path) -> None:
    path.unlink(missing_ok=True)
    db = sqlite3.connect(path)
    db.execute("CREATE TABLE customer (id INTEGER PRIMARY KEY, open TEXT)")
    db.execute("INSERT INTO customer VALUES (1, 'an invented customer')")
    db.commit()
    db.close()
    path.chmod(0o600)


def replaced_by_a_plain_file(it: Attacked) -> None:
    _plain(it.path)


def overwritten_by_a_plain_file(it: Attacked) -> None:
    other = it.office.places.home.parent / "plain.db"
    _plain(other)
    it.path.write_bytes(other.read_bytes())


def replaced_by_another_sessions_file(it: Attacked) -> None:
    other = it.folder.parent / "other"
    shutil.rmtree(other, ignore_errors=True)
    other.mkdir(mode=0o700)
    cache = SessionCache.create(other, KEY, ["name"], ["name"])
    cache.add([CacheRow(1, "00", "C-1", "billing", ("an invented customer",), ())])
    cache.close()
    (other / "cache.db").rename(it.path)
    shutil.rmtree(other)


def replaced_by_a_link(it: Attacked) -> None:
    target = it.office.places.home.parent / "kept.db"
    it.path.rename(target)
    it.path.symlink_to(target)


def deleted(it: Attacked) -> None:
    it.path.unlink()


def with_its_log_deleted(it: Attacked) -> None:
    it.log.unlink()


def with_its_folder_deleted(it: Attacked) -> None:
    shutil.rmtree(it.folder)


def _older(it: Attacked) -> Path:
    kept = it.copy()
    record = it.desk.customer(it.desk.search("", None).ids[0]).record
    it.desk.save_note(record, it.desk.new_note(), "written after the copy")
    return kept


def replaced_by_an_older_copy(it: Attacked) -> None:
    kept = _older(it)
    for file in (it.path, it.log):
        (kept / file.name).replace(file)


def overwritten_by_an_older_copy(it: Attacked) -> None:
    kept = _older(it)
    for file in (it.path, it.log):
        was = file.stat()
        file.write_bytes((kept / file.name).read_bytes())
        os.utime(file, ns=(was.st_atime_ns, was.st_mtime_ns))


def with_an_older_page(it: Attacked) -> None:
    """One page of the running file as it was a moment ago: its MAC is right."""
    before = it.path.read_bytes()
    it.desk._open.cache.replace(it.desk._open.cache.rows(it.desk.search("", None).ids)[::-1])
    it.desk._open.cache.finish_fill()
    now = it.path.read_bytes()
    changed = [
        at for at in range(PAGE, min(len(before), len(now)), PAGE) if before[at : at + PAGE] != now[at : at + PAGE]
    ]
    with it.path.open("r+b") as file:
        file.seek(changed[-1])
        file.write(before[changed[-1] : changed[-1] + PAGE])


def touched(it: Attacked) -> None:
    os.utime(it.path)


DRAFT = Draft("00" * 16, "11" * 16, "half a sentence", revision=1)
DONE: list[tuple[Callable[[Attacked], None], set[str]]] = [
    (cut_in_half, {"truncated"}),
    (emptied, {"truncated"}),
    (cut_within_a_page, {"truncated"}),
    (with_the_log_cut, {"truncated", "older"}),
    (flipped_in_the_middle, {"damaged"}),
    (flipped_in_its_first_bytes, {"damaged"}),
    (flipped_and_dated_back, {"damaged"}),
    (replaced_by_a_plain_file, {"foreign"}),
    (overwritten_by_a_plain_file, {"foreign"}),
    (replaced_by_another_sessions_file, {"foreign"}),
    (replaced_by_a_link, {"foreign"}),
    (deleted, {"missing"}),
    (with_its_log_deleted, {"missing"}),
    (with_its_folder_deleted, {"missing"}),
    (replaced_by_an_older_copy, {"older"}),
    (overwritten_by_an_older_copy, {"older"}),
    (with_an_older_page, {"touched"}),
    (touched, {"touched"}),
]


@pytest.mark.slow
@pytest.mark.parametrize(("attack", "reasons"), DONE, ids=[attack.__name__ for attack, _ in DONE])
def test_that_a_spoilt_cache_is_put_aside_filled_anew_and_written_down(
    it: Attacked, attack: Callable[[Attacked], None], reasons: set[str]
) -> None:
    office, desk = it.office, it.desk
    customers, before = it.names(), len(entries(office, "cache.replaced"))
    desk._keep_draft(DRAFT, DRAFT.text)
    half, generation, salt = office.store.session(desk.session), desk._open.cache.generation, desk._open.cache.salt
    attack(it)
    generation = max(generation, desk._open.cache.generation)
    assert it.names() == [], "nothing of the spoilt file is shown"
    assert len(it.told) == 1
    assert set(it.told) <= reasons
    desk.fill(lambda _rows, _total: None)
    assert it.names() == customers
    assert [e.reason for e in entries(office, "cache.replaced")[before:]] == it.told
    assert office.store.session(desk.session) not in (None, half), "another half of the key"
    assert office.guardian.generations[desk.session] == desk._open.cache.generation > generation
    assert it.path.read_bytes()[:16] == desk._open.cache.salt != salt, "another file"
    assert json.loads(desk._open.cache.get(DRAFT_ITEM) or b"{}")["text"] in ("half a sentence", "")
    assert desk._open.cache.get("token") == desk._answer.token
    desk.save_note(desk.customer(desk.search("", None).ids[0]).record, desk.new_note(), "work goes on")


def test_that_a_draft_lives_on_in_the_cache_that_replaces_a_spoilt_one(it: Attacked) -> None:
    it.desk._keep_draft(DRAFT, DRAFT.text)
    deleted(it)
    it.desk.search("", None)
    assert json.loads(it.desk._open.cache.get(DRAFT_ITEM) or b"{}")["text"] == "half a sentence"


def test_that_a_note_reaches_the_office_though_the_cache_was_just_spoilt(it: Attacked) -> None:
    record = it.desk.customer(it.desk.search("", None).ids[0]).record
    before = it.desk.note_count(record)
    emptied(it)
    it.desk.save_note(record, it.desk.new_note(), "the caller is on the line")
    assert it.desk.note_count(record) == before + 1
    assert it.told == ["truncated"]


def test_that_an_idle_console_finds_it_out_with_its_next_beat(it: Attacked) -> None:
    before = len(entries(it.office, "cache.replaced"))
    flipped_in_the_middle(it)
    it.desk.beat()
    assert it.told == ["damaged"]
    assert len(entries(it.office, "cache.replaced")) == before + 1


def test_that_a_customer_who_is_not_back_yet_is_not_called_a_stranger(it: Attacked) -> None:
    id_ = it.desk.search("", None).ids[0]
    deleted(it)
    with pytest.raises(Exception, match="fetched again") as refusal:
        it.desk.customer(id_)
    assert getattr(refusal.value, "code", "") == "filling"


def test_that_what_was_put_aside_opens_with_no_key_that_is_left(it: Attacked) -> None:
    touched(it)
    it.desk.search("", None)
    aside = next(it.folder.glob("put-aside-*-cache.db"))
    with pytest.raises(EncryptedFileError):
        sqlcipher.connect(aside, it.desk._open._key, memory_security=False)


def test_that_the_office_hears_of_it_later_if_it_is_away(it: Attacked) -> None:
    office, desk = it.office, it.desk
    record = desk.customer(desk.search("", None).ids[0]).record
    deleted(it)
    office.stop()
    try:
        assert it.names() == []
        with pytest.raises(OfficeAwayError):
            desk.fill(lambda _rows, _total: None)
        kept = desk.save_note(record, desk.new_note(), "kept for the office, sealed to it")
        assert isinstance(kept.why, OfficeAwayError)
        assert desk._cache._untold == ["missing"]
    finally:
        office.serve()


def test_that_a_session_whose_cache_is_spoilt_again_and_again_is_told_to_end(it: Attacked) -> None:
    for _ in range(CACHES - 1):
        deleted(it)
        it.desk.search("", None)
    deleted(it)
    with pytest.raises(CacheLostError):
        it.desk.search("", None)
    with pytest.raises(CacheLostError):
        it.desk.beat()


def test_that_a_fill_goes_on_with_the_new_file_when_the_old_one_is_spoilt_meanwhile(
    office: MadeOffice, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.backoffice.filling.CHUNK_ROWS", 40)
    monkeypatch.setattr("app.session.filling.CHUNKS_AT_ONCE", 1)
    desk = office.sign_in().sign_in("ratna", office.people["ratna"].password, office.code("ratna"))
    it = Attacked(office, desk)
    seen: list[int] = []

    def spoil_after_the_first(rows: int, _total: int) -> None:
        seen.append(rows)
        if len(seen) == 1:
            emptied(it)

    desk.fill(spoil_after_the_first)
    assert len(it.names()) == len(set(it.names())) > 40
    assert seen.count(40) == 2, "from the beginning, for the new file"
    desk.end("signed_out")


# without the first look: what SQLCipher itself says


@pytest.fixture
def made(tmp_path: Path) -> Path:
    folder = tmp_path / "s"
    folder.mkdir(mode=0o700)
    cache = SessionCache.create(folder, KEY, ["name", "city"], ["name", "city"])
    for start in (0, 700, 1400):
        rows = range(start, start + 700)
        cache.add(CacheRow(n, f"{n:032x}", f"C-{n}", "billing", (f"Name{n} Of{n % 97}", "Kota"), ()) for n in rows)
    cache.finish_fill()
    cache.close()
    return folder


def use_everything(cache: SessionCache) -> None:
    cache.ids("name")
    cache.ids("name1 ko", "billing")
    cache.ids("")
    cache.rows(range(2100))
    cache.get("draft")
    cache.put("draft", b"x")
    cache.replace([CacheRow(5, "00", "C-5", "billing", ("Somebody Else", "Kota"), ())])
    cache.finish_fill()


def test_that_a_flipped_byte_anywhere_is_named_as_damage_and_never_as_a_fault_of_ours(made: Path) -> None:
    whole = (made / "cache.db").read_bytes()
    found, chance = 0, random.Random(20260303)
    places = [page * PAGE + chance.randrange(PAGE) for page in range(len(whole) // PAGE)]
    for at in places:
        (made / "cache.db").write_bytes(whole[:at] + bytes([whole[at] ^ 4]) + whole[at + 1 :])
        for name in ("cache.db-wal", "cache.db-shm"):
            (made / name).unlink(missing_ok=True)
        try:
            cache = SessionCache.open(made, KEY)
        except EncryptedFileError:
            found += 1
            continue
        try:
            use_everything(cache)
        except EncryptedFileError:
            found += 1
        finally:
            cache.close()
    assert found > len(places) * 0.7, "a page that nobody reads hides a flipped byte, the others do not"


def test_that_without_the_first_look_a_spoilt_file_is_found_by_its_pages(
    it: Attacked, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The mark is the first look only: a writer within the same tick of the kernel's clock would leave it as it is."""
    monkeypatch.setattr(session_cache.SessionCache, "_marks_now", lambda _cache: it.desk._open.cache._marks)
    whole = it.path.read_bytes()
    it.path.write_bytes(whole[:PAGE] + os.urandom(len(whole) - PAGE))
    it.desk._open.cache._connection.execute("PRAGMA shrink_memory")
    assert it.names() == []
    assert it.told == ["damaged"]


# an older copy, opened again by another process


def test_that_an_older_cache_is_refused_by_the_generation_that_the_guardian_was_told(tmp_path: Path) -> None:
    """Real processes: a ward writes and tells; another one opens what lies there afterwards."""
    (tmp_path / "cache").mkdir(mode=0o700)
    result = subprocess.run(
        [sys.executable, str(PLAY), str(tmp_path / "cache")], capture_output=True, text=True, check=True, timeout=60
    )
    said = json.loads(result.stdout)
    assert said["told"] > 2, "the guardian was told, and a lower number told last changes nothing"
    assert said["newest"] == "opens"
    assert said["older"] == "older"
    assert said["older_without_the_guardian"] == "opens", "the control: only the generation tells them apart"
    assert (said["a_strangers"], said["stranger_is_shut_out"]) == ({}, True)


@pytest.mark.parametrize("attack", [emptied, replaced_by_another_sessions_file, deleted, with_its_log_deleted])
def test_that_a_file_spoilt_in_the_middle_of_our_own_write_is_not_taken_for_ours(
    it: Attacked, attack: Callable[[Attacked], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    cache = it.desk._open.cache
    indexed, calls = cache._indexed, list[int]()

    def spoiling(row: CacheRow) -> tuple[int, str]:
        calls.append(row.id)
        if len(calls) == 1:
            attack(it)
        return indexed(row)

    monkeypatch.setattr(cache, "_indexed", spoiling)
    rows = cache.rows(it.desk.search("", None).ids[:5])
    with contextlib.suppress(EncryptedFileError):  # SQLite may notice it by itself
        cache.replace(rows)
    assert calls
    assert it.names() == []
    assert len(it.told) == 1
