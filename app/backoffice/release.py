"""Releasing the throttle: a supervisor who has seen who it is lets an account try again at once.

An account waits at this workstation's front door, where nobody at another workstation can make it wait; behind a
gateway the same counts are kept per account and workstation, and a release names both.
"""

from sqlalchemy import Connection, func, select

from app.api.messages.own_account import Throttled, ThrottledAccounts
from app.backoffice import schema
from app.backoffice.factors import forget_wrong_codes, wait_for_codes_s
from app.backoffice.office import BackOffice, OpenOffice
from app.backoffice.sessions import Session, needs_step_up
from app.domain.errors import InputRefusedError, NotAllowedError


def throttled_accounts(office: BackOffice, session: Session) -> ThrottledAccounts:
    """Accounts that wait, or whose codes are not taken now.

    Raises:
        NotAllowedError: the role neither releases nor makes accounts.
    """
    opened = office.opened
    if not (opened.policy.may_release(session.role) or opened.policy.may_invite(session.role)):
        raise NotAllowedError("Supervisors and administrators see who waits.", code="role")
    with office.lock, opened.database.reading() as db:
        waits = {
            n: (door, s) for n, door, s in office.front_door.waiting(office.clock.boot_s(), office.clock.boot_id())
        }
        codes = {name: wait_for_codes_s(opened, db, name, office.seat) for name in _with_wrong_codes(db)}
        names = {row.name: row.display_name for row in db.execute(select(schema.accounts)).all()}
    found = []
    for name in sorted(waits.keys() | {n for n, wait_s in codes.items() if wait_s}):
        door, wait_s = waits.get(name, (office.front_door.door(name), 0))
        failed_ms = door.failed_ms if door else []
        found.append(
            Throttled(
                account=name,
                display_name=names.get(name, name),
                failed=door.failed_count if door else 0,
                last_ms=failed_ms[-1] if failed_ms else 0,
                wait_s=wait_s,
                codes_wait_s=codes.get(name, 0),
            )
        )
    return ThrottledAccounts(accounts=tuple(found))


def _with_wrong_codes(db: Connection) -> set[str]:
    accounts, wrong = schema.accounts.c, schema.wrong_codes.c
    names = set(db.execute(select(wrong.account).distinct()).scalars())
    return names | set(db.execute(select(accounts.name).where(accounts.code_failures > 0)).scalars())


def release_throttle(office: BackOffice, session: Session, account: str) -> None:
    """Let an account try again at once at this workstation, with a fresh code of the supervisor.

    Raises:
        NotAllowedError: the role does not release, the account is one's own, or a fresh code is needed.
        InputRefusedError: nobody has this name, or nobody of this name waits.
    """
    opened = office.opened
    if not opened.policy.may_release(session.role):
        raise NotAllowedError("Only a supervisor releases the throttle.", code="role")
    if account == session.name:
        raise NotAllowedError("You cannot release your own throttle.", code="own_account")
    needs_step_up(opened, session)
    with office.lock:
        if not _waits(office, opened, account):
            raise InputRefusedError("Nobody of this name waits here.", code="not_throttled")
        with opened.writing() as db, office.front_door.changing(account):
            forget_wrong_codes(db, account)
            opened.log.append(db, "throttle.release", acting_with=account, **session.log_fields())
            office.front_door.release(account)


def _waits(office: BackOffice, opened: OpenOffice, account: str) -> bool:
    door = office.front_door.door(account)
    if door is None or not door.slots:
        return False
    with opened.database.reading() as db:
        wrong = schema.wrong_codes.c
        codes = db.execute(select(func.count()).where(wrong.account == account)).scalar_one()
        failures = schema.accounts.c
        codes += db.execute(select(failures.code_failures).where(failures.name == account)).scalar_one()
    return bool(door.failed_count or codes)
