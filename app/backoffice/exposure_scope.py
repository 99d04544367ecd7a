"""Whose exposures somebody may see, and that they looked: once for each opening of the ledger.

A supervisor sees agents whose queues they share, as the book has them now (a closed account as it was last); who sees
all, everybody, themselves included. Numbers of customers come from the person's own queues alone; names never.
"""

from collections.abc import Iterable

from sqlalchemy import ColumnElement, Connection, and_, not_, or_, select, true

from app.api.messages.exposures import WatchedPeople, WatchedPerson
from app.auth.book import Entry
from app.auth.book_entry import State
from app.backoffice import schema
from app.backoffice.class_grants import display_names
from app.backoffice.customers import visible
from app.backoffice.office import OpenOffice
from app.backoffice.sessions import Session
from app.domain.errors import NotAllowedError
from app.domain.exposures.row import DENIED_EVENT
from app.domain.role import Role

READ_EVENT = "exposures.read"
_ALL = "*"
_MOST_IN_A_QUERY = 500


def must_see(office: OpenOffice, session: Session) -> None:
    """Demand a role that sees the ledger.

    Raises:
        NotAllowedError: code `role`.
    """
    if not office.policy.may_see_exposures(session.role):
        raise NotAllowedError("This role does not see the exposure ledger.", code="role")


def look(office: OpenOffice, session: Session, opening: bytes) -> None:
    """Let somebody look, and write it down once for each opening, however often its screen asks again.

    Raises:
        NotAllowedError: code `role`. Logged once for each opening, too.
        AuditUnwritableError: it cannot be written down; nothing is shown.
    """
    sees = office.policy.may_see_exposures(session.role)
    outcome, reason = ("ok", "") if sees else ("refused", "role")
    what = {"session": session.id.hex(), "reference": opening.hex()}

    def is_known(db: Connection) -> bool:
        return office.log.count(db, READ_EVENT, session.name, 0, outcome, **what) > 0

    with office.database.reading() as db:
        known = is_known(db)
    if not known:
        with office.writing() as db:
            if not is_known(db):  # questions come beside each other, and another was first
                entry = {"reason": reason, "reference": opening.hex()}
                office.log.append(db, READ_EVENT, outcome, **entry, **session.log_fields())
    must_see(office, session)


def people_of(office: OpenOffice, session: Session, opening: bytes) -> WatchedPeople:
    """Whose exposures this person may see, by name.

    Raises:
        NotAllowedError: code `role`.
    """
    look(office, session, opening)
    with office.database.reading() as db:
        names = names_of(db)
    found = [
        WatchedPerson(
            account=entry.name,
            name=names.get(entry.name, entry.name),
            role=entry.role,
            is_closed=entry.state == State.CLOSED,
        )
        for entry in watched(office, session).values()
    ]
    return WatchedPeople(people=tuple(sorted(found, key=lambda person: (person.name.casefold(), person.account))))


def watched(office: OpenOffice, session: Session) -> dict[str, Entry]:
    """Whose exposures this person may see, by account."""
    everybody = {e.name: e for e in office.book.accounts() if e.role != Role.RECOVERY and e.state != State.INVITED}
    if office.policy.may_see_all_exposures(session.role):
        return everybody
    return {name: e for name, e in everybody.items() if e.role == Role.AGENT and _shares_queue(session, e)}


def _shares_queue(session: Session, entry: Entry) -> bool:
    own = set(session.account.queues)
    return _ALL in own or _ALL in entry.queues or bool(own & set(entry.queues))


def of_watched(
    office: OpenOffice, session: Session, agent: str = "", *, with_denied: bool = False
) -> ColumnElement[bool]:
    """The condition on `audit` that an entry tells of somebody whom this person may see, or of this one of them.

    Args:
        office: the open office.
        session: who looks.
        agent: account, or empty for all.
        with_denied: entries in which a supervisor denies a request of theirs, too.

    Raises:
        NotAllowedError: code `not_watched`.
    """
    people, sees_all = watched(office, session), office.policy.may_see_all_exposures(session.role)
    if agent and agent not in people and not sees_all:
        raise NotAllowedError("You do not see this person's exposures.", code="not_watched")
    if not agent and sees_all:
        return true()
    names, table = [agent] if agent else sorted(people), schema.audit.c
    if not with_denied:
        return table.actor.in_(names)
    denied = table.event == DENIED_EVENT
    return or_(and_(table.actor.in_(names), not_(denied)), and_(denied, table.acting_with.in_(names)))


def names_of(db: Connection) -> dict[str, str]:
    """Display names by account."""
    return display_names(db)


def numbers_of(office: OpenOffice, db: Connection, session: Session, records: Iterable[str]) -> dict[str, str]:
    """Numbers of customers by record in hex, of those that lie in the person's own queues."""
    if not office.policy.may_see_customers(session.role):
        return {}
    table, found = schema.customers, dict[str, str]()
    wanted = [bytes.fromhex(record) for record in sorted(set(records)) if record]
    for at in range(0, len(wanted), _MOST_IN_A_QUERY):
        some = wanted[at : at + _MOST_IN_A_QUERY]
        query = visible(session, select(table.c.record, table.c.number)).where(table.c.record.in_(some))
        found |= {row.record.hex(): str(row.number) for row in db.execute(query)}
    return found
