"""Reading the log for a verification elsewhere: the console judges, the office only hands out."""

from sqlalchemy import Connection

from app.api.messages.audit import AuditPage, CheckpointMark, Checkpoints, Export, ExportEnd, Verified
from app.auth.audit_chain import WHOLE_READ
from app.backoffice.office import OpenOffice
from app.backoffice.sessions import Session
from app.domain.errors import NotAllowedError

PAGE = 2000
EXPORT = "audit.export"
READ = "audit.read"


def audit_page(office: OpenOffice, session: Session, after: int) -> AuditPage:
    """Entries after a number, in stored order. The first page of a session is an entry: the whole log is handed out.

    Raises:
        NotAllowedError: the role does not read the log.
        AuditUnwritableError: that entry cannot be written, so nothing is handed out.
    """
    need_reader(office, session)
    tell_once(office, session, detail=WHOLE_READ)
    with office.database.reading() as db:
        return AuditPage.model_validate({"rows": office.log.rows(db, after, PAGE)})


def checkpoints(office: OpenOffice, session: Session) -> Checkpoints:
    """All checkpoints.

    Raises:
        NotAllowedError: the role does not read the log.
    """
    need_reader(office, session)
    with office.database.reading() as db:
        marks = office.log.checkpoints(db)
    return Checkpoints(
        checkpoints=tuple(CheckpointMark(number=m.number, hash=m.hash, signature=m.signature) for m in marks)
    )


def log_verified(office: OpenOffice, session: Session, verified: Verified) -> None:
    """Write down that somebody verified the log, and how far it holds.

    Raises:
        NotAllowedError: the role does not read the log.
    """
    need_reader(office, session)
    detail = f"entries={verified.entries}"
    if verified.first_bad is not None:
        detail += f" first_bad={verified.first_bad}"
    with office.writing() as db:
        office.log.append(db, "audit.verify", "ok" if verified.ok else "failed", detail=detail, **session.log_fields())


def begin_export(office: OpenOffice, session: Session, export: Export) -> None:
    """Write down that entries leave the office; whoever exports asks this first.

    Raises:
        NotAllowedError: the role does not read the log.
        AuditUnwritableError: nothing is exported.
    """
    need_reader(office, session)
    with office.writing() as db:
        office.log.append(
            db, EXPORT, reference=export.id.hex(), reason=export.to, detail=f"first={export.first}",
            **session.log_fields(),
        )  # fmt: skip


def end_export(office: OpenOffice, session: Session, end: ExportEnd) -> None:
    """Write down what came of an export: how many entries were taken, and the last of them.

    Raises:
        NotAllowedError: the role does not read the log.
    """
    need_reader(office, session)
    with office.writing() as db:
        office.log.append(
            db, EXPORT + ".end", "ok" if end.whole else "failed", reference=end.id.hex(),
            detail=f"entries={end.entries} last={end.last}", **session.log_fields(),
        )  # fmt: skip


def need_reader(office: OpenOffice, session: Session) -> None:
    """Demand that this session may read the log.

    Raises:
        NotAllowedError: its role does not.
    """
    if not office.policy.may_verify_audit(session.role):
        raise NotAllowedError("This role does not read the audit log.", code="role")


def tell_once(office: OpenOffice, session: Session, **what: str) -> None:
    """Write down what of the log somebody reads, unless this session's entries say so already.

    Args:
        office: the open office.
        session: who reads.
        what: columns of the entry (`detail`, `record`, `reference`), all without personal data.

    Raises:
        AuditUnwritableError: it cannot be written.
    """

    def known(db: Connection) -> bool:
        return office.log.count(db, READ, session.name, 0, session=session.id.hex(), **what) > 0

    with office.database.reading() as db:
        if known(db):
            return
    with office.writing() as db:
        if not known(db):  # another request of this session may have come first
            office.log.append(db, READ, **what, **session.log_fields())
