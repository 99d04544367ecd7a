"""An order of the session cache is made in small pieces: others are answered between them, a stop leaves nothing."""

import contextlib
import tempfile
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from app.domain.table_query import Among, Sort, TableQuery
from app.storage import order_making, session_cache
from app.storage.cache_rows import CacheRow
from app.storage.session_cache import SessionCache
from app.storage.sqlcipher import EncryptedFileError

KEY, CITY, COUNT = bytes(32), "open:1", 11
CITIES = ("Surabaya", "ambon", "", "Bandung", "Ambon")


def row(id_: int, city: str) -> CacheRow:
    return CacheRow(id_, f"{id_:032x}", f"C-{id_}", "billing", (f"Person {id_}", city), (("+62", str(id_), 10),))


@pytest.fixture(autouse=True)
def small_pieces(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(order_making, "CHUNK", 2)
    monkeypatch.setattr(session_cache, "AT_ONCE", 0)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "s"
    folder.mkdir(mode=0o700)
    return folder


@pytest.fixture
def cache(folder: Path) -> Iterator[SessionCache]:
    cache = SessionCache.create(folder, KEY, ["name", "city"], ["name"], "name")
    cache.add(row(id_, CITIES[id_ % len(CITIES)]) for id_ in range(1, COUNT + 1))
    cache.finish_fill()
    yield cache
    cache.close()


def by_city(cache: SessionCache) -> list[int]:
    return list(cache.ids_of(TableQuery(sort=Sort(CITY))))


def expected(cache: SessionCache) -> list[int]:
    rows = cache.rows(cache.ids())
    cities = {one.id: one.open[1].lower() for one in rows}
    return sorted(cities, key=lambda id_: (not cities[id_], cities[id_], id_))


def steps(cache: SessionCache) -> int:
    """How many pieces one making has."""
    seen: list[int] = []
    assert cache.make_order("number", lambda done, _total: seen.append(done))
    return len(seen)


def tables(cache: SessionCache) -> set[str]:
    with cache._guarded() as db:
        return {name for (name,) in db.execute("SELECT name FROM sqlite_master WHERE name LIKE 'order_of_open%'")}


def at_step(number: int, act: Callable[[], object]) -> Callable[[int, int], None]:
    """Told of progress: does something once, at that piece."""
    seen = 0

    def told(_done: int, _total: int) -> None:
        nonlocal seen
        seen += 1
        if seen == number:
            act()

    return told


def test_that_another_thread_is_answered_at_each_piece(cache: SessionCache) -> None:
    answers: list[tuple[int, list[int]]] = []

    def ask(done: int, _total: int) -> None:
        def question() -> None:
            answers.append((done, [found.id for found in cache.rows([3])]))

        other = threading.Thread(target=question)
        other.start()
        other.join(60)
        assert not other.is_alive(), "the maker holds the cache between its pieces"

    assert cache.make_order(CITY, ask)
    assert [found for _done, found in answers] == [[3]] * len(answers)
    assert len(answers) == 12, "six pieces are read and six written"
    assert [done for done, _found in answers] == sorted(done for done, _found in answers)
    assert answers[-1][0] == 2 * COUNT
    assert by_city(cache) == expected(cache)


def test_that_no_file_holds_an_open_value_at_any_piece(cache: SessionCache, folder: Path) -> None:
    """Values are sorted in memory: neither the cache's files nor a temporary one, even without a name, has them."""
    canary, looks = b"Kanari Tak Bertepi", 0
    cache.replace([row(2, canary.decode())])
    known = files_open()

    def look(_done: int, _total: int) -> None:
        nonlocal looks
        looks += 1
        places = [path for path in folder.rglob("*") if path.is_file()]
        places += [Path("/proc/self/fd", fd) for fd, target in files_open().items() if known.get(fd) != target]
        assert not [path for path in places if canary in path.read_bytes()]

    assert cache.make_order(CITY, look)
    assert looks > 10
    assert cache.rows([2])[0].open[1].encode() == canary, "the control: it is in the cache"
    with tempfile.TemporaryFile(dir=folder) as leaked:  # the control: a file without a name would be seen
        leaked.write(canary)
        leaked.flush()
        with pytest.raises(AssertionError):
            look(0, 0)


def files_open() -> dict[str, str]:
    """The regular files that this process has open: number and target."""
    found = {}
    for fd in Path("/proc/self/fd").iterdir():
        with contextlib.suppress(OSError):  # the one of this look itself
            if fd.is_file():
                found[fd.name] = str(fd.readlink())
    return found


def test_that_what_changes_at_any_piece_is_in_its_place(cache: SessionCache) -> None:
    def change() -> None:
        cache.replace([row(2, "Zurich"), row(9, "")])
        cache.remove([4])
        cache.follow([row(30, "Aceh"), row(1, "Medan")], [7], "place", b"1")

    for step in range(1, steps(cache) + 1):
        cache.replace([*(row(id_, CITIES[id_ % len(CITIES)]) for id_ in range(1, COUNT + 1))])
        cache.remove([30])
        with cache._transaction() as db:
            for name in sorted(tables(cache), reverse=True):  # triggers first
                db.execute(f"DROP {'TABLE' if name == 'order_of_open_1' else 'TRIGGER'} IF EXISTS {name}")
            db.execute("DELETE FROM about WHERE key = 'order:open:1'")
        assert cache.make_order(CITY, at_step(step, change))
        assert by_city(cache) == expected(cache), step
        assert list(cache.ids_of(TableQuery(filters=(Among(CITY, ("zurich",)),)))) == [2]


def test_that_a_stop_at_any_piece_leaves_nothing_and_the_next_begins_anew(cache: SessionCache) -> None:
    for step in range(1, steps(cache)):
        stopped = threading.Event()
        assert not cache.make_order(CITY, at_step(step, stopped.set), stopped.is_set)
        assert tables(cache) == set()
        assert cache.lacking([CITY]) == (CITY,)
    assert cache.make_order(CITY)
    assert cache.lacking([CITY]) == ()
    assert by_city(cache) == expected(cache)


def test_that_a_close_at_any_piece_ends_it_and_half_an_order_counts_as_none(cache: SessionCache, folder: Path) -> None:
    for step in range(1, steps(cache)):
        with pytest.raises(EncryptedFileError) as refused:
            cache.make_order(CITY, at_step(step, cache.close))
        assert refused.value.code == "closed"
        cache = SessionCache.open(folder, KEY)
        assert cache.lacking([CITY]) == (CITY,), step
    assert cache.make_order(CITY)
    cache.close()
    cache = SessionCache.open(folder, KEY)
    assert cache.lacking([CITY]) == ()
    cache.replace([row(2, "Aceh")])
    assert by_city(cache) == expected(cache), "the file keeps the order itself"
    cache.close()


def test_that_two_who_want_one_order_make_it_once_and_a_stopped_one_does_not_wait(cache: SessionCache) -> None:
    seen: list[bool] = []
    other = threading.Thread(target=lambda: seen.append(cache.make_order(CITY)))

    def second() -> None:
        seen.append(cache.make_order(CITY, is_stopped=lambda: True))
        other.start()

    assert cache.make_order(CITY, at_step(1, second))
    other.join(60)
    assert seen == [False, True]
    assert by_city(cache) == expected(cache)


def test_that_only_a_full_and_large_cache_lacks_orders(cache: SessionCache, monkeypatch: pytest.MonkeyPatch) -> None:
    assert cache.lacking(["name", "queue", CITY, "mask:0"]) == (CITY, "mask:0")
    monkeypatch.setattr(session_cache, "AT_ONCE", COUNT)
    assert cache.lacking([CITY]) == ()
    with pytest.raises(ValueError, match="Not a column"):
        cache.lacking(["nik"])
