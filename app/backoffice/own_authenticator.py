"""Replacing one's own authenticator: with password and code, or with password and a recovery code.

The old one works until a code of the new one has come. A half-finished change lives five minutes in this process's
memory alone and is used once.
"""

import secrets
from dataclasses import dataclass

from sqlalchemy import Connection

from app.api.messages.own_account import AuthenticatorBegin, AuthenticatorBegun, AuthenticatorFinish
from app.auth import totp
from app.auth.totp import CodeVerdict, TotpHash, judge_code
from app.backoffice import schema
from app.backoffice.factors import forget_wrong_codes
from app.backoffice.office import BackOffice, OpenOffice
from app.backoffice.recovery_codes import use_recovery_code
from app.backoffice.refusals import Refusal, SignInRefused
from app.backoffice.session_ends import end_one, end_others
from app.backoffice.sessions import Session, turn_token
from app.backoffice.step_up import failed_proof, refusal_of_password, refusal_of_proof
from app.domain.errors import NotAllowedError, TiraiError

_TRIES = 5


@dataclass(slots=True)
class _Change:
    session: bytes
    secret: bytes
    totp_hash: TotpHash
    factor: str
    until_ms: int
    tries: int = 0


class Authenticators:
    """Half-finished changes of authenticators at one office."""

    def __init__(self, office: BackOffice) -> None:
        """Work for this office."""
        self._office = office
        self._open: dict[bytes, _Change] = {}

    def begin(self, session: Session, request: AuthenticatorBegin) -> AuthenticatorBegun:
        """Hand out a new secret, after the current password and a code, or a recovery code.

        Raises:
            SignInRefused: password or code is not right.
            NotAllowedError: a fresh code is needed.
            SessionUnknownError: too many wrong ones; the session is over.
        """
        with self._office.lock:
            opened = self._office.opened
            with opened.writing() as db:
                refusal = _refusal(opened, db, session, request)
                token = b"" if refusal else turn_token(db, session.id)
            if refusal is not None:
                raise refusal
            now, change = opened.clock.now_ms(), secrets.token_bytes(16)
            by_recovery = session.kind == "replace" or request.recovery_code
            self._open = {k: c for k, c in self._open.items() if c.until_ms > now and c.session != session.id}
            begun = _Change(
                session.id,
                totp.new_secret(TotpHash(request.totp_hash)),
                TotpHash(request.totp_hash),
                "recovery_code" if by_recovery else "code",
                now + opened.policy.sign_in_s * 1000,
            )
            self._open[change] = begun
            return AuthenticatorBegun(change=change, totp=begun.secret, until_ms=begun.until_ms, token=token)

    def finish(self, session: Session, request: AuthenticatorFinish) -> None:
        """Take the new authenticator, by a code of it; the account's other sessions end.

        A session that signed in with a recovery code is over with it: the person signs in with the new one.

        Raises:
            NotAllowedError: the change is over, or the code does not fit.
        """
        with self._office.lock:
            opened, now_ms = self._office.opened, self._office.clock.now_ms()
            change = self._open.get(request.change)
            if change is None or change.session != session.id or change.until_ms < now_ms:
                raise NotAllowedError("This change took longer than 5 minutes. Begin again.", code="change_over")
            step = _step(change, request.code, now_ms)
            with opened.writing() as db:
                _store(opened, db, session, change, step)
            del self._open[request.change]


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


def _step(change: _Change, code: str, now_ms: int) -> int:
    change.tries += 1
    if change.tries >= _TRIES:
        change.until_ms = 0
    judgement = judge_code(change.secret, code, now_ms / 1000, 0, 0, change.totp_hash)
    if judgement.verdict is CodeVerdict.CLOCK_OFF:
        minutes = max(1, judgement.off_s // 60)
        raise NotAllowedError(
            f"The clock here is about {minutes} min off. Codes will not fit until IT sets it.", code="clock_off"
        )
    if judgement.verdict is not CodeVerdict.RIGHT:
        raise NotAllowedError("This code does not fit. Type the one that is shown now.", code="wrong_code")
    return judgement.step


def _store(opened: OpenOffice, db: Connection, session: Session, change: _Change, step: int) -> None:
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
