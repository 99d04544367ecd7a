"""Replacing one's own authenticator: with password and code, or with password and a recovery code.

The old one works until a code of the new one has come. A half-finished change lives five minutes and is used once.
"""

from sqlalchemy import Connection

from app.api.messages.own_account import AuthenticatorBegin, AuthenticatorBegun, AuthenticatorFinish
from app.auth.totp import TotpHash
from app.backoffice import schema
from app.backoffice.factors import forget_wrong_codes
from app.backoffice.office import BackOffice, OpenOffice
from app.backoffice.pending_factors import PendingFactor, begin_factor, pending_factor, try_code, use_factor
from app.backoffice.recovery_codes import use_recovery_code
from app.backoffice.refusals import Refusal, SignInRefused
from app.backoffice.session_ends import end_one, end_others
from app.backoffice.sessions import Session, turn_token
from app.backoffice.step_up import failed_proof, refusal_of_password, refusal_of_proof
from app.domain.errors import NotAllowedError, TiraiError


class Authenticators:
    """Half-finished changes of authenticators at one office."""

    def __init__(self, office: BackOffice) -> None:
        """Work for this office."""
        self._office = office

    def begin(self, session: Session, request: AuthenticatorBegin) -> AuthenticatorBegun:
        """Hand out a new secret, after the current password and a code, or a recovery code.

        Raises:
            SignInRefused: password or code is not right.
            NotAllowedError: a fresh code is needed.
            SessionUnknownError: too many wrong ones; the session is over.
        """
        with self._office.lock:
            opened = self._office.opened
            by_recovery = session.kind == "replace" or request.recovery_code
            factor, token, begun = "recovery_code" if by_recovery else "code", b"", None
            with opened.writing() as db:
                refusal = _refusal(opened, db, session, request)
                if refusal is None:
                    token = turn_token(db, session.id)
                    kind = TotpHash(request.totp_hash)
                    begun = begin_factor(opened, db, session.name, kind, session=session.id, factor=factor)
            if refusal is not None:
                raise refusal
            assert begun is not None
            return AuthenticatorBegun(change=begun.id, totp=begun.secret, until_ms=begun.until_ms, token=token)

    def finish(self, session: Session, request: AuthenticatorFinish) -> None:
        """Take the new authenticator, by a code of it; the account's other sessions end.

        A session that signed in with a recovery code is over with it: the person signs in with the new one.

        Raises:
            NotAllowedError: the change is over, or the code does not fit.
        """
        with self._office.lock:
            opened = self._office.opened
            change = pending_factor(opened, request.change, session.id)
            if change is None:
                raise _over()
            step = try_code(opened, change, request.code)
            with opened.writing() as db:
                _store(opened, db, session, change, step)


def _over() -> NotAllowedError:
    return NotAllowedError("This change took longer than 5 minutes. Begin again.", code="change_over")


def _refusal(opened: OpenOffice, db: Connection, session: Session, request: AuthenticatorBegin) -> TiraiError | None:
    if session.kind == "replace":
        return None
    if request.verifier is None:
        return NotAllowedError("This needs your current password.", code="wrong_password")
    if not request.recovery_code:
        return refusal_of_proof(opened, db, session, request.verifier, request.code)
    refusal = refusal_of_password(opened, db, session, request.verifier)
    if refusal is None and not use_recovery_code(opened, db, session.name, request.recovery_code):
        return failed_proof(opened, db, session, SignInRefused(Refusal("wrong_code")), "wrong_recovery_code")
    return refusal


def _store(opened: OpenOffice, db: Connection, session: Session, change: PendingFactor, step: int) -> None:
    if not use_factor(db, change):
        raise _over()
    table = schema.accounts
    db.execute(
        table.update()
        .where(table.c.name == session.name)
        .values(
            **opened.keys.wrapped_totp(session.name, change.secret),
            totp_hash=change.totp_hash.value,
            last_step=step,
            told_step=0,
            authenticator_ms=opened.clock.now_ms(),
        )
    )
    forget_wrong_codes(db, session.name)
    detail = f"factor=password+{change.factor} hash={change.totp_hash}"
    opened.log.append(db, "authenticator.replace", detail=detail, **session.log_fields())
    end_others(opened, db, session.name, session.id, "authenticator_replaced")
    if session.kind == "replace":
        end_one(opened, db, session.id, "authenticator_replaced")
