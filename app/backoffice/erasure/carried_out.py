"""Which orders were carried out since some time, for whoever restores an older backup."""

from sqlalchemy import Connection, Row, func, select

from app.auth.erased_order import ErasedOrder, KeptOut, SignedBy
from app.auth.erasure_order import Subject
from app.backoffice.acting import OFFICE, acting_for
from app.backoffice.erasure_tables import erasure_subjects, erasures, suppressed
from app.backoffice.office import OpenOffice
from app.domain.erasure.words import Fate

_subjects = erasure_subjects.c


def carried_out_since(office: OpenOffice, since_ms: int) -> tuple[ErasedOrder, ...]:
    """Orders by which somebody went since then, each signed by the office.

    Args:
        office: the open office.
        since_ms: when the oldest backup can have been made that opens still.
    """
    last = func.max(_subjects.erased_ms)
    which = select(_subjects.order_id, last.label("last_ms")).where(_subjects.fate == Fate.ERASED.value)
    found = which.group_by(_subjects.order_id).having(last >= since_ms).subquery()
    query = select(erasures, found.c.last_ms).join(found, found.c.order_id == erasures.c.id)
    with acting_for(OFFICE), office.database.reading() as db:
        orders = [_order(db, row) for row in db.execute(query.order_by(erasures.c.number)).all()]
    return tuple(order.signed(office.id, office.keys.checkpoint_seed) for order in orders)


def _order(db: Connection, row: Row[tuple[object, ...]]) -> ErasedOrder:
    gone = select(_subjects.record, _subjects.fields).where(
        _subjects.order_id == row.id, _subjects.fate == Fate.ERASED.value
    )
    subjects = tuple(Subject(one.record, one.fields) for one in db.execute(gone.order_by(_subjects.place)))
    kept = select(suppressed).where(suppressed.c.order_id == row.id)
    hashes = tuple(
        KeptOut(one.kind, one.tag, one.person)
        for one in db.execute(kept.order_by(suppressed.c.kind, suppressed.c.person, suppressed.c.tag))
    )
    proposed = SignedBy(row.proposed_by, row.proposed_ms, row.signature)
    decided = SignedBy(row.decided_by, row.decided_ms, row.approval)
    words = (row.action, row.ground, row.reference)
    return ErasedOrder(row.id, row.number, *words, proposed, decided, row.digest, row.last_ms, subjects, hashes)
