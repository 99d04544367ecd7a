"""Erasing again what had gone since the backup that is being restored: whole customers, single fields, who stays out.

What is known of it: orders that lie with the period keys or stand on certificates, and customers whose record keys are
missing in a later file of record keys. An order that the backup does not know as over runs again here, so that its
certificate comes anew, once the restored file's leftovers are written over and, for a destruction, its backups are
gone. No hold is asked for: it was lifted before they went.
"""

import json
from collections.abc import Collection
from typing import Final

from sqlalchemy import ColumnElement, Connection, func, insert, select, update

from app.auth.erased_order import ErasedOrder
from app.auth.erasure_order import Subject
from app.backoffice import schema
from app.backoffice.erasure.destroying import change_now, counted, destroy_customer, destroy_fields
from app.backoffice.erasure.suppression import suppress
from app.backoffice.erasure_tables import erasure_subjects, erasures, suppressed
from app.backoffice.office import OpenOffice
from app.domain.erasure.words import Fate, OrderState

AGAIN: Final = "erasure.again"
_customers = schema.customers.c
_OVER: Final = (OrderState.DONE.value, OrderState.HELD.value)
_AT_ONCE: Final = 500


def gone_since(db: Connection, without_key: Collection[bytes], orders: Collection[ErasedOrder]) -> frozenset[bytes]:
    """Which customers of a restored office had gone before.

    Args:
        db: a connection that acts for the office.
        without_key: customers whose record key is missing.
        orders: what was carried out since.
    """
    named = sorted({one.record for order in orders for one in order.subjects if not one.fields} - set(without_key))
    found = set(without_key)
    for at in range(0, len(named), _AT_ONCE):
        here = select(_customers.record).where(_customers.record.in_(named[at : at + _AT_ONCE]))
        found |= set(db.execute(here).scalars())
    return frozenset(found)


def erase_again(
    office: OpenOffice, db: Connection, gone: Collection[bytes], orders: Collection[ErasedOrder], **who: str
) -> None:
    """Erase again, in the transaction of the restore.

    Args:
        office: the restored office.
        db: its transaction, which acts for the office.
        gone: as `gone_since` found them.
        orders: what was carried out since.
        who: who restores, for the log.
    """
    left = set(gone)
    for order in sorted(orders, key=lambda one: (one.number, one.id)):
        state = db.execute(select(erasures.c.state).where(erasures.c.id == order.id)).scalar()
        if state in _OVER:
            continue
        if state is None:
            _bring_back(db, order)
        else:
            _go_on_with(db, order)
        counts: dict[str, int] = {}
        for subject in order.subjects:
            for what, rows in _one(office, db, order, subject).items():
                counts[what] = counts.get(what, 0) + rows
            left.discard(subject.record)
        _keep_out(db, order)
        detail = f"customers={len(order.subjects)} {counted(counts)}".strip()
        office.log.append(db, AGAIN, **who | {"reference": order.id.hex(), "reason": order.ground, "detail": detail})
    for record in sorted(left):  # of nobody's order: an import that was taken back since
        destroy_customer(office, db, record)
    if left:
        office.log.append(db, AGAIN, detail=f"customers={len(left)} unordered", **who)


def _bring_back(db: Connection, order: ErasedOrder) -> None:
    """The order itself, which the backup does not have; its number, unless another has it."""
    taken = db.execute(select(erasures.c.id).where(erasures.c.number == order.number)).first() is not None
    highest = int(db.execute(select(func.coalesce(func.max(erasures.c.number), 0))).scalar_one())
    row = {
        "id": order.id, "number": highest + 1 if taken else order.number, "action": order.action,
        "ground": order.ground, "reference": order.reference, "digest": order.digest,
        "proposed_by": order.proposed.account, "proposed_ms": order.proposed.at_ms,
        "signature": order.proposed.signature, "until_ms": order.decided.at_ms,
    }  # fmt: skip
    db.execute(insert(erasures).values(row | _approved(order)))
    subjects = [
        {"order_id": order.id, "place": place, "record": one.record, "fields": one.fields} | _was_erased(order)
        for place, one in enumerate(order.subjects)
    ]
    db.execute(insert(erasure_subjects), subjects)


def _go_on_with(db: Connection, order: ErasedOrder) -> None:
    """An order that waits or runs in the backup; whom it has yet to judge, it judges when the office opens."""
    db.execute(update(erasures).where(erasures.c.id == order.id).values(_approved(order)))
    for one in order.subjects:
        db.execute(update(erasure_subjects).where(*_place(order, one)).values(_was_erased(order)))


def _approved(order: ErasedOrder) -> dict[str, object]:
    return {
        "state": OrderState.RUNNING.value, "decided_by": order.decided.account, "decided_ms": order.decided.at_ms,
        "approval": order.decided.signature, "purged_ms": None, "ended_ms": None,
    }  # fmt: skip


def _was_erased(order: ErasedOrder) -> dict[str, object]:
    return {"fate": Fate.ERASED.value, "erased_ms": order.last_ms}


def _place(order: ErasedOrder, subject: Subject) -> tuple[ColumnElement[bool], ...]:
    table = erasure_subjects.c
    return table.order_id == order.id, table.record == subject.record, table.fields == subject.fields


def _one(office: OpenOffice, db: Connection, order: ErasedOrder, subject: Subject) -> dict[str, int]:
    """What went of one customer now; nothing where the backup did not have it."""
    row = db.execute(select(_customers.number).where(_customers.record == subject.record)).first()
    if row is None:
        return {}
    if subject.fields:
        counts = destroy_fields(office, db, subject.record, tuple(subject.fields.split()))
    else:
        if not order.hashes:
            suppress(office, db, subject.record, row.number, order.id)
        counts = destroy_customer(office, db, subject.record)
    now = {"erased_ms": office.clock.now_ms(), "change": change_now(db), "counts": json.dumps(counts, sort_keys=True)}
    db.execute(update(erasure_subjects).where(*_place(order, subject)).values(now))
    return counts


def _keep_out(db: Connection, order: ErasedOrder) -> None:
    known = {(row.tag, row.person) for row in db.execute(select(suppressed).where(suppressed.c.order_id == order.id))}
    rows = [
        {"tag": one.tag, "person": one.person, "kind": one.kind, "order_id": order.id}
        for one in order.hashes
        if (one.tag, one.person) not in known
    ]
    if rows:
        db.execute(insert(suppressed), rows)
