"""Beside the queue of requests: what is open now and can be closed, what was decided, who asks how often.

A grant that is revoked (`unlock_answers`) releases no share any more; a value that is on the agent's screen already
closes there as soon as that console hears of it (software: a console that was changed keeps what it has seen).
"""

from collections import Counter
from collections.abc import Iterable

from sqlalchemy import Connection, select

from app.api.messages.decisions import AgentPast, DecisionDesk, OpenGrant, PastRequest
from app.backoffice import schema
from app.backoffice.class_grants import display_names
from app.backoffice.customers import find_record
from app.backoffice.office import OpenOffice
from app.backoffice.sessions import Session
from app.backoffice.unlock_answers import open_until
from app.backoffice.unlock_rules import Unlock, class_of, may_decide, state_of
from app.domain.errors import NotAllowedError

_DAY_MS = 24 * 3600 * 1000
_MOST_DECIDED, _MOST_LAST = 50, 10
_table = schema.unlocks


def decision_desk(office: OpenOffice, session: Session) -> DecisionDesk:
    """What this person could decide and is open now, or was decided in the last 24 hours."""
    now = office.clock.now_ms()
    with office.database.reading() as db:
        names = display_names(db)
        recent = select(_table).where(_table.c.decided_ms > now - _DAY_MS).order_by(_table.c.decided_ms.desc())
        rows = [row for row in db.execute(recent) if may_decide(office, session, row)]
        seats = _seats(db, {row.session for row in rows})
        numbers = _numbers(office, db, session, rows)
    is_open = [row for row in rows if open_until(office, row) and row.record in numbers]
    return DecisionDesk(
        open=tuple(
            OpenGrant(
                id=row.id,
                agent=row.agent,
                agent_name=names.get(row.agent, row.agent),
                seat=seats.get(row.session, ""),
                number=numbers[row.record],
                field=row.field,
                data_class=_class(office, row),
                until_ms=open_until(office, row),
                is_on_screen=row.state == "used",
                decided_by=row.decided_by,
                decided_name=names.get(row.decided_by, row.decided_by),
            )
            for row in is_open
        ),
        decided=tuple(_past(office, row, names, numbers) for row in rows if row not in is_open)[:_MOST_DECIDED],
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
    states = Counter(state_of(office, row) for row in rows)
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
        last=tuple(_past(office, row, names, numbers) for row in rows[:_MOST_LAST]),
    )


def _past(office: OpenOffice, row: Unlock, names: dict[str, str], numbers: dict[bytes, str]) -> PastRequest:
    return PastRequest(
        id=row.id,
        agent=row.agent,
        agent_name=names.get(row.agent, row.agent),
        number=numbers.get(row.record, ""),
        field=row.field,
        data_class=_class(office, row),
        reason=row.reason,
        state=state_of(office, row),
        at_ms=row.decided_ms or row.asked_ms,
        decided_by=row.decided_by,
        decided_name=names.get(row.decided_by, row.decided_by),
    )


def _class(office: OpenOffice, row: Unlock) -> str:
    """The class of a request, or nothing where its row names no sealed field."""
    data_class = class_of(office, row)
    return "" if data_class is None else data_class.value


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
