"""An encrypted file opens with its key, whole and in its place, or not at all."""

import os
import sqlite3
import stat
import threading
from pathlib import Path

import pytest
from sqlalchemy import create_engine, event, text

from app.domain.errors import VerificationError
from app.storage import sqlcipher
from app.storage.sqlcipher import EncryptedFileError, connect

KEY = bytes(range(32))
PAGE = 4096


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """A file of some 50 pages with one table."""
    path = tmp_path / "office.db"
    connection = connect(path, KEY, memory_security=False, create=True)
    connection.execute("CREATE TABLE t (a)")
    connection.executemany("INSERT INTO t VALUES (?)", [("x" * 1000,)] * 200)
    connection.close()
    return path


def _refusal(path: Path, key: bytes = KEY) -> EncryptedFileError:
    with pytest.raises(EncryptedFileError) as caught:
        connect(path, key, memory_security=False)
    assert isinstance(caught.value, VerificationError)
    return caught.value


def test_that_what_was_written_is_read_again_and_nothing_of_it_lies_open(file: Path) -> None:
    connection = connect(file, KEY, memory_security=False)
    assert connection.execute("SELECT count(*), min(a) FROM t").fetchone() == (200, "x" * 1000)
    sqlcipher.check_pages(connection, file)
    connection.close()
    assert b"xxxxxxxx" not in file.read_bytes()
    assert b"SQLite" not in file.read_bytes()


def test_that_the_file_and_its_companions_are_the_owners_alone(tmp_path: Path) -> None:
    before = os.umask(0)
    try:
        connection = connect(tmp_path / "new.db", KEY, memory_security=False, create=True)
        connection.execute("PRAGMA journal_mode = WAL").fetchone()
        connection.execute("CREATE TABLE t (a)")
        modes = {path.name: stat.S_IMODE(path.stat().st_mode) for path in tmp_path.iterdir()}
        connection.close()
    finally:
        os.umask(before)
    assert modes == {"new.db": 0o600, "new.db-wal": 0o600, "new.db-shm": 0o600}


@pytest.mark.parametrize("pragma", [("secure_delete", 1), ("temp_store", 2), ("trusted_schema", 0)])
def test_that_each_open_sets_its_protections(file: Path, pragma: tuple[str, int]) -> None:
    connection = connect(file, KEY, memory_security=False)
    assert connection.execute(f"PRAGMA {pragma[0]}").fetchone() == (pragma[1],)
    connection.close()


def test_that_memory_security_is_on_where_asked_for(file: Path) -> None:
    connection = connect(file, KEY, memory_security=True)
    assert connection.execute("PRAGMA cipher_memory_security").fetchone() == ("1",)
    connection.close()


def test_that_another_key_is_refused_quietly_and_the_file_left(file: Path, capfd: pytest.CaptureFixture[str]) -> None:
    before = file.read_bytes()
    refusal = _refusal(file, bytes(32))
    assert refusal.code == "key_or_damage"
    assert "left as it is" in refusal.message
    assert file.read_bytes() == before
    assert capfd.readouterr() == ("", "")


@pytest.mark.slow
@pytest.mark.parametrize("length", [0, 16, 31, 33, 64])
def test_that_a_key_of_another_length_is_a_fault_of_ours(file: Path, length: int) -> None:
    with pytest.raises(ValueError, match="32 bytes"):
        connect(file, bytes(length), memory_security=False)


@pytest.mark.parametrize("kept", [0, 1, 100, PAGE, PAGE + 77, 10 * PAGE, 10 * PAGE + 77])
def test_that_a_cut_file_is_refused_and_left(file: Path, kept: int) -> None:
    cut = file.read_bytes()[:kept]
    file.write_bytes(cut)
    assert _refusal(file).code == "key_or_damage"
    assert file.read_bytes() == cut


def test_that_a_flipped_byte_of_the_first_page_is_noticed_at_once(file: Path) -> None:
    _flip(file, 100)
    assert _refusal(file).code == "key_or_damage"


def test_that_a_flipped_byte_elsewhere_is_noticed_when_it_is_read_or_looked_for(file: Path) -> None:
    _flip(file, 9 * PAGE + 100)
    connection = connect(file, KEY, memory_security=False)
    with pytest.raises(EncryptedFileError):
        sqlcipher.check_pages(connection, file)
    with pytest.raises(EncryptedFileError), sqlcipher.explained(file):
        connection.execute("SELECT sum(length(a)) FROM t").fetchone()
    connection.close()


def test_that_a_plain_sqlite_file_is_refused_and_left(tmp_path: Path) -> None:
    path = tmp_path / "plain.db"
    plain = sqlite3.connect(path)
    plain.execute("CREATE TABLE t (a)")
    plain.close()
    path.chmod(0o600)
    before = path.read_bytes()
    refusal = _refusal(path)
    assert refusal.code == "plain"
    assert "unencrypted" in refusal.message
    assert path.read_bytes() == before


def test_that_a_missing_file_is_not_made_by_opening_it(tmp_path: Path) -> None:
    assert _refusal(tmp_path / "missing.db").code == "missing"
    assert _refusal(tmp_path / "no" / "folder.db").code in {"missing", "place"}
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("there", ["file", "empty file", "link", "broken link"])
def test_that_creating_demands_that_nothing_is_there(tmp_path: Path, file: Path, there: str) -> None:
    path = tmp_path / "new.db"
    if there == "file":
        path = file
    elif there == "empty file":
        path.touch(mode=0o600)
    else:
        path.symlink_to(file if there == "link" else tmp_path / "nowhere")
    before = file.read_bytes()
    with pytest.raises(EncryptedFileError) as caught:
        connect(path, KEY, memory_security=False, create=True)
    assert caught.value.code == "exists"
    assert file.read_bytes() == before
    assert not (tmp_path / "nowhere").exists()


def test_that_a_link_or_a_second_name_is_refused(tmp_path: Path, file: Path) -> None:
    (tmp_path / "link.db").symlink_to(file)
    assert _refusal(tmp_path / "link.db").code == "place"
    os.link(file, tmp_path / "second.db")
    assert _refusal(tmp_path / "second.db").code == "place"


def test_that_a_file_that_others_may_write_is_refused(file: Path) -> None:
    file.chmod(0o622)
    assert _refusal(file).code == "place"


def test_that_a_file_in_a_folder_of_others_is_refused(file: Path) -> None:
    file.parent.chmod(0o777)
    assert _refusal(file).code == "place"


def test_that_a_file_swapped_while_it_is_opened_is_refused(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    other = connect(file.with_name("other.db"), KEY, memory_security=False, create=True)
    other.close()
    set_up = sqlcipher._set_up

    def swap_after(connection: sqlcipher.Connection, *, create: bool) -> None:
        set_up(connection, create=create)
        file.with_name("other.db").replace(file)

    monkeypatch.setattr(sqlcipher, "_set_up", swap_after)
    assert "replaced" in _refusal(file).message


def test_that_no_message_holds_the_key_or_a_value(file: Path) -> None:
    refusal = _refusal(file, bytes(range(1, 33)))
    chain = repr(refusal) + repr(refusal.__cause__)
    assert bytes(range(1, 33)).hex() not in chain
    assert "xxxx" not in chain


@pytest.mark.parametrize("name", ["with space.db", "a?b#c%41.db", "é'\".db"])
def test_that_odd_file_names_mean_themselves(tmp_path: Path, name: str) -> None:
    connect(tmp_path / name, KEY, memory_security=False, create=True).close()
    connect(tmp_path / name, KEY, memory_security=False).close()
    assert [path.name for path in tmp_path.iterdir()] == [name]


def test_that_sqlalchemy_commits_and_rolls_back_through_it(file: Path) -> None:
    engine = create_engine(
        "sqlite://", creator=lambda: connect(file, KEY, memory_security=False), module=sqlcipher.DBAPI
    )
    event.listen(engine, "begin", lambda connection: connection.exec_driver_sql("BEGIN IMMEDIATE"))
    with engine.begin() as database:
        database.execute(text("DELETE FROM t"))
    with engine.connect() as database:
        database.execute(text("INSERT INTO t VALUES (:a)"), {"a": 1})
        database.rollback()
        assert database.execute(text("SELECT count(*) FROM t")).scalar() == 0
    engine.dispose()


def test_that_another_thread_may_use_the_connection(file: Path) -> None:
    connection = connect(file, KEY, memory_security=False)
    seen: list[object] = []
    thread = threading.Thread(target=lambda: seen.append(connection.execute("SELECT count(*) FROM t").fetchone()))
    thread.start()
    thread.join()
    connection.close()
    assert seen == [(200,)]


def _flip(path: Path, place: int) -> None:
    data = bytearray(path.read_bytes())
    data[place] ^= 1
    path.write_bytes(data)


@pytest.mark.parametrize(
    "words", ["file is not a database", "database disk image is malformed", "vtable constructor failed: found"]
)
def test_that_each_word_of_sqlite_for_a_damaged_file_is_said_as_such(tmp_path: Path, words: str) -> None:
    with pytest.raises(sqlcipher.EncryptedFileError, match="not its key"), sqlcipher.explained(tmp_path / "file"):
        raise sqlcipher.DatabaseError(words)


def test_that_another_error_of_sqlite_passes(tmp_path: Path) -> None:
    with pytest.raises(sqlcipher.DatabaseError, match="no such table"), sqlcipher.explained(tmp_path / "file"):
        raise sqlcipher.DatabaseError("no such table: found")


@pytest.mark.parametrize(("memory_security", "kept"), [(True, 4), (False, 128)])
def test_that_few_statements_are_kept_where_each_would_take_memory_that_is_wiped(
    file: Path, monkeypatch: pytest.MonkeyPatch, memory_security: bool, kept: int
) -> None:
    asked: list[int] = []
    real = sqlcipher.DBAPI.connect

    def noting(*arguments: object, **options: int) -> object:
        asked.append(options["cached_statements"])
        return real(*arguments, **options)

    def plain(connection: sqlcipher.Connection, key: bytes, *, memory_security: bool) -> None:
        key_it(connection, key, memory_security=False)  # the setting itself would stay on for all tests

    key_it = sqlcipher._key
    monkeypatch.setattr(sqlcipher.DBAPI, "connect", noting)
    monkeypatch.setattr(sqlcipher, "_key", plain)
    connect(file, KEY, memory_security=memory_security).close()
    assert asked == [kept]
