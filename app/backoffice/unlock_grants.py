"""Using an unlock grant: one field, one record, one session, one salt, while it lasts."""

from dataclasses import dataclass

from sqlalchemy import Connection, Row, select

from app.api.messages.reveals import RevealRequest
from app.auth.book import BookError
from app.auth.unlock_grant import UnlockGrant
from app.backoffice import schema
from app.backoffice.office import OpenOffice
from app.backoffice.sessions import Session
from app.crypto import signing
from app.crypto.errors import SealError
from app.domain.errors import NotAllowedError
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
        NotAllowedError: another session, record or field; over, used, revoked; the value was edited since; the row
            is not what somebody signed whom the book lets decide on this class.
    """
    table = schema.unlocks
    row = db.execute(select(table).where(table.c.id == request.unlock)).first()
    bound = row is not None and (row.session, row.agent, row.record, row.field) == (
        session.id,
        session.name,
        request.record,
        request.field,
    )
    if row is None or not bound or row.state != "approved":
        raise NotAllowedError("No supervisor has opened this field for you.", code="unlock")
    if office.clock.now_ms() > row.until_ms:
        raise NotAllowedError("The unlock is over. Ask again.", code="unlock_over")
    if row.salt != salt:
        raise NotAllowedError("The field was changed after the approval. Ask again.", code="unlock_changed")
    _check_signed(office, row)
    left = min(row.views_left, row.views) - 1
    values = {
        "views_left": left,
        "state": "used" if left <= 0 else "approved",
        "used_ms": office.clock.now_ms(),
    }
    db.execute(table.update().where(table.c.id == row.id).values(values))
    return Used(row.sealed_half, row.decided_by, row.reason)


def _check_signed(office: OpenOffice, row: Row[tuple[object, ...]]) -> None:
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
