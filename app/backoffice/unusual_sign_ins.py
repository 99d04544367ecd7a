"""Unusual sign-ins: judged with the sign-in, in the log with it, told to the person and administrators at their next.

As with alarms (`alarms.py`) an administrator hears of everybody's since their own last sign-in, others of their own.
"""

from sqlalchemy import Connection, select

from app.api.messages.door import SignInRequest
from app.api.messages.own_account import UnusualSignIn
from app.backoffice import schema
from app.backoffice.office import OpenOffice
from app.backoffice.told import tells, told_until
from app.domain.role import Role
from app.domain.unusual_sign_in import LOOKED_AT, Earlier, Unusual, unusual

EVENT = "sign_in.unusual"
_MOST_TOLD = 20


def unusual_now(office: OpenOffice, db: Connection, request: SignInRequest) -> tuple[Unusual, ...]:
    """What is unusual about a sign-in that is about to begin a session; approvals go from desk to desk."""
    if not tells(request.kind):
        return ()
    table = schema.sessions.c
    own = select(table.seat_id, table.started_ms).where(table.account == request.account)
    rows = db.execute(own.order_by(table.started_ms.desc()).limit(LOOKED_AT))
    earlier = [Earlier(bytes(row.seat_id), row.started_ms) for row in rows]
    return unusual(request.seat_id, office.clock.now_ms(), earlier, office.policy.office_hours)


def log_unusual(
    office: OpenOffice, db: Connection, request: SignInRequest, found: tuple[Unusual, ...], **who: str
) -> None:
    """Write down what is unusual, if anything: behind the sign-in's own entry, so that the next one tells it.

    Args:
        office: the open office.
        db: a connection in `Database.writing()`.
        request: the sign-in.
        found: what is unusual about it.
        who: actor, session and seat.
    """
    if found:
        detail = f"kind={request.kind} why={'+'.join(found)}"
        office.log.append(db, EVENT, reference=request.seat_id.hex(), detail=detail, **who)


def unusual_for(office: OpenOffice, db: Connection, account: str) -> tuple[UnusualSignIn, ...]:
    """Unusual sign-ins since an account's last sign-in that told, the newest first: its own, an administrator's all."""
    entry, table = office.book.account(account), schema.audit.c
    query = select(table.at_ms, table.seat, table.actor, table.detail).where(
        table.event == EVENT, table.number > told_until(db, account)
    )
    if entry is None or entry.role != Role.ADMINISTRATOR.value:
        query = query.where(table.actor == account)
    rows = db.execute(query.order_by(table.number.desc()).limit(_MOST_TOLD))
    return tuple(
        UnusualSignIn(at_ms=row.at_ms, seat=row.seat, account=row.actor, why=tuple(_why(row.detail))) for row in rows
    )


def _why(detail: str) -> list[Unusual]:
    words = detail.partition("why=")[2].split("+")
    return [Unusual(word) for word in words if word in list(Unusual)]
