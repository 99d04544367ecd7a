"""Running approved orders: customer by customer, then what the database left over, then whoever had a copy.

Each customer goes in one transaction with its entry, so an order that is killed goes on where it was: nothing is half
destroyed and nothing is told that did not happen. The certificate is made last, when all of it is true; who looks (the
desk, an opening office, a gateway's jobs) takes an order one step further. Holds are asked for in that very
transaction, so one that is set meanwhile comes first. Whoever has to be told of it goes only when they were.
"""

import json
from collections.abc import Collection
from typing import Any, Final

from sqlalchemy import Connection, Row, exists, func, select, update

from app.auth.erasure_order import Subject
from app.backoffice import outbox_keys, schema
from app.backoffice.acting import OFFICE, acting_for
from app.backoffice.erasure import certificates
from app.backoffice.erasure.copies import expect_copies, waits_for
from app.backoffice.erasure.destroying import change_now, counted, destroy_customer, destroy_fields
from app.backoffice.erasure.holds import is_held
from app.backoffice.erasure.living_backups import living_record_periods
from app.backoffice.erasure.orders import check_signed, expire
from app.backoffice.erasure.suppression import suppress
from app.backoffice.erasure.told import untold
from app.backoffice.erasure_tables import erasure_subjects, erasures
from app.backoffice.office import OpenOffice
from app.backoffice.retention.clock import keep_time, today
from app.backoffice.retention.due import is_still_due
from app.backoffice.session_ends import end_lapsed, end_lapsed_in
from app.crypto.errors import SealError
from app.domain.erasure.words import Action, Fate, Ground, OrderState
from app.domain.retention.trusted_time import Doubt

CUSTOMER_GONE, CUSTOMER_HELD, CUSTOMER_LEFT, ORDER_DONE, ORDER_FORGED = (
    "erasure.customer",
    "erasure.held",
    "erasure.left",
    "erasure.done",
    "erasure.forged",
)
AT_ONCE: Final = 20
"""Customers in one transaction at most: others write between two."""
_subjects = erasure_subjects


def go_on(office: OpenOffice) -> int:
    """Take every order as far as it goes now.

    Returns:
        How much changed: customers that went, orders that are over.
    """
    changed = 0
    while more := step(office):
        changed += more
    _cut_outboxes(office)
    ready = _ready(office)  # before the purge: what ends was written over with all that was cut out for it
    if ready or is_anything_to_purge(office):
        if not office.database.purge():
            return changed
        with acting_for(OFFICE), office.writing() as db:
            _purged(office, db)
    return changed + _settle(office, ready)


def _cut_outboxes(office: OpenOffice) -> None:
    """End sessions that lapsed, and forget what outboxes need to say of customers who are gone."""
    end_lapsed(office)
    with acting_for(OFFICE), office.database.reading() as db:
        is_due = outbox_keys.is_due(db)
    if is_due:
        with acting_for(OFFICE), office.writing() as db:
            outbox_keys.cut_out(db, office.clock.now_ms())


def step(office: OpenOffice) -> int:
    """The next customers of the oldest order that has some left; how many were judged."""
    if not _is_anything_running(office):
        return 0
    with acting_for(OFFICE), office.writing() as db:
        return step_in(office, db)


def step_in(office: OpenOffice, db: Connection, most: int = AT_ONCE) -> int:
    """The same in the caller's transaction, which acts for the office."""
    found = _next(db, most)
    if found is None:
        return 0
    order, rows = found
    try:
        check_signed(office, db, order)
    except SealError:
        _stop_forged(office, db, order)
        return 1
    for subject in rows:
        _one(office, db, order, subject)
    return len(rows)


def _next(db: Connection, most: int) -> tuple[Row[Any], list[Row[Any]]] | None:
    """The oldest order that has customers who may go now: whoever has to be told first waits for that."""
    left = exists().where(_subjects.c.order_id == erasures.c.id, _subjects.c.fate == Fate.PENDING.value)
    running = select(erasures).where(erasures.c.state == OrderState.RUNNING.value, left).order_by(erasures.c.number)
    for order in db.execute(running).all():
        some = (_subjects.c.order_id == order.id, _subjects.c.fate == Fate.PENDING.value)
        rows = db.execute(select(_subjects).where(*some).order_by(_subjects.c.place)).all()
        waiting = untold(db, order, [row.record for row in rows])
        if ready := [row for row in rows if row.record not in waiting][:most]:
            return order, ready
    return None


def _one(office: OpenOffice, db: Connection, order: Row[Any], subject: Row[Any]) -> None:
    customers = schema.customers
    row = db.execute(select(customers).where(customers.c.record == subject.record)).first()
    who = {
        "record": subject.record.hex(), "reference": order.id.hex(), "reason": order.ground,
        "actor": order.proposed_by, "acting_with": order.decided_by,
    }  # fmt: skip
    if row is None:
        _settle_subject(db, subject, Fate.GONE)
    elif is_held(db, subject.record):
        entry = office.log.append(db, CUSTOMER_HELD, "refused", **who)
        _settle_subject(db, subject, Fate.HELD, entry=entry)
    elif order.ground == Ground.TIME_OVER.value and not _is_due(office, db, subject):
        entry = office.log.append(db, CUSTOMER_LEFT, "refused", **who)
        _settle_subject(db, subject, Fate.NOT_DUE, entry=entry)
    else:
        counts = _destroyed(office, db, order, subject, row.number)
        change = change_now(db)
        expect_copies(office, db, order.id, row.queue, change)
        entry = office.log.append(db, CUSTOMER_GONE, detail=counted(counts), **who)
        gone = {"change": change, "erased_ms": office.clock.now_ms(), "counts": json.dumps(counts, sort_keys=True)}
        _settle_subject(db, subject, Fate.ERASED, entry=entry, **gone)


def _is_due(office: OpenOffice, db: Connection, subject: Row[Any]) -> bool:
    """Whether the time of retention is over indeed, by a clock that is believed."""
    day, doubt = today(office, db)
    return doubt is Doubt.NONE and is_still_due(office, db, Subject(subject.record, subject.fields), day)


def _destroyed(office: OpenOffice, db: Connection, order: Row[Any], subject: Row[Any], number: str) -> dict[str, int]:
    if subject.fields:
        return destroy_fields(office, db, subject.record, tuple(subject.fields.split()))
    hashes = suppress(office, db, subject.record, number, order.id)
    return destroy_customer(office, db, subject.record) | {"suppressed": hashes}


def _settle_subject(db: Connection, subject: Row[Any], fate: Fate, **values: object) -> None:
    here = (_subjects.c.order_id == subject.order_id, _subjects.c.place == subject.place)
    db.execute(update(_subjects).where(*here).values(fate=fate.value, **values))


def _stop_forged(office: OpenOffice, db: Connection, order: Row[Any]) -> None:
    """Somebody wrote into the database: this order does nothing any more."""
    ended = {"state": OrderState.REFUSED.value, "ended_ms": office.clock.now_ms()}
    db.execute(update(erasures).where(erasures.c.id == order.id).values(**ended))
    office.log.append(db, ORDER_FORGED, "refused", reference=order.id.hex(), reason="signature")


def _is_anything_running(office: OpenOffice) -> bool:
    query = select(erasures.c.id).where(erasures.c.state == OrderState.RUNNING.value).limit(1)
    with acting_for(OFFICE), office.database.reading() as db:
        return db.execute(query).first() is not None


def is_anything_to_purge(office: OpenOffice) -> bool:
    """Whether an order's customers are all judged and the database's leftovers are not written over yet."""
    with acting_for(OFFICE), office.database.reading() as db:
        return any(row.purged_ms is None for row in _judged(db))


def _judged(db: Connection) -> list[Row[Any]]:
    """Running orders without a customer left to judge, the oldest first."""
    left = (
        select(func.count())
        .select_from(_subjects)
        .where(_subjects.c.order_id == erasures.c.id, _subjects.c.fate == Fate.PENDING.value)
        .scalar_subquery()
    )
    query = select(erasures).where(erasures.c.state == OrderState.RUNNING.value, left == 0)
    return list(db.execute(query.order_by(erasures.c.number)).all())


def _purged(office: OpenOffice, db: Connection) -> None:
    for row in _judged(db):
        if row.purged_ms is None:
            db.execute(update(erasures).where(erasures.c.id == row.id).values(purged_ms=office.clock.now_ms()))


def _ready(office: OpenOffice) -> set[bytes]:
    """Orders that are over but for the database's leftovers."""
    with acting_for(OFFICE), office.database.reading() as db:
        return {row.id for row in _judged(db) if _is_over(office, db, row)}


def _settle(office: OpenOffice, ready: Collection[bytes]) -> int:
    """End the orders of which everything is true that their certificate will say; how many."""
    if not ready:
        return 0
    with acting_for(OFFICE), office.writing() as db:
        return _end_those(office, db, ready)


def _end_those(office: OpenOffice, db: Connection, ready: Collection[bytes]) -> int:
    ended = 0
    for row in _judged(db):
        if row.id in ready and row.purged_ms is not None and _is_over(office, db, row):
            _end(office, db, row)
            ended += 1
    return ended


def run_due(office: OpenOffice, db: Connection) -> int:
    """What a gateway does of this now and then, in the caller's transaction; how much changed.

    PostgreSQL writes over what it has left by itself; the certificate says so.
    """
    keep_time(office, db)
    changed = expire(office, db) + step_in(office, db)
    _purged(office, db)
    end_lapsed_in(office, db)
    if outbox_keys.is_due(db):
        outbox_keys.cut_out(db, office.clock.now_ms())
    return changed + _end_those(office, db, {row.id for row in _judged(db)})


def _is_over(office: OpenOffice, db: Connection, row: Row[Any]) -> bool:
    if waits_for(office, db, row.id)[0] or outbox_keys.is_due(db):
        return False
    return row.action != Action.DESTROY.value or not backups_of(db, row)


def backups_of(db: Connection, row: Row[Any]) -> dict[str, int]:
    """Periods of record keys that could bring customers of this order back; none where nobody went whole."""
    whole = (_subjects.c.order_id == row.id, _subjects.c.fate == Fate.ERASED.value, _subjects.c.fields == "")
    last_ms = db.execute(select(func.max(_subjects.c.erased_ms)).where(*whole)).scalar()
    return living_record_periods(db, last_ms) if last_ms is not None else {}


def _end(office: OpenOffice, db: Connection, row: Row[Any]) -> None:
    erased = db.execute(
        select(func.count())
        .select_from(_subjects)
        .where(_subjects.c.order_id == row.id, _subjects.c.fate == Fate.ERASED.value)
    ).scalar_one()
    state, now = OrderState.DONE if erased else OrderState.HELD, office.clock.now_ms()
    detail = f"action={row.action} customers={erased}"
    who = {"actor": row.proposed_by, "acting_with": row.decided_by}
    entry = office.log.append(db, ORDER_DONE, reference=row.id.hex(), reason=row.ground, detail=detail, **who)
    text = certificates.certificate_of(office, db, row, backups_of(db, row), entry, now) if erased else ""
    ended = {"state": state.value, "ended_ms": now, "certificate": text}
    db.execute(update(erasures).where(erasures.c.id == row.id).values(**ended))
    office.log.checkpoint(db)
