"""Notices: written by one person, judged by the inventory, published by another; one of them is a privacy officer."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, Row, select

from app.backoffice.office import OpenOffice
from app.backoffice.privacy.duty_gate import must_have
from app.backoffice.privacy_schema import notices
from app.backoffice.refused import refusals_logged
from app.backoffice.sessions import Session
from app.crypto.derive import same
from app.domain.errors import InputRefusedError, NotAllowedError
from app.domain.privacy.duties import Duty
from app.domain.privacy.notice import Notice, notice_from
from app.domain.privacy.notice_lint import lint
from app.domain.role import Role

WRITTEN, PUBLISHED, DROPPED = "notice.written", "notice.published", "notice.dropped"
MOST = 50
"""So many versions are listed, the newest first."""


def listed(office: OpenOffice, session: Session) -> Sequence[Row[Any]]:
    """Drafts, then what was published, the newest first.

    Raises:
        NotAllowedError: code `role_privacy`.
    """
    must_have(session, Duty.WRITE_NOTICES)
    with office.database.reading() as db:
        order = (notices.c.published_ms.is_not(None), notices.c.written_ms.desc(), notices.c.id)
        return db.execute(select(notices).order_by(*order).limit(MOST)).all()


def in_force(db: Connection) -> Row[Any] | None:
    """The notice in force: the newest published one."""
    published = select(notices).where(notices.c.published_ms.is_not(None))
    return db.execute(published.order_by(notices.c.published_ms.desc(), notices.c.id.desc()).limit(1)).first()


def told(office: OpenOffice, session: Session) -> tuple[str, bytes | None]:
    """Code and digest of the notice that whoever is taken down is told of; the inventory's code if none is published.

    Raises:
        NotAllowedError: code `role_edits`: this role takes nobody down.
    """
    if not office.policy.may_create(session.role):
        raise NotAllowedError("Your role makes no customers.", code="role_edits")
    with office.database.reading() as db:
        return notice_told(office, db)


def notice_told(office: OpenOffice, db: Connection) -> tuple[str, bytes | None]:
    """The same, inside a transaction."""
    row = in_force(db)
    return (office.inventory.notice, None) if row is None else (str(row.code), bytes(row.digest))


def write(office: OpenOffice, session: Session, id_: bytes, untrusted_text: str) -> Notice:
    """Write a draft, or write it anew.

    Raises:
        NotAllowedError: code `role_privacy`, or `published`: a published one is never changed. Logged.
        InputRefusedError: code `notice_text`.
    """
    with refusals_logged(office, session, WRITTEN, reference=id_.hex()):
        must_have(session, Duty.WRITE_NOTICES)
        notice = notice_from(untrusted_text)
        with office.writing() as db:
            row = db.execute(select(notices).where(notices.c.id == id_)).first()
            if row is not None and row.published_ms is not None:
                raise NotAllowedError("A published notice is never changed; write another one.", code="published")
            said: dict[str, object] = {"code": notice.code, "text": notice.as_json(), "digest": notice.digest}
            said |= {"written_by": session.name, "written_ms": office.clock.now_ms()}
            if row is None:
                db.execute(notices.insert().values(id=id_, published_by="", **said))
            else:
                db.execute(notices.update().where(notices.c.id == id_).values(**said))
            _log(office, db, session, WRITTEN, id_, notice.digest)
    return notice


def publish(office: OpenOffice, session: Session, id_: bytes, digest: bytes) -> None:
    """Publish what somebody else wrote; from now on customers are told this one.

    Args:
        office: the open office.
        session: who publishes.
        id_: which.
        digest: of the text that they read: another one is not published.

    Raises:
        NotAllowedError: code `role_privacy`, `own_notice` (another person publishes), `no_officer` (one of the two is a
            privacy officer), `published`, or `changed` (it reads otherwise now). Logged.
        InputRefusedError: code `no_notice`, or `notice_faults`: it lacks something.
    """
    with refusals_logged(office, session, PUBLISHED, reference=id_.hex()):
        must_have(session, Duty.PUBLISH_NOTICES)
        with office.writing() as db:
            row = _draft(db, id_)
            if not same(row.digest, digest):
                raise NotAllowedError("The draft was changed meanwhile. Read it again.", code="changed")
            _two_people(office, session, row.written_by)
            notice = notice_from(row.text)
            if lint(notice, office.inventory) or not same(notice.digest, digest):
                raise InputRefusedError("The notice lacks something, so it is not published.", code="notice_faults")
            now = max(office.clock.now_ms(), _last_published(db) + 1)
            values = {"published_by": session.name, "published_ms": now}
            db.execute(notices.update().where(notices.c.id == id_).values(**values))
            _log(office, db, session, PUBLISHED, id_, digest, acting_with=row.written_by)


def may_publish(office: OpenOffice, session: Session, written_by: str) -> bool:
    """Whether somebody is the second person that a draft of this writer needs."""
    writer = office.book.account(written_by)
    roles = {session.role.value, writer.role if writer is not None else ""}
    return session.name != written_by and Role.PRIVACY_OFFICER.value in roles


def drop(office: OpenOffice, session: Session, id_: bytes) -> None:
    """Take a draft away.

    Raises:
        NotAllowedError: code `role_privacy` or `published`. Logged.
        InputRefusedError: code `no_notice`.
    """
    with refusals_logged(office, session, DROPPED, reference=id_.hex()):
        must_have(session, Duty.WRITE_NOTICES)
        with office.writing() as db:
            row = _draft(db, id_)
            db.execute(notices.delete().where(notices.c.id == id_))
            _log(office, db, session, DROPPED, id_, row.digest)


def _draft(db: Connection, id_: bytes) -> Row[Any]:
    row = db.execute(select(notices).where(notices.c.id == id_)).first()
    if row is None:
        raise InputRefusedError("There is no such draft any more.", code="no_notice")
    if row.published_ms is not None:
        raise NotAllowedError("It is published already.", code="published")
    return row


def _last_published(db: Connection) -> int:
    """A clock that was set back lets no older notice come before a newer one."""
    row = in_force(db)
    return 0 if row is None else int(row.published_ms)


def _two_people(office: OpenOffice, session: Session, written_by: str) -> None:
    if session.name == written_by:
        raise NotAllowedError("Somebody else publishes what you wrote.", code="own_notice")
    if not may_publish(office, session, written_by):
        raise NotAllowedError("One of the two who write and publish is a privacy officer.", code="no_officer")


def _log(
    office: OpenOffice, db: Connection, session: Session, event: str, id_: bytes, digest: bytes, acting_with: str = ""
) -> None:
    detail = f"digest={digest.hex()}"
    office.log.append(db, event, reference=id_.hex(), detail=detail, acting_with=acting_with, **session.log_fields())
