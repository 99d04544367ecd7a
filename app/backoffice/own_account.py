"""What a person sees of their own account: factors, sign-ins, running sessions; and ends the other ones."""

from sqlalchemy import select

from app.api.messages.own_account import (
    NewRecoveryCodes,
    OthersEnded,
    OwnAccount,
    OwnSession,
    OwnSessions,
    OwnSignIn,
    OwnSignIns,
    RecoveryCodes,
)
from app.backoffice import schema
from app.backoffice.office import OpenOffice
from app.backoffice.recovery_codes import give_recovery_codes, make_recovery_codes, recovery_codes_left
from app.backoffice.session_ends import end_others, lives
from app.backoffice.sessions import Session, turn_token
from app.backoffice.step_up import refusal_of_proof


def own_account(office: OpenOffice, session: Session) -> OwnAccount:
    """The account's own factors; no secret among them."""
    with office.database.reading() as db:
        row = db.execute(select(schema.accounts).where(schema.accounts.c.name == session.name)).one()
        left = recovery_codes_left(db, session.name)
    return OwnAccount(
        account=session.name,
        display_name=row.display_name,
        role=session.role.value,
        office=office.plate.name,
        totp_hash=row.totp_hash,
        authenticator_ms=row.authenticator_ms,
        password_ms=row.password_ms,
        recovery_codes=left,
    )


def own_sign_ins(office: OpenOffice, session: Session, limit: int) -> OwnSignIns:
    """Sign-ins and failed tries of the account, from the log, the newest first."""
    table = schema.audit.c
    query = (
        select(table.at_ms, table.seat, table.outcome, table.reason, table.detail)
        .where(table.actor == session.name, table.event == "sign_in")
        .order_by(table.number.desc())
        .limit(limit)
    )
    with office.database.reading() as db:
        rows = db.execute(query).all()
    return OwnSignIns(
        sign_ins=tuple(
            OwnSignIn(at_ms=r.at_ms, seat=r.seat, kind=_kind(r.detail), outcome=r.outcome, reason=r.reason)
            for r in rows
        )
    )


def _kind(detail: str) -> str:
    words = dict(word.partition("=")[::2] for word in detail.split())
    return words.get("kind", "")


def own_sessions(office: OpenOffice, session: Session) -> OwnSessions:
    """Living sessions of the account, the newest first."""
    table = schema.sessions
    query = select(table).where(table.c.account == session.name, table.c.ended_ms.is_(None))
    with office.database.reading() as db:
        rows = db.execute(query.order_by(table.c.started_ms.desc())).all()
    return OwnSessions(
        sessions=tuple(
            OwnSession(
                session=r.id,
                kind=r.kind,
                seat=r.seat,
                started_ms=r.started_ms,
                ends_ms=r.ends_ms,
                this=r.id == session.id,
            )
            for r in rows
            if lives(office, r)
        )
    )


def end_other_sessions(office: OpenOffice, session: Session) -> OthersEnded:
    """End every session of the account but the one that asks."""
    with office.writing() as db:
        ended = end_others(office, db, session.name, session.id, "ended_by_person")
        office.log.append(db, "session.end_others", detail=f"sessions={ended}", **session.log_fields())
    return OthersEnded(ended=ended)


def new_recovery_codes(office: OpenOffice, session: Session, request: NewRecoveryCodes) -> RecoveryCodes:
    """Make ten new recovery codes, after the current password and a fresh code; earlier ones are dead.

    Raises:
        SignInRefused: password or code is not right.
        NotAllowedError: a fresh code is needed.
        SessionUnknownError: too many wrong ones; the session is over.
    """
    made = make_recovery_codes(office.keys.pepper, session.name)
    with office.writing() as db:
        refusal = refusal_of_proof(office, db, session, request.verifier, request.code)
        if refusal is None:
            give_recovery_codes(db, session.name, made)
            detail = f"factor=password+code codes={len(made.texts)}"
            office.log.append(db, "recovery_codes.new", detail=detail, **session.log_fields())
            token = turn_token(db, session.id)
    if refusal is not None:
        raise refusal
    return RecoveryCodes(codes=made.texts, token=token)
