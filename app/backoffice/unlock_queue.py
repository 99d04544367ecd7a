"""The queue of those who decide, and who of them is at work: an agent learns at once that nobody is there.

A request survives a lock of the console that asked: until somebody resumes there it stands in the queue without a card,
and nobody can seal anything to it.
"""

from sqlalchemy import Connection, select

from app.api.messages.decisions import Deciders
from app.api.messages.reveals import SessionCardMark, WaitingRequest, WaitingRequests
from app.backoffice import schema
from app.backoffice.caller_checks import identified_in
from app.backoffice.class_grants import display_names
from app.backoffice.customers import current_blob, find_record, mask_of_field, package_of
from app.backoffice.office import OpenOffice
from app.backoffice.session_ends import lives
from app.backoffice.sessions import Session, session_by_id
from app.backoffice.unlock_log import is_as_asked
from app.backoffice.unlock_rules import Unlock, class_of, is_over, may_decide, text_key
from app.crypto.aead import unwrap
from app.crypto.errors import SealError
from app.domain.data_class import SEALED_CLASSES, DataClass
from app.domain.errors import NotAllowedError
from app.domain.role import Role

_table = schema.unlocks


class Desks:
    """Who is at work now: signed in at a console or an approval, and not locked."""

    def __init__(self, office: OpenOffice, db: Connection) -> None:
        """Look once."""
        self._office = office
        table = schema.sessions
        at_work = (table.c.ended_ms.is_(None), table.c.locked_ms.is_(None), table.c.kind.in_(("console", "approval")))
        rows = db.execute(select(table).where(*at_work)).all()
        self._people = {row.account for row in rows if row.card_kem is not None and lives(office, row)}

    def who_decide(self, agent: str, queue: str, data_class: DataClass) -> int:
        """How many others could decide on a request of this agent about a customer of this queue."""
        return sum(self._decides(name, queue, data_class) for name in self._people - {agent})

    def _decides(self, name: str, queue: str, data_class: DataClass) -> bool:
        book, policy = self._office.book, self._office.policy
        account = book.active(name)
        role = Role(account.role)
        sees = policy.may_see_customers(role) and ("*" in account.queues or queue in account.queues)
        return sees and policy.may_decide(role, data_class) and data_class in book.granted(name)


def decides(office: OpenOffice, role: Role) -> bool:
    """Whether this role decides on anything at all."""
    return any(office.policy.may_decide(role, data_class) for data_class in SEALED_CLASSES)


def deciders(office: OpenOffice, session: Session, record: bytes) -> Deciders:
    """How many others who may decide about this customer are at work now, by class.

    Raises:
        NotAllowedError: the customer lies in another queue.
    """
    with office.database.reading() as db:
        queue = str(find_record(office, db, session, record).queue)
        desks = Desks(office, db)
    return Deciders(online={c.value: desks.who_decide(session.name, queue, c) for c in SEALED_CLASSES})


def waiting(office: OpenOffice, session: Session) -> WaitingRequests:
    """Requests that this person may decide, the oldest first; nobody sees their own."""
    now = office.clock.now_ms()
    query = select(_table).where(_table.c.state == "waiting", _table.c.until_ms >= now).order_by(_table.c.asked_ms)
    with office.database.reading() as db:
        rows = [r for r in db.execute(query).all() if may_decide(office, session, r) and not is_over(office, r)]
        names = display_names(db)
        found = [_waiting(office, db, session, row, names) for row in rows]
    return WaitingRequests(requests=tuple(r for r in found if r is not None), now_ms=now)


def _waiting(
    office: OpenOffice, db: Connection, session: Session, row: Unlock, names: dict[str, str]
) -> WaitingRequest | None:
    asking = db.execute(select(schema.sessions).where(schema.sessions.c.id == row.session)).first()
    data_class = class_of(office, row)
    if data_class is None or asking is None or not lives(office, asking) or not is_as_asked(db, row):
        return None
    asker = session_by_id(office, db, row.session)  # None while it is locked
    try:
        customer = find_record(office, db, session, row.record)
        package = package_of(db, current_blob(db, row.record, row.field))
        key, aad = text_key(office, customer, row.id)
        words = unwrap(key, row.words, aad).decode()
    except (NotAllowedError, SealError):  # a row that somebody altered does not keep the others from being decided
        return None
    return WaitingRequest(
        id=row.id,
        agent=row.agent,
        agent_name=names.get(row.agent, row.agent),
        seat=asking.seat,
        number=customer.number,
        record=row.record,
        field=row.field,
        data_class=data_class.value,
        mask=mask_of_field(customer, row.field) or ("", "", 10),
        reason=row.reason,
        words=words,
        asked_ms=row.asked_ms,
        until_ms=row.until_ms,
        is_identified=identified_in(office, db, row.session, row.record) is not None,
        card=_mark(asker) if asker is not None else None,
        package=package,
    )


def _mark(asker: Session) -> SessionCardMark:
    return SessionCardMark(
        session=asker.id,
        kem=asker.card.kem,
        sign=asker.card.sign,
        seat=asker.card.seat,
        end_ms=asker.card.end_ms,
        signature=asker.card_signature,
    )
