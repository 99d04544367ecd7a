"""Reading the log for a verification elsewhere: the console judges, the office only hands out."""

from app.api.messages.audit import AuditPage, AuditRow, CheckpointMark, Checkpoints
from app.backoffice.office import OpenOffice
from app.backoffice.sessions import Session
from app.domain.errors import NotAllowedError

PAGE = 2000


def audit_page(office: OpenOffice, session: Session, after: int) -> AuditPage:
    """Entries after a number, in stored order.

    Raises:
        NotAllowedError: the role does not read the log.
    """
    _may_read(office, session)
    names = AuditRow.model_fields
    with office.database.reading() as db:
        page = office.log.page(db, after, PAGE)
    return AuditPage(rows=tuple(AuditRow(**{n: getattr(e, n) for n in names}) for e in page))


def checkpoints(office: OpenOffice, session: Session) -> Checkpoints:
    """All checkpoints.

    Raises:
        NotAllowedError: the role does not read the log.
    """
    _may_read(office, session)
    with office.database.reading() as db:
        marks = office.log.checkpoints(db)
    return Checkpoints(
        checkpoints=tuple(CheckpointMark(number=m.number, hash=m.hash, signature=m.signature) for m in marks)
    )


def log_verified(office: OpenOffice, session: Session, *, ok: bool) -> None:
    """Write down that somebody verified the log."""
    _may_read(office, session)
    with office.writing() as db:
        office.log.append(db, "audit.verify", "ok" if ok else "failed", **session.log_fields())


def _may_read(office: OpenOffice, session: Session) -> None:
    if not office.policy.may_verify_audit(session.role):
        raise NotAllowedError("This role does not read the audit log.", code="role")
