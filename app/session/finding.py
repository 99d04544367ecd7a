"""What is found at a desk: the session cache filled and kept up to date, searched, sorted and shown as rows and cards.

Only `fill` and `follow` wait for the office.
"""

import time
from array import array
from collections.abc import Callable, Sequence

from app.domain.errors import NotAllowedError
from app.domain.table_query import OrderLackingError, TableColumn, TableQuery
from app.session.cards import Cards
from app.session.followed import Followed
from app.session.found import FEW, FIRST_FOUND, Found
from app.session.identity import Identity
from app.session.kept_cache import KeptCache
from app.session.shown import ShownCustomer, ShownRow

PREPARED_ROWS = 200_000
"""Up to so many customers a table's columns are made ready before somebody sorts by them; beyond, when they do."""


class Finding:
    """The part of a desk that looks into its cache."""

    def __init__(self, identity: Identity, cache: KeptCache, cards: Cards) -> None:
        """Look for this person.

        Args:
            identity: who signed in.
            cache: where the customers are.
            cards: makes rows and cards of them.
        """
        self._identity, self._cache, self._cards = identity, cache, cards
        self._numbers: dict[str, str] = {}

    def fill(self, on_progress: Callable[[int, int], None]) -> None:
        """Fill the cache with the customers of the person's queues; search works from the first chunk on.

        Args:
            on_progress: called with rows so far and total.

        Raises:
            OfficeAwayError: what came so far stays, and the next fill goes on there.
            CacheLostError: the cache was damaged and none can be made; the session cannot go on.
        """
        if not self._identity.policy.may_see_customers(self._identity.role):
            on_progress(0, 0)
            return
        self._cache.fill(on_progress)

    def follow(self) -> Followed:
        """Take over what changed at the office since the last time.

        Raises:
            OfficeAwayError: the next call goes on where this one stopped.
            WorkstationError: the office has other fields now (`inventory`): lock and resume to see them.
            CacheLostError: the cache was damaged and none can be made; the session cannot go on.
        """
        if not self._identity.policy.may_see_customers(self._identity.role):
            return Followed()
        return self._cache.follow()

    def when_cache_is_replaced(self, tell: Callable[[str], object]) -> None:
        """Have somebody told, in any thread, when the cache was damaged and is empty again: it wants to be filled.

        Args:
            tell: called with what was done to it (`cache_damage.Damage`).
        """
        self._cache.on_replaced = tell

    def first_found(self, text: str) -> Found | None:
        """The first screens of what `search` finds in all queues, where that is there sooner; else None."""
        started = time.perf_counter()
        ids = self._cache.use(lambda cache: cache.first_ids(text, FIRST_FOUND) if cache.count() > FEW else None)
        return None if ids is None else Found(ids, (time.perf_counter() - started) * 1000)

    def search(self, text: str, queue: str | None, is_stopped: Callable[[], bool] = lambda: False) -> Found:
        """Ids of the customers that match, and how long it took; nothing of a search that is stopped."""
        started = time.perf_counter()
        ids = self._cache.use(lambda cache: cache.ids(text, queue, is_stopped=is_stopped))
        return Found(ids, (time.perf_counter() - started) * 1000)

    @property
    def columns(self) -> tuple[TableColumn, ...]:
        """The columns that a table may have."""
        return self._cards.columns.all

    def table(self, query: TableQuery) -> Found:
        """Ids of the customers that a table shows, in its order, and how long it took.

        Raises:
            OrderLackingError: `make_order` has to make columns ready first.
        """
        started = time.perf_counter()
        placed = self._cards.columns.placed(query)
        self._need_orders(placed.columns)
        ids = self._cache.use(lambda cache: cache.ids_of(placed))
        return Found(ids, (time.perf_counter() - started) * 1000)

    def values_of(self, column: str) -> list[str]:
        """The values that may be chosen from to filter by a column; none while the cache is being filled.

        Raises:
            ValueError: there is no such column.
            OrderLackingError: `make_order` has to make it ready first.
        """
        place = self._cards.columns.place_of(column)
        self._need_orders((place,))
        return self._cache.use(lambda cache: cache.values_of(place))

    def make_order(
        self, column: str, on_progress: Callable[[int, int], object], is_stopped: Callable[[], bool]
    ) -> None:
        """Make ready to sort and filter by a column; everything else goes on beside it.

        Args:
            column: its key.
            on_progress: called with steps done and all steps.
            is_stopped: asked between small pieces; what was begun is gone then.

        Raises:
            ValueError: there is no such column.
            CacheLostError: the session is over.
        """
        place = self._cards.columns.place_of(column)
        self._cache.use(lambda cache: cache.make_order(place, on_progress, is_stopped))

    def prepare_column(
        self, column: str, on_progress: Callable[[int, int], object], is_stopped: Callable[[], bool]
    ) -> None:
        """Make ready to sort and filter by a column before anybody asks, where that is no great work."""
        if self._cache.use(lambda cache: cache.count()) <= PREPARED_ROWS:
            self.make_order(column, on_progress, is_stopped)

    def _need_orders(self, places: Sequence[str]) -> None:
        if lacking := self._cache.use(lambda cache: cache.lacking(places)):
            raise OrderLackingError(tuple(map(self._cards.columns.key_at, lacking)))

    def beginning(self, text: str) -> "array[int]":
        """Ids of the customers whose name begins with a text, by name."""
        return self._cache.use(lambda cache: cache.ids_beginning(text))

    def rows(self, ids: Sequence[int]) -> list[ShownRow]:
        """Customers for list or table."""
        return [self._cards.row(row) for row in self._cache.use(lambda cache: cache.rows(ids))]

    def customer(self, id: int) -> ShownCustomer:  # noqa: A002  (the field's own name)
        """One customer's card.

        Raises:
            NotAllowedError: the customer is not in the cache any more.
            WorkstationError: the cache is being filled, and the customer may still come.
        """
        row = self._cache.use(lambda cache: cache.row(id))
        if row is None:
            self._cache.need_filled()
            raise NotAllowedError("This customer is not in your queues.", code="not_in_queue")
        shown = self._cards.customer(row, self._identity.held)
        self._numbers[shown.record] = shown.number
        return shown

    def _known_number(self, record: str) -> str:
        """The number of a customer whose card was opened; else nothing."""
        return self._numbers.get(record, "")
