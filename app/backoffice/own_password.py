"""Changing one's own password, and bringing its parameters up to the office's profile.

Salt, parameters and slot lie in the front-door file, V and the wrapped account keys in the database: two files, which
no transaction spans. So one of them decides. The database takes V and the wrapped keys of the new password *beside* the
old ones, with the entry in the log; then the front door puts salt, parameters and slot of the new one in the old ones'
place, in one rename; then the database drops the old ones. A kill before the rename leaves the old password working,
one after it the new one, and whichever is used next settles the rest (`app/backoffice/factors.py:right_password`).
Account keys, class grants and the book stay.
"""

from contextlib import suppress

from sqlalchemy import Connection, Update, select

from app.api.messages.own_account import NewPassword
from app.backoffice import schema
from app.backoffice.database import AuditUnwritableError
from app.backoffice.factors import right_password
from app.backoffice.office import BackOffice, OpenOffice
from app.backoffice.session_ends import end_others
from app.backoffice.sessions import Session, needs_step_up, turn_token
from app.backoffice.step_up import refusal_of_password, refusal_of_proof
from app.crypto.account_keys import stored_verifier
from app.crypto.derive import PASSWORD_CEILING, PASSWORD_FLOOR, PasswordCost, at_least, is_weaker
from app.domain.errors import InputRefusedError, NotAllowedError

CHANGED_LATE = (
    "Your new password counts from now on, but the office's disk takes nothing more: your other sessions were not "
    "ended. Sign out everywhere, and have IT free disk space (A1)."
)


def change_password(office: BackOffice, session: Session, request: NewPassword) -> bytes:
    """Take another password, with the current one and a fresh code; the account's other sessions end.

    Returns:
        The session's new token.

    Raises:
        SignInRefused: the current password or the code is not right.
        NotAllowedError: a fresh code is needed.
        SessionUnknownError: too many wrong ones; the session is over.
        AuditUnwritableError: the disk refused; the old password works, or (code `changed_late`) the new one does, and
            other sessions go on.
    """
    cost = cost_of(request)
    with office.lock:
        opened = office.opened
        with opened.writing() as db:
            refusal = refusal_of_proof(opened, db, session, request.verifier, request.code)
            if refusal is None:
                _put_beside(opened, db, session, request)
                opened.log.append(db, "password.change", detail="factor=password+code", **session.log_fields())
        if refusal is not None:
            raise refusal
        _take_over(office, session, request, cost)
        try:
            with opened.writing() as db:
                _settle(opened, db, session, request)
                end_others(opened, db, session.name, session.id, "password_changed")
                db.execute(_account(session).values(password_ms=opened.clock.now_ms()))
                return turn_token(db, session.id)
        except AuditUnwritableError as e:
            raise AuditUnwritableError(CHANGED_LATE, code="changed_late") from e


def strengthen_password(office: BackOffice, session: Session, request: NewPassword) -> None:
    """Take the same password under the office's profile: what a console does after a sign-in with weaker parameters.

    It asks for no code of its own: the sign-in was one. Nothing but a raise is taken.

    Raises:
        NotAllowedError: the stored parameters are not weaker, or the sign-in was too long ago.
        SignInRefused: V is not the password's.
    """
    cost = cost_of(request)
    with office.lock:
        opened = office.opened
        needs_step_up(opened, session)
        _salt, now = office.front_door.salt_and_cost(session.name)
        if not is_weaker(now, cost) or at_least(cost, office.front_door.profile) != cost:
            raise NotAllowedError("These parameters are no stronger than the stored ones.", code="parameters")
        with opened.writing() as db:
            refusal = refusal_of_password(opened, db, session, request.verifier)
            if refusal is None:
                _put_beside(opened, db, session, request)
                detail = f"memory_kib={cost.memory_kib} passes={cost.passes} lanes={cost.lanes}"
                opened.log.append(db, "password.parameters", detail=detail, **session.log_fields())
        if refusal is not None:
            raise refusal
        _take_over(office, session, request, cost)
        with suppress(AuditUnwritableError), opened.writing() as db:  # the next sign-in settles it, too
            _settle(opened, db, session, request)


def cost_of(request: NewPassword) -> PasswordCost:
    """The parameters of a new password.

    Raises:
        InputRefusedError: under the floor, or over any use.
    """
    cost = PasswordCost(request.memory_kib, request.passes, request.lanes)
    if at_least(cost, PASSWORD_FLOOR) != cost or at_least(cost, PASSWORD_CEILING) != PASSWORD_CEILING:
        raise InputRefusedError("The password parameters are too weak, or far too strong.")
    return cost


def _put_beside(opened: OpenOffice, db: Connection, session: Session, request: NewPassword) -> None:
    """First step: V and wrapped keys of the new password beside the old ones."""
    verifier = stored_verifier(opened.keys.pepper, session.name, request.new_verifier)
    db.execute(_account(session).values(next_verifier=verifier, next_keys=request.wrapped_keys))


def _take_over(office: BackOffice, session: Session, request: NewPassword, cost: PasswordCost) -> None:
    """Second step: the front door decides."""
    opened = office.opened
    slot = office.slot(request.slot_key, session.name)
    try:
        office.front_door.switch_password(session.name, request.salt, cost, slot)
    except AuditUnwritableError:
        with opened.writing() as db:
            db.execute(_account(session).values(next_verifier=None, next_keys=None))
            opened.log.append(db, "password.change", "failed", reason="disk", **session.log_fields())
        raise


def _settle(opened: OpenOffice, db: Connection, session: Session, request: NewPassword) -> None:
    """Third step: the database follows."""
    row = db.execute(select(schema.accounts).where(schema.accounts.c.name == session.name)).one()
    right_password(opened, db, row, request.new_verifier)


def _account(session: Session) -> Update:
    return schema.accounts.update().where(schema.accounts.c.name == session.name)
