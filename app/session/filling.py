"""Fills a session's cache from a stream of the office: chunk by chunk, and on from the last one when it breaks off.

The token of the last chunk and the number from which changes are asked for afterwards stand in the cache with the rows,
in the same transaction: whatever ends this process, the next stream goes on behind them. A stream that breaks off,
stays silent or says something else than agreed is asked for again, a few times, after a pause of no fixed length:
consoles that lost a gateway together do not come back together. A chunk that came sets the count of tries back.
"""

import json
import secrets
import time
from collections.abc import Callable, Iterator
from typing import Final, Protocol

from app.api.client.errors import OFFICE_GONE, ForeignOfficeError, OfficeAwayError
from app.api.client.fill_line import FillChunk, FillLine
from app.api.messages.filling import FillHead, FillRow, RowReader
from app.api.messages.wire import MOST_ENTRIES
from app.domain.errors import TiraiError, WorkstationError
from app.domain.inventory import Inventory
from app.session.following import PLACE_ITEM, with_last_contact
from app.storage.cache_rows import WrittenRow
from app.storage.session_cache import SessionCache

TOKEN_ITEM: Final = "filling"  # noqa: S105  (the name of an item)
TRIES: Final = 5
"""Streams in a row from which no chunk came."""
PAUSE_S: Final = 0.5
"""Twice as long with each try; anywhere between nothing and that."""
_PASSING: Final = {"busy", "database_away"}
"""What an office says that has too much to do, or whose database is being started again."""
CHUNKS_AT_ONCE: Final = 3
"""So many chunks, after the first one, make one transaction of the cache: each seals every page of the file that it
touches once. More would keep a search waiting for longer than a person notices."""


class Office(Protocol):
    """What a fill needs of the office's client."""

    def fill(self, token: bytes | None) -> FillLine:
        """A stream of rows from a token on."""


def fill_cache(
    cache: SessionCache,
    office: Office,
    inventory: Inventory,
    on_progress: Callable[[int, int], None],
    pause: Callable[[float], object] = time.sleep,
) -> int:
    """Bring in what a cache lacks.

    Args:
        cache: open, not filled.
        office: whom to ask.
        inventory: by which the cache is laid out.
        on_progress: called with rows so far and total.
        pause: waits between two tries, seconds.

    Returns:
        Rows that there are, about.

    Raises:
        OfficeAwayError: what came so far stays.
        ForeignOfficeError: what answers keeps saying something else than agreed; what came so far stays.
        SessionOverError: the session is over.
        WorkstationError: the office has another inventory now (`inventory`).
    """
    tries = 0
    while True:
        filling = _Filling(cache, office, inventory, on_progress)
        try:
            return filling.run()
        except (WorkstationError, ForeignOfficeError) as error:
            tries = 1 if filling.moved else tries + 1
            if not _passes(error) or tries == TRIES:
                raise
            pause(secrets.SystemRandom().uniform(0, PAUSE_S * 2**tries))


def _passes(error: TiraiError) -> bool:
    """Whether another try may find it otherwise."""
    if isinstance(error, OfficeAwayError):
        return error.code != OFFICE_GONE
    return isinstance(error, ForeignOfficeError) or error.code in _PASSING


class _Filling:
    """One stream.

    Attributes:
        moved: whether rows of it are in the cache.
    """

    def __init__(
        self, cache: SessionCache, office: Office, inventory: Inventory, on_progress: Callable[[int, int], None]
    ) -> None:
        self._cache, self._office, self._inventory, self._on_progress = cache, office, inventory, on_progress
        self._reader = RowReader(len(inventory.open_fields), len(inventory.sealed_fields))
        self._place_of_contact = inventory.place_of_last_contact
        self.moved = False

    def run(self) -> int:
        """Take it to its end; how many rows there are, about."""
        cache = self._cache
        with self._office.fill(cache.get(TOKEN_ITEM)) as stream:
            head = stream.head()
            if head.inventory != self._inventory.digest:
                raise WorkstationError(
                    "The office has other fields now. Lock and resume to see them.", code="inventory"
                )
            if head.anew and cache.count():
                cache.begin_anew(TOKEN_ITEM, PLACE_ITEM)
            after = 0 if head.anew else max(cache.ids(), default=0)
            self._take(head, stream.chunks(self._reader, after, ahead=CHUNKS_AT_ONCE + 1))
        cache.finish_fill()
        return head.total

    def _take(self, head: FillHead, chunks: Iterator[FillChunk]) -> None:
        place = json.dumps((head.change, MOST_ENTRIES)).encode()
        waiting = list[WrittenRow]()
        for number, chunk in enumerate(chunks):
            waiting += map(self._row, chunk.rows)
            if number % CHUNKS_AT_ONCE == 0 or chunk.is_last:
                self._cache.add(waiting, {TOKEN_ITEM: chunk.token, PLACE_ITEM: place})
                waiting.clear()
                self.moved = True
                self._on_progress(self._cache.count(), head.total)

    def _row(self, row: FillRow) -> WrittenRow:
        place = self._place_of_contact
        if place is None or row.last_contact_ms is None:
            return WrittenRow(row.id, row.record, row.number, row.queue, row.open, row.open_text, row.masks_text)
        values = with_last_contact(row.open, place, row.last_contact_ms)
        text = row.open_text if values == row.open else _written(values, is_plain="\\" not in row.open_text)
        return WrittenRow(row.id, row.record, row.number, row.queue, values, text, row.masks_text)


def _written(values: tuple[str, ...], *, is_plain: bool) -> str:
    """A list of texts as JSON; plain ones need nothing but their quotes."""
    return '["' + '","'.join(values) + '"]' if is_plain else json.dumps(values)
