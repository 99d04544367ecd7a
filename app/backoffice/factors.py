"""The office's judgement on one person's factors: V of the password, a code, a recovery code.

Everything here happens in the caller's transaction: a code or a recovery code that is taken is used up with the commit
of what it permits. Refused tries are committed too, so nothing here raises for a wrong factor.
"""

from sqlalchemy import Connection, Row, delete, select

from app.auth.throttle import DAY_S, Moment, codes_wait_s, of_today, takes_present_step_only
from app.auth.totp import WINDOW, CodeVerdict, Judgement, TotpHash, judge_code
from app.backoffice import schema
from app.backoffice.office import OpenOffice
from app.crypto.account_keys import stored_verifier
from app.crypto.derive import same

AccountRow = Row[tuple[object, ...]]


def right_password(office: OpenOffice, db: Connection, row: AccountRow, verifier: bytes) -> bool:
    """Whether V is the account's.

    The front door decides which password is the account's (`app/backoffice/own_password.py`). V follows from the salt
    that stands there, so the V that fits tells whether a change under way was taken over there: it is finished here, or
    dropped.
    """
    table = schema.accounts
    stored = stored_verifier(office.keys.pepper, row.name, verifier)
    now, coming = same(row.verifier, stored), same(row.next_verifier or bytes(32), stored)
    if row.next_verifier is None:
        return now
    values: dict[str, object] = {"next_verifier": None, "next_keys": None}
    if coming:
        values |= {"verifier": row.next_verifier, "wrapped_keys": row.next_keys}
    elif now:
        office.log.append(db, "password.change", "failed", actor=row.name, reason="interrupted")
    else:
        return False
    db.execute(table.update().where(table.c.name == row.name).values(values))
    return True


def judge_and_use(office: OpenOffice, db: Connection, account: str, code: str, window: int = WINDOW) -> Judgement:
    """Judge a code and, if right, use its step up: a code works once. A wrong one is counted."""
    table = schema.accounts
    row = db.execute(select(table).where(table.c.name == account)).one()
    secret, now_s = office.keys.totp(account, row.totp, row.totp_master), office.clock.now_ms() / 1000
    judgement = judge_code(secret, code, now_s, row.last_step, row.told_step, TotpHash(row.totp_hash), window)
    values: dict[str, object] = {}
    match judgement.verdict:
        case CodeVerdict.RIGHT:
            values["last_step"] = judgement.step
        case CodeVerdict.CLOCK_OFF:
            values["told_step"] = judgement.step
        case CodeVerdict.WRONG:
            values["code_failures"] = row.code_failures + 1
    if values:
        db.execute(table.update().where(table.c.name == account).values(values))
    return judgement


def judge_at_sign_in(office: OpenOffice, db: Connection, account: str, code: str, seat: str) -> tuple[Judgement, int]:
    """Judge a code beside a right password, under the count of wrong ones at this workstation.

    Returns:
        How it was judged; and, if it was right, for how many seconds codes are not taken all the same, 0 for now.
    """
    table, now = schema.wrong_codes, _now(office)
    wrong = _wrong_codes(db, account, seat)
    window = 0 if takes_present_step_only(len(of_today(wrong, now))) else WINDOW
    judgement = judge_and_use(office, db, account, code, window)
    if judgement.verdict is CodeVerdict.WRONG:
        if len(of_today(wrong, now)) < len(wrong):
            _forget_older(db, account, seat, now)
        values = {"at_ms": now.at_ms, "boot_s": int(now.boot_s), "boot_id": now.boot_id}
        db.execute(table.insert().values(account=account, seat=seat, **values))
    if judgement.verdict is not CodeVerdict.RIGHT:
        return judgement, 0
    wait_s = wait_for_codes_s(office, db, account, seat)
    if not wait_s:
        took_code(db, account)
    return judgement, wait_s


def _wrong_codes(db: Connection, account: str, seat: str) -> list[Moment]:
    table = schema.wrong_codes
    rows = db.execute(select(table).where(table.c.account == account, table.c.seat == seat)).all()
    return [Moment(row.at_ms, row.boot_s, row.boot_id) for row in rows]


def _forget_older(db: Connection, account: str, seat: str, now: Moment) -> None:
    table = schema.wrong_codes
    for row in db.execute(select(table).where(table.c.account == account, table.c.seat == seat)).all():
        if Moment(row.at_ms, row.boot_s, row.boot_id).age_s(now) >= DAY_S:
            db.execute(delete(table).where(table.c.id == row.id))


def wait_for_codes_s(office: OpenOffice, db: Connection, account: str, seat: str) -> int:
    """Seconds until codes of an account are taken at this workstation, 0 for now."""
    failures = db.execute(select(schema.accounts.c.code_failures).where(schema.accounts.c.name == account)).scalar_one()
    return codes_wait_s(_wrong_codes(db, account, seat), failures, _now(office))


def took_code(db: Connection, account: str) -> None:
    """A code was right and let somebody on: wrong ones in a row begin anew. Those of the day stay."""
    table = schema.accounts
    db.execute(table.update().where(table.c.name == account).values(code_failures=0))


def forget_wrong_codes(db: Connection, account: str) -> None:
    """After a supervisor's release, or with another authenticator: no wrong code is held against the account."""
    took_code(db, account)
    db.execute(delete(schema.wrong_codes).where(schema.wrong_codes.c.account == account))


def _now(office: OpenOffice) -> Moment:
    return Moment(office.clock.now_ms(), office.clock.boot_s(), office.clock.boot_id())
