"""A fresh code in a running session, and the proof that changes of factors ask for: current password and fresh code.

`needs_step_up` (`app/backoffice/sessions.py`) is the one question that everything sensitive asks: approving unlocks,
accounts and roles, class grants, key rotation, exports, erasure, releasing a throttle. A fresh code counts for five
minutes; signing in is one. Each code that is taken turns the session's token over; too many wrong ones end the session.
"""

from sqlalchemy import Connection, select

from app.auth.totp import CodeVerdict
from app.backoffice import schema
from app.backoffice.factors import judge_and_use, right_password, took_code
from app.backoffice.office import OpenOffice, SessionUnknownError
from app.backoffice.refusals import Refusal, SignInRefused, code_refusal
from app.backoffice.session_ends import end_one, update_session
from app.backoffice.sessions import Session, needs_step_up, turn_token
from app.domain.errors import TiraiError


def step_up(office: OpenOffice, session: Session, code: str) -> bytes:
    """Judge a fresh code and remember that it was given; a wrong one stands in the log.

    Returns:
        The session's new token.

    Raises:
        SignInRefused: the code is wrong, used, or of another time.
        SessionUnknownError: too many wrong ones in this session; it is over.
    """
    with office.writing() as db:
        refusal = _judge_code(office, db, session, code)
        token = b"" if refusal else turn_token(db, session.id)
    if refusal is not None:
        raise refusal
    return token


def refusal_of_proof(
    office: OpenOffice, db: Connection, session: Session, verifier: bytes, code: str
) -> TiraiError | None:
    """Judge current password and fresh code in the caller's transaction.

    Args:
        office: the office.
        db: the caller's transaction, to be committed whatever comes out: tries are counted and codes used up in it.
        session: who asks.
        verifier: V of the current password.
        code: a fresh code, or empty while the session's last one counts.

    Returns:
        None if both are right; otherwise what to raise after the commit.
    """
    refusal = refusal_of_password(office, db, session, verifier)
    if refusal is not None:
        return refusal
    if code:
        return _judge_code(office, db, session, code)
    try:
        needs_step_up(office, session)
    except TiraiError as e:
        return e
    return None


def refusal_of_password(office: OpenOffice, db: Connection, session: Session, verifier: bytes) -> TiraiError | None:
    """Judge the current password, the same way."""
    row = db.execute(select(schema.accounts).where(schema.accounts.c.name == session.name)).one()
    if right_password(office, db, row, verifier):
        return None
    return failed_proof(office, db, session, SignInRefused(Refusal("wrong_password")))


def _judge_code(office: OpenOffice, db: Connection, session: Session, code: str) -> TiraiError | None:
    judgement = judge_and_use(office, db, session.name, code)
    if judgement.verdict is not CodeVerdict.RIGHT:
        refusal = code_refusal(judgement, 0, SignInRefused(Refusal("wrong_code")))
        return failed_proof(office, db, session, refusal, judgement.verdict)
    took_code(db, session.name)
    update_session(db, session.id, step_up_ms=office.clock.now_ms() + office.policy.step_up_s * 1000)
    office.log.append(db, "step_up", detail="factor=code", **session.log_fields())
    return None


def failed_proof(
    office: OpenOffice, db: Connection, session: Session, refusal: TiraiError, reason: str = "wrong_password"
) -> TiraiError:
    """Write a wrong factor of a session down; the session ends with too many. What to raise after the commit."""
    office.log.append(db, "step_up", "failed", reason=reason, **session.log_fields())
    failed = office.log.count(db, "step_up", session.name, 0, "failed", session=session.id.hex())
    if failed < office.policy.lock_tries:
        return refusal
    end_one(office, db, session.id, "too_many_codes")
    return SessionUnknownError("Too many wrong codes; this session is over. Sign in again.", code="session_over")
