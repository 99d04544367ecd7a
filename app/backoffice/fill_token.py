"""The token from which another stream of rows goes on: sealed by the office, opened by any gateway of it.

It says nothing to whoever has it. It opens for the account and the queues to which it was given, while the office has
the same inventory, and for a day: sessions do not last longer. Any other one, one that was changed, and one that
another office gave, are the same here: none.
"""

import struct
from dataclasses import dataclass

from app.auth.book import Entry
from app.backoffice.office import OpenOffice
from app.crypto.aead import unwrap, wrap
from app.crypto.derive import expand
from app.crypto.errors import SealError
from app.crypto.labels import lp

LASTS_MS = 24 * 3600 * 1000
_FORM = struct.Struct(">QQQQ")


@dataclass(frozen=True, slots=True)
class FillPlace:
    """How far a stream has come.

    Attributes:
        after: number of the last row that it gave.
        change: number of the newest change of a customer when the first stream began.
        total: rows that there were then.
        begun_ms: when that was.
    """

    after: int
    change: int
    total: int
    begun_ms: int


def seal_place(office: OpenOffice, account: Entry, place: FillPlace) -> bytes:
    """The token of a place."""
    data = _FORM.pack(place.after, place.change, place.total, place.begun_ms)
    return wrap(_key(office), data, _bound_to(office, account))


def open_place(office: OpenOffice, account: Entry, untrusted_token: bytes) -> FillPlace | None:
    """The place of a token; None if it is not good for this account, now."""
    try:
        place = FillPlace(*_FORM.unpack(unwrap(_key(office), untrusted_token, _bound_to(office, account))))
    except (SealError, struct.error):
        return None
    return place if 0 <= office.clock.now_ms() - place.begun_ms < LASTS_MS else None


def _key(office: OpenOffice) -> bytes:
    return expand(office.keys.log_key, lp("fill-token", office.id))


def _bound_to(office: OpenOffice, account: Entry) -> bytes:
    return lp("fill-token", office.id, account.name, lp("queues", *sorted(account.queues)), office.inventory.digest)
