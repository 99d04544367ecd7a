"""Orders and filters of the session cache: right after each change, read from narrow orders, out of a fill's way."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from app.domain.table_query import Among, Between, Filter, Sort, TableQuery
from app.storage.cache_rows import CacheRow
from app.storage.order_columns import source
from app.storage.session_cache import SessionCache

PEOPLE = (
    ("Sari", "Bandung", "2026-03-01", "47"),
    ("Ágnes", "Ambon", "", "12"),
    ("bagas", "bandung", "2026-01-15", ""),
    ("Togar", "", "2026-02-10", "30"),
)


def row(id_: int, name: str, city: str, day: str, after: str, queue: str = "billing") -> CacheRow:
    mask = ("+62", after, 10) if after else ("", "", 0)
    return CacheRow(id_, f"{id_:032x}", f"C-{100 - id_}", queue, (name, city, day), (mask,))


@pytest.fixture
def cache(tmp_path: Path) -> Iterator[SessionCache]:
    folder = tmp_path / "s"
    folder.mkdir(mode=0o700)
    cache = SessionCache.create(folder, bytes(32), ["name", "city", "last"], ["name", "city"], "name")
    cache.add(row(id_, *person) for id_, person in enumerate(PEOPLE, 1))
    cache.finish_fill()
    yield cache
    cache.close()


def shown(cache: SessionCache, *filters: Filter, sort: Sort | None = None, text: str = "") -> list[int]:
    return list(cache.ids_of(TableQuery(text, None, filters, sort)))


@pytest.mark.parametrize(
    ("by", "up", "down"),
    [
        ("name", [2, 3, 1, 4], [4, 1, 3, 2]),  # without case and accents
        ("number", [4, 3, 2, 1], [1, 2, 3, 4]),
        ("open:1", [2, 1, 3, 4], [3, 1, 2, 4]),  # without case; none last, both ways
        ("open:2", [3, 4, 1, 2], [1, 4, 3, 2]),
        ("mask:0", [2, 4, 1, 3], [1, 4, 2, 3]),
    ],
)
def test_that_each_column_sorts_both_ways(cache: SessionCache, by: str, up: list[int], down: list[int]) -> None:
    assert shown(cache, sort=Sort(by)) == up
    assert shown(cache, sort=Sort(by, is_down=True)) == down


def test_that_filters_hold_together_and_keep_the_order(cache: SessionCache) -> None:
    bandung = Among("open:1", ("Bandung",))
    assert shown(cache, bandung) == [1, 3]
    assert shown(cache, bandung, Between("open:2", first="2026-02-01")) == [1]
    assert shown(cache, bandung, sort=Sort("name")) == [3, 1]
    assert shown(cache, bandung, sort=Sort("open:2", is_down=True)) == [1, 3]
    assert shown(cache, bandung, text="sari") == [1]
    assert shown(cache, Among("open:1", ("Bandung", ""))) == [1, 3, 4]
    assert shown(cache, Among("open:1", ("Nowhere",))) == []


def test_that_days_are_bounded_at_both_ends(cache: SessionCache) -> None:
    assert shown(cache, Between("open:2", "2026-01-15", "2026-02-10")) == [3, 4]
    assert shown(cache, Between("open:2", last="2026-02-09")) == [3]
    assert shown(cache, Between("open:2", last="2026-02-09", with_none=True)) == [2, 3]
    assert shown(cache, Between("open:2")) == [1, 3, 4]


def test_that_a_changed_row_is_in_its_new_place_at_once(cache: SessionCache) -> None:
    assert shown(cache, sort=Sort("open:1"))[0] == 2
    cache.replace([row(2, "Ágnes", "Zurich", "2026-05-01", "12")])
    assert shown(cache, sort=Sort("open:1")) == [1, 3, 2, 4]
    cache.follow([row(5, "Dewi", "Aceh", "", "")], [1], "place", b"1")
    assert shown(cache, sort=Sort("open:1")) == [5, 3, 2, 4]
    cache.remove([3])
    assert shown(cache, sort=Sort("open:1")) == [5, 2, 4]
    cache.add([row(9, "Last", "aaa", "", "")])
    assert shown(cache, sort=Sort("open:1")) == [9, 5, 2, 4]


def test_that_values_are_offered_once_each_whatever_their_case(cache: SessionCache) -> None:
    assert [value.lower() for value in cache.values_of("open:1")] == ["", "ambon", "bandung"]
    assert cache.values_of("queue") == ["billing"]


def test_that_a_fill_gets_no_order_but_filters(tmp_path: Path) -> None:
    folder = tmp_path / "f"
    folder.mkdir(mode=0o700)
    cache = SessionCache.create(folder, bytes(32), ["name", "city", "last"], ["name"], "name")
    cache.add(row(id_, *person) for id_, person in enumerate(PEOPLE, 1))
    assert shown(cache, Among("open:1", ("Bandung",)), sort=Sort("name")) == [1, 3]
    assert shown(cache, sort=Sort("name")) == [1, 2, 3, 4]
    assert cache.values_of("open:1") == []
    with cache._guarded() as db:
        names = {name for (name,) in db.execute("SELECT name FROM sqlite_master")}
    assert not {name for name in names if name.startswith("order_of")}
    cache.close()


@pytest.mark.parametrize("by", ["name", "number", "queue", "open:1", "open:2", "mask:0"])
def test_that_orders_and_filters_read_a_narrow_order_and_no_row(cache: SessionCache, by: str) -> None:
    shown(cache, sort=Sort(by))
    table, column = source(by, ordered=True)
    wheres = [f"true ORDER BY {column}, id", f"{column} IN (SELECT value FROM json_each('[]'))", f"{column} = ''"]
    if by == "open:2":
        wheres += [f"{column} >= '2026' AND {column} <= '2027'", f"{column} > '' AND {column} <= '2027'"]
    with cache._guarded() as db:
        for where in wheres:
            plan = db.execute(f"EXPLAIN QUERY PLAN SELECT id FROM {table} WHERE {where}").fetchall()
            is_narrow = table != "customer" or f"COVERING INDEX customer_by_{by}" in plan[0][3]
            is_found = plan[0][3].startswith("SEARCH") or where.startswith("true")
            assert is_narrow, where
            assert is_found, where
            assert not any("TEMP B-TREE" in step[3] for step in plan), where


@pytest.mark.parametrize("by", ["open", "open:1'", "open:x", "id; DROP TABLE customer", "mask:", ""])
def test_that_a_column_that_is_none_is_refused(cache: SessionCache, by: str) -> None:
    with pytest.raises(ValueError, match="Not a column"):
        shown(cache, sort=Sort(by))
