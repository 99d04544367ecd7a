"""How a cache is filled: page by page, a few of them in one transaction, the next one fetched meanwhile."""

from pathlib import Path
from types import SimpleNamespace

import pytest

from app.api.messages.customers import CustomerPage, CustomerRow
from app.domain.inventory import load_inventory
from app.resource_files import resource_text
from app.session.kept_cache import PAGE, PAGES_AT_ONCE, KeptCache
from app.storage.session_cache import SessionCache

INVENTORY = load_inventory(resource_text("inventory", "customer.toml"))


class Pages:
    """An office with so many pages of one row."""

    def __init__(self, count: int) -> None:
        self.count = count
        self.asked: list[tuple[int, bool]] = []

    def customer_page(self, after: int, limit: int, *, with_total: bool = True) -> CustomerPage:
        assert limit == PAGE
        self.asked.append((after, with_total))
        here = after + 1
        if here > self.count:
            return CustomerPage(rows=(), total=0)
        row = CustomerRow(
            id=here, record=bytes(16), number=f"C-{here}", queue="q", open=(f"Siti{here}",), masks=(None,)
        )
        return CustomerPage(rows=(row,), total=self.count if with_total else 0)


def kept(folder: Path, office: Pages) -> tuple[KeptCache, SessionCache]:
    folder.mkdir(mode=0o700)
    cache = SessionCache.create(folder, bytes(32), ["name"], ["name"])
    return KeptCache(SimpleNamespace(cache=cache, inventory=INVENTORY), office), cache  # type: ignore[arg-type]


@pytest.mark.parametrize("pages", [0, 1, 2, PAGES_AT_ONCE, PAGES_AT_ONCE + 1, PAGES_AT_ONCE + 2, 3 * PAGES_AT_ONCE])
def test_that_every_row_comes_in_once_whatever_the_last_transaction_has(tmp_path: Path, pages: int) -> None:
    office = Pages(pages)
    filling, cache = kept(tmp_path / "s", office)
    seen: list[tuple[int, int]] = []
    filling.fill(lambda rows, total: seen.append((rows, total)))
    assert [row.number for row in cache.rows(cache.ids())] == [f"C-{n}" for n in range(1, pages + 1)]
    assert (cache.filled, seen[-1]) == (True, (pages, pages))
    cache.close()


def test_that_the_first_page_is_found_before_a_second_one_is_added(tmp_path: Path) -> None:
    filling, cache = kept(tmp_path / "s", Pages(9))
    found: list[int] = []
    filling.fill(lambda _rows, _total: found.append(len(cache.ids("siti"))))
    assert found[:2] == [1, 1 + PAGES_AT_ONCE]
    cache.close()


def test_that_the_office_counts_once(tmp_path: Path) -> None:
    office = Pages(5)
    filling, cache = kept(tmp_path / "s", office)
    filling.fill(lambda _rows, _total: None)
    assert [after for after, with_total in office.asked if with_total] == [0]
    cache.close()


def test_that_a_fill_goes_on_where_the_last_one_stopped(tmp_path: Path) -> None:
    office = Pages(7)
    filling, cache = kept(tmp_path / "s", office)

    def stop(rows: int, _total: int) -> None:
        if rows > 1:
            raise KeyError

    with pytest.raises(KeyError):
        filling.fill(stop)
    office.asked.clear()
    filling.fill(lambda _rows, _total: None)
    assert office.asked[0] == (1 + PAGES_AT_ONCE, True)
    assert cache.count() == 7
    cache.close()
