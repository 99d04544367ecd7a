"""Purposes under which nothing is done with a customer's data, since they asked for that (UU PDP art. 10, 40, 41).

Whoever works under a purpose asks `held_purposes` first, in the transaction of the work. A purpose is held by one
request at a time: a restriction or an objection takes it over from a withdrawal, since a later consent ends the
withdrawal alone; and what one request frees stays held by the next one that was answered and never lifted.
"""

from collections.abc import Sequence
from typing import Any, Final

from sqlalchemy import Connection, func, select

from app.backoffice import schema
from app.backoffice.privacy.standing import event_of, ledger_of, limit_of, limits_of
from app.backoffice.subject_tables import processing_holds, subject_requests
from app.domain.privacy.consent import Limit, Said, last_word
from app.domain.subject_requests.words import HOLDS, RequestKind, RequestState

LIFTED: Final = "request.lifted"
BY_CONSENT: Final = "consent"
"""Why a purpose was freed, where a later consent did it; its request holds the others as before."""
_COLUMNS, _asked, _log = processing_holds.c, subject_requests.c, schema.audit.c


def held_purposes(db: Connection, record: bytes) -> frozenset[str]:
    """The purposes that are held for one customer, by the names of the inventory."""
    return frozenset(db.execute(select(_COLUMNS.purpose).where(_COLUMNS.record == record)).scalars())


def hold(db: Connection, row: Any, now_ms: int) -> list[str]:
    """Hold the purposes of a request from now on; those that another request holds already stay with it.

    A withdrawal's are taken over by what no consent ends.
    """
    there = {one.purpose: limit_of(one) for one in limits_of(db, row.record)}
    takes_over = row.kind != RequestKind.WITHDRAWAL.value
    new = []
    for purpose in row.purposes.split():
        limit = there.get(purpose)
        if limit is Limit.WITHDRAWN and takes_over:
            _free(db, row.record, purpose)
        elif limit is not None:
            continue
        _hold(db, row, purpose, now_ms)
        new.append(purpose)
    return new


def lift(db: Connection, row: Any, now_ms: int) -> int:
    """Free the purposes that a request holds, if no other one wants them held; how many it held."""
    freed = list(db.execute(select(_COLUMNS.purpose).where(_COLUMNS.request == row.id)).scalars())
    db.execute(processing_holds.delete().where(_COLUMNS.request == row.id))
    for purpose in freed:
        heirs = _heirs(db, row, purpose)
        if heirs:
            _hold(db, heirs[0], purpose, now_ms)
    return len(freed)


def lifted_at(db: Connection, request: bytes) -> int:
    """When a privacy officer freed what a request held, ms since 1970; 0: nobody did."""
    about = (_log.event == LIFTED, _log.outcome == "ok", _log.reason != BY_CONSENT, _log.reference == request.hex())
    return int(db.execute(select(func.max(_log.at_ms)).where(*about)).scalar() or 0)


def lift_withdrawn(db: Connection, record: bytes, purpose: str, at_ms: int) -> Any | None:
    """Free a purpose that a withdrawal holds, since its customer agreed to it later; the withdrawal's row, or None.

    Args:
        db: the transaction that writes the consent down.
        record: whose.
        purpose: to which one; no other is freed, and no restriction and no objection ends.
        at_ms: when they agreed.
    """
    query = select(subject_requests).join(processing_holds, _COLUMNS.request == _asked.id)
    query = query.where(_COLUMNS.record == record, _COLUMNS.purpose == purpose, _COLUMNS.since_ms < at_ms)
    found = db.execute(query.where(_asked.kind == RequestKind.WITHDRAWAL.value)).first()
    if found is not None:
        _free(db, record, purpose)
    return found


def _heirs(db: Connection, row: Any, purpose: str) -> Sequence[Any]:
    """Other requests of the customer's that want a purpose held, what weighs most first."""
    done = (_asked.record == row.record, _asked.id != row.id, _asked.state == RequestState.DONE.value)
    query = select(subject_requests).where(*done, _asked.kind.in_([kind.value for kind in HOLDS]))
    found = [one for one in db.execute(query.order_by(_asked.number)) if purpose in one.purposes.split()]
    said = (_log.event == LIFTED, _log.outcome == "ok", _log.reason != BY_CONSENT)
    ended = select(_log.reference).where(_log.record == row.record.hex(), *said)
    lifted = set(db.execute(ended).scalars())
    word = last_word(map(event_of, ledger_of(db, row.record)), purpose)
    if word is not None and word.said is Said.GIVEN:
        found = [one for one in found if limit_of(one) is not Limit.WITHDRAWN]
    found = [one for one in found if one.id.hex() not in lifted]
    return sorted(found, key=lambda one: list(Limit).index(limit_of(one)))


def _hold(db: Connection, row: Any, purpose: str, now_ms: int) -> None:
    values = {"record": row.record, "purpose": purpose, "request": row.id, "since_ms": now_ms}
    db.execute(processing_holds.insert().values(**values))


def _free(db: Connection, record: bytes, purpose: str) -> None:
    db.execute(processing_holds.delete().where(_COLUMNS.record == record, _COLUMNS.purpose == purpose))
