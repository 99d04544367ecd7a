"""Authenticators that nobody has proved yet: of half-finished enrolments and of changes, for five minutes in a table.

Any process of the office may end what another one began. Invariants: a try is committed before its code is judged; five
tries end it; it is used once, in the transaction that takes the authenticator over; the secret is wrapped under the
master and bound to all that its row says, but for the tries: whoever alters a row has made it worthless.
"""

import secrets
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Row, select

from app.auth import totp
from app.auth.totp import CodeVerdict, TotpHash, judge_code
from app.backoffice import schema
from app.backoffice.office import OpenOffice
from app.crypto.errors import SealError
from app.crypto.labels import lp
from app.domain.errors import NotAllowedError

TRIES = 5
_TABLE = schema.pending_factors


@dataclass(frozen=True, slots=True, repr=False)
class PendingFactor:
    """One of them.

    Attributes:
        id: 16 bytes that whoever began knows.
        account: whose it will be.
        session: by whose wish it changes; empty for an enrolment.
        secret: what its codes come from.
        totp_hash: with which hash.
        factor: what was shown besides the password before it was handed out; for the log.
        until_ms: until when, ms since 1970.
    """

    id: bytes
    account: str
    session: bytes
    secret: bytes
    totp_hash: TotpHash
    factor: str
    until_ms: int


def begin_factor(
    office: OpenOffice, db: Connection, account: str, totp_hash: TotpHash, *, session: bytes = b"", factor: str = ""
) -> PendingFactor:
    """Make a new secret, in the place of one that the account's enrolment, or the session, had begun.

    Args:
        office: the open office.
        db: a connection in `OpenOffice.writing()`.
        account: whose it will be.
        totp_hash: with which hash.
        session: whose change it is; empty for an enrolment.
        factor: see `PendingFactor`.
    """
    drop_over(db, office.clock.now_ms())
    same = (_TABLE.c.account == account, _TABLE.c.session == session)
    db.execute(_TABLE.delete().where(*same))
    until_ms = office.clock.now_ms() + office.policy.sign_in_s * 1000
    begun = PendingFactor(
        secrets.token_bytes(16), account, session, totp.new_secret(totp_hash), totp_hash, factor, until_ms
    )
    row = {
        "id": begun.id,
        "account": account,
        "session": session,
        "totp_hash": totp_hash.value,
        "factor": factor,
        "until_ms": until_ms,
    }
    bound_to = _bound_to(office, begun.id, account, session, totp_hash.value, factor, until_ms)
    db.execute(_TABLE.insert().values(row | office.keys.wrapped_new_totp(bound_to, begun.secret)))
    return begun


def pending_factor(office: OpenOffice, key: bytes, session: bytes = b"") -> PendingFactor | None:
    """What was begun under this id, or None where it is over, was used or is somebody else's.

    Args:
        office: the open office.
        key: its id.
        session: whose change it is; empty for an enrolment.
    """
    usable = (_TABLE.c.until_ms >= office.clock.now_ms(), _TABLE.c.tries < TRIES)
    query = select(_TABLE).where(_TABLE.c.id == key, _TABLE.c.session == session, *usable)
    with office.database.reading() as db:
        row = db.execute(query).first()
    if row is None:
        return None
    try:
        secret = _secret_of(office, row)
    except SealError:  # somebody altered the row
        return None
    return PendingFactor(row.id, row.account, row.session, secret, TotpHash(row.totp_hash), row.factor, row.until_ms)


def try_code(office: OpenOffice, pending: PendingFactor, code: str) -> int:
    """Judge a code of the new authenticator, after the try was counted for good.

    Returns:
        Its time step.

    Raises:
        NotAllowedError: code `wrong_code` or `clock_off`, or `tries_over` where others used the last try meanwhile.
    """
    with office.writing() as db:
        here = (_TABLE.c.id == pending.id, _TABLE.c.tries < TRIES)
        counted = db.execute(_TABLE.update().where(*here).values(tries=_TABLE.c.tries + 1)).rowcount
    if not counted:
        raise NotAllowedError("All tries of this set-up are used. Begin again.", code="tries_over")
    judgement = judge_code(pending.secret, code, office.clock.now_ms() / 1000, 0, 0, pending.totp_hash)
    if judgement.verdict is CodeVerdict.CLOCK_OFF:
        minutes = max(1, judgement.off_s // 60)
        raise NotAllowedError(
            f"The clock here is about {minutes} min off. Codes will not fit until IT sets it.", code="clock_off"
        )
    if judgement.verdict is not CodeVerdict.RIGHT:
        raise NotAllowedError("This code does not fit. Type the one that is shown now.", code="wrong_code")
    return judgement.step


def use_factor(db: Connection, pending: PendingFactor) -> bool:
    """Take it out, in the transaction that takes it over.

    Returns:
        Whether it was still there: nobody else has used it.
    """
    return db.execute(_TABLE.delete().where(_TABLE.c.id == pending.id)).rowcount == 1


def anybody_enrols(office: OpenOffice) -> bool:
    """Whether somebody is in the middle of an enrolment or a change."""
    query = select(_TABLE.c.id).where(_TABLE.c.until_ms > office.clock.now_ms(), _TABLE.c.tries < TRIES).limit(1)
    with office.database.reading() as db:
        return db.execute(query).first() is not None


def drop_over(db: Connection, now_ms: int) -> int:
    """Forget those whose time is over; how many went."""
    return db.execute(_TABLE.delete().where(_TABLE.c.until_ms < now_ms)).rowcount


def move_factors(office: OpenOffice, db: Connection, leaves: int, limit: int) -> int:
    """Wrap those under a version of the master that leaves under the one that wraps; how many there were."""
    rows = db.execute(select(_TABLE).where(_TABLE.c.totp_master == leaves).limit(limit)).all()
    for row in rows:
        wrapped = office.keys.wrapped_new_totp(_bound_to_row(office, row), _secret_of(office, row))
        db.execute(_TABLE.update().where(_TABLE.c.id == row.id).values(wrapped))
    return len(rows)


def _bound_to(office: OpenOffice, *row: bytes | str | int) -> bytes:
    return lp("new-totp", office.id, *row)


def _bound_to_row(office: OpenOffice, row: Row[Any]) -> bytes:
    return _bound_to(office, row.id, row.account, row.session, row.totp_hash, row.factor, row.until_ms)


def _secret_of(office: OpenOffice, row: Row[Any]) -> bytes:
    return office.keys.new_totp(_bound_to_row(office, row), row.totp, row.totp_master)
