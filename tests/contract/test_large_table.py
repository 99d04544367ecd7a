"""A column is made ready in a real session: a lock or an end in the middle of it is clean, and others are answered."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from app.domain.table_query import OrderLackingError, Sort, TableQuery
from app.session.desk import Desk
from app.session.ends import Receipt
from app.session.errors import CacheLostError
from app.session.lock_place import LockWord, Place
from app.storage import order_making, session_cache
from tests.contract.conftest import Home
from tests.demo.customers import HEADERS, demo_customers
from tests.office.coming_back import clients_closed, locked, resumed
from tests.office.made import MadeOffice

CITY = TableQuery(sort=Sort("city"))


@pytest.fixture
def office(home: Home, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[MadeOffice]:
    monkeypatch.setattr(order_making, "CHUNK", 2)
    monkeypatch.setattr(session_cache, "AT_ONCE", 0)
    with home(tmp_path) as it, clients_closed(it):
        it.hire("ratna", "Ratna Dewanti", queues=("billing", "delivery"))
        it.bring_in([{HEADERS[name]: text for name, text in c.items()} for c in demo_customers(9, 3)])
        yield it


@pytest.fixture
def desk(office: MadeOffice) -> Desk:
    return office.desk("ratna")


def once(act: Callable[[], object], step: int) -> Callable[[int, int], None]:
    """Told of progress: does something in another thread, and waits for it, at that step."""
    seen = 0

    def told(_done: int, _total: int) -> None:
        nonlocal seen
        seen += 1
        if seen == step:
            with ThreadPoolExecutor(1) as other:
                other.submit(act).result()

    return told


def cities(desk: Desk) -> list[str]:
    return [row.city for row in desk.rows(desk.table(CITY).ids)]


def test_that_an_order_that_lacks_is_said_and_made_while_searches_and_cards_are_answered(desk: Desk) -> None:
    with pytest.raises(OrderLackingError) as lacking:
        desk.table(CITY)
    assert lacking.value.columns == ("city",)
    with pytest.raises(OrderLackingError):
        desk.values_of("city")
    answered: list[object] = []

    def ask() -> None:
        ids = desk.search("", None).ids
        answered.extend((len(ids), desk.customer(ids[0]).id, len(desk.table(TableQuery("c-")).ids)))

    steps: list[int] = []
    desk.make_order("city", lambda done, total: (steps.append(done), once(ask, 1)(done, total)), lambda: False)  # type: ignore[func-returns-value]
    count = len(desk.search("", None).ids)
    assert answered[0] == count
    assert len(answered) == 3 * len(steps), "at each step"
    assert cities(desk) == sorted(cities(desk), key=str.lower)
    assert desk.values_of("city")


@pytest.mark.slow
@pytest.mark.parametrize("step", [1, 6])
def test_that_a_lock_in_the_middle_is_clean_and_the_resumed_session_begins_anew(
    office: MadeOffice, desk: Desk, step: int
) -> None:
    words: list[LockWord] = []
    act = once(lambda: words.append(desk.lock("by_hand", Place(is_table=True, sort=("city", False)))), step)
    with pytest.raises(CacheLostError):
        desk.make_order("city", act, lambda: False)
    office.must_leave()
    back = resumed(office, locked(office, words[0]))
    assert back.place.sort == ("city", False)
    with pytest.raises(OrderLackingError):
        back.desk.table(CITY)
    back.desk.make_order("city", lambda _done, _total: None, lambda: False)
    assert cities(back.desk) == sorted(cities(back.desk), key=str.lower)
    again = back.desk.lock("by_hand", Place())
    office.must_leave()
    back = resumed(office, locked(office, again))
    assert cities(back.desk), "a whole order outlives a lock"
    back.desk.end("signed_out")


@pytest.mark.parametrize("step", [1, 6])
def test_that_an_end_in_the_middle_leaves_no_file(office: MadeOffice, desk: Desk, step: int) -> None:
    receipts: list[Receipt] = []
    with pytest.raises(CacheLostError):
        desk.make_order("city", once(lambda: receipts.append(desk.end("signed_out")), step), lambda: False)
    assert {line.outcome for line in receipts[0].lines if line.what in ("key", "cache")} <= {"removed", "ended"}
    assert not list(office.places.cache_root.rglob("cache.db*"))
    assert office.store.session_ids() == []
