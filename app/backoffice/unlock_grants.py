"""Using an unlock grant: one field, one record, one session, one salt, while it lasts.

Invariant: that it was approved, how often it was used, whether it was closed or its console locked, and why it was
asked are read from the log, in the transaction of the entry that follows. The row says no more than the log does.
"""

from dataclasses import dataclass

from sqlalchemy import Connection, select

from app.api.messages.reveals import RevealRequest
from app.auth.book import BookError
from app.auth.unlock_grant import UnlockGrant
from app.backoffice import schema
from app.backoffice.office import OpenOffice
from app.backoffice.sessions import Session
from app.backoffice.unlock_log import is_revoked, logged, was_locked_since
from app.backoffice.unlock_rules import Unlock, is_over
from app.crypto import signing
from app.crypto.errors import SealError
from app.domain.errors import NotAllowedError
from app.domain.policy import Access
from app.domain.role import Role


@dataclass(frozen=True, slots=True)
class Used:
    """A grant of which one view was taken."""

    sealed_half: bytes
    supervisor: str
    reason: str


def use_grant(office: OpenOffice, db: Connection, session: Session, request: RevealRequest, salt: bytes) -> Used:
    """Take one view of a grant, in the transaction of its audit entry.

    Args:
        office: the office.
        db: the transaction.
        session: who asks.
        request: what is asked, with the grant's id.
        salt: salt of the value as it is now; a grant for an older value is dead.

    Returns:
        The half sealed to the session, the supervisor's account, and why the agent asked.

    Raises:
        NotAllowedError: another session, record or field; over, used, revoked, by the row or by the log; the value was
            edited since; the row is not what somebody signed whom the book lets decide on this class, or nobody asked.
    """
    table = schema.unlocks
    row = db.execute(select(table).where(table.c.id == request.unlock)).first()
    if row is None or (row.session, row.agent, row.record, row.field) != (
        session.id,
        session.name,
        request.record,
        request.field,
    ):
        raise NotAllowedError("No supervisor has opened this field for you.", code="unlock")
    must_be_open(office, row)
    if office.policy.access(session.role, office.inventory.field(row.field).data_class) is Access.NEVER:
        raise NotAllowedError("The policy has taken this class from your role.", code="unlock")
    if row.salt != salt:
        raise NotAllowedError("The field was changed after the approval. Ask again.", code="unlock_changed")
    _check_signed(office, row)
    taken, reason = _check_logged(db, row)
    left = min(row.views_left, row.views - taken) - 1
    values = {
        "views_left": left,
        "state": "used" if left <= 0 else "approved",
        "used_ms": office.clock.now_ms(),
    }
    db.execute(table.update().where(table.c.id == row.id).values(values))
    return Used(row.sealed_half, row.decided_by, reason)


def must_be_open(office: OpenOffice, row: Unlock) -> None:
    """Demand a grant that was given, and neither used, closed nor over.

    Raises:
        NotAllowedError: code `unlock`, `unlock_used`, `unlock_revoked` or `unlock_over`.
    """
    if row.state == "revoked":
        raise _revoked()
    if row.state == "used":
        raise _used()
    if row.state == "expired" or (row.state == "approved" and is_over(office, row)):
        raise _over()
    if row.state != "approved":
        raise NotAllowedError("No supervisor has opened this field for you.", code="unlock")


def _revoked() -> NotAllowedError:
    return NotAllowedError("This unlock was closed again.", code="unlock_revoked")


def _used() -> NotAllowedError:
    return NotAllowedError("This unlock was used. Ask again.", code="unlock_used")


def _over() -> NotAllowedError:
    return NotAllowedError("The unlock is over. Ask again.", code="unlock_over")


def must_not_be_revoked(db: Connection, record: bytes, unlock: bytes) -> None:
    """Demand that what an unlock opened was not closed meanwhile: the same answer is not given again then.

    Raises:
        NotAllowedError: code `unlock_revoked`.
    """
    table = schema.unlocks
    state = db.execute(select(table.c.state).where(table.c.id == unlock)).scalar()
    if state not in {"approved", "used"} or is_revoked(db, record, unlock):
        raise _revoked()


def _check_logged(db: Connection, row: Unlock) -> tuple[int, str]:
    """Views taken already, and why it was asked: a row that was put back to what it was opens nothing again."""
    known = logged(db, row)
    if known.is_revoked:
        raise _revoked()
    if known.views >= row.views:
        raise _used()
    if known.reason is None or not known.approved:
        raise NotAllowedError("The log knows of no such approval.", code="unlock")
    if was_locked_since(db, row, known.approved):
        raise _over()
    return known.views, known.reason


def _check_signed(office: OpenOffice, row: Unlock) -> None:
    """The signature is checked again at use: no row is believed instead of the book."""
    grant = UnlockGrant(row.id, row.agent, row.session, row.record, row.field, row.salt, row.until_ms, row.views,
                        row.sealed_half)  # fmt: skip
    data_class = office.inventory.field(row.field).data_class
    try:
        by = office.book.active(row.decided_by)
        signing.check(by.sign, row.signature, grant.body(office.id))
    except (BookError, SealError):
        raise NotAllowedError("This unlock is not signed by whom it names.", code="unlock") from None
    may = office.policy.may_decide(Role(by.role), data_class) and data_class in office.book.granted(by.name)
    if by.name == row.agent or not may:
        raise NotAllowedError("Who gave this unlock may not decide on this class.", code="unlock")
