"""Who of an order to erase was told of it (UU PDP art. 45): nobody goes untold, since their number goes with them.

A letter counts once the console that had it made says that it wrote the file: what was stopped on its way, or met a
full disk, told nobody. Whoever asked to be erased is answered by the letter about their request (ADR 0066), so an order
on that ground waits for nobody. Invariant: whom a hold keeps, or another order was faster with, needs no letter.
"""

from collections.abc import Iterable, Sequence
from typing import Any, Final

from sqlalchemy import Connection, Row, func, select

from app.backoffice import schema
from app.backoffice.erasure.holds import held_among
from app.domain.erasure.words import Ground

TO_ONE, KEPT = "erasure.notice_to_one", "erasure.notices_kept"
_log, _customers = schema.audit.c, schema.customers.c
_AT_ONCE: Final = 400


def needs_letters(ground: str) -> bool:
    """Whether the people of an order have to be told before they go."""
    return ground != Ground.REQUESTED.value


def told_among(db: Connection, order: bytes, records: Sequence[bytes]) -> set[bytes]:
    """Of which customers the letter of an order lies in a file that somebody has."""
    ours = (_log.reference == order.hex(), _log.outcome == "ok")
    kept = select(_log.actor, func.max(_log.number)).where(_log.event == KEPT, *ours).group_by(_log.actor)
    last = {actor: int(number) for actor, number in db.execute(kept)}
    if not last:
        return set()
    found: set[bytes] = set()
    for some in _in_parts(records):
        letters = select(_log.record, _log.actor, _log.number).where(
            _log.event == TO_ONE, *ours, _log.record.in_([record.hex() for record in some])
        )
        found |= {bytes.fromhex(record) for record, actor, number in db.execute(letters) if number < last.get(actor, 0)}
    return found


def untold(db: Connection, order: Row[Any], records: Sequence[bytes]) -> set[bytes]:
    """Customers of an order who have to be told first: nobody else can go on with them."""
    if not needs_letters(order.ground):
        return set()
    here: set[bytes] = set()
    for some in _in_parts(records):
        here |= set(db.execute(select(_customers.record).where(_customers.record.in_(some))).scalars())
        here -= held_among(db, some)
    return here - told_among(db, order.id, records)


def _in_parts(records: Sequence[bytes]) -> Iterable[list[bytes]]:
    return (list(records[at : at + _AT_ONCE]) for at in range(0, len(records), _AT_ONCE))
