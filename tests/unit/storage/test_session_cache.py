"""The session cache finds what a person types, literally, and holds nothing that is not given to it."""

import contextlib
import json
import os
import re
import sqlite3
import threading
from array import array
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.storage import cache_search, sqlcipher
from app.storage.cache_rows import CacheRow, WrittenRow
from app.storage.places import private_folder
from app.storage.session_cache import SessionCache
from app.storage.sqlcipher import EncryptedFileError
from app.storage.wiping import CACHE_NAME

KEY = bytes(range(32))
FIELDS = ("name", "city", "ticket", "since")
SEARCHABLE = ("name", "city", "ticket")
MASKS = (("+62", "47", 6), ("", "", 16), ("", "Bandung", 10))


def row(id_: int, name: str, city: str = "Bandung", queue: str = "billing", number: str = "") -> CacheRow:
    number = number or f"C-{104000 + id_}"
    return CacheRow(id_, f"{id_:032x}", number, queue, (name, city, f"T/{id_}", "2019-04"), MASKS)


CUSTOMERS = [
    row(1, "Siti Rahayu"),
    row(2, "Budi Santoso", "Surabaya", "cards"),
    row(3, "Rahayu Siti", "Médan"),
    row(4, "Élan O'Neil", "Jakarta Selatan"),
    row(5, "Sitompul", "Garut", "cards"),
    row(6, "Nur Siti Aisyah", number="C-104288"),
    row(7, 'OR "NEAR" *AND*', "Bogor"),
]


@pytest.fixture
def cache(tmp_path: Path) -> Iterator[SessionCache]:
    made = SessionCache.create(private_folder(tmp_path / "s1"), KEY, FIELDS, SEARCHABLE)
    made.add(CUSTOMERS)
    yield made
    made.close()


def found(cache: SessionCache, query: str, queue: str | None = None) -> list[int]:
    return list(cache.ids(query, queue))


def test_that_rows_come_back_as_they_went_in_and_in_the_order_asked(cache: SessionCache) -> None:
    assert cache.rows([3, 1, 99, 3]) == [CUSTOMERS[2], CUSTOMERS[0], CUSTOMERS[2]]
    assert cache.rows(array("q", [7])) == [CUSTOMERS[6]]
    assert cache.rows([]) == []


def test_that_one_row_is_the_same_and_its_reading_is_no_touch(cache: SessionCache, tmp_path: Path) -> None:
    for change in ("none", "filled", "removed"):
        if change == "filled":
            cache.finish_fill()
        elif change == "removed":
            cache.remove([2])
        before = cache.marks
        assert [cache.row(id_) for id_ in (3, 1, 99)] == [CUSTOMERS[2], CUSTOMERS[0], None]
        cache.check_untouched()
        assert cache.marks == before
    os.utime(tmp_path / "s1" / CACHE_NAME)
    with pytest.raises(EncryptedFileError) as refused:
        cache.row(1)
    assert refused.value.code == "touched"
    cache.close()
    with pytest.raises(EncryptedFileError) as refused:
        cache.row(1)
    assert refused.value.code == "closed"


def test_that_rows_written_down_already_are_the_same_rows(tmp_path: Path, cache: SessionCache) -> None:
    written = [
        WrittenRow(r.id, r.record, r.number, r.queue, r.open, json.dumps(r.open), json.dumps(r.masks))
        for r in CUSTOMERS
    ]  # fmt: skip
    other = SessionCache.create(private_folder(tmp_path / "s2"), KEY, FIELDS, SEARCHABLE)
    other.add(written, {"filling": b"token"})
    ids = range(1, 8)
    assert other.rows(ids) == cache.rows(ids)
    assert [found(other, query) for query in ("siti", "c-104", "medan")] == [
        found(cache, query) for query in ("siti", "c-104", "medan")
    ]
    assert other.get("filling") == b"token"
    other.close()


def test_that_items_stand_with_the_rows_or_not_at_all(cache: SessionCache) -> None:
    with pytest.raises(sqlcipher.DatabaseError):
        cache.add([row(8, "Wulan"), CUSTOMERS[0]], {"filling": b"token"})
    assert (cache.count(), cache.get("filling")) == (7, None)
    assert not found(cache, "wulan")


def test_that_a_cache_that_begins_anew_has_no_row_no_word_and_its_other_items(cache: SessionCache) -> None:
    cache.put("token", b"of the session")
    cache.put("filling", b"token")
    cache.begin_anew("filling", "followed")
    assert (cache.count(), cache.rows(range(8)), found(cache, "siti"), found(cache, "")) == (0, [], [], [])
    assert (cache.get("filling"), cache.get("token")) == (None, b"of the session")
    cache.add(CUSTOMERS[2:])
    assert found(cache, "siti") == [3, 6]
    assert cache.count() == 5
    with cache._guarded() as db:
        db.execute("INSERT INTO found (found) VALUES ('integrity-check')")


def test_that_no_query_gives_everybody_by_id(cache: SessionCache) -> None:
    assert found(cache, "") == found(cache, "  \t") == [1, 2, 3, 4, 5, 6, 7]
    assert list(cache.ids(limit=2)) == [1, 2]
    assert cache.ids().typecode == "q"


@pytest.mark.parametrize(
    ("query", "ids"),
    [
        ("budi", [2]),
        ("BUDI san", [2]),
        ("san budi", [2]),
        ("bandung nur", [6]),
        ("medan", [3]),
        ("MÉDAN", [3]),
        ("elan", [4]),
        ("o'neil", [4]),
        ("c-104288", [6]),
        ("104288", [6]),
        ("C-1042", [6]),
        ("T/5", [5]),
        ("jakarta selatan", [4]),
        ("udi", []),
        ("budi siti", []),
        ("2019", []),
    ],
)
def test_that_each_word_begins_a_word_of_the_row(cache: SessionCache, query: str, ids: list[int]) -> None:
    assert found(cache, query) == ids


def test_that_names_that_begin_with_the_query_come_first(cache: SessionCache) -> None:
    assert found(cache, "siti") == [1, 3, 6]
    assert found(cache, "sit") == [1, 5, 3, 6]
    assert found(cache, "rahayu") == [3, 1]
    assert found(cache, "nur  SITI") == [6]
    assert list(cache.ids("sit", limit=2)) == [1, 5]


QUERIES = ("s", "si", "sit", "siti", "b", "rahayu s", "o'n", "c-1042", "nur  SITI", "zz", "*", "1", "", "  ")
NAMES = ("Siti", "Sitompul", "Rahayu", "O'Neil", "Élan", "Médan", "al-Fatih", "1st")


@pytest.mark.parametrize("query", QUERIES)
def test_that_the_first_are_the_first_of_all(cache: SessionCache, query: str) -> None:
    for limit in (1, 2, 3, 50):
        assert cache.first_ids(query, limit) == cache.ids(query)[:limit]


@pytest.mark.parametrize("query", ["Médan", "é"])
def test_that_of_some_queries_only_the_whole_search_tells(cache: SessionCache, query: str) -> None:
    assert cache.first_ids(query, 50) is None


@given(st.lists(st.sampled_from(NAMES), min_size=1))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=50, deadline=None)
def test_that_the_first_of_any_names_are_the_first_of_all(cache: SessionCache, words: list[str]) -> None:
    cache.replace([row(1000 + at, " ".join(words[at:])) for at in range(len(words))])
    for query in {word[:length].lower() for word in words for length in (1, 2, 3, 9)}:
        first = cache.first_ids(query, 3)
        assert first in (None, cache.ids(query)[:3])
        assert (first is None) == (not query.isascii())


def test_that_nothing_comes_of_a_search_that_is_stopped(cache: SessionCache, monkeypatch: pytest.MonkeyPatch) -> None:
    assert list(cache.ids("s", is_stopped=lambda: True)) == []
    monkeypatch.setattr(cache_search, "_PIECE", 2)
    looks = iter([False, False, True, True])
    assert list(cache.ids("s", is_stopped=lambda: next(looks))) == []
    assert found(cache, "s") == [1, 5, 2, 3, 4, 6], "in pieces of two, all are found"


def test_that_a_queue_narrows_with_and_without_a_query(cache: SessionCache) -> None:
    assert found(cache, "", "cards") == [2, 5]
    assert found(cache, "s", "cards") == [5, 2]
    assert found(cache, "siti", "no such queue") == []


@pytest.mark.parametrize("query", ["*", '"', "()", "-", "'", "^", "\0", "' OR x=x --", "words:siti", "siti NOT rahayu"])
def test_that_signs_and_operators_mean_nothing(cache: SessionCache, query: str) -> None:
    assert found(cache, query) == []


def test_that_operators_are_ordinary_words(cache: SessionCache) -> None:
    for query in ("OR", "near and", '"or"', "NEAR(", "*and*"):
        assert found(cache, query) == [7]


def test_that_a_sign_beside_a_word_is_passed_over(cache: SessionCache) -> None:
    assert found(cache, '"siti"*') == found(cache, "siti*") == [1, 3, 6]
    assert found(cache, "budi\0") == [2]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=300)
@given(query=st.text(max_size=40))
def test_that_any_text_is_answered_with_known_ids(cache: SessionCache, query: str) -> None:
    assert set(found(cache, query)) <= set(range(1, 8))


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=150)
@given(name=st.text(min_size=1, max_size=30), data=st.data())
def test_that_a_row_is_found_by_its_name_and_by_the_beginning_of_it(
    cache: SessionCache, name: str, data: st.DataObject
) -> None:
    cache.replace([row(99, name)])
    beginning = name[: data.draw(st.integers(1, len(name)))]
    for query in (name, beginning, name.lower(), name.upper() if name.upper().lower() == name.lower() else name):
        words = re.findall(r"[a-z0-9]+", query)
        if words and query.isascii():
            assert 99 in found(cache, query)


def test_that_a_very_long_query_is_cut_and_answered(cache: SessionCache) -> None:
    assert found(cache, "budi " * 10_000) == [2]
    assert found(cache, " ".join(f"w{n}" for n in range(1000))) == []


def test_that_search_works_from_the_first_chunk_on(tmp_path: Path) -> None:
    cache = SessionCache.create(private_folder(tmp_path / "s"), KEY, FIELDS, SEARCHABLE)
    seen = []
    for number in range(3):
        cache.add([row(number * 10 + n, f"Siti{number} Ayu") for n in range(10)])
        seen.append((cache.count(), len(cache.ids("siti")), len(cache.ids(f"siti{number}")), cache.filled))
    cache.finish_fill()
    assert seen == [(10, 10, 10, False), (20, 20, 10, False), (30, 30, 10, False)]
    assert (cache.filled, len(cache.ids("siti"))) == (True, 30)
    cache.close()


def test_that_a_changed_row_is_found_by_its_new_words_only(cache: SessionCache) -> None:
    cache.replace([row(2, "Dewi Lestari", "Solo"), row(50, "New One"), row(50, "Newest One")])
    assert (found(cache, "budi"), found(cache, "dewi"), found(cache, "newest"), cache.count()) == ([], [2], [50], 8)
    assert found(cache, "surabaya") == []


def test_that_a_removed_row_is_gone_from_table_and_index(cache: SessionCache) -> None:
    cache.remove([2, 2, 999])
    assert (cache.count(), cache.rows([2]), found(cache, "budi"), found(cache, "", "cards")) == (6, [], [], [5])


def test_that_a_bad_chunk_is_refused_whole(cache: SessionCache) -> None:
    short = CacheRow(60, "00", "C-1", "billing", ("only a name",), MASKS)
    with pytest.raises(ValueError, match="1 open fields"):
        cache.add([row(59, "Good One"), short])
    with pytest.raises(sqlcipher.DatabaseError):
        cache.add([row(59, "Good One"), row(1, "Taken Id")])
    assert (cache.count(), found(cache, "good")) == (7, [])


def test_that_items_of_the_session_are_kept_replaced_and_forgotten(cache: SessionCache) -> None:
    assert cache.get("draft") is None
    cache.put("draft", b"\x00first")
    cache.put("draft", b"second")
    assert cache.get("draft") == b"second"
    cache.forget("draft")
    cache.forget("draft")
    assert cache.get("draft") is None


def test_that_a_reopened_cache_knows_what_it_is(cache: SessionCache, tmp_path: Path) -> None:
    cache.put("token", b"t")
    cache.finish_fill()
    cache.close()
    again = SessionCache.open(tmp_path / "s1", KEY)
    assert (again.fields, again.searchable, again.filled, again.count()) == (FIELDS, SEARCHABLE, True, 7)
    assert (list(again.ids("sit")), again.get("token"), again.rows([4])) == ([1, 5, 3, 6], b"t", [CUSTOMERS[3]])
    again.close()
    again.close()


@pytest.mark.parametrize("is_kept", [True, False], ids=["kept", "by-a-version-that-did-not-keep-it"])
def test_that_a_reopened_cache_counts_what_was_added_replaced_followed_and_removed(
    cache: SessionCache, tmp_path: Path, *, is_kept: bool
) -> None:
    cache.replace([row(7, "Dewi"), row(8, "Wulan"), row(9, "Agus")])
    cache.follow([row(10, "Joko")], [1, 2], "follows", b"mark")
    cache.remove([3, 99])
    with pytest.raises(sqlcipher.DatabaseError):
        cache.add([row(11, "Ratna"), row(4, "Twice")])
    if not is_kept:
        with cache._guarded() as db:
            db.execute("DELETE FROM about WHERE key = 'count'")
    cache.close()
    again = SessionCache.open(tmp_path / "s1", KEY)
    assert again.count() == len(again.ids()) == 7
    again.add([row(11, "Ratna")])
    again.close()
    again = SessionCache.open(tmp_path / "s1", KEY)
    assert again.count() == len(again.ids()) == 8
    again.close()


def test_that_another_name_field_can_order_the_results(tmp_path: Path) -> None:
    cache = SessionCache.create(private_folder(tmp_path / "s"), KEY, FIELDS, SEARCHABLE, name="city")
    cache.add([row(1, "Bogor Siti", "Garut"), row(2, "Siti", "Bogor")])
    assert list(cache.ids("bogor")) == [2, 1]
    cache.close()


def test_that_a_cache_without_a_searchable_field_still_finds_numbers(tmp_path: Path) -> None:
    cache = SessionCache.create(private_folder(tmp_path / "s"), KEY, ["since"], [])
    cache.add([CacheRow(1, "00", "C-77", "q", ("2019",), ())])
    assert (list(cache.ids("c-77")), list(cache.ids("2019"))) == ([1], [])
    cache.close()


def test_that_an_unknown_searchable_field_is_a_fault_of_ours(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="nik"):
        SessionCache.create(private_folder(tmp_path / "s"), KEY, FIELDS, ["nik"])
    assert not list((tmp_path / "s").iterdir())


def test_that_a_second_cache_is_not_made_over_the_first(cache: SessionCache, tmp_path: Path) -> None:
    with pytest.raises(EncryptedFileError) as caught:
        SessionCache.create(tmp_path / "s1", KEY, FIELDS, SEARCHABLE)
    assert caught.value.code == "exists"
    assert cache.count() == 7


def test_that_another_key_or_a_damaged_cache_is_refused_and_left(cache: SessionCache, tmp_path: Path) -> None:
    cache.finish_fill()
    cache.close()
    path = tmp_path / "s1" / CACHE_NAME
    with pytest.raises(EncryptedFileError):
        SessionCache.open(tmp_path / "s1", bytes(32))
    path.write_bytes(path.read_bytes()[:-4096])
    before = path.read_bytes()
    with pytest.raises(EncryptedFileError):
        SessionCache.open(tmp_path / "s1", KEY)
    assert path.read_bytes() == before


def test_that_damage_met_while_reading_is_said_as_such(cache: SessionCache, tmp_path: Path) -> None:
    cache.add([row(1000 + n, f"Filler {n} " + "x" * 200) for n in range(2000)])
    cache.finish_fill()
    cache.close()
    path = tmp_path / "s1" / CACHE_NAME
    data = bytearray(path.read_bytes())
    for page in range(8, len(data) // 4096):
        data[page * 4096 + 2000] ^= 1
    path.write_bytes(data)
    with pytest.raises(EncryptedFileError):  # noqa: PT012 (which call meets it depends on SQLite's page order)
        again = SessionCache.open(tmp_path / "s1", KEY)
        try:
            again.rows(again.ids("filler"))
        finally:
            again.close()


def test_that_another_encrypted_file_is_not_taken_for_a_cache(tmp_path: Path) -> None:
    folder = private_folder(tmp_path / "s")
    sqlcipher.connect(folder / CACHE_NAME, KEY, memory_security=False, create=True).close()
    with pytest.raises(EncryptedFileError, match="another version"):
        SessionCache.open(folder, KEY)


def test_that_the_file_has_columns_for_open_fields_and_masks_only(cache: SessionCache, tmp_path: Path) -> None:
    cache.close()
    connection = sqlcipher.connect(tmp_path / "s1" / CACHE_NAME, KEY, memory_security=False)
    tables = {name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    columns = [name for _, name, *_ in connection.execute("PRAGMA table_info(customer)")]
    connection.close()
    assert {name for name in tables if not name.startswith(("found", "sqlite_"))} == {"customer", "item", "about"}
    assert columns == ["id", "record", "number", "queue", "name_key", "open", "masks"]


def test_that_nothing_on_the_disk_is_readable_without_the_key(cache: SessionCache, tmp_path: Path) -> None:
    canary = "canary" + os.urandom(16).hex()
    cache.add([row(70, canary)])
    cache.put("draft", canary.encode())
    assert found(cache, canary) == [70]
    for path in (tmp_path / "s1").iterdir():
        assert canary.encode() not in path.read_bytes()
    with (
        contextlib.closing(sqlite3.connect(tmp_path / "s1" / CACHE_NAME)) as plain,
        pytest.raises(sqlite3.DatabaseError),
    ):
        plain.execute("SELECT * FROM customer")


def test_that_a_removed_name_is_not_left_in_the_file_for_who_has_the_key(cache: SessionCache, tmp_path: Path) -> None:
    canary = "zz" + os.urandom(16).hex()
    cache.add([row(70, canary)])
    cache.remove([70])
    cache.finish_fill()
    cache.close()
    connection = sqlcipher.connect(tmp_path / "s1" / CACHE_NAME, KEY, memory_security=False)
    stored = [value for (value,) in connection.execute("SELECT block FROM found_data")]
    names = connection.execute("SELECT count(*) FROM customer WHERE open LIKE ?", (f"%{canary}%",)).fetchone()
    connection.close()
    assert names == (0,)
    assert not [block for block in stored if canary.encode() in bytes(block)]


def test_that_threads_may_fill_and_search_at_once(cache: SessionCache) -> None:
    faults: list[BaseException] = []

    def attempt(work: "threading.Event", step: int) -> None:
        try:
            for n in range(20):
                cache.add([row(1000 * step + n, f"Thread{step} Row{n}")])
                cache.ids("thread")
                cache.rows(cache.ids("", limit=5))
        except BaseException as fault:  # noqa: BLE001 (handed to the test)
            faults.append(fault)
        work.set()

    done = [threading.Event() for _ in range(4)]
    threads = [threading.Thread(target=attempt, args=(event, n + 1)) for n, event in enumerate(done)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not faults
    assert (cache.count(), len(cache.ids("thread"))) == (87, 80)
