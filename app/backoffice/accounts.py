"""Administration of accounts: what an administrator sees and changes. Every change is an entry of the book.

Invariant: the entry, what the account loses by it, the end of its sessions and the line in the log are one
transaction; slots at the front door are its last step.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Connection, func, select

from app.api.messages.administration import (
    MOST_QUEUES,
    AccountRow,
    AccountRows,
    ChangeAccount,
    EndedSessions,
    EndSessions,
    NewCode,
    RunningSession,
)
from app.auth.book import Entry, Kind, State
from app.auth.book_messages import entry_of
from app.auth.names import check_queue_names
from app.backoffice import schema
from app.backoffice.acting import for_the_office
from app.backoffice.class_grants import display_names
from app.backoffice.customers import queues_of_customers
from app.backoffice.leaving import drop_lost_grants, lose_place
from app.backoffice.office import BackOffice, OpenOffice
from app.backoffice.proposal_rows import void_proposals
from app.backoffice.refused import refusals_logged
from app.backoffice.release import throttled_accounts
from app.backoffice.session_ends import ACCOUNT_CLOSED, ENDED_BY_ADMINISTRATOR, PLACE_CHANGED, end_others
from app.backoffice.sessions import Session, needs_step_up
from app.domain.errors import InputRefusedError, NotAllowedError
from app.domain.role import Role


def account_rows(back: BackOffice, session: Session) -> AccountRows:
    """What the office knows of every account besides the book.

    Raises:
        NotAllowedError: neither administrator nor supervisor.
    """
    office = back.opened
    if session.role is not Role.SUPERVISOR:
        _administers(office, session)
    with office.database.reading() as db:
        names, last = display_names(db), _last_sign_ins(db)
        running = _running(office, db)
        with for_the_office(db):  # names of queues, which the person may give to somebody
            queues = queues_of_customers(db, MOST_QUEUES)
    waits = {t.account: (t.wait_s, t.codes_wait_s) for t in throttled_accounts(back, session).accounts}
    rows = []
    for entry in office.book.accounts():
        if entry.role != Role.RECOVERY:
            failed, code_until, has_slot = _at_the_door(back, entry.name)
            wait_s, codes_wait_s = waits.get(entry.name, (0, 0))
            rows.append(
                AccountRow(
                    account=entry.name,
                    display_name=names.get(entry.name, entry.name),
                    last_sign_in_ms=last.get(entry.name),
                    sessions=tuple(running.get(entry.name, ())),
                    failed=failed,
                    wait_s=wait_s,
                    codes_wait_s=codes_wait_s,
                    code_until_ms=code_until,
                    has_slot=has_slot,
                )
            )
    return AccountRows(accounts=tuple(rows), queues=queues)


def change_account(back: BackOffice, session: Session, request: ChangeAccount) -> None:
    """Take an entry that changes role or queues. The account's sessions end: consoles keep what their role was given.

    Raises:
        NotAllowedError: role or step-up.
        InputRefusedError: it changes something else, or nothing.
        BookError: the book refuses it.
    """
    office, entry = back.opened, entry_of(request.entry)
    with _asked(office, session, "account.change", entry):
        old = _known(office, entry, State.ACTIVE)
        if entry.role == old.role and entry.queues == old.queues:
            raise InputRefusedError("Role and queues are as they were.", code="unchanged")
        check_queue_names(entry.queues)
        with office.writing() as db:
            office.write_book(db, entry)
            drop_lost_grants(office, db, entry.name)
            end_others(office, db, entry.name, None, PLACE_CHANGED)
            void_proposals(office, db, entry.name)
            place = f"from={old.role} queues={'+'.join(entry.queues)}"
            who = session.log_fields()
            office.log.append(db, "account.change", acting_with=entry.name, reason=entry.role, detail=place, **who)


def close_account(back: BackOffice, session: Session, request: ChangeAccount) -> None:
    """Take an entry that closes an account: sessions, classes, slots, wrapped keys and factors go at once.

    Raises:
        NotAllowedError: role or step-up.
        InputRefusedError: it is no closing.
        BookError: oneself, the last administrator, the last holder of a class.
    """
    office, entry = back.opened, entry_of(request.entry)
    with _asked(office, session, "account.close", entry):
        _known(office, entry, State.CLOSED)
        with back.lock, back.front_door.changing(entry.name), office.writing() as db:
            office.write_book(db, entry)
            lose_place(office, db, entry.name, ACCOUNT_CLOSED)
            void_proposals(office, db, entry.name)
            office.log.append(db, "account.close", acting_with=entry.name, reason=entry.role, **session.log_fields())
            back.front_door.drop(entry.name)


def new_code(back: BackOffice, session: Session, request: NewCode) -> None:
    """Take another invitation of somebody who has not come yet: the old activation code is dead.

    Raises:
        NotAllowedError: role or step-up.
        InputRefusedError: it is no invitation.
        BookError: somebody has come already.
    """
    office, entry = back.opened, entry_of(request.entry)
    with _asked(office, session, "account.code", entry):
        _known(office, entry, State.INVITED)
        slot = back.slot(request.slot_key, entry.name)
        until = office.clock.now_ms() + office.policy.activation_s * 1000
        with back.lock, back.front_door.changing(entry.name), office.writing() as db:
            office.write_book(db, entry)
            void_proposals(office, db, entry.name)
            office.log.append(db, "account.code", acting_with=entry.name, reason=entry.role, **session.log_fields())
            back.front_door.invite(entry.name, slot, until)


def end_sessions(back: BackOffice, session: Session, request: EndSessions) -> EndedSessions:
    """End the sessions of one account, or of everybody but whoever asks.

    Raises:
        NotAllowedError: role or step-up.
        InputRefusedError: there is no such account.
    """
    office, wanted = back.opened, request.account
    known = wanted if wanted is not None and office.book.account(wanted) else ""
    with refusals_logged(office, session, "sessions.end", acting_with=known):
        _administers(office, session)
        needs_step_up(office, session)
        if wanted is not None and not known:
            raise InputRefusedError("There is no such account.", code="no_account")
        with office.writing() as db:
            names = [known] if known else [a.name for a in office.book.accounts() if a.name != session.name]
            ended = sum(end_others(office, db, name, None, ENDED_BY_ADMINISTRATOR) for name in names)
            detail = f"ended={ended}{'' if known else ' everybody'}"
            office.log.append(db, "sessions.end", acting_with=known, detail=detail, **session.log_fields())
    return EndedSessions(ended=ended)


@contextmanager
def _asked(office: OpenOffice, session: Session, event: str, entry: Entry) -> Iterator[None]:
    """An administrator with a fresh code brings an entry about an account, signed by nobody else."""
    known = entry.name if office.book.account(entry.name) else ""
    with refusals_logged(office, session, event, acting_with=known):
        _administers(office, session)
        needs_step_up(office, session)
        if entry.kind is not Kind.ACCOUNT or [s.signer for s in entry.signatures] != [session.name]:
            raise InputRefusedError("This entry is no administrator's.", code="entry")
        yield


def _administers(office: OpenOffice, session: Session) -> None:
    if not office.policy.may_invite(session.role):
        raise NotAllowedError("Only an administrator does this.", code="role")


def _known(office: OpenOffice, entry: Entry, state: State) -> Entry:
    """The account's entry so far, where the new one is what it is brought as."""
    old = office.book.account(entry.name)
    if old is None or old.role == Role.RECOVERY:
        raise InputRefusedError("There is no such account.", code="no_account")
    if entry.state != state or (state is not State.CLOSED and old.state != state):
        raise InputRefusedError("The account is in another state.", code=f"is_{old.state}")
    return old


def _last_sign_ins(db: Connection) -> dict[str, int]:
    table = schema.sessions
    query = select(table.c.account, func.max(table.c.started_ms).label("last_ms")).group_by(table.c.account)
    return {row.account: row.last_ms for row in db.execute(query)}


def _running(office: OpenOffice, db: Connection) -> dict[str, list[RunningSession]]:
    table, now = schema.sessions, office.clock.now_ms()
    query = select(table).where(table.c.ended_ms.is_(None), table.c.ends_ms > now, table.c.lease_ms > now)
    running: dict[str, list[RunningSession]] = {}
    for row in db.execute(query.order_by(table.c.started_ms)).all():
        shown = RunningSession(session=row.id, kind=row.kind, seat=row.seat, started_ms=row.started_ms)
        running.setdefault(row.account, []).append(shown)
    return running


def _at_the_door(back: BackOffice, account: str) -> tuple[int, int | None, bool]:
    """Failed tries in a row here, until when an activation code opens, and whether a password opens the file."""
    door = back.front_door.door(account)
    if door is None:
        return 0, None, False
    opens = bool(door.activation) and door.activation_until_ms > back.clock.now_ms()
    return door.failed_count, door.activation_until_ms if opens else None, bool(door.slots)
