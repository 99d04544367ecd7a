"""Beside the queue of requests: what is open now and can be closed, what was decided, who asks how often.

A grant that is revoked releases no share any more; a value that is on the agent's screen already closes there as soon
as that console hears of it (software: a console that was changed keeps what it has seen).
"""

from collections import Counter
from collections.abc import Iterable

from sqlalchemy import Connection, Row, select

from app.api.messages.decisions import AgentPast, AskBack, Deciders, DecisionDesk, OpenGrant, PastRequest
from app.backoffice import schema
from app.backoffice.class_grants import display_names
from app.backoffice.customers import find_record
from app.backoffice.office import OpenOffice
from app.backoffice.session_ends import lives
from app.backoffice.sessions import Session
from app.backoffice.unlocks import append, may_decide, text_key
from app.crypto.aead import wrap
from app.domain.data_class import SEALED_CLASSES
from app.domain.errors import NotAllowedError
from app.domain.role import Role

_DAY_MS = 24 * 3600 * 1000
_MOST_DECIDED, _MOST_LAST = 50, 10
_table = schema.unlocks
Unlock = Row[tuple[object, ...]]


def decision_desk(office: OpenOffice, session: Session) -> DecisionDesk:
    """What this person could decide and is open now, or was decided in the last 24 hours."""
    now = office.clock.now_ms()
    with office.database.reading() as db:
        names = display_names(db)
        recent = select(_table).where(_table.c.decided_ms > now - _DAY_MS).order_by(_table.c.decided_ms.desc())
        rows = [row for row in db.execute(recent) if may_decide(office, session, row)]
        seats = _seats(db, {row.session for row in rows})
        numbers = _numbers(office, db, session, rows)
    is_open = [row for row in rows if _open_until(office, row, now) and row.record in numbers]
    return DecisionDesk(
        open=tuple(
            OpenGrant(
                id=row.id,
                agent=row.agent,
                agent_name=names.get(row.agent, row.agent),
                seat=seats.get(row.session, ""),
                number=numbers[row.record],
                field=row.field,
                data_class=row.data_class,
                until_ms=_open_until(office, row, now),
                is_on_screen=row.state == "used",
                decided_by=row.decided_by,
                decided_name=names.get(row.decided_by, row.decided_by),
            )
            for row in is_open
        ),
        decided=tuple(_past(row, now, names, numbers) for row in rows if row not in is_open)[:_MOST_DECIDED],
        now_ms=now,
    )


def agent_past(office: OpenOffice, session: Session, request: bytes) -> AgentPast:
    """What to know of the agent behind a request.

    Raises:
        NotAllowedError: code `expired`: it is not this person's to decide.
    """
    now = office.clock.now_ms()
    with office.database.reading() as db:
        asked = db.execute(select(_table).where(_table.c.id == request)).first()
        if asked is None or not may_decide(office, session, asked):
            raise NotAllowedError("This request was decided already, or is over.", code="expired")
        names = display_names(db)
        month = (_table.c.agent == asked.agent, _table.c.asked_ms > now - 30 * _DAY_MS, _table.c.id != request)
        rows = db.execute(select(_table).where(*month).order_by(_table.c.asked_ms.desc())).all()
        numbers = _numbers(office, db, session, rows[:_MOST_LAST])
    states = Counter(_state(row, now) for row in rows)
    refusals = [row.decided_ms for row in rows if row.state == "refused"]
    before = Counter((now - row.asked_ms) // _DAY_MS for row in rows)
    days = sorted(count for day, count in before.items() if day > 0)
    return AgentPast(
        today=before[0] + 1,
        usual_low=days[len(days) // 4] if days else 0,
        usual_high=days[len(days) * 3 // 4] if days else 0,
        same_customer=sum(row.record == asked.record for row in rows),
        refused_week=sum(at > now - 7 * _DAY_MS for at in refusals),
        last_refused_ms=max(refusals, default=None),
        asked=len(rows),
        granted=states["approved"] + states["used"] + states["revoked"],
        refused=states["refused"],
        expired=states["expired"],
        last=tuple(_past(row, now, names, numbers) for row in rows[:_MOST_LAST]),
    )


def revoke(office: OpenOffice, session: Session, request: bytes) -> None:
    """Close an unlock that is open: nothing opens by it any more, and the agent's console is told.

    Raises:
        NotAllowedError: code `not_open`: it is not open, or not this person's to close. Logged.
    """
    with office.writing() as db:
        row = db.execute(select(_table).where(_table.c.id == request)).first()
        mine = row is not None and may_decide(office, session, row) and _open_until(office, row, office.clock.now_ms())
        if row is not None and mine:
            closed = {"state": "revoked", "views_left": 0, "revoked_by": session.name, "sealed_half": None}
            db.execute(_table.update().where(_table.c.id == request).values(closed))
            append(
                office, db, session, "unlock.revoke", "ok", row.record, row.field, "", request, acting_with=row.agent
            )
        else:
            append(office, db, session, "unlock.revoke", "refused", b"", "", "not_open", request)
    if not mine:
        raise NotAllowedError("This field is not open any more.", code="not_open")


def ask_back(office: OpenOffice, session: Session, request: bytes, question: AskBack) -> None:
    """Ask the agent something instead of deciding; they ask anew with the answer.

    Raises:
        NotAllowedError: code `expired`: it was decided already, or is not this person's to decide. Logged.
    """
    with office.writing() as db:
        row = db.execute(select(_table).where(_table.c.id == request)).first()
        now = office.clock.now_ms()
        mine = row is not None and row.state == "waiting" and now <= row.until_ms and may_decide(office, session, row)
        if row is not None and mine:
            key, aad = text_key(office, find_record(office, db, session, row.record), row.id)
            why = wrap(key, question.question.encode(), aad)
            asked = {"state": "asked_back", "decided_by": session.name, "decided_ms": now, "why": why}
            db.execute(_table.update().where(_table.c.id == request).values(asked))
            detail = f"words={office.log.keyed_hash(question.question)}"
            append(office, db, session, "unlock.ask_back", "ok", row.record, row.field, "", request,
                   acting_with=row.agent, detail=detail)  # fmt: skip
        else:
            append(office, db, session, "unlock.ask_back", "refused", b"", "", "expired", request)
    if not mine:
        raise NotAllowedError("This request was decided already, or is over.", code="expired")


def deciders(office: OpenOffice, session: Session) -> Deciders:
    """How many others who may decide are at work now, by class: an agent learns at once that nobody is."""
    table = schema.sessions
    open_ones = (table.c.ended_ms.is_(None), table.c.locked_ms.is_(None), table.c.kind.in_(("console", "approval")))
    with office.database.reading() as db:
        rows = [row for row in db.execute(select(table).where(*open_ones)) if lives(office, row)]
    people = {row.account for row in rows} - {session.name}
    online = {
        c.value: sum(
            c in office.book.granted(name) and office.policy.may_decide(Role(office.book.active(name).role), c)
            for name in people
        )
        for c in SEALED_CLASSES
    }
    return Deciders(online=online)


def _open_until(office: OpenOffice, row: Unlock, now_ms: int) -> int:
    """Until when an unlock is open, or 0: a grant until its expiry, a view for as long as views last."""
    if row.state == "approved" and row.until_ms > now_ms:
        return int(row.until_ms)
    seen_until = (row.used_ms or 0) + office.policy.view_s * 1000
    return seen_until if row.state == "used" and seen_until > now_ms else 0


def _state(row: Unlock, now_ms: int) -> str:
    over = row.state in {"waiting", "approved"} and now_ms > row.until_ms
    return "expired" if over else str(row.state)


def _past(row: Unlock, now_ms: int, names: dict[str, str], numbers: dict[bytes, str]) -> PastRequest:
    return PastRequest(
        id=row.id,
        agent=row.agent,
        agent_name=names.get(row.agent, row.agent),
        number=numbers.get(row.record, ""),
        field=row.field,
        data_class=row.data_class,
        reason=row.reason,
        state=_state(row, now_ms),
        at_ms=row.decided_ms or row.asked_ms,
        decided_by=row.decided_by,
        decided_name=names.get(row.decided_by, row.decided_by),
    )


def _numbers(office: OpenOffice, db: Connection, session: Session, rows: Iterable[Unlock]) -> dict[bytes, str]:
    """Customers' numbers, of those that lie in the person's own queues."""
    found = {}
    for record in {row.record for row in rows}:
        try:
            found[record] = str(find_record(office, db, session, record).number)
        except NotAllowedError:
            continue
    return found


def _seats(db: Connection, sessions: set[bytes]) -> dict[bytes, str]:
    table = schema.sessions
    return {row.id: row.seat for row in db.execute(select(table.c.id, table.c.seat).where(table.c.id.in_(sessions)))}
