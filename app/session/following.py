"""Takes over into the session cache what changed at the office: rows of the person's queues, and rows that left them.

The cache keeps the place up to which it follows, in the same transaction as the rows, so that nothing is lost with a
kill, a lock or an office that goes away. A change of the person's own queues is no matter of this: it ends the session.
"""

import json
import time
from functools import lru_cache
from typing import Final

from app.api.client.client import ApiClient
from app.api.messages.customers import CustomerRow
from app.domain.errors import WorkstationError
from app.domain.inventory import Inventory
from app.session.followed import Followed
from app.storage.cache_rows import CacheRow
from app.storage.session_cache import SessionCache

PLACE_ITEM = "followed"
PAGE = 1000
_QUARTER_MS: Final = 900_000


def follow(cache: SessionCache, client: ApiClient, inventory: Inventory) -> Followed:
    """Bring a filled cache up to date.

    Args:
        cache: open; one that is not filled is left as it is.
        client: of the session.
        inventory: by which the cache is laid out.

    Raises:
        OfficeAwayError: what came so far stays.
        WorkstationError: the office has another inventory now (`inventory`).
    """
    known = cache.get(PLACE_ITEM)
    if known is None or not cache.filled:
        return Followed()
    number, after = json.loads(known)
    place = inventory.place_of_last_contact
    changed, gone = set[int](), set[int]()
    while True:
        answer = client.customer_changes((number, after), PAGE)
        if answer.inventory != inventory.digest:
            raise WorkstationError("The office has other fields now. Lock and resume to see them.", code="inventory")
        rows = [cache_row(row, place) for row in answer.rows]
        cache.follow(rows, answer.gone, PLACE_ITEM, json.dumps(answer.place).encode())
        changed |= {row.id for row in rows}
        gone |= set(answer.gone)
        number, after = answer.place
        if not answer.more:
            return Followed(frozenset(changed - gone), frozenset(gone), cache.count(), is_done=True)


def with_last_contact(values: tuple[str, ...], place: int, last_contact_ms: int) -> tuple[str, ...]:
    """Open fields of a customer with whom somebody here has finished a visit.

    Args:
        values: as the office gives them.
        place: of the field that says when the customer was last in contact.
        last_contact_ms: when the visit was finished, ms since 1970.
    """
    day = _day(last_contact_ms // _QUARTER_MS)
    return (*values[:place], max(values[place], day), *values[place + 1 :])


@lru_cache(4096)
def _day(quarter: int) -> str:
    """The local day of a quarter of an hour since 1970: no zone is off by less."""
    return time.strftime("%Y-%m-%d", time.localtime(quarter * _QUARTER_MS // 1000))


def cache_row(row: CustomerRow, place: int | None) -> CacheRow:
    """A row of the office as the cache keeps it.

    The last contact is that of the file that the customer came with, or a later one that somebody here has finished.

    Args:
        row: from the office.
        place: which open field says when the customer was last in contact (`Inventory.place_of_last_contact`).
    """
    masks, values = tuple(mask or ("", "", 0) for mask in row.masks), row.open
    if place is not None and row.last_contact_ms is not None:
        values = with_last_contact(values, place, row.last_contact_ms)
    return CacheRow(row.id, row.record.hex(), row.number, row.queue, values, masks)
