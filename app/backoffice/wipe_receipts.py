"""Taking receipts of wipes: signed by the seat of the session that they name, each session's once.

Whoever brings one needs no session: the signature is the proof. What is refused stands in the log, up to
`MOST_REFUSED` times per session, so that nobody fills it; of sessions that there are not, nothing is written down.
"""

from typing import Any

from sqlalchemy import Connection, Row, select

from app.api.messages.seats import BroughtReceipt
from app.auth.wipe_receipt import WipeReceipt
from app.backoffice import schema
from app.backoffice.office import OpenOffice
from app.backoffice.session_ends import update_session
from app.backoffice.wipe_orders import confirm_orders
from app.crypto.derive import same
from app.crypto.errors import SealError
from app.domain.errors import VerificationError

FORGED, REPLAYED, OTHER_ORDER, STILL_RUNS, NO_SESSION = "forged", "replayed", "other_order", "still_runs", "no_session"
MOST_REFUSED = 5


class ReceiptRefusedError(VerificationError):
    """A receipt is not what it says; `code` is `receipt_` and why."""

    def __init__(self, why: str) -> None:
        super().__init__("This receipt of a wipe is not taken.", code=f"receipt_{why}")


def take_receipt(office: OpenOffice, brought: BroughtReceipt) -> None:
    """Take a receipt, and confirm what was ordered by it.

    Raises:
        ReceiptRefusedError: it is forged, was taken already, names an order of something else, or its session runs.
    """
    with office.writing() as db:
        row = db.execute(select(schema.sessions).where(schema.sessions.c.id == brought.session)).first()
        why = _why_refused(office, db, row, brought)
        if not why:
            _take(office, db, row, brought)
        elif row is not None:
            _log_refusal(office, db, row, why)
    if why:
        raise ReceiptRefusedError(why)


def _why_refused(office: OpenOffice, db: Connection, row: Row[tuple[Any, ...]] | None, brought: BroughtReceipt) -> str:
    if row is None:
        return NO_SESSION
    seat = db.execute(select(schema.seats).where(schema.seats.c.id == row.seat_id)).first()
    if seat is None or not same(row.seat_id, brought.seat):
        return FORGED
    receipt = WipeReceipt(brought.subject, brought.seat, brought.session, brought.files, brought.entries, brought.at_ms)
    try:
        receipt.check(office.id, seat.public_key, brought.signature)
    except SealError:
        return FORGED
    if row.ended_ms is None:
        return STILL_RUNS
    receipts, named = schema.wipe_receipts, schema.wipe_order_sessions
    if db.execute(select(receipts.c.session).where(receipts.c.session == row.id)).first() is not None:
        return REPLAYED
    about = db.execute(select(named.c.order_id).where(named.c.session == row.id)).scalars()
    return "" if brought.subject in {bytes(row.id), *map(bytes, about)} else OTHER_ORDER


def _take(office: OpenOffice, db: Connection, row: Any, brought: BroughtReceipt) -> None:
    now = office.clock.now_ms()
    db.execute(
        schema.wipe_receipts.insert().values(
            session=row.id,
            seat=row.seat_id,
            subject=brought.subject,
            files=brought.files,
            entries=brought.entries,
            at_ms=brought.at_ms,
            taken_ms=now,
            signature=brought.signature,
        )
    )
    update_session(db, row.id, wiped_ms=now)
    orders = confirm_orders(office, db, row.id)
    detail = f"files={brought.files} keyring={brought.entries} orders={len(orders)}"
    office.log.append(db, "wipe.receipt", reference=brought.subject.hex(), detail=detail, **_who(row))
    office.log.checkpoint(db)


def _log_refusal(office: OpenOffice, db: Connection, row: Any, why: str) -> None:
    event, who = "wipe.receipt", _who(row)
    known = office.log.count(db, event, row.account, row.started_ms, "refused", session=who["session"])
    if known < MOST_REFUSED:
        office.log.append(db, event, "refused", reason=why, **who)


def _who(row: Any) -> dict[str, str]:
    return {"actor": row.account, "session": row.id.hex(), "seat": row.seat}
